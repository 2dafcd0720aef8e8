import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { useApi, useCall } from '../../api/index.ts';
import { runWhenIdle } from './pending-commits.ts';
import { useKeepView } from '../workbench/view-state.ts';
import { useMemoDrafts, type MemoDraft } from './drafts.ts';

export const DRAFTS_KEY = 'memos.drafts';
/** What is typed is written when nothing has been typed for so long, ms; what is saved or discarded at once. */
const REST = 400;
const GOING = ['beforeunload', 'pagehide'];

/** Texts by the id of what they are on. */
const schema = z.record(z.string(), z.string());
type Texts = z.infer<typeof schema>;
type Drafts = ReadonlyMap<string, MemoDraft>;

const textsOf = (value: unknown): Texts => schema.safeParse(value).data ?? {};

/**
 * Keeps the memos that are being written with the project's view state, and brings them back when it is opened again: a window
 * that is closed or falls over takes no words with it.
 */
export function useKeptDrafts(): void {
  const api = useApi();
  const keep = useKeepView();
  const stored = useCall('view.get', { key: DRAFTS_KEY }).data;
  const known = useRef<Texts | null>(null);

  useEffect(() => {
    if (stored === undefined || known.current !== null) return;
    const texts = textsOf(stored.value);
    known.current = texts;
    // What somebody has typed meanwhile is newer.
    const back = Object.entries(texts).map(([id, text]) => [id, { text, base: null, error: null }] as const);
    useMemoDrafts.setState(({ drafts }) => ({ drafts: new Map([...back, ...drafts]) }));
  }, [stored]);

  useEffect(() => {
    /** What this window has changed since it last wrote; null: saved or discarded. */
    const changed = new Map<string, string | null>();
    let isGone = false;
    const leave = (): void => {
      isGone = true;
      // It may stay after all, as it does when a link turns out to be a download.
      setTimeout(() => (isGone = false));
    };
    const write = async (): Promise<void> => {
      // Another window may have written since; one that goes has no time to ask, and writes upon what it knows.
      const now = isGone ? known.current : await there();
      if (now === null || changed.size === 0) return;
      const next = new Map([...Object.entries(now), ...changed]);
      changed.clear();
      known.current = Object.fromEntries([...next].flatMap(([id, text]) => (text === null ? [] : [[id, text]])));
      keep(DRAFTS_KEY, known.current);
    };
    const there = async (): Promise<Texts | null> => {
      const found = await api.call('view.get', { key: DRAFTS_KEY }).catch(() => null);
      return found === null ? null : textsOf(found.value);
    };
    const stop = useMemoDrafts.subscribe(({ drafts }, { drafts: before }) => {
      const fresh = changesOf(before, drafts).filter(
        ([id, text]) => changed.has(id) || (known.current?.[id] ?? null) !== text,
      );
      if (fresh.length === 0) return;
      for (const [id, text] of fresh) changed.set(id, text);
      runWhenIdle('memo drafts', fresh.some(([, text]) => text === null) ? 0 : REST, write);
    });
    // Before what waits is run, which hears of it too.
    for (const going of GOING) window.addEventListener(going, leave, { capture: true });
    return () => {
      stop();
      // The project is closed: nothing of it may be written into the next one, nor shown in it.
      changed.clear();
      for (const going of GOING) window.removeEventListener(going, leave, { capture: true });
      useMemoDrafts.setState({ drafts: new Map() });
    };
  }, [api, keep]);
}

function changesOf(before: Drafts, after: Drafts): (readonly [string, string | null])[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids]
    .filter((id) => before.get(id)?.text !== after.get(id)?.text)
    .map((id) => [id, after.get(id)?.text ?? null] as const);
}

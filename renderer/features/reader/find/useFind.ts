import { useMarksIn } from '../../../common/reader/search-marks.ts';
import { use, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import type { Source } from '../../../../shared/model/index.ts';
import { errorDataOf, useAsk } from '../../../api/index.ts';
import { notifyError } from '../../../common/notices/notices.ts';
import { setMatch, useReading } from '../../../common/reader/reading-state.ts';
import { useViewState } from '../../../common/workbench/view-state.ts';
import { clearOpenedRange, paneOf } from '../../../common/workbench/workbench.ts';
import type { SourceView, TextRange } from '../../../viewer/types.ts';
import { PaneContext, useReaderPane } from '../panes.ts';
import type { FindAnswer, FindOptions, FindRequest } from './find-worker.ts';

/** How long typing pauses before a search starts, ms. */
const TYPING_PAUSE_MS = 120;
/** Longer selections are not used as a query. */
const LONGEST_PREFILL = 200;
const NO_MATCHES: readonly TextRange[] = [];
const optionsSchema = z.object({ wholeWord: z.boolean(), exact: z.boolean() });
const FOLDED: z.infer<typeof optionsSchema> = { wholeWord: false, exact: false };

export interface Find {
  readonly isOpen: boolean;
  readonly query: string;
  readonly options: FindOptions;
  readonly matches: readonly TextRange[];
  readonly current: number | null;
  /** The query has changed, and its matches are not known yet. */
  readonly isSearching: boolean;
  /** Increases when the field should take the focus. */
  readonly asked: number;
  readonly open: () => void;
  /** Closes the bar and selects the current match. */
  readonly close: () => void;
  readonly setQuery: (query: string) => void;
  readonly setOptions: (options: FindOptions) => void;
  readonly go: (step: 1 | -1) => void;
  /** Selects the current match; returns false if there is none. */
  readonly selectMatch: () => boolean;
}

interface Found {
  readonly matches: readonly TextRange[];
  readonly current: number | null;
}
const NOTHING: Found = { matches: NO_MATCHES, current: null };

/** Finds in the source in front of this pane. `select` selects a range as a person would. */
export function useFind(
  source: Source,
  view: SourceView | null,
  select: (range: TextRange) => void,
  firstInView: () => number,
): Find {
  const pane = use(PaneContext);
  const kept = useViewState('reader.find', optionsSchema, FOLDED);
  const [bar, setBar] = useState({ isOpen: false, asked: 0, query: '' });
  const [found, setFound] = useState<Found>(NOTHING);
  const finder = useFinder(source);
  const options = kept.value;
  const isSearching = useSearch({ bar, options, finder, view, setFound, firstInView });
  const match = found.current === null ? null : (found.matches[found.current] ?? null);
  useMatchesOnView(source, view, bar.isOpen ? found : NOTHING);

  const latest = useRef({ view, found, match, isOpen: bar.isOpen, setOptions: kept.set });
  // In a layout effect, so that a key pressed when the result shows always applies to it, even on a slow machine.
  useLayoutEffect(() => {
    latest.current = { view, found, match, isOpen: bar.isOpen, setOptions: kept.set };
  });
  const go = useCallback(
    (step: 1 | -1) => {
      const { found: now, view: shown, isOpen } = latest.current;
      if (!isOpen) {
        setBar((before) => ({ ...before, isOpen: true }));
        return;
      }
      if (now.matches.length === 0) return;
      const from = now.current ?? (step === 1 ? -1 : 0);
      const current = (from + step + now.matches.length) % now.matches.length;
      const next = now.matches[current];
      setFound({ ...now, current });
      if (next === undefined) return;
      shown?.scrollTo(next.start, next.end);
      // If focus is in the text, not in the bar, the match is selected, so that H and T apply to it.
      if (document.activeElement?.closest('.find-bar') === null) select(next);
    },
    [select],
  );
  const acts = useMemo(
    () => ({
      open: () => {
        const words = useReading.getState().selections[pane]?.exact ?? '';
        const isTerm = words !== '' && words.length <= LONGEST_PREFILL;
        setBar(({ asked, query }) => ({ isOpen: true, asked: asked + 1, query: isTerm ? words : query }));
        clearOpenedRange(pane);
      },
      close: () => {
        const { match: last, view: shown } = latest.current;
        setBar((before) => ({ ...before, isOpen: false }));
        if (last !== null) select(last);
        shown?.focus();
      },
      setQuery: (query: string) => setBar((before) => ({ ...before, query })),
      setOptions: (next: FindOptions) => latest.current.setOptions({ ...next }),
      selectMatch: () => {
        const { match: last } = latest.current;
        if (last !== null) select(last);
        return last !== null;
      },
    }),
    [select, pane],
  );
  return useMemo(
    () => ({ ...bar, options, ...found, isSearching, go, ...acts }),
    [bar, options, found, isSearching, go, acts],
  );
}

/**
 * Returns a worker with the source’s folded text: created with the first search, kept as long as the source is open.
 */
function useFinder({ layer }: Source): () => Promise<Finder | null> {
  const ask = useAsk();
  const finder = useRef<Promise<Finder | null> | null>(null);
  const get = useCallback(() => {
    if (layer === null) return Promise.resolve(null);
    finder.current ??= ask('layers.text', { id: layer }).then(
      ({ text }) => new Finder(text),
      (thrown: unknown) => {
        notifyError(errorDataOf(thrown));
        return null;
      },
    );
    return finder.current;
  }, [ask, layer]);
  useEffect(
    () => () => {
      void finder.current?.then((finder) => finder?.destroy());
      finder.current = null;
    },
    [get],
  );
  return get;
}

/** Searches once typing pauses, and goes to the first match at or after the visible text. */
function useSearch({
  bar,
  options,
  finder,
  view,
  setFound,
  firstInView,
}: {
  bar: { isOpen: boolean; query: string };
  options: FindOptions;
  finder: () => Promise<Finder | null>;
  view: SourceView | null;
  setFound: (found: Found) => void;
  firstInView: () => number;
}): boolean {
  const [done, setDone] = useState('');
  const { isOpen, query } = bar;
  const wanted = JSON.stringify([query, options]);
  useEffect(() => {
    if (!isOpen || view === null) return undefined;
    let cancelled = false;
    const from = view.selection()?.start ?? firstInView();
    const timer = window.setTimeout(async () => {
      const ready = await finder();
      if (cancelled) return;
      const apply = (matches: readonly TextRange[]): void => {
        if (cancelled) return;
        const current = firstFrom(matches, from);
        setDone(wanted);
        setFound({ matches, current });
        const match = current === null ? undefined : matches[current];
        if (match !== undefined) view.scrollTo(match.start, match.end);
      };
      if (ready === null || query === '') apply(NO_MATCHES);
      else ready.find(query, options, apply);
    }, TYPING_PAUSE_MS);
    return () => {
      cancelled = true;
      window.clearTimeout(timer);
    };
  }, [isOpen, query, options, wanted, finder, view, setFound, firstInView]);
  return isOpen && done !== wanted;
}

/** Draws the matches; without any, the hits of the search, and the range that was opened. The current one is what commands tag. */
function useMatchesOnView(source: Source, view: SourceView | null, found: Found): void {
  const { id: pane, openedRange, navigations } = useReaderPane();
  const current = found.current === null ? null : (found.matches[found.current] ?? null);
  const marks = useMarksIn(source.id);
  useEffect(() => {
    const { matches, current: at } =
      found.matches.length > 0 ? drawnMatches(found.matches, found.current) : marksWithOpened(marks, pane);
    view?.setMatches(matches, at);
  }, [view, found, marks, pane, openedRange, navigations]);
  const on = current ?? openedRange;
  useEffect(() => {
    if (on === null || source.layer === null) return undefined;
    const { start, end } = on;
    setMatch({ source: source.id, layer: source.layer, marked: { kind: 'text', start, end }, exact: '' }, pane);
    return () => setMatch(null, pane);
  }, [on, source.id, source.layer, pane]);
}

/** The hits of the search; the one that was opened is the current one. */
function marksWithOpened(marks: readonly TextRange[], pane: 'a' | 'b'): Found {
  const openedRange = paneOf(pane)?.openedRange ?? null;
  if (openedRange === null) return drawnMatches(marks, null);
  const { start, end } = openedRange;
  const at = marks.findIndex((one) => one.start === start && one.end === end);
  return at < 0 ? { matches: [openedRange], current: 0 } : drawnMatches(marks, at);
}

/**
 * Searches one text in its own worker, so that typing never waits. Only the last of several requests is answered.
 */
class Finder {
  readonly #worker = new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' });
  #turn = 0;
  #waiting: ((matches: readonly TextRange[]) => void) | null = null;

  constructor(text: string) {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FindAnswer>) => {
      if (data.turn !== this.#turn) return;
      this.#waiting?.(rangesOf(data.matches));
      this.#waiting = null;
    });
    this.#ask({ kind: 'text', text });
  }

  /** `found` is called once, unless another request follows first. */
  find(query: string, options: FindOptions, found: (matches: readonly TextRange[]) => void): void {
    this.#turn += 1;
    this.#waiting = found;
    this.#ask({ kind: 'find', turn: this.#turn, query, options });
  }

  destroy(): void {
    this.#waiting = null;
    this.#worker.terminate();
  }

  #ask(request: FindRequest): void {
    this.#worker.postMessage(request);
  }
}

const rangesOf = (matches: Uint32Array): TextRange[] =>
  Array.from({ length: matches.length / 2 }, (_, at) => ({
    start: matches[2 * at] ?? 0,
    end: matches[2 * at + 1] ?? 0,
  }));

/** The first match that ends after `offset`, else the first of all; null if there is none. */
function firstFrom(matches: readonly TextRange[], offset: number): number | null {
  if (matches.length === 0) return null;
  let low = 0;
  let high = matches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((matches[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low === matches.length ? 0 : low;
}

/** How many matches around the current one are drawn: more than fit in any window. */
const DRAWN = 2000;

/** The matches around the current one, and its index among them. */
function drawnMatches(
  matches: readonly TextRange[],
  current: number | null,
): { readonly matches: readonly TextRange[]; readonly current: number | null } {
  if (matches.length <= DRAWN) return { matches, current };
  const from = Math.max(0, Math.min(matches.length - DRAWN, (current ?? 0) - DRAWN / 2));
  return { matches: matches.slice(from, from + DRAWN), current: current === null ? null : current - from };
}

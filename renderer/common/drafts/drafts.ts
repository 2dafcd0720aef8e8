import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { create } from 'zustand';
import {
  categoryId,
  passageId,
  sourceGrade,
  sourceId,
  TRANSLATION_METHODS,
  type CategoryId,
  type PassageId,
  type Source,
  type SourceId,
} from '../../../shared/model/index.ts';
import { DRAFTS_KEY, FOREIGN_DRAFTS_KEY } from '../../../shared/contract/project.ts';
import { useApi, useCall } from '../../api/index.ts';
import { useKeepView } from '../workbench/view-state.ts';
import { onLeave, runWhenIdle } from './pending-commits.ts';
import { clearRefused, useRefusedFields } from './refused.ts';

/*
 * Text that is not saved yet. A field of a record keeps it while the field is shown, and saves it when it is left. A
 * memo, translation or comment is kept with the project until it is saved or discarded. A form’s work is kept while the
 * window is open.
 */

/**
 * The unsaved value of a field. It is discarded when the stored value changes; otherwise, after an undo, leaving the field would save the
 * old value again. `begun`: the value the field starts with.
 */
export function useDraft<T>(stored: T, begun: T = stored): [T, (value: T) => void] {
  const [draft, setDraft] = useState({ stored, value: begun });
  if (draft.stored !== stored) setDraft({ stored, value: stored });
  return [draft.stored === stored ? draft.value : stored, (value) => setDraft({ stored, value })];
}

/** The fields with text that is not saved yet. */
const useUnsavedFields = create<{ readonly fields: ReadonlySet<symbol> }>()(() => ({ fields: new Set() }));

/** How many texts are not saved yet: in fields, and drafts. A hook. */
export function useUnsaved(): number {
  const fields = useUnsavedFields((state) => state.fields.size);
  return fields + useRefusedFields().length + useDrafts(({ drafts }) => drafts.size);
}

/** Counts a field while its text is not saved. */
function useNoteUnsaved(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return undefined;
    const own = Symbol('a field');
    useUnsavedFields.setState(({ fields }) => ({ fields: new Set([...fields, own]) }));
    return () =>
      useUnsavedFields.setState(({ fields }) => ({ fields: new Set([...fields].filter((one) => one !== own)) }));
  }, [isUnsaved]);
}

/**
 * Calls `save`, as leaving the field does, when the field is removed while someone types in it or when the window closes: no text is lost.
 * `save` may be called twice for one text and must not store it twice. `isUnsaved`: the text differs from the stored one.
 */
export function useSaveOnLeave(save: () => void, isUnsaved: boolean): void {
  useNoteUnsaved(isUnsaved);
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  useEffect(() => {
    const end = onLeave(() => latest.current());
    return () => {
      end();
      latest.current();
    };
  }, []);
}

/** A text that is not saved yet. */
interface Draft {
  readonly text: string;
  /** What was stored when writing began; null if that is no longer known. */
  readonly base: string | null;
  /** Why saving failed; null again once the text changes. */
  readonly error: string | null;
}
type Drafts = ReadonlyMap<string, Draft>;

/**
 * The unsaved texts, by the id of what they belong to. They are kept here and not in the editor, so that they are still
 * there after going to another passage or screen, or when saving fails. Only saving or discarding removes them.
 */
export const useDrafts = create<{ readonly drafts: Drafts }>()(() => ({ drafts: new Map() }));

const change = (target: string, to: (draft: Draft | undefined) => Draft | undefined): void =>
  useDrafts.setState(({ drafts }) => {
    const next = new Map(drafts);
    const draft = to(drafts.get(target));
    if (draft === undefined) next.delete(target);
    else next.set(target, draft);
    return { drafts: next };
  });

export const keepDraft = (target: string, text: string, stored: string): void =>
  change(target, (draft) => ({ text, base: draft === undefined ? stored : draft.base, error: null }));
export const discardDraft = (target: string): void => change(target, () => undefined);
/** Removes what was saved; what was typed since stays. */
export const draftSaved = (target: string, text: string): void =>
  change(target, (draft) => (draft === undefined || draft.text === text ? undefined : { ...draft, base: text.trim() }));
/** Keeps the text, with the reason why it could not be saved. */
export const draftFailed = (target: string, text: string, error: string): void =>
  change(target, (draft) => ({ text: draft?.text ?? text, base: draft?.base ?? null, error }));

/** Drafts are stored once nothing was typed for this time, ms; saving and discarding a draft is stored at once. */
const REST = 400;
const LEAVE_EVENTS = ['beforeunload', 'pagehide'];

/** Texts by the id of what they belong to. */
const schema = z.record(z.string(), z.string());
type Texts = z.infer<typeof schema>;

const textsOf = (value: unknown): Texts => schema.safeParse(value).data ?? {};

/** Drafts that were left unsaved on the computer this folder came from: shown to nobody until the person here takes them over. A hook. */
export const useForeignDrafts = (): Texts => textsOf(useCall('view.get', { key: FOREIGN_DRAFTS_KEY }).data?.value);

/**
 * Lets a person take foreign drafts over as own unsaved texts, or discard them. A foreign draft of a text for which the person has a draft
 * already waits until that one is saved or discarded. `free`: the number of foreign drafts that don’t wait. A hook.
 */
export function useDecideForeignDrafts(texts: Texts) {
  const keep = useKeepView();
  const own = useDrafts(({ drafts }) => drafts);
  const all = Object.entries(texts);
  const free = all.filter(([id]) => !own.has(id));
  return {
    free: free.length,
    discard: (): void => keep(FOREIGN_DRAFTS_KEY, {}),
    take: (): void => {
      const taken = free.map(([id, text]) => [id, { text, base: null, error: null }] as const);
      useDrafts.setState(({ drafts }) => ({ drafts: new Map([...taken, ...drafts]) }));
      keep(FOREIGN_DRAFTS_KEY, Object.fromEntries(all.filter(([id]) => own.has(id))));
    },
  };
}

/** Keeps the drafts with the project's view state and restores them when it is opened again, so that no text is lost in a crash. */
export function useKeptDrafts(): void {
  const api = useApi();
  const keep = useKeepView();
  const stored = useCall('view.get', { key: DRAFTS_KEY }).data;
  const known = useRef<Texts | null>(null);

  useEffect(() => {
    if (stored === undefined || known.current !== null) return;
    const texts = textsOf(stored.value);
    known.current = texts;
    // What was typed in the meantime is newer.
    const restored = Object.entries(texts).map(([id, text]) => [id, { text, base: null, error: null }] as const);
    useDrafts.setState(({ drafts }) => ({ drafts: new Map([...restored, ...drafts]) }));
  }, [stored]);

  useEffect(() => {
    /** What this window has changed since it last stored drafts; null for a draft that was saved or discarded. */
    const changed = new Map<string, string | null>();
    let isLeaving = false;
    const leave = (): void => {
      isLeaving = true;
      // The window may stay open after all, as it does when a link turns out to be a download.
      setTimeout(() => (isLeaving = false));
    };
    const write = async (): Promise<void> => {
      // Another window may have stored drafts since. A window that closes has no time to read them, and uses what it
      // read last.
      const now = isLeaving ? known.current : await readStored();
      if (now === null || changed.size === 0) return;
      const next = new Map([...Object.entries(now), ...changed]);
      changed.clear();
      known.current = Object.fromEntries([...next].flatMap(([id, text]) => (text === null ? [] : [[id, text]])));
      keep(DRAFTS_KEY, known.current);
    };
    const readStored = async (): Promise<Texts | null> => {
      const found = await api.call('view.get', { key: DRAFTS_KEY }).catch(() => null);
      return found === null ? null : textsOf(found.value);
    };
    const stop = useDrafts.subscribe(({ drafts }, { drafts: before }) => {
      const fresh = changesOf(before, drafts).filter(
        ([id, text]) => changed.has(id) || (known.current?.[id] ?? null) !== text,
      );
      if (fresh.length === 0) return;
      for (const [id, text] of fresh) changed.set(id, text);
      runWhenIdle('memo drafts', fresh.some(([, text]) => text === null) ? 0 : REST, write);
    });
    // In the capture phase: before pending commits are run, on the same events.
    for (const name of LEAVE_EVENTS) window.addEventListener(name, leave, { capture: true });
    return () => {
      stop();
      // The project was closed: its texts must not be stored or shown in the next one.
      changed.clear();
      for (const name of LEAVE_EVENTS) window.removeEventListener(name, leave, { capture: true });
      useDrafts.setState({ drafts: new Map() });
      clearRefused();
    };
  }, [api, keep]);
}

function changesOf(before: Drafts, after: Drafts): (readonly [string, string | null])[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids]
    .filter((id) => before.get(id)?.text !== after.get(id)?.text)
    .map((id) => [id, after.get(id)?.text ?? null] as const);
}

/** An unsaved translation. */
const translationDraft = z.object({
  text: z.string(),
  method: z.enum(TRANSLATION_METHODS),
  /** What was stored when writing began; saving passes it on, so that a change in between is noticed. */
  base: z.string(),
});
export type TranslationDraftKept = z.infer<typeof translationDraft>;

const translationKey = (passage: PassageId, language: string): string => `translation ${passage} ${language}`;

function parseTranslation(text: string | undefined): TranslationDraftKept | null {
  if (text === undefined) return null;
  try {
    return translationDraft.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The unsaved translation of a passage, and why saving it failed. A hook. */
export function useTranslationDraft(
  passage: PassageId,
  language: string,
): { readonly draft: TranslationDraftKept | null; readonly error: string | null } {
  const kept = useDrafts(({ drafts }) => drafts.get(translationKey(passage, language)));
  return { draft: parseTranslation(kept?.text), error: kept?.error ?? null };
}

export const keepTranslation = (passage: PassageId, language: string, draft: TranslationDraftKept): void =>
  keepDraft(translationKey(passage, language), JSON.stringify(draft), '');
export const discardTranslation = (passage: PassageId, language: string): void =>
  discardDraft(translationKey(passage, language));
/** Removes a draft that equals the stored text. */
export function discardIfStored(
  passage: PassageId,
  language: string,
  { text, method }: Pick<TranslationDraftKept, 'text' | 'method'>,
): void {
  const key = translationKey(passage, language);
  const kept = parseTranslation(useDrafts.getState().drafts.get(key)?.text);
  if (kept?.text === text && kept.method === method) discardDraft(key);
}
/** Removes what was saved; what was typed since stays, based on what was saved. */
export function translationSaved(passage: PassageId, language: string, saved: TranslationDraftKept): void {
  const key = translationKey(passage, language);
  draftSaved(key, JSON.stringify(saved));
  const left = parseTranslation(useDrafts.getState().drafts.get(key)?.text);
  if (left !== null) keepTranslation(passage, language, { ...left, base: saved.text });
}
export const translationFailed = (
  passage: PassageId,
  language: string,
  draft: TranslationDraftKept,
  why: string,
): void => draftFailed(translationKey(passage, language), JSON.stringify(draft), why);

/** An unsaved text on a passage: the reason for a return, or a comment. */
export function usePassageDraft(
  what: 'return' | 'comment',
  passage: PassageId,
): readonly [string, (text: string) => void] {
  const key = `${what} ${passage}`;
  const text = useDrafts(({ drafts }) => drafts.get(key)?.text ?? '');
  return [text, (next) => (next === '' ? discardDraft(key) : keepDraft(key, next, ''))];
}

const ratingDraft = z.object({ grade: sourceGrade.nullable(), reason: z.string() });
type RatingDraft = z.infer<typeof ratingDraft>;

function parseRating(text: string | undefined): RatingDraft | null {
  if (text === undefined) return null;
  try {
    return ratingDraft.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * A source's rating and reason in the form. A button saves both together; until then they are kept, even while the person goes to other
 * sources. Once the source has these values, nothing is kept.
 */
export function useRatingDraft({
  id,
  grade,
  gradeReason,
}: Pick<Source, 'id' | 'grade' | 'gradeReason'>): RatingDraft & {
  readonly set: (next: RatingDraft) => void;
  readonly discard: () => void;
} {
  const key = `rating ${id}`;
  const kept = parseRating(useDrafts(({ drafts }) => drafts.get(key)?.text));
  const stored: RatingDraft = { grade, reason: gradeReason ?? '' };
  const isStored = (one: RatingDraft): boolean => one.grade === stored.grade && one.reason.trim() === stored.reason;
  const isDone = kept !== null && isStored(kept);
  useEffect(() => {
    if (isDone) discardDraft(key);
  }, [isDone, key]);
  return {
    ...(kept ?? stored),
    set: (next) =>
      next.grade === stored.grade && next.reason === stored.reason
        ? discardDraft(key)
        : keepDraft(key, JSON.stringify(next), ''),
    discard: () => discardDraft(key),
  };
}

/** The prefix of drafts of the form for several sources: this key alone, or followed by a random id. */
export const MANY_KEY = 'many';
export const isManyKey = (key: string): boolean => key === MANY_KEY || key.startsWith(`${MANY_KEY} `);

/** The record that a draft belongs to. A memo’s draft has only the id of the memo’s record, whatever its kind. */
export type DraftPlace =
  | { readonly kind: 'translation' | 'comment'; readonly passage: PassageId }
  | { readonly kind: 'return'; readonly passage: PassageId }
  | { readonly kind: 'rating'; readonly source: SourceId }
  | { readonly kind: 'many' }
  | { readonly kind: 'memo'; readonly passage: PassageId; readonly source: SourceId; readonly category: CategoryId };

/** The record that the draft under this key belongs to; null for a key of another version. */
export function placeOfDraft(key: string): DraftPlace | null {
  if (isManyKey(key)) return { kind: 'many' };
  const [kind = '', of] = key.split(' ');
  if (of === undefined) {
    const passage = passageId.safeParse(kind).data;
    const source = sourceId.safeParse(kind).data;
    const category = categoryId.safeParse(kind).data;
    if (passage === undefined || source === undefined || category === undefined) return null;
    return { kind: 'memo', passage, source, category };
  }
  if (kind === 'rating') {
    const source = sourceId.safeParse(of).data;
    return source === undefined ? null : { kind, source };
  }
  const passage = passageId.safeParse(of).data;
  if (passage === undefined) return null;
  if (kind === 'return') return { kind, passage };
  return kind === 'translation' || kind === 'comment' ? { kind, passage } : null;
}

/** Unfinished work in forms of one kind. */
export interface FormDrafts<T> {
  /** The work under this name, or null. A hook. */
  readonly use: (name: string) => T | null;
  /** Whether any work is kept. A hook. */
  readonly useAny: () => boolean;
  readonly keep: (name: string, work: T) => void;
  /** Called when the work is done or cancelled. */
  readonly drop: (name: string) => void;
  readonly clear: () => void;
  readonly names: () => readonly string[];
}

/**
 * Keeps unfinished work of a dialog or form while the window is open, since Escape may be pressed by mistake and people look things up on
 * other screens. Names should be ids of records, so that projects do not mix; a form with other names must clear its work when the project
 * is closed.
 */
export function createFormDrafts<T>(): FormDrafts<T> {
  const useKept = create<{ readonly kept: ReadonlyMap<string, T> }>()(() => ({ kept: new Map() }));
  return {
    use: (name) => useKept(({ kept }) => kept.get(name) ?? null),
    useAny: () => useKept(({ kept }) => kept.size > 0),
    keep: (name, work) => useKept.setState(({ kept }) => ({ kept: new Map(kept).set(name, work) })),
    drop: (name) => useKept.setState(({ kept }) => ({ kept: new Map([...kept].filter(([other]) => other !== name)) })),
    clear: () => useKept.setState({ kept: new Map() }),
    names: () => [...useKept.getState().kept.keys()],
  };
}

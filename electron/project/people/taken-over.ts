import { type CommitHash, type TranslationDraft, translationDraft } from '../../../shared/model/index.ts';
import type { Signed } from '../../db/types.ts';
import type { AttributedKind, NamedRow } from './unsigned-reasons.ts';

/** A person's record that now names somebody else. */
export interface TakenOver {
  /** The person who signed it as their own. */
  readonly from: string;
  /** The change that named somebody else. */
  readonly last: Signed;
  /** Whether people could have done it with the program, as by typing words again that somebody wrote before. */
  readonly isPossible: boolean;
}

/** Records that are decided anew in another person’s name; no version of ours changes the person of any others. */
const CHANGES_PERSON: ReadonlySet<AttributedKind> = new Set(['placechoice', 'translation']);

type Saw = (commit: CommitHash, earlier: CommitHash) => boolean;

/** Returns undefined if the record names the person who first signed it as their own, as far as its commits knew of each other. */
export function takenOver({ entity, person }: NamedRow, changes: readonly Signed[], saw: Saw): TakenOver | undefined {
  if (entity === 'translation') return takenTranslation(person, changes, saw);
  if (CHANGES_PERSON.has(entity)) return undefined;
  const named = changes.filter(({ field }) => field === 'person');
  const last = named.at(-1);
  if (last === undefined) return undefined;
  const own = named.filter((one) => one.value === one.person);
  const first = own.filter((one) => !own.some((other) => other !== one && saw(one.commit, other.commit)));
  const from = first.find((one) => one.person !== person && saw(last.commit, one.commit))?.person;
  return from === undefined ? undefined : { from, last, isPossible: false };
}

/** Judges a translation: its last editor is its author, unless they left another person's words unchanged. */
function takenTranslation(person: string, changes: readonly Signed[], saw: Saw): TakenOver | undefined {
  const drafts = changes.filter(({ field }) => field === 'draft');
  const last = drafts.at(-1);
  const now = draftOf(last);
  if (last === undefined || now === null) return undefined;
  const before = drafts.filter((one) => one !== last && saw(last.commit, one.commit));
  const first = before.find((one) => {
    const draft = draftOf(one);
    return draft !== null && draft.person === one.person && wordsOf(draft) === wordsOf(now);
  });
  if (first === undefined || first.person === person) return undefined;
  // The program keeps the author of a text that is saved as it is.
  const replaced = draftOf(before.at(-1));
  const isSame = replaced?.text === now.text && replaced.method === now.method;
  const isRemoved = changes.some(
    ({ field, value, commit }) =>
      field === 'deleted' && value === true && saw(last.commit, commit) && saw(commit, first.commit),
  );
  return { from: first.person, last, isPossible: !isSame || isRemoved };
}

const draftOf = (change: Signed | undefined): TranslationDraft | null =>
  translationDraft.safeParse(change?.value).data ?? null;

/** The visible words of a translation, for comparing. */
const wordsOf = ({ text }: TranslationDraft): string => text.normalize('NFKC').replaceAll(/[\s\p{Cf}]+/gu, '');

/**
 * The change that put a translation on another passage, or said that it is in another language, than it was made for. No version of ours
 * does that. Whoever edits one that somebody else made is its author without having signed either: so it isn’t asked whose these are.
 */
export function putElsewhere({ entity, person }: NamedRow, changes: readonly Signed[]): Signed | undefined {
  if (entity !== 'translation') return undefined;
  return ['passage', 'language'].flatMap((name) => {
    const of = changes.filter(({ field }) => field === name);
    const [first, last] = [of[0], of.at(-1)];
    return last === undefined || last.person === person || last.value === first?.value ? [] : [last];
  })[0];
}

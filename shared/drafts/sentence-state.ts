import type { DraftMark, SentenceState } from '../model/drafts.ts';

/** A mark that a person set on a sentence, with the facts of the log about it. */
export interface Mark {
  readonly id: string;
  /** The hash of its commit. */
  readonly commit: string;
  readonly state: DraftMark;
  readonly person: string;
  readonly comment: string;
  /** Epoch ms. */
  readonly at: number;
  /** The state that the person looked at, as {@link basisOf} writes it. */
  readonly basis: string;
  /** Whether the person that the mark names signed it. */
  readonly genuine: boolean;
}

/** Why a mark counts for nothing. `installation`: the author used a key on the same installation. */
export type MarkNotCounted = 'signature' | 'author' | 'installation' | 'returned' | 'changed';

export interface Eyes {
  /** The people who wrote the draft. */
  readonly authors: ReadonlySet<string>;
  /** Returns the other people who count as the same person: see Installations. */
  readonly oneWith: (person: string) => ReadonlySet<string>;
  /** Whether the author of the later commit had seen the earlier. */
  readonly saw: (later: string, earlier: string) => boolean;
}

export interface MarkedState {
  /** The state from marks alone; a failing finding overrides it. */
  readonly state: Exclude<SentenceState, 'fails'>;
  /** The people whose acceptance counts, or who marked that there is nothing to prove. No two of them count as one person. */
  readonly by: readonly string[];
  readonly notCounted: ReadonlyMap<string, MarkNotCounted>;
  /** Returns that nobody answered. */
  readonly returns: readonly Mark[];
}

/** How many people besides the author must accept a sentence. */
export const PEOPLE_TO_ACCEPT = 2;

/**
 * Computes the state of a sentence from all its marks, in the order of the log, and from its present basis; no side effects. `proves`: the
 * sentence has figures or quotations, so nobody can mark it as having nothing to prove.
 */
export function stateFromMarks(marks: readonly Mark[], basis: string, eyes: Eyes, proves = false): MarkedState {
  const notCounted = new Map<string, MarkNotCounted>();
  const genuine = marks.filter((mark) => {
    const why = whyNot(mark, eyes) ?? (proves && mark.state === 'nothing' ? 'changed' : null);
    if (why !== null) notCounted.set(mark.id, why);
    return why === null;
  });
  const said = genuine.filter(({ state }) => state !== 'returned');
  const allReturns = genuine.filter(({ state }) => state === 'returned');
  // Accepting after having seen a return answers it. Accepting without having seen it does not.
  const returns = allReturns.filter((sentBack) => !said.some((one) => eyes.saw(one.commit, sentBack.commit)));
  const holding = said.filter((one) => {
    const why = !allReturns.every((sentBack) => eyes.saw(one.commit, sentBack.commit))
      ? 'returned'
      : one.basis === basis
        ? null
        : 'changed';
    if (why !== null) notCounted.set(one.id, why);
    return why === null;
  });
  const accepted = distinct(holding, 'accepted', eyes);
  const nothing = distinct(holding, 'nothing', eyes);
  if (returns.length > 0) return { state: 'returned', by: [], notCounted, returns };
  if (accepted.length >= PEOPLE_TO_ACCEPT) return { state: 'accepted', by: accepted, notCounted, returns };
  if (nothing.length > 0) return { state: 'nothing', by: nothing, notCounted, returns };
  return { state: accepted.length > 0 ? 'once' : 'open', by: accepted, notCounted, returns };
}

/** Why a mark does not count; null if it does. Anyone may return a sentence, also its author. */
function whyNot({ genuine, state, person }: Mark, eyes: Eyes): MarkNotCounted | null {
  if (!genuine) return 'signature';
  return state === 'returned' ? null : isAuthor(person, eyes);
}

/** Whether a person counts as the author of the draft, and how. */
export function isAuthor(person: string, { authors, oneWith }: Pick<Eyes, 'authors' | 'oneWith'>) {
  if (authors.has(person)) return 'author' as const;
  return [...authors].some((author) => oneWith(author).has(person) || oneWith(person).has(author))
    ? ('installation' as const)
    : null;
}

/** The people who set this mark; of those who count as one person, the first. */
function distinct(marks: readonly Mark[], state: DraftMark, { oneWith }: Eyes): string[] {
  const people: string[] = [];
  for (const mark of marks) {
    if (mark.state !== state || people.includes(mark.person)) continue;
    if (people.some((one) => oneWith(one).has(mark.person) || oneWith(mark.person).has(one))) continue;
    people.push(mark.person);
  }
  return people;
}

/** The facts that an acceptance rests on, besides the words: a later difference reopens the sentence. */
export interface Looked {
  /** Kind, id and words of each link. */
  readonly links: readonly (readonly [kind: 'passage' | 'claim', id: string, words: string, quotation: string])[];
  readonly remedies: readonly (readonly [finding: string, remedy: string])[];
  /** Citations as they are read, since a date without a year depends on the draft’s date. */
  readonly citations: readonly (readonly [publisher: string, date: string])[];
  /** Figure cards that differ from the draft. */
  readonly cards: readonly (readonly [figure: string, card: string, value: string])[];
}
/** Writes the facts as text. `cards` is left out if empty, so that sentences stay accepted that were accepted before cards were compared. */
export const basisOf = ({ links, remedies, citations, cards }: Looked): string =>
  JSON.stringify({
    links: sorted(links),
    remedies: sorted(remedies),
    citations: sorted(citations),
    ...(cards.length === 0 ? {} : { cards: sorted(cards) }),
  });
const sorted = (rows: readonly (readonly string[])[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();

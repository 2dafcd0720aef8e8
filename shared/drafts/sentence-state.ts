import type { DraftMark, SentenceState } from '../model/drafts.ts';

/** What one person said of a sentence, with what the log knows of it. */
export interface Mark {
  readonly id: string;
  /** The hash of its commit. */
  readonly commit: string;
  readonly state: DraftMark;
  readonly person: string;
  readonly comment: string;
  /** Epoch ms. */
  readonly at: number;
  /** What was looked at, as {@link basisOf} writes it. */
  readonly basis: string;
  /** Whether the person it names signed it. */
  readonly genuine: boolean;
}

/** Why a mark counts for nothing. `installation`: the author used a key on the same installation. */
export type MarkNotCounted = 'signature' | 'author' | 'installation' | 'returned' | 'changed';

export interface Eyes {
  /** Who wrote the draft. */
  readonly authors: ReadonlySet<string>;
  /** The others who count as one with a person: see Installations. */
  readonly oneWith: (person: string) => ReadonlySet<string>;
  /** Whether the author of the later commit had seen the earlier. */
  readonly saw: (later: string, earlier: string) => boolean;
}

export interface MarkedState {
  /** Without what findings say. */
  readonly state: Exclude<SentenceState, 'fails'>;
  /** Whose acceptance counts, or who said that there is nothing to prove. No two of them count as one. */
  readonly by: readonly string[];
  readonly notCounted: ReadonlyMap<string, MarkNotCounted>;
  /** The returns that nobody answered. */
  readonly returns: readonly Mark[];
}

/** It takes so many people besides the author. */
export const PEOPLE_TO_ACCEPT = 2;

/**
 * How far a sentence is: pure, from all its marks in the order of the log and from what is there now (`basis`). `proves`: it has figures
 * or quotations, so that nobody can say that there is nothing to prove.
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
  // Who accepts and has seen a return answers it. Who had not seen it says nothing about it.
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

/** Anyone may return a sentence, its author too. */
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

/** People, of whom those who count as one are taken once: the first who said it. */
function distinct(marks: readonly Mark[], state: DraftMark, { oneWith }: Eyes): string[] {
  const people: string[] = [];
  for (const mark of marks) {
    if (mark.state !== state || people.includes(mark.person)) continue;
    if (people.some((one) => oneWith(one).has(mark.person) || oneWith(mark.person).has(one))) continue;
    people.push(mark.person);
  }
  return people;
}

/** What is looked at when a sentence is accepted, besides its words: a later difference reopens it. */
export interface Looked {
  /** Kind, id and words of what is linked. */
  readonly links: readonly (readonly [kind: 'passage' | 'claim', id: string, words: string, quotation: string])[];
  readonly remedies: readonly (readonly [finding: string, remedy: string])[];
  /** As they are read, since a date without a year depends on the draft’s. */
  readonly citations: readonly (readonly [publisher: string, date: string])[];
  /** Figure cards that say otherwise than the draft. */
  readonly cards: readonly (readonly [figure: string, card: string, value: string])[];
}
/** Without `cards` where there are none: what was accepted before they were looked at stays accepted. */
export const basisOf = ({ links, remedies, citations, cards }: Looked): string =>
  JSON.stringify({
    links: sorted(links),
    remedies: sorted(remedies),
    citations: sorted(citations),
    ...(cards.length === 0 ? {} : { cards: sorted(cards) }),
  });
const sorted = (rows: readonly (readonly string[])[]): string[] => rows.map((row) => JSON.stringify(row)).toSorted();

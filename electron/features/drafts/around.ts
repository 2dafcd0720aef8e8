import type { DraftFinding } from '../../../shared/contract/drafts.ts';
import type { Stretch } from '../../../shared/text/blocks.ts';
import type { EvidenceSources } from '../../project/evidence/sources.ts';
import type { DraftCards } from './cards.ts';

/** What the program knows about a draft's sentences besides their text. */
export interface Around {
  readonly sources: EvidenceSources;
  /** The passages that the sentence is linked to, directly or through claims. */
  readonly linked: ReadonlySet<string>;
  /** Quotations that a person linked to words in another script: they are translations of these words. */
  readonly linkedQuotations: ReadonlySet<string>;
  readonly sourceOfPassage: ReadonlyMap<
    string,
    { readonly source: string; readonly title: string; readonly page: number }
  >;
  readonly cards: DraftCards;
  readonly remedies: ReadonlyMap<string, Resolved>;
  /** Whether a person may decide to keep an error as it is. */
  readonly mayKeep: (person: string) => boolean;
}

/** The remedy for a finding, with everybody who wrote a part of it. */
export type Resolved = NonNullable<DraftFinding['remedy']> & { readonly writers: readonly string[] };

/** Whether a finding needs proof. Nobody can mark its sentence as having nothing to prove. */
export const isToProve = ({ kind }: DraftFinding): boolean =>
  kind !== 'term' && kind !== 'place' && kind !== 'citation';

type Bare = Stretch & { readonly text: string };
type Weight = DraftFinding['weight'];

/** The fields that all kinds of finding share. */
type Base = Pick<DraftFinding, 'key' | 'weight' | 'start' | 'end' | 'text' | 'remedy'>;
export type BaseOf = (one: Bare, kind: string, weight: Weight) => Base;

/** Returns a function that makes the shared fields of a finding. Findings of the same kind and words get numbered keys. */
export function baseOf({ remedies, mayKeep }: Around): BaseOf {
  const keys = new Map<string, number>();
  return ({ start, end, text }, kind, weight) => {
    const words = `${kind}:${text}`;
    const nth = keys.get(words) ?? 0;
    keys.set(words, nth + 1);
    const key = nth === 0 ? words : `${words}:${nth + 1}`;
    const found = remedies.get(key);
    if (found === undefined) return { key, weight, start, end, text, remedy: null };
    const { writers, ...remedy } = found;
    const isKept = remedy.remedy === 'keep' && remedy.reason.trim() !== '' && writers.every(mayKeep);
    // An error that somebody decided to keep no longer blocks anything; it stays in the report as a warning.
    return { key, weight: isKept && weight === 'error' ? 'warning' : weight, start, end, text, remedy };
  };
}

import type { DraftFinding } from '../../../shared/contract/drafts.ts';
import type { Stretch } from '../../../shared/text/blocks.ts';
import type { EvidenceSources } from '../../project/evidence/sources.ts';
import type { DraftCards } from './cards.ts';

/** What is known of a sentence besides its text. */
export interface Around {
  readonly sources: EvidenceSources;
  /** The passages that the sentence is linked to, directly or through claims. */
  readonly linked: ReadonlySet<string>;
  /** The quotations that are linked by hand to words in another script, of which they are a translation. */
  readonly linkedQuotations: ReadonlySet<string>;
  readonly sourceOfPassage: ReadonlyMap<
    string,
    { readonly source: string; readonly title: string; readonly page: number }
  >;
  readonly cards: DraftCards;
  readonly remedies: ReadonlyMap<string, Resolved>;
  /** Whether a person can say that an error stands as it is. */
  readonly mayKeep: (person: string) => boolean;
}

/** What is to be done about a finding, with everybody who wrote a part of that. */
export type Resolved = NonNullable<DraftFinding['remedy']> & { readonly writers: readonly string[] };

/** Whether it has to be proven: nobody can say of its sentence that there is nothing to prove. */
export const isToProve = ({ kind }: DraftFinding): boolean =>
  kind !== 'term' && kind !== 'place' && kind !== 'citation';

type Bare = Stretch & { readonly text: string };
type Weight = DraftFinding['weight'];

/** What all findings have. */
type Base = Pick<DraftFinding, 'key' | 'weight' | 'start' | 'end' | 'text' | 'remedy'>;
export type BaseOf = (one: Bare, kind: string, weight: Weight) => Base;

/** Several findings of the same words are told apart by number. */
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
    // What somebody decided to keep stands against nothing; it stays in the report.
    return { key, weight: isKept && weight === 'error' ? 'warning' : weight, start, end, text, remedy };
  };
}

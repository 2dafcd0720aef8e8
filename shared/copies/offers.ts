import { componentsOf, type CopyDecision } from './groups.ts';
import { type ComparedTexts, kindOfCopy } from './pairs.ts';

/** Two sources with what their texts share. */
export interface FoundPair extends ComparedTexts {
  readonly one: string;
  readonly other: string;
}

export interface OfferedSource {
  readonly source: string;
  /** `same`: about the same text. `holds`: it has the text within a longer one; a person looks before it counts as a copy. */
  readonly how: 'same' | 'holds';
  /** The greatest part of its text that it shares with another source of the offer, from 0 to 1. */
  readonly share: number;
  /** It is in a group that people confirmed. */
  readonly isConfirmed: boolean;
}

/** Sources that may be copies of one text: nothing until a person decides. */
export interface CopyOffer {
  /** In the order given. At least two; never all of one confirmed group. */
  readonly sources: readonly OfferedSource[];
  /** The pairs that it is made of, those that share most first. */
  readonly pairs: readonly FoundPair[];
}

/**
 * What is found and not decided, the largest offer first. Sources that hold the same text are one offer; one that has it within a longer
 * text joins the offer, but no two offers are joined by it: a gazette holds many. A pair that somebody decided, or whose groups somebody
 * decided to be different, is never offered.
 */
export function offersOf(
  found: readonly FoundPair[],
  decisions: readonly CopyDecision[],
  order: readonly string[],
): CopyOffer[] {
  const places = new Map(order.map((id, at) => [id, at]));
  const decided = componentsOf(
    decisions.filter(({ verdict }) => verdict === 'same').map(({ one, other }) => [one, other]),
  );
  const pairOf = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
  const apart = new Set(
    decisions
      .filter(({ verdict }) => verdict === 'different')
      .map(({ one, other }) => pairOf(decided.rootOf(one), decided.rootOf(other))),
  );
  const confirmed = new Set(decisions.flatMap(({ verdict, one, other }) => (verdict === 'same' ? [one, other] : [])));
  const open = found.filter(({ one, other, ...compared }) => {
    if (!places.has(one) || !places.has(other) || kindOfCopy(compared) === null) return false;
    const [a, b] = [decided.rootOf(one), decided.rootOf(other)];
    return a !== b && !apart.has(pairOf(a, b));
  });
  const same = open.filter((pair) => kindOfCopy(pair) === 'same');
  const sets = componentsOf(same.map(({ one, other }) => [decided.rootOf(one), decided.rootOf(other)]));
  const setOf = (source: string): string => sets.rootOf(decided.rootOf(source));
  const offers = new Map<string, FoundPair[]>();
  const add = (key: string, pair: FoundPair): void => {
    const there = offers.get(key);
    if (there === undefined) offers.set(key, [pair]);
    else there.push(pair);
  };
  for (const pair of same) add(setOf(pair.one), pair);
  // The text that stands within another one: its offer.
  for (const pair of open)
    if (kindOfCopy(pair) === 'within') {
      const held = setOf(pair.ofOne <= pair.ofOther ? pair.one : pair.other);
      if (setOf(pair.one) !== setOf(pair.other)) add(held, pair);
    }
  const placeOf = (id: string): number => places.get(id) ?? Infinity;
  return [...offers]
    .map(([key, pairs]): CopyOffer => {
      const ids = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))].sort((a, b) => placeOf(a) - placeOf(b));
      const shares = sharesIn(pairs);
      const sources = ids.map((source): OfferedSource => ({
        source,
        how: setOf(source) === key ? 'same' : 'holds',
        share: shares.get(source) ?? 0,
        isConfirmed: confirmed.has(source),
      }));
      return { sources, pairs: pairs.toSorted((a, b) => b.shared - a.shared) };
    })
    .sort(
      (a, b) =>
        b.sources.length - a.sources.length ||
        placeOf(a.sources[0]?.source ?? '') - placeOf(b.sources[0]?.source ?? ''),
    );
}

function sharesIn(pairs: readonly FoundPair[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  const greatest = (source: string, share: number): void =>
    void shares.set(source, Math.max(shares.get(source) ?? 0, share));
  for (const { one, other, shared, ofOne, ofOther } of pairs) {
    greatest(one, shared / Math.max(1, ofOne));
    greatest(other, shared / Math.max(1, ofOther));
  }
  return shares;
}

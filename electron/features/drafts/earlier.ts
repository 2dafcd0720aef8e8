import type { DraftSentence, EarlierWording, SentenceLink, SentenceMark } from '../../../shared/contract/drafts.ts';
import { keyOf } from '../../../shared/drafts/sentences.ts';
import type { Linked } from './links.ts';
import { placeOf } from './marks.ts';

/**
 * Marks and links on wordings that a version no longer has. `before`: by the number of the most similar sentence; `gone`: wordings that
 * resemble no sentence.
 */
export interface Earlier {
  readonly before: ReadonlyMap<number, EarlierWording[]>;
  readonly gone: EarlierWording[];
}

/**
 * The least similarity (Dice’s coefficient of character pairs, 0 to 1) at which an earlier wording counts as the same sentence. Two
 * sentences that share only a long citation reach 0.55.
 */
const LIKE = 0.6;

/**
 * The marks and links of sentences that earlier versions have and this one does not. A mark names its sentence by its words, so without
 * this function it would show on the older version alone.
 */
export function earlierOf(
  sentences: readonly Pick<DraftSentence, 'number' | 'text' | 'nth'>[],
  version: number,
  marks: ReadonlyMap<string, readonly SentenceMark[]>,
  links: ReadonlyMap<string, readonly Linked[]>,
): Earlier {
  const here = new Set(sentences.map(({ text, nth }) => placeOf(text, nth)));
  const places = new Set([...marks.keys(), ...links.keys()].filter((place) => !here.has(place)));
  const gone: EarlierWording[] = [];
  const before = new Map<number, EarlierWording[]>();
  const isNew = ({ text, nth }: { readonly text: string; readonly nth: number }): boolean =>
    !(marks.get(placeOf(text, nth)) ?? []).some((one) => one.version < version);
  const mostLike = likeIn(sentences.filter(isNew));
  for (const place of places) {
    const said = (marks.get(place) ?? []).filter(
      (one) => one.version < version && (one.state === 'returned' || one.comment !== ''),
    );
    const linked = (links.get(place) ?? []).map(({ link }): SentenceLink => link);
    if (said.length === 0 && linked.length === 0) continue;
    const text = place.slice(place.indexOf(' ') + 1);
    const wording = { text, marks: said, links: linked };
    const near = mostLike(text);
    if (near === null) gone.push(wording);
    else before.set(near, [...(before.get(near) ?? []), wording]);
  }
  return { before, gone };
}

const pairsOf = (text: string): Set<string> => {
  const words = keyOf(text).toLowerCase();
  return new Set(Array.from({ length: Math.max(0, words.length - 1) }, (_, at) => words.slice(at, at + 2)));
};

/** Returns a function that finds the sentence most similar to a text (see `LIKE`); null if no sentence is similar enough. */
function likeIn(sentences: readonly Pick<DraftSentence, 'number' | 'text'>[]): (text: string) => number | null {
  let index: { readonly by: Map<string, number[]>; readonly sizes: number[] } | null = null;
  const build = (): NonNullable<typeof index> => {
    const by = new Map<string, number[]>();
    const sizes = sentences.map(({ text }, at) => {
      const pairs = pairsOf(text);
      for (const pair of pairs) {
        const there = by.get(pair);
        if (there === undefined) by.set(pair, [at]);
        else there.push(at);
      }
      return pairs.size;
    });
    return { by, sizes };
  };
  return (text) => {
    index ??= build();
    const { by, sizes } = index;
    const pairs = pairsOf(text);
    const shared = sizes.map(() => 0);
    for (const pair of pairs) for (const at of by.get(pair) ?? []) shared[at] = (shared[at] ?? 0) + 1;
    let [best, most] = [-1, LIKE];
    for (const [at, count] of shared.entries()) {
      const like = (2 * count) / (pairs.size + (sizes[at] ?? 0));
      if (like > most) [best, most] = [at, like];
    }
    return sentences[best]?.number ?? null;
  };
}

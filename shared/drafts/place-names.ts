import type { PlaceInText } from '../figures/read-context.ts';
import type { FoundPlace } from '../places/find-places.ts';
import { firstAfter } from '../figures/read-context.ts';
import type { Stretch } from '../text/blocks.ts';
import { foldedText } from '../text/search-fold.ts';

/** A name of a place for which the draft used another name before. */
export interface PlaceNamed extends Stretch {
  /** Null if several places have both names. */
  readonly place: string | null;
  readonly text: string;
  /** The name that the draft used first, in the same script. */
  readonly other: string;
}

/** Words for the kind of unit, so that Hotan and Hotan Prefecture are one name. Folded as texts are. */
const UNIT_WORDS = new RegExp(
  [
    '^the ',
    ' (?:(?:uygh?ur|kazakh?|hui|mongol(?:ian)?|k[iy]rgyz|tajik|xibe|sibe) )*(?:autonomous )?(?:region|prefecture|county|city|district|municipality|province)$',
    "(?:['’]s)$",
    '(?:(?:维吾尔|哈萨克|回族|蒙古|柯尔克孜|塔吉克|锡伯)*自治[区州县]|地区|[省市县区州])$',
  ].join('|'),
  'gu',
);
/** A short form such as XUAR or XPCC is introduced once and is no second name. */
const SHORT_FORM = /^\p{Lu}{2,6}$/u;
const IN_BRACKETS = /^\s?[（(]$/u;

/** The properties of a name that the finder of places returns. */
export type NamedPlace = Pick<FoundPlace, 'start' | 'end' | 'place' | 'sure' | 'asks'>;

/** The names that mean one place for certain. */
export const surePlaces = (names: readonly NamedPlace[]): PlaceInText[] =>
  names.flatMap(({ start, end, place, sure }) => (place !== null && sure ? [{ start, end, place }] : []));

/**
 * What a name may mean. Hotan, Khotan and Hetian may each be a city, a county or a prefecture: two names with the same candidates are names of
 * one thing.
 */
const meant = ({ place, sure, asks }: NamedPlace): string | null =>
  asks.length > 1 ? asks.toSorted().join(' ') : sure ? place : null;

/**
 * Finds the places that a draft calls by two names. `apart`: quotations and citations, which have other authors’ words. A name in brackets
 * right after another name introduces it, and is not reported.
 */
export function placesUnderTwoNames(
  text: string,
  names: readonly NamedPlace[],
  apart: readonly Stretch[],
): PlaceNamed[] {
  const taken = apart.toSorted((a, b) => a.start - b.start);
  const isApart = ({ start, end }: Stretch): boolean =>
    taken.slice(Math.max(0, firstAfter(taken, start + 1) - 2), firstAfter(taken, end)).some((one) => one.end > start);
  const first = new Map<string, { readonly name: string; readonly text: string }>();
  const places = names.flatMap((one) => {
    const thing = meant(one);
    return thing === null ? [] : [{ start: one.start, end: one.end, place: one.place, thing }];
  });
  return places.flatMap(({ start, end, place, thing }, at): PlaceNamed[] => {
    const words = text.slice(start, end);
    const before = places[at - 1];
    const isGloss = before?.thing === thing && IN_BRACKETS.test(text.slice(before.end, start));
    if (isGloss || SHORT_FORM.test(words) || isApart({ start, end })) return [];
    const key = `${scriptOf(words)} ${thing}`;
    const name = nameOf(words);
    const other = first.get(key);
    if (other === undefined) first.set(key, { name, text: words });
    return other === undefined || other.name === name ? [] : [{ start, end, place, text: words, other: other.text }];
  });
}

function nameOf(words: string): string {
  const folded = foldedText(words).trim();
  const bare = folded.replace(UNIT_WORDS, '').trim();
  return bare === '' ? folded : bare;
}

const scriptOf = (words: string): string =>
  /\p{sc=Han}/u.test(words) ? 'Han' : /\p{sc=Arab}/u.test(words) ? 'Arab' : 'Latin';

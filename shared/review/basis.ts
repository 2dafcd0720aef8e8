import { parsed } from '../changes/canonical.ts';
import { fieldsWith, type FieldWith } from '../changes/fields.ts';
import type { Anchor, TranslationDraft } from '../model/index.ts';

/**
 * A tag as a basis holds it: category and person, by their ids, and the digest of how the category was defined, with
 * `archived` behind it where it was. Of a basis of before definitions were looked at it is empty.
 */
type BasisTag = readonly [category: string, person: string, definition: string];
/** Dimension, value and person, by their ids. */
type BasisSetting = readonly [dimension: string, value: string, person: string];
export interface BasisTranslation {
  readonly language: string;
  readonly method: TranslationDraft['method'];
  readonly person: string;
  readonly text: string;
}

/** Person and text of a memo on the passage. */
type BasisMemo = readonly [person: string, text: string];

/**
 * What a citation prints of a source's record, as the log names it. What analysts say of a source on their own account (its
 * grade, who collected it) is no part of it.
 */
export type CitedField = FieldWith<'source', 'cited'>;
export const CITED_FIELDS: readonly CitedField[] = fieldsWith('source', 'cited').sort();
/** The text of each that says anything, dates as the log has them. */
export type CitedRecord = Readonly<Partial<Record<CitedField, string>>>;

/**
 * What somebody looked at when they moved a passage on: everything that, if it were otherwise, would have to be looked at
 * again. It is kept in the review record, whole and not as a digest, so that a later difference can be shown in words though
 * what stood before be withheld from this copy. Lists are sorted, so that one state of things has one text.
 */
export interface Basis {
  readonly v: 1;
  /** Who made the passage. */
  readonly person: string;
  /** Null for an area. */
  readonly quote: string | null;
  readonly place: readonly [start: number, end: number] | readonly [page: number, ...area: number[]];
  /** The layer the passage lies on, and the one its source is read by. */
  readonly layer: string;
  readonly current: string | null;
  readonly tags: readonly BasisTag[];
  readonly settings: readonly BasisSetting[];
  readonly translations: readonly BasisTranslation[];
  /** Null in a basis of before memos, or the record, were looked at: nothing is known of them then, and nothing differs. */
  readonly memos: readonly BasisMemo[] | null;
  readonly source: CitedRecord | null;
  /** Who decided where coders differed, and for which categories; the newest decision. */
  readonly decided: { readonly person: string; readonly categories: readonly string[] } | null;
}

interface BasisParts {
  readonly person: string;
  readonly anchor: Anchor;
  readonly layer: string;
  readonly current: string | null;
  /** `definition`: see BasisTag. */
  readonly tags: readonly { readonly category: string; readonly person: string; readonly definition?: string }[];
  readonly settings: readonly { readonly dimension: string; readonly value: string; readonly person: string }[];
  readonly translations: readonly BasisTranslation[];
  readonly memos: readonly { readonly person: string; readonly text: string }[];
  /** The row of its source: any text that is null or empty says nothing. */
  readonly source: Readonly<Partial<Record<CitedField, string | null>>>;
  readonly decided: Basis['decided'];
}

/** The basis of a passage as these parts have it. Doubles, as two merged copies can leave, count once. */
export function basisOf(parts: BasisParts): Basis {
  const { anchor, decided } = parts;
  return {
    v: 1,
    person: parts.person,
    quote: anchor.kind === 'text' ? anchor.exact : null,
    place: anchor.kind === 'text' ? [anchor.start, anchor.end] : [anchor.page, ...anchor.area],
    layer: parts.layer,
    current: parts.current,
    tags: distinct(parts.tags.map(({ category, person, definition = '' }): BasisTag => [category, person, definition])),
    settings: distinct(parts.settings.map(({ dimension, value, person }): BasisSetting => [dimension, value, person])),
    translations: parts.translations
      .map(({ language, method, person, text }) => ({ language, method, person, text }))
      .sort((a, b) => compare(a.language, b.language)),
    memos: parts.memos
      .map(({ person, text }): BasisMemo => [person, text])
      .sort(([a, one], [b, other]) => compare(a, b) || compare(one, other)),
    source: citedRecord(parts.source),
    decided: decided === null ? null : { categories: [...new Set(decided.categories)].sort(), person: decided.person },
  };
}

const citedRecord = (row: BasisParts['source']): CitedRecord =>
  Object.fromEntries(
    CITED_FIELDS.flatMap((field): [string, string][] => {
      const text = row[field] ?? '';
      return text === '' ? [] : [[field, text]];
    }),
  );

function distinct<T extends readonly string[]>(rows: readonly T[]): T[] {
  if (rows.length < 2) return [...rows];
  return [...new Map(rows.map((row) => [row.join(' '), row])).entries()]
    .sort(([a], [b]) => compare(a, b))
    .map(([, row]) => row);
}
const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** A basis out of the log, or null where it is none: a log may come from anybody. */
export function readBasis(text: string | null): Basis | null {
  const value = text === null ? null : parsed(text);
  if (!isRecord(value) || value['v'] !== 1) return null;
  const { person, quote, place, layer, current, tags, settings, translations, decided } = value;
  const { memos = null, source = null } = value;
  if (typeof person !== 'string' || !isTextOrNull(quote) || typeof layer !== 'string' || !isTextOrNull(current))
    return null;
  if (!isPlace(place) || !isTags(tags) || !isSettings(settings)) return null;
  if (!Array.isArray(translations) || !translations.every(isTranslation) || !isDecided(decided)) return null;
  if (!isMemos(memos) || !isCited(source)) return null;
  const tagged = tags.map(tagOf);
  return { v: 1, person, quote, place, layer, current, tags: tagged, settings, translations, memos, source, decided };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === 'string';
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
const isPlace = (value: unknown): value is Basis['place'] =>
  Array.isArray(value) && value.length >= 2 && value.every((one) => Number.isFinite(one));
const isRows = (value: unknown, ...lengths: readonly number[]): boolean =>
  Array.isArray(value) && value.every((row) => isTexts(row) && lengths.includes(row.length));
const isTags = (value: unknown): value is string[][] => isRows(value, 2, 3);
const tagOf = ([category = '', person = '', definition = '']: readonly string[]): BasisTag => [
  category,
  person,
  definition,
];
const isSettings = (value: unknown): value is BasisSetting[] => isRows(value, 3);
const isTranslation = (value: unknown): value is BasisTranslation =>
  isRecord(value) &&
  typeof value['language'] === 'string' &&
  typeof value['text'] === 'string' &&
  typeof value['person'] === 'string' &&
  (value['method'] === 'human' || value['method'] === 'machine');
const isMemos = (value: unknown): value is Basis['memos'] => value === null || isRows(value, 2);
/** Fields that a later version looks at besides are no fault of it. */
const isCited = (value: unknown): value is CitedRecord | null =>
  value === null || (isRecord(value) && Object.values(value).every((one) => typeof one === 'string'));
const isDecided = (value: unknown): value is Basis['decided'] =>
  value === null || (isRecord(value) && typeof value['person'] === 'string' && isTexts(value['categories']));

/** What a basis is about, and what of it can differ. */
const ASPECTS = ['quote', 'place', 'layer', 'tags', 'settings', 'translation', 'memo', 'source'] as const;
type Aspect = (typeof ASPECTS)[number];

/** The aspects in which two bases differ; none where they are the same. */
export function aspectsChanged(before: Basis, now: Basis): Aspect[] {
  const same: Record<Aspect, boolean> = {
    quote: before.quote === now.quote,
    // A quotation that says something else stands elsewhere too; told as one difference it is understood.
    place: before.quote !== now.quote || alike(before.place, now.place),
    layer: before.layer === now.layer && before.current === now.current,
    tags: sameTags(before.tags, now.tags) && alike(before.decided, now.decided) && before.person === now.person,
    settings: alike(before.settings, now.settings),
    translation: alike(before.translations, now.translations),
    memo: before.memos === null || now.memos === null || alike(before.memos, now.memos),
    source: citedChanges(before, now).length === 0,
  };
  return ASPECTS.filter((aspect) => !same[aspect]);
}

/** For what `basisOf` makes and `readBasis` reads: keys stand sorted in both, as in every value of the log. */
const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The fields of the source's record that say something else than what was looked at; none where that is not known. */
export const citedChanges = ({ source: before }: Basis, { source: now }: Basis): CitedField[] =>
  before === null || now === null ? [] : CITED_FIELDS.filter((field) => before[field] !== now[field]);

const sameTags = (before: readonly BasisTag[], now: readonly BasisTag[]): boolean =>
  before.length === now.length && before.every((one, at) => isSameTag(one, now[at]));
const isSameTag = ([category, person, definition]: BasisTag, other: BasisTag | undefined): boolean =>
  other?.[0] === category && other[1] === person && (definition === '' || other[2] === '' || definition === other[2]);

/** The categories whose definition is another than it was looked at: what a tag says changed, though the tag did not. */
export const redefinedIn = (before: Basis, now: Basis): string[] => {
  const then = new Map(before.tags.map(([category, , definition]) => [category, definition]));
  const changed = now.tags.filter(([category, , definition]) => {
    const known = then.get(category) ?? '';
    return known !== '' && definition !== '' && known !== definition;
  });
  return [...new Set(changed.map(([category]) => category))];
};

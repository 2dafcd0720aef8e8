import { parsed } from '../changes/canonical.ts';
import { fieldsWith, type FieldWith } from '../changes/fields.ts';
import type { Anchor, TranslationDraft } from '../model/index.ts';

/**
 * A tag in a basis: the ids of category and person, and the digest of the category's definition, followed by `archived` if it
 * was. The digest is empty in a basis from before definitions were recorded.
 */
type BasisTag = readonly [category: string, person: string, definition: string];
/** Ids of dimension, value and person. */
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
 * The details of a source that a citation prints, named as in the log. Analysts' own judgements of a source (its rating, who
 * collected it) are not part of it.
 */
export type CitedField = FieldWith<'source', 'cited'>;
export const CITED_FIELDS: readonly CitedField[] = fieldsWith('source', 'cited').sort();
/** The text of each that is not empty, with dates as in the log. */
export type CitedRecord = Readonly<Partial<Record<CitedField, string>>>;

/**
 * What someone looked at when they moved a passage on: everything whose change means it must be looked at again. The review
 * record keeps it whole, not as a digest, so that a later difference can be shown in words even if this copy lacks the
 * earlier state. Lists are sorted, so that equal states have equal text.
 */
export interface Basis {
  readonly v: 1;
  /** Who created the passage. */
  readonly person: string;
  /** Null for an area. */
  readonly quote: string | null;
  readonly place: readonly [start: number, end: number] | readonly [page: number, ...area: number[]];
  /** The passage's layer, and its source's current layer. */
  readonly layer: string;
  readonly current: string | null;
  readonly tags: readonly BasisTag[];
  readonly settings: readonly BasisSetting[];
  readonly translations: readonly BasisTranslation[];
  /** Null in a basis from before memos, or details, were recorded: they are unknown then, and nothing differs. */
  readonly memos: readonly BasisMemo[] | null;
  readonly source: CitedRecord | null;
  /** Who decided where coders differed, and for which categories; only the latest decision. */
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
  /** The row of its source; null and empty texts are left out. */
  readonly source: Readonly<Partial<Record<CitedField, string | null>>>;
  readonly decided: Basis['decided'];
}

/** The basis of a passage from these parts. Duplicates, as two merged copies can leave, count once. */
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

/** A basis from the log, or null if invalid: a log may come from anyone. */
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
/** Extra fields, which a later version may record, are allowed. */
const isCited = (value: unknown): value is CitedRecord | null =>
  value === null || (isRecord(value) && Object.values(value).every((one) => typeof one === 'string'));
const isDecided = (value: unknown): value is Basis['decided'] =>
  value === null || (isRecord(value) && typeof value['person'] === 'string' && isTexts(value['categories']));

/** What a basis consists of, and what of it can differ. */
const ASPECTS = ['quote', 'place', 'layer', 'tags', 'settings', 'translation', 'memo', 'source'] as const;
type Aspect = (typeof ASPECTS)[number];

/** The aspects in which two bases differ; empty if they are equal. */
export function aspectsChanged(before: Basis, now: Basis): Aspect[] {
  const same: Record<Aspect, boolean> = {
    quote: before.quote === now.quote,
    // A changed quotation also has another place; reported as one difference, that is understood.
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

/** For bases made by `basisOf` or `readBasis`: both sort keys, as every value of the log has them. */
const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The details of the source that have changed since they were looked at; empty if that is unknown. */
export const citedChanges = ({ source: before }: Basis, { source: now }: Basis): CitedField[] =>
  before === null || now === null ? [] : CITED_FIELDS.filter((field) => before[field] !== now[field]);

const sameTags = (before: readonly BasisTag[], now: readonly BasisTag[]): boolean =>
  before.length === now.length && before.every((one, at) => isSameTag(one, now[at]));
const isSameTag = ([category, person, definition]: BasisTag, other: BasisTag | undefined): boolean =>
  other?.[0] === category && other[1] === person && (definition === '' || other[2] === '' || definition === other[2]);

/**
 * The categories whose definition has changed since it was looked at: the tag means something else, though it did not change.
 */
export const redefinedIn = (before: Basis, now: Basis): string[] => {
  const then = new Map(before.tags.map(([category, , definition]) => [category, definition]));
  const changed = now.tags.filter(([category, , definition]) => {
    const known = then.get(category) ?? '';
    return known !== '' && definition !== '' && known !== definition;
  });
  return [...new Set(changed.map(([category]) => category))];
};

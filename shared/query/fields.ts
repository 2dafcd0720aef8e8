import { distance } from '../text/distance.ts';

/**
 * What the values of a field are. `name`: the code or name of a record, or a part of it that no other record has. `code`: one of a few codes. `date`: a
 * date or a span of dates. `text`: words that occur in it, once both are folded.
 */
export type FieldKind = 'name' | 'code' | 'date' | 'text';

/** The fields that every project has. The codebook's dimensions of passages are fields too, by their codes. */
export const QUERY_FIELDS = {
  category: 'name',
  person: 'name',
  source: 'name',
  collection: 'name',
  origin: 'name',
  place: 'name',
  publisher: 'text',
  lang: 'code',
  type: 'code',
  grade: 'code',
  state: 'code',
  date: 'date',
  act: 'date',
  published: 'date',
  missing: 'code',
} as const satisfies Readonly<Record<string, FieldKind>>;
/** What can be missing of a passage, and of its source. `review`: nobody has checked it. `date`: the source has none at all. */
export const MISSING_OF_PASSAGE = ['translation', 'category', 'memo', 'review'] as const;
export const MISSING_OF_SOURCE = ['date', 'act', 'published', 'publisher', 'type', 'lang', 'grade'] as const;
export const MISSING = [...MISSING_OF_PASSAGE, ...MISSING_OF_SOURCE] as const;
export type Missing = (typeof MISSING)[number];

export type FixedField = keyof typeof QUERY_FIELDS;

export const isFixedField = (field: string): field is FixedField => Object.hasOwn(QUERY_FIELDS, field);

/** The fields of a query, by the names they are typed with. */
export class FieldNames {
  private readonly byName: ReadonlyMap<string, string>;

  constructor(dimensions: readonly string[]) {
    this.byName = new Map([...dimensions, ...Object.keys(QUERY_FIELDS)].map((field) => [field.toLowerCase(), field]));
  }
  /** The field of that name, in whatever case; null if there is none. */
  named(name: string): string | null {
    return this.byName.get(name.toLowerCase()) ?? null;
  }
  /** The fields whose names are most like it, at most two. */
  like(name: string): readonly string[] {
    const wanted = name.toLowerCase().slice(0, 40);
    return [...this.byName]
      .map(([known, field]) => ({ field, away: known.startsWith(wanted) ? 0 : distance(known, wanted) }))
      .filter(({ field, away }) => away <= Math.max(1, Math.floor(field.length / 3)))
      .sort((a, b) => a.away - b.away)
      .slice(0, 2)
      .map(({ field }) => field);
  }
}

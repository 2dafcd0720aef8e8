import { z } from 'zod';

/**
 * The file of the gazetteer: places and bodies with all their names, the sources of each name, and words that read like a place and are none.
 * Only fields that are used are checked; the others are kept for readers of the file.
 */
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/);
const years = z.object({ name: z.string(), from: z.number().int(), to: z.number().int() });

export const confidence = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof confidence>;

export const nameKind = z.enum([
  'official',
  'common',
  'short',
  'bare',
  'variant',
  'former',
  'abbreviation',
  'contextual',
  'contested',
  'gb-romanisation',
  'pinyin',
]);

const placeName = z.object({
  text: z.string().min(1),
  lang: z.enum(['zh-Hans', 'zh-Hant', 'en', 'ug-Arab', 'ug-Latn']),
  kind: nameKind,
  confidence,
  /** The sources of the name, by their ids in the file’s `sources`. */
  sources: z.array(z.string()).default([]),
  /** Whether the name is also a common word or name, so that it means the place only beside words that say so. */
  needsContext: z.literal(true).optional(),
});

export const placeType = z.enum([
  'country',
  'province',
  'municipality',
  'autonomous_region',
  'special_administrative_region',
  'prefecture_city',
  'prefecture',
  'autonomous_prefecture',
  'district',
  'county_city',
  'county',
  'autonomous_county',
  'organisation',
  'xpcc_division',
  'macro_region',
  'unit_group',
  'natural_region',
]);

const place = z.object({
  id,
  type: placeType,
  level: z.enum(['country', 'province', 'prefecture', 'county', 'organisation', 'macro_region']),
  parent: id.nullable(),
  /** The year since which its code, and with it its present rank, is in force. */
  codeSince: z.object({ year: z.number().int() }).optional(),
  /** Its names under earlier codes, from the first year to the year of the change. */
  formerCodes: z.array(years).default([]),
  /** False for bodies that are not places. */
  isPlace: z.literal(false).optional(),
  /** The city that a division runs. */
  city: id.optional(),
  names: z.array(placeName).min(1),
});

export const gazetteerFile = z.object({
  format: z.literal('sourcebook-gazetteer'),
  version: z.string(),
  sources: z.array(z.object({ id: z.string(), title: z.string() })).default([]),
  places: z.array(place),
  /** What reads like a place and is none: products, streets, policies. */
  nonPlaces: z.array(z.object({ text: z.string().min(1), lang: z.string() })),
  /** Townships that bear the name of a county or prefecture elsewhere. */
  townshipHomonyms: z.array(z.object({ name: z.string().min(1) })),
});
export type Gazetteer = z.infer<typeof gazetteerFile>;
export type Place = Gazetteer['places'][number];
export type PlaceType = Place['type'];
export type PlaceName = Place['names'][number];

/** What a place of the team’s own is. */
export const ownPlaceKind = z.enum(['province', 'prefecture', 'county', 'township', 'village', 'site', 'other']);
export type OwnPlaceKind = z.infer<typeof ownPlaceKind>;

/** What a team has added in its project: a further name of a place, or of a place of its own. */
export interface AddedName {
  /** An id of the gazetteer, or of a place that the team added. A newer gazetteer may know more than this one. */
  readonly place: string;
  readonly text: string;
}
export interface AddedPlace {
  readonly id: string;
  readonly parent: string | null;
}

/** What a team has added. */
export interface Added {
  readonly names: readonly AddedName[];
  readonly places: readonly AddedPlace[];
}

/** How a place is called in lists: in English where the gazetteer has an English name, else by its first name. */
export function placeTitle({ names }: Pick<Place, 'names'>): string {
  const english = (kind: PlaceName['kind']) => names.find((name) => name.lang === 'en' && name.kind === kind);
  return (english('common') ?? english('short') ?? english('official') ?? names[0])?.text ?? '';
}

import { z } from 'zod';
import { categoryId, collectionId } from '../model/index.ts';
import { FIGURE_CHOSEN, FIGURE_GROUPS, figureConditionsSet, figureSort } from './figure-conditions.ts';
import { HITS_LISTED } from './search.ts';

/*
 * How the table and the figures of a view are shown and what a saved search lists, each with the settings that a person can choose. In a view each setting can be left out: it is then
 * as usual, as in views that were saved before there were settings.
 */

/** Lines of a row of the table. With one, a translation stands beside its quote. */
export const TABLE_ROWS = ['one', 'two'] as const;
export type TableRows = (typeof TABLE_ROWS)[number];
const viewTable = z.object({ rows: z.enum(TABLE_ROWS) });

export const MATRIX_COLUMNS = [
  'actYear',
  'publishedYear',
  'type',
  'publisher',
  'tagger',
  'source',
  'below',
  'county',
  'prefecture',
  'province',
] as const;
/** Shades, or dots whose area is the count. */
export const MATRIX_LOOKS = ['heat', 'dots'] as const;
/** What a figure counts: passages, the sources they are in, or origins, of which copies of one text are one. */
export const COUNTED = ['passages', 'sources', 'origins'] as const;
export type CountedUnit = (typeof COUNTED)[number];
/** What two categories have to be tagged in to count as being together. */
export const TOGETHER = ['passage', 'paragraph', 'source'] as const;
export type Together = (typeof TOGETHER)[number];
export const viewMatrix = z.object({
  columns: z.enum(MATRIX_COLUMNS),
  together: z.enum(TOGETHER),
  look: z.enum(MATRIX_LOOKS),
  unit: z.enum(COUNTED),
  /** Categories with those below them shown. */
  open: z.array(categoryId).max(2000),
});

export const TIMELINE_DATES = ['act', 'published', 'captured'] as const;
export const TIMELINE_LANES = [
  'family',
  'publisher',
  'type',
  'language',
  'tagger',
  'county',
  'prefecture',
  'province',
] as const;
export const viewTimeline = z.object({
  date: z.enum(TIMELINE_DATES),
  lanes: z.enum(TIMELINE_LANES),
  unit: z.enum(COUNTED),
  /** The part of all years that is shown, in ms of UTC; null: all. */
  span: z.object({ from: z.int(), to: z.int() }).nullable(),
  /** The collection of policy documents; `usual`: the one that is called so, if there is one. */
  documents: z.union([collectionId, z.literal('usual')]).nullable(),
});

export const PLACE_ORDERS = ['tree', 'most'] as const;
export const PAIR_LEVELS = ['county', 'prefecture'] as const;
export const viewPlaces = z.object({
  order: z.enum(PLACE_ORDERS),
  level: z.enum(PAIR_LEVELS),
  unit: z.enum(COUNTED),
});

/** Of a place are sources whose title, or else publisher, names it. */
export const COVERAGE_BY = [
  'type',
  'actYear',
  'publishedYear',
  'publisher',
  'language',
  'county',
  'prefecture',
  'province',
] as const;
/** Of all categories those that rest on one source, one text or one publisher. */
export const COVERAGE_WEAK = ['all', 'oneSource', 'oneOrigin', 'onePublisher'] as const;
export const viewCoverage = z.object({ by: z.enum(COVERAGE_BY), weak: z.enum(COVERAGE_WEAK) });

/** Which hits a saved search lists; `unread`: only those in sources that the person who opens it has not read. */
const viewSearch = z.object({ passages: z.enum(HITS_LISTED), unread: z.boolean() });

/** What figures are set side by side over. */
export const COMPARED_OVER = ['years', 'places', 'sources'] as const;
/** The table of figures: each condition is a setting of its own, and one that is absent leaves nothing out. */
export const viewOfFigures = z.object({
  ...figureConditionsSet.shape,
  sort: figureSort.nullable(),
  group: z.enum(FIGURE_GROUPS).nullable(),
  over: z.enum(COMPARED_OVER),
  /** Beside the printed words, in the table’s own order. */
  columns: z.array(z.enum(FIGURE_CHOSEN)),
});

/** What a view keeps of the table, of each figure, and of a search. */
export const viewFigures = z.object({
  table: viewTable.partial(),
  matrix: viewMatrix.partial(),
  timeline: viewTimeline.partial(),
  places: viewPlaces.partial(),
  coverage: viewCoverage.partial(),
  search: viewSearch.partial(),
  figures: viewOfFigures.partial(),
});
export type ViewFigure = keyof z.infer<typeof viewFigures>;

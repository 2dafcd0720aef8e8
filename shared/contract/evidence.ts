import { z } from 'zod';
import {
  categoryId,
  collectionId,
  dimensionId,
  passageId,
  personId,
  reviewState,
  shownState,
  sourceGrade,
  sourceId,
  valueId,
} from '../model/index.ts';
import { call } from './define.ts';
import { COUNTED, COVERAGE_BY, TIMELINE_DATES, TOGETHER } from './view-figures.ts';
import { evidenceFacet, ofDimension } from './evidence-facets.ts';
import { evidencePlace, placesCounted } from './evidence-places.ts';
import { queryFault } from './query.ts';

export { evidenceFacet, type EvidenceFacet } from './evidence-facets.ts';

/** What rows are sorted by, and a table’s columns. `place` is the order within the source, `places` what the passage names. */
export const EVIDENCE_COLUMNS = [
  'quote',
  'translation',
  'category',
  'source',
  'place',
  'origin',
  'places',
  'publisher',
  'type',
  'language',
  'grade',
  'act',
  'document',
  'published',
  'captured',
  'state',
  'person',
  'created',
  'memo',
] as const;
export const evidenceColumn = z.union([z.enum(EVIDENCE_COLUMNS), ofDimension]);
export type EvidenceColumn = z.infer<typeof evidenceColumn>;
export const evidenceSort = z.object({ column: evidenceColumn, descending: z.boolean().default(false) });
export type EvidenceSort = z.infer<typeof evidenceSort>;

/**
 * Passages in one group, cell or mark: those with this value. `tag`: those that one person tagged with a category or one below it,
 * as `CATEGORY PERSON`: a cell of a matrix by person. `pair`: those whose words name both, as `LEVEL PLACE PROVINCE`. `together`: of
 * what is left those with one of two categories in a passage, paragraph or source that has both, as `UNIT CATEGORY CATEGORY`.
 */
export const evidenceMark = z.object({
  by: z.union([evidenceFacet, z.literal('tag'), z.literal('pair'), z.literal('together')]),
  value: z.string().max(2000),
});
export type EvidenceMark = z.infer<typeof evidenceMark>;

/** Which passages: those a query finds (the empty query: all), and of these those in all of the marks. */
export const asked = {
  query: z.string().max(100_000, 'This query has more than 100,000 characters. Shorten it.').default(''),
  within: z.array(evidenceMark).max(8).default([]),
};

export const somePassages = z.array(passageId).max(100_000);
/** What is wrong with the query, each at its place. If anything is, nothing is counted: every list is empty and every number 0. */
const faults = z.array(queryFault);

/** A quotation, without `whole` of at most 400 characters. */
export const evidenceRow = z.object({
  passage: passageId,
  source: sourceId,
  sourceTitle: z.string(),
  publisher: z.string().nullable(),
  /**
   * Of copies of one text, as people confirmed: the source that it is from, null if that is unknown or not in the project, and how many
   * others there are. null: no copy of another source.
   */
  copies: z
    .object({
      origin: z.object({ source: sourceId, title: z.string() }).nullable(),
      others: z.number().int(),
    })
    .nullable(),
  /** A value code of the dimension `doctype`. */
  type: z.string().nullable(),
  language: z.string().nullable(),
  grade: sourceGrade.nullable(),
  /** EDTF. */
  dates: z.object({
    act: z.string().nullable(),
    document: z.string().nullable(),
    published: z.string().nullable(),
    captured: z.string().nullable(),
  }),
  /** Null for an area. */
  quote: z.string().nullable(),
  /** From 1. */
  page: z.number().int(),
  /** In the source’s text, UTF-16 code units; null for an area. */
  start: z.number().int().nullable(),
  /** The English one if there is one, else the first by language. */
  translation: z.object({ language: z.string(), text: z.string() }).nullable(),
  /** In the codebook’s order, each with who gave it. */
  categories: z.array(z.object({ category: categoryId, people: z.array(personId) })),
  settings: z.array(z.object({ dimension: dimensionId, value: valueId })),
  /** Null where they were not asked for. */
  places: z.array(evidencePlace).nullable(),
  state: shownState,
  /** Who highlighted it. */
  person: personId,
  /** Epoch ms. */
  createdAt: z.number(),
  memo: z.boolean(),
});
export type EvidenceRow = z.infer<typeof evidenceRow>;

/** What the numbers of a figure count; `total` is always of passages. */
const countedUnit = z.enum(COUNTED).default('passages');
const summary = {
  faults,
  /** Passages, each counted once. */
  total: z.number().int(),
  /** Passages in the project. */
  of: z.number().int(),
  /** Sources and publishers of the passages; sources without a publisher count for none. */
  sources: z.number().int(),
  publishers: z.number().int(),
  /** The sources, of which copies of one text count once. */
  origins: z.number().int(),
};

export const evidenceGroup = z.object({
  value: z.string(),
  /** For people to read; empty where the value is missing. */
  label: z.string(),
  count: z.number().int(),
  /** The position of its first row. */
  from: z.number().int(),
  /** What its passages rest on: their sources, the publishers that those name, and sources of which copies of one text count once. */
  sources: z.number().int(),
  publishers: z.number().int(),
  origins: z.number().int(),
});
export type EvidenceGroup = z.infer<typeof evidenceGroup>;

/** A column of a matrix, or a bar of the coverage. */
const bar = { value: z.string(), label: z.string() };

/** Sources: all, those with tags, those read without any, those not read. */
const howFarRead = {
  total: z.number().int(),
  tagged: z.number().int(),
  read: z.number().int(),
  unread: z.number().int(),
};

/** How exactly a date is known. A span has open ends where `from` or `to` is null. */
export const markPrecision = z.enum(['day', 'month', 'season', 'year', 'decade', 'span']);
const timelineDate = z.object({
  /** EDTF, as in the facet of the date. */
  value: z.string(),
  precision: markPrecision,
  /** The first and last day it may mean, `YYYY-MM-DD`. */
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export type TimelineDate = z.infer<typeof timelineDate>;
export const timelineMark = timelineDate.extend({ count: z.number().int() });
export type TimelineMark = z.infer<typeof timelineMark>;

/** What the lanes of a timeline are by. */
const timelineLane = z.enum([
  'family',
  'below',
  'publisher',
  'type',
  'language',
  'tagger',
  'county',
  'prefecture',
  'province',
]);

/** Passages, sources and publishers that something rests on, and origins: sources of which copies of one text count once. */
const rests = z.object({
  passages: z.number().int(),
  sources: z.number().int(),
  publishers: z.number().int(),
  origins: z.number().int(),
});

/**
 * What a table shows: which passages, in which order, in which columns; none: all there are. With `passages` only the rows of those
 * that the query finds, and never those of `except`.
 */
export const evidenceTable = z.object({
  ...asked,
  passages: somePassages.exactOptional(),
  except: somePassages.default([]),
  sort: z.array(evidenceSort).max(4).default([]),
  group: evidenceFacet.nullable().default(null),
  columns: z.array(evidenceColumn).max(100).default([]),
});

export const tableFormat = z.enum(['csv', 'xlsx']);

export const evidence = {
  /**
   * Rows `from` to `from + count` of the passages in order; `count` 0 for the numbers and groups alone. Without a sort: sources
   * in the order they were added, each from its beginning. What is missing comes last. A passage with several values of the
   * group stands in each of those groups: `positions` rows in all, more than `total` then.
   */
  'evidence.rows': call(
    'read',
    z.object({
      ...asked,
      sort: z.array(evidenceSort).max(4).default([]),
      group: evidenceFacet.nullable().default(null),
      from: z.number().int().nonnegative().default(0),
      count: z.number().int().min(0).max(1000).default(100),
      /** Quotations and translations in full. */
      whole: z.boolean().default(false),
      /** With the places of each row. The first time in an open project these are read, by a worker. */
      places: z.boolean().default(false),
    }),
    z.object({
      ...summary,
      positions: z.number().int(),
      groups: z.array(evidenceGroup),
      rows: z.array(evidenceRow),
    }),
  ),
  /**
   * Categories by something. A cell counts the passages of the column with the category or one below it, each once; `own` those with
   * the category itself. In a column of `tagger` the tags of that person count. The totals of columns count untagged passages too. With
   * `below` everything counts paragraphs or sources, if `together` says so: those in which both are tagged. Otherwise `unit` is what is
   * counted: a source or an origin once in a cell, and once in a total. `untagged` counts passages.
   */
  'evidence.matrix': call(
    'read',
    z.object({
      ...asked,
      columns: z.enum([
        'actYear',
        'publishedYear',
        'source',
        'type',
        'language',
        'publisher',
        'tagger',
        'below',
        'places',
        'county',
        'prefecture',
        'province',
      ]),
      together: z.enum(TOGETHER).default('passage'),
      unit: countedUnit,
    }),
    z.object({
      ...summary,
      untagged: z.number().int(),
      columns: z.array(
        z.object({
          ...bar,
          total: z.number().int(),
          /** Sources there, and how many of them were read or have passages; null where columns are no matter of sources. */
          sources: z.number().int().nullable(),
          read: z.number().int().nullable(),
        }),
      ),
      /** Columns that were left out, those with the fewest passages, since there were more than 400. */
      more: z.number().int(),
      rows: z.array(
        z.object({
          category: categoryId,
          total: z.number().int(),
          ownTotal: z.number().int(),
          cells: z.array(z.number().int()),
          own: z.array(z.number().int()),
        }),
      ),
    }),
  ),
  /**
   * Passages by a date of their sources, each at the precision its date has, never spread over finer units. A passage in several
   * lanes counts in each; in `all` once. An origin whose copies have several dates counts at the first of them. `sources` has the dates of all sources that the query does not leave out, for gaps.
   */
  'evidence.timeline': call(
    'read',
    z.object({
      ...asked,
      date: z.enum(TIMELINE_DATES),
      lanes: timelineLane,
      unit: countedUnit,
      /** A collection of policy documents that people compare the passages with, whatever the query. */
      documents: collectionId.nullable().default(null),
    }),
    z.object({
      ...summary,
      /** How many of what is counted there are in all. */
      units: z.number().int(),
      undated: z.number().int(),
      lanes: z.array(
        z.object({ ...bar, total: z.number().int(), undated: z.number().int(), marks: z.array(timelineMark) }),
      ),
      /** Lanes that were left out, those with the fewest passages, since there were more than 400. */
      more: z.number().int(),
      all: z.array(timelineMark),
      sources: z.array(timelineMark),
      sourcesUndated: z.number().int(),
      /** By date; those without one come last. */
      documents: z.array(z.object({ source: sourceId, title: z.string(), date: timelineDate.nullable() })),
    }),
  ),
  /**
   * Passages by place, each once a place and once in everything that the place is in. Only places with passages or sources are listed,
   * with all they are in, each followed by those in it. `unit`: what `pairs` count.
   */
  'evidence.places': call(
    'read',
    z.object({ ...asked, level: z.enum(['county', 'prefecture']).default('county'), unit: countedUnit }),
    z.object({
      ...summary,
      ...placesCounted,
    }),
  ),
  /**
   * How far sources are read, and what each category rests on. A source is `tagged` if anyone tagged a passage of it, else `read` if
   * the acting person marked or saw it as read or it has passages, else `unread`. Conditions on passages say nothing about sources:
   * `unused` names their fields.
   */
  'evidence.coverage': call(
    'read',
    z.object({ ...asked, by: z.enum(COVERAGE_BY).default('type') }),
    z.object({
      ...summary,
      unused: z.array(z.string()),
      read: z.object(howFarRead),
      bars: z.array(z.object({ ...bar, ...howFarRead })),
      /** Every category that is not archived, with or without those below it. */
      categories: z.array(z.object({ category: categoryId, own: rests, below: rests })),
    }),
  ),
  /**
   * Writes the rows of a table as CSV or as an Excel workbook, with quotations and translations in full. EXISTS; NOT_FOUND if the folder does not exist;
   * NOT_ALLOWED, DISK_FULL, CANCELLED. With faults in the query nothing is written.
   */
  'evidence.write': call(
    'program',
    evidenceTable.extend({
      path: z.string().min(1),
      format: tableFormat.default('csv'),
      replace: z.boolean().default(false),
    }),
    z.object({ faults, bytes: z.number(), rows: z.number().int() }),
  ),
  /**
   * Changes many passages in one commit: adds and removes the acting person’s tags, sets a dimension, or moves them in review.
   * The passages are listed, or those of the query but `except`: then `total` is how many the person saw, with those left out, and
   * EXISTS is thrown if there are now more or fewer. What a passage does not allow is `refused`, with the reason; the others are changed.
   * `evidence.progress` reports; stopped it throws CANCELLED, and nothing is changed.
   */
  'evidence.change': call(
    'write',
    z.object({
      passages: somePassages.min(1).exactOptional(),
      ...asked,
      total: z.number().int().exactOptional(),
      except: somePassages.default([]),
      add: z.array(categoryId).max(50).default([]),
      remove: z.array(categoryId).max(50).default([]),
      set: z.object({ dimension: dimensionId, values: z.array(valueId).max(200) }).exactOptional(),
      move: z.object({ to: reviewState, comment: z.string().max(20_000).default('') }).exactOptional(),
    }),
    z.object({
      faults,
      /** Passages that were changed, with others at the same place that a review step moved along. */
      changed: z.number().int(),
      /** Passages that were as asked already. */
      same: z.number().int(),
      refused: z.array(
        z.object({ passage: passageId, code: z.enum(['NOT_FOUND', 'NOT_ALLOWED', 'FOUR_EYES']), why: z.string() }),
      ),
    }),
  ),
};

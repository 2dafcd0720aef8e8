import { z } from 'zod';
import { FIGURE_KINDS } from '../figures/figure.ts';
import { layerId, passageId, referenceId, relationId, sourceId } from '../model/index.ts';
import { call } from './define.ts';
import { asked } from './evidence.ts';
import { FIGURE_GROUPS, LISTED_STATES, figureConditions, figureSort } from './figure-conditions.ts';
import { foundFigure } from './figure-readings.ts';
import { queryFault } from './query.ts';
import { relationSaid } from './relations.ts';

export const figureRow = z.object({
  /** Of its place: a figure that was only found has the id that its card would have. */
  id: z.string(),
  source: sourceId,
  sourceTitle: z.string(),
  publisher: z.string().nullable(),
  grade: z.string().nullable(),
  language: z.string().nullable(),
  /** The shortest passage around it; null: a card that is in none. */
  passage: passageId.nullable(),
  layer: layerId,
  start: z.number().int(),
  end: z.number().int(),
  page: z.number().int(),
  before: z.string(),
  text: z.string(),
  after: z.string(),
  value: foundFigure.shape.value,
  low: z.string().nullable(),
  high: z.string().nullable(),
  qualifier: foundFigure.shape.qualifier,
  unit: z.string().nullable(),
  kind: foundFigure.shape.kind,
  period: foundFigure.shape.period,
  /** Whether the period or the place is a guess from outside of the figure’s clause. */
  isGuessed: z.boolean(),
  place: z.string().nullable(),
  placeName: z.string().nullable(),
  state: z.enum(LISTED_STATES),
  /** How it stands to the others that are listed, if they are of one quantity: shared/figures/compare.ts. */
  against: z.enum(['conflict', 'agrees', 'unit']).nullable(),
  /** In a conflict, what people chose: its source, another, or not the same. Null: nobody chose. */
  followed: z.enum(['followed', 'not-followed', 'disputed']).nullable(),
  /** Reference values that it is larger than. */
  larger: z.array(referenceId),
});
export type FigureRow = z.infer<typeof figureRow>;

const count = z.number().int();
const counted = z.object({ value: z.string(), name: z.string(), count });

const conflict = z.object({
  placeName: z.string(),
  period: z.string(),
  kind: z.enum(FIGURE_KINDS),
  unit: z.string(),
  /** How far apart they are at the nearest. */
  apart: z.string(),
  lower: figureRow,
  higher: figureRow,
  figures: count,
  /** What people said of these two: the difference that is recorded, or would be. */
  relation: relationId,
  said: z.array(relationSaid),
  /** The figure whose source is followed; null: nobody chose, or people differ. */
  followed: z.string().nullable(),
  isDisputed: z.boolean(),
});
export type FigureConflict = z.infer<typeof conflict>;

/** Rows that stand under one value, which is empty for those that have none; `from` is the place of the first among all rows. */
const figuresGroup = z.object({
  value: z.string(),
  /** Empty where its words are the interface's, as of a kind. */
  label: z.string(),
  from: count,
  count,
  sources: count,
});
export type FiguresGroup = z.infer<typeof figuresGroup>;

/** Figures of the project: what people read, and what the rules find in passages. */
export const figuresTable = {
  /**
   * The cards, and the figures found in the text of the passages that the filter finds. With a filter, only cards in those passages. What the
   * rules find is read in a worker, text by text: the first time that takes as long as reading all texts (`figures.progress`).
   * `sameQuantity`: words are given, so that all that is listed is taken for one quantity; only then are figures compared.
   */
  'figures.table': call(
    'read',
    z.object({
      ...asked,
      where: figureConditions.prefault({}),
      sort: figureSort.nullable().default(null),
      group: z.enum(FIGURE_GROUPS).nullable().default(null),
      from: z.number().int().nonnegative().default(0),
      count: z.number().int().min(0).max(1000).default(100),
      /** The rows are to go out: words that masks cover are left out of them. UNMASKED while a passage waits for its mask. */
      outgoing: z.boolean().default(false),
    }),
    z.object({
      faults: z.array(queryFault),
      blind: z.boolean(),
      rows: z.array(figureRow),
      groups: z.array(figuresGroup),
      total: count,
      of: count,
      sources: count,
      /** Of what is listed. */
      found: count,
      conflicting: count,
      otherUnits: count,
      larger: count,
      sameQuantity: z.boolean(),
      /** What could be chosen, of all figures, the most frequent first. */
      units: z.array(counted),
      places: z.array(counted),
      conflicts: z.array(conflict),
      /** Sources whose text can’t be read, and whether more figures were found than are kept. */
      unread: count,
      more: z.boolean(),
    }),
  ),
};

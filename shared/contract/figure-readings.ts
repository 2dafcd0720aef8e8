import { z } from 'zod';
import { VERDICTS } from '../figures/check.ts';
import { FIGURE_KINDS, INTERVAL_REASONS, QUALIFIERS, READING_SOURCES } from '../figures/figure.ts';
import { OPERATION_NAMES } from '../figures/operations.ts';
import { RELATION_KINDS, WARNINGS } from '../figures/relation.ts';
import { sourceId } from '../model/index.ts';
import { call } from './define.ts';

/** An exact number: a decimal number that ends (`3050000`, `10.9`), else a fraction (`100/3`). Floats would round it. */
const exact = z.string();
const readingSource = z.enum(READING_SOURCES).nullable();

/** Both ends included; null: without end on that side. */
const interval = z.object({
  low: exact.nullable(),
  high: exact.nullable(),
  reason: z.enum(INTERVAL_REASONS),
});

export const foundFigure = z.object({
  /** Of this text only. */
  id: z.string(),
  /** UTF-16 code units in the text, end exclusive. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** The text’s own slice. */
  text: z.string(),
  language: z.enum(['en', 'zh']),
  /** Of a range its lower end, which `interval` has too. */
  value: exact,
  interval,
  /** The other reading of a number that may be rounded, or is said to be over or under; null if there is none. */
  otherwise: interval.nullable(),
  /** An id of the table of units, or the word itself. */
  unit: z.string().nullable(),
  qualifier: z.enum(QUALIFIERS),
  kind: z.enum(FIGURE_KINDS),
  /** Days as ISO 8601, both included, and the words that say so. */
  period: z.object({ from: z.string(), to: z.string(), text: z.string() }).nullable(),
  place: z.string().nullable(),
  /** What each reading rests on; null: nothing says so. */
  source: z.object({
    value: readingSource,
    unit: readingSource,
    qualifier: readingSource,
    kind: readingSource,
    period: readingSource,
    place: readingSource,
  }),
});
export type FoundFigure = z.infer<typeof foundFigure>;

/** What recomputing a relation gave. */
export const recomputed = z.object({
  verdict: z.enum(VERDICTS),
  /** Rounded to six decimals; null where it can't be computed. */
  computed: z.string().nullable(),
  low: z.string().nullable(),
  high: z.string().nullable(),
  /** In printed steps. */
  off: z.number().nullable(),
  /** The inputs would accept more than ten printed results. */
  wide: z.boolean(),
});

export const foundRelation = z.object({
  id: z.string(),
  kind: z.enum(RELATION_KINDS),
  operation: z.enum(OPERATION_NAMES),
  /** How the result is computed from `inputs`, in words. */
  formula: z.string(),
  /** Ids of figures: the inputs in the order of the formula, then the printed result if there is one. */
  figures: z.array(z.string()),
  /** The id and value of the figure that prints the result; null: the text prints none, and the value is implied. */
  printed: z.object({ figure: z.string(), value: exact }).nullable(),
  ...recomputed.shape,
  /** With counts that may be rounded taken to be exact, and to be rounded; null if there is none. */
  exact: recomputed.nullable(),
  rounded: recomputed.nullable(),
  /** What suggests it. */
  by: z.enum(['wording', 'numbers']),
  warnings: z.array(z.enum(WARNINGS)),
  /** Inputs that were computed in another unit: how many of `to` make one `from`. */
  conversions: z.array(z.object({ figure: z.string(), from: z.string(), to: z.string(), factor: exact })),
});
export type FoundRelation = z.infer<typeof foundRelation>;

export const figuresOfText = z.object({
  figures: z.array(foundFigure),
  relations: z.array(foundRelation),
  /** Percentages that nothing in the text was found for: they are not checked. */
  unpaired: z.array(z.string()),
  /** Numbers that are no figures, with the reason. */
  leftOut: z.array(z.object({ start: z.number().int(), end: z.number().int(), text: z.string(), reason: z.string() })),
  /** How many more figures the text has than are listed here. */
  more: z.number().int().nonnegative(),
});
export type FiguresOfText = z.infer<typeof figuresOfText>;

/** Numbers in sources, and what they say together. Finding one records nothing: all are suggestions. */
export const figures = {
  /** Those of one source’s text. `language`: only sentences in it. A source without text has none. */
  'figures.find': call(
    'read',
    z.object({ source: sourceId, language: z.enum(['en', 'zh']).nullable().default(null) }),
    figuresOfText,
  ),
};

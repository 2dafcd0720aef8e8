import { z } from 'zod';
import { FIGURE_KINDS, INTERVAL_REASONS, QUALIFIERS, READING_SOURCES } from '../figures/figure.ts';

/** What a reading of a card rests on: what the rules say it does, or a person, who read it otherwise. Null: nothing says so. */
export const CARD_READING_SOURCES = [...READING_SOURCES, 'person'] as const;
const by = z.enum(CARD_READING_SOURCES).nullable();

/** An exact number: a decimal number that ends (`3050000`, `10.9`), else a fraction (`100/3`). Floats would round it. */
export const exactNumber = z
  .string()
  .max(2000)
  .regex(/^-?\d+(?:\.\d+|\/0*[1-9]\d*)?$/);

/** `person`: somebody wrote the interval. */
export const CARD_INTERVAL_REASONS = [...INTERVAL_REASONS, 'person'] as const;

/**
 * The readings of a figure card, each one value of the log with what it rests on: no merge may join one person's value to another's
 * interval, or what one person read to the words that another's reading rests on.
 */
export const figureReadings = {
  /** The value, and all that the printed number may stand for: both ends included; null: without end on that side. */
  value: z.object({
    value: exactNumber,
    low: exactNumber.nullable(),
    high: exactNumber.nullable(),
    reason: z.enum(CARD_INTERVAL_REASONS),
    by,
  }),
  /** An id of the table of units, or the word itself. */
  unit: z.object({ unit: z.string().max(100).nullable(), by }),
  qualifier: z.object({ qualifier: z.enum(QUALIFIERS), by }),
  kind: z.object({ kind: z.enum(FIGURE_KINDS), by }),
  /** Days as ISO 8601, both included, and the words that say so. */
  period: z.object({
    period: z.object({ from: z.iso.date(), to: z.iso.date(), text: z.string().max(200) }).nullable(),
    by,
  }),
  /** A place of the gazetteer, or of the team. */
  place: z.object({ place: z.string().max(100).nullable(), by }),
} as const;
export type FigureReadings = { readonly [R in keyof typeof figureReadings]: z.infer<(typeof figureReadings)[R]> };

/**
 * What one person says of a figure card. `confirmed`: its readings are right. `returned`: somebody has to look again, as the reason
 * says. `dismissed`: it is no figure, or none that matters here.
 */
const FIGURE_VERDICTS = ['confirmed', 'returned', 'dismissed'] as const;
export const figureVerdict = z.enum(FIGURE_VERDICTS);
export type FigureVerdict = z.infer<typeof figureVerdict>;

/** The readings that somebody looked at: when they differ from the card's present ones, what was said of them no longer counts. */
export const figureBasis = z.object({ v: z.literal(1), ...figureReadings });

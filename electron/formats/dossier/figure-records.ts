import { z } from 'zod';
import { figureCard } from '../../../shared/contract/figure-cards.ts';
import { recomputed } from '../../../shared/contract/figure-readings.ts';
import { WARNINGS } from '../../../shared/figures/relation.ts';
import { exactNumber, relationOperation, relationReading } from '../../../shared/model/index.ts';

const count = z.int().nonnegative();
const number = z.int().positive();

/** A figure that people said something of, in the words of an exhibit. */
export const dossierFigure = z.object({
  /** From 1; `F1` in print. */
  number,
  /** The number of its exhibit. */
  exhibit: number,
  /** As printed. */
  quote: z.string().max(1000),
  /** Where, in the text of its exhibit: UTF-16 code units, end exclusive. */
  start: count,
  end: count,
  unit: z.string().nullable(),
  place: z.string().nullable(),
  subject: z.string(),
  reads: figureCard.pick({ value: true, interval: true, qualifier: true, kind: true }).extend({
    period: z.object({ from: z.string(), to: z.string() }).nullable(),
    periodBy: figureCard.shape.source.shape.period,
  }),
  isConfirmed: z.boolean(),
  /** Where it stands, and who said so, in words. */
  says: z.string(),
});
export type DossierFigure = z.infer<typeof dossierFigure>;

/** A computation between such figures, that people said something of. */
export const dossierRelation = z.object({
  number,
  operation: relationOperation,
  /** Numbers of figures, in the order of the formula. */
  inputs: z.array(number).min(1).max(100),
  printed: number.nullable(),
  reading: relationReading,
  conversions: z.array(z.object({ from: z.string(), to: z.string(), factor: exactNumber })).max(100),
  warnings: z.array(z.enum(WARNINGS)),
  check: recomputed,
  says: z.string(),
});
export type DossierRelation = z.infer<typeof dossierRelation>;

/** Figures of the exhibits, and relations between them. */
export const dossierFigures = z.object({
  figures: z.array(dossierFigure).max(100_000),
  relations: z.array(dossierRelation).max(100_000),
  /** Relations with a figure that is in no exhibit. */
  elsewhere: count,
});
export type DossierFigures = z.infer<typeof dossierFigures>;

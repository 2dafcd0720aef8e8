import { z } from 'zod';
import { FIGURE_KINDS } from '../figures/figure.ts';
import { sourceId } from '../model/index.ts';

/** What a figure is called by those who looked at it. `confirmed`: by one person, `reviewed`: by two. `found`: nobody has said anything of it: a suggestion. */
export const LISTED_STATES = ['found', 'confirmed', 'reviewed', 'open', 'dismissed'] as const;

export const FIGURE_COLUMNS = ['printed', 'value', 'unit', 'kind', 'period', 'place', 'source', 'state'] as const;
export type FigureColumn = (typeof FIGURE_COLUMNS)[number];

/** Columns that can be left out; the printed words are always shown. */
export const FIGURE_CHOSEN = [
  'value',
  'interval',
  'unit',
  'kind',
  'period',
  'place',
  'source',
  'state',
  'against',
] as const;
export type FigureChosen = (typeof FIGURE_CHOSEN)[number];

/** What rows can stand under. `year`: of the period. */
export const FIGURE_GROUPS = ['year', 'place', 'source', 'unit', 'kind', 'state'] as const;
export type FigureGroup = (typeof FIGURE_GROUPS)[number];

export const figureSort = z.object({ column: z.enum(FIGURE_COLUMNS), descending: z.boolean() });

/** Which rows: each condition that is given. */
export const figureConditionsSet = z.object({
  /** Words beside the number, or in it: what the figures are of. */
  words: z.string().max(200),
  unit: z.string().max(100).nullable(),
  kind: z.enum(FIGURE_KINDS).nullable(),
  /** A place, with those in it. */
  place: z.string().max(100).nullable(),
  source: sourceId.nullable(),
  /** Years of the period, both included. */
  from: z.number().int().nullable(),
  to: z.number().int().nullable(),
  /** `all`: without those that somebody dismissed. */
  state: z.enum(['all', ...LISTED_STATES]),
  only: z.enum(['all', 'conflict', 'unit', 'larger']),
});
const { words, unit, kind, place, source, from, to, state, only } = figureConditionsSet.shape;
/** The same; what is not given leaves nothing out. */
export const figureConditions = z.object({
  words: words.default(''),
  unit: unit.default(null),
  kind: kind.default(null),
  place: place.default(null),
  source: source.default(null),
  from: from.default(null),
  to: to.default(null),
  state: state.default('all'),
  only: only.default('all'),
});
export type FigureConditions = z.infer<typeof figureConditions>;

import { z } from 'zod';
import { FIGURE_STATES } from '../figures/card.ts';
import { RELATION_KINDS, WARNINGS } from '../figures/relation.ts';
import {
  exactNumber,
  figureId,
  layerId,
  personId,
  relationId,
  relationOperation,
  relationReading,
  relationVerdict,
  sourceId,
} from '../model/index.ts';
import { isUnseen } from '../model/person-name.ts';
import { call } from './define.ts';
import { figureCard } from './figure-cards.ts';
import { recomputed } from './figure-readings.ts';

/** A place in a text layer where a card is, or the rules find a figure. */
const place = z.object({
  source: sourceId,
  layer: layerId,
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
});

const parts = z.object({
  operation: relationOperation,
  /** In the order of the formula. */
  inputs: z.array(place).min(1).max(100),
  /** The figure that prints the result; null: none does. */
  printed: place.nullable(),
});
export type RelationParts = z.infer<typeof parts>;

/** A relation that has an id, or its parts. */
const of = z.union([z.object({ id: relationId }), parts]);

const checked = recomputed.extend({
  /** Exact or rounds, not wide, every figure confirmed, and nothing to warn of: the only one that is shown green. */
  green: z.boolean(),
});
export type RelationChecked = z.infer<typeof checked>;

export const relationFigure = figureCard.pick({
  id: true,
  sourceId: true,
  layer: true,
  start: true,
  end: true,
  text: true,
  page: true,
  value: true,
  interval: true,
  unit: true,
  qualifier: true,
  kind: true,
  period: true,
  place: true,
  source: true,
  state: true,
  checks: true,
});
export type RelationFigure = z.infer<typeof relationFigure>;

/** What one person says of a relation. */
export const relationSaid = z.object({
  person: personId,
  verdict: relationVerdict,
  reason: z.string(),
  /** The figure whose source they follow, of two sources that can’t both be right; null: they did not say. */
  follows: figureId.nullable(),
  /** Said of what is there now. */
  current: z.boolean(),
});
export type RelationSaid = z.infer<typeof relationSaid>;

export const relationCard = z.object({
  /** Of its operation and figures: a relation that was only suggested has the id that its record would have. */
  id: relationId,
  kind: z.enum(RELATION_KINDS),
  operation: relationOperation,
  formula: z.string(),
  inputs: z.array(relationFigure),
  printed: relationFigure.nullable(),
  /** How counts that may be rounded are taken; `printed`: nobody chose. */
  reading: relationReading,
  /** Under that reading. */
  check: checked,
  /** Both readings, if one of its counts may be rounded. */
  exact: checked.nullable(),
  rounded: checked.nullable(),
  warnings: z.array(z.enum(WARNINGS)),
  conversions: z.array(z.object({ figure: figureId, from: z.string(), to: z.string(), factor: exactNumber })),
  /** What suggests it; null: a person made it, and the rules don't find it. */
  by: z.enum(['wording', 'numbers']).nullable(),
  state: z.enum(FIGURE_STATES),
  checks: z.array(relationSaid),
  /** How many of its figures are not in the project, or in the trash: it can't be computed then. */
  missing: z.number().int().nonnegative(),
});
export type RelationCard = z.infer<typeof relationCard>;

/** A percentage that nothing was found for, with the words around it. It is not checked. */
const unpaired = z.object({
  id: figureId,
  sourceId,
  layer: layerId,
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  before: z.string(),
  after: z.string(),
  page: z.number().int(),
});
export type UnpairedFigure = z.infer<typeof unpaired>;

/** Characters that nobody sees are no reason. */
const reason = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => text !== '' && !isUnseen(text), 'This needs a reason.');
const made = z.object({ id: relationId });

/**
 * Computations between figures: what the rules suggest, and what people say of it. Nothing that is suggested counts until a person
 * confirms it. Nobody may write while somebody codes blind: NOT_ALLOWED; and nothing is listed then.
 */
export const relations = {
  /** Of one source's current text, suggested and recorded, in the order of the text. NOT_FOUND, DAMAGED, TOO_LARGE. */
  'relations.ofSource': call(
    'read',
    z.object({ source: sourceId }),
    z.object({ blind: z.boolean(), relations: z.array(relationCard), unpaired: z.array(unpaired) }),
  ),
  /** Everything that people said something of, whatever the sources of its figures. */
  'relations.recorded': call('read', z.object({}), z.object({ blind: z.boolean(), relations: z.array(relationCard) })),
  /**
   * Suggested between figures of two sources for one place, period and kind: a repeat where they agree, a difference where they can't and
   * people wrote one subject, or the same words stand before them. Of cards; with `found`, of figures that the rules find in passages, too,
   * if their own clause says place and period: texts are read for that, as for `figures.table`. What is recorded is not among them.
   * `more`: not every pair was looked at.
   */
  'relations.across': call(
    'read',
    z.object({ found: z.boolean().default(false) }),
    z.object({ blind: z.boolean(), relations: z.array(relationCard), more: z.boolean() }),
  ),
  /**
   * The acting person says that the figures belong together, or makes a relation by hand, under a reading. Its figures get cards, which
   * nobody has confirmed by that. BAD_INPUT for figures that the operation doesn't take, or a place where there is none; EXISTS if they
   * said so already.
   */
  'relations.confirm': call('write', z.object({ of, reading: relationReading.default('printed') }), made),
  /**
   * Which of two sources the acting person follows, and why: `follows` is one of the two figures, whose difference is confirmed by that.
   * No figure is changed. BAD_INPUT where it is not the difference of figures of two sources.
   */
  'relations.follow': call('write', z.object({ of, follows: figureId, reason }), made),
  /** Other figures or another operation instead: confirms that, and dismisses the one that it replaces. BAD_INPUT, NOT_FOUND. */
  'relations.edit': call('write', z.object({ of, to: parts, reading: relationReading.default('printed') }), made),
  /** The figures don't belong together, or it doesn't matter: not offered again. */
  'relations.dismiss': call('write', z.object({ of, reason }), made),
  /** Asks for another look. NOT_FOUND for what nobody confirmed. */
  'relations.return': call('write', z.object({ id: relationId, reason }), made),
  /** Takes back what the acting person said. NOT_FOUND. */
  'relations.withdraw': call('write', z.object({ id: relationId }), made),
};

import { z } from 'zod';
import { FIGURE_STATES } from '../figures/card.ts';
import { FIGURE_KINDS, QUALIFIERS } from '../figures/figure.ts';
import {
  CARD_INTERVAL_REASONS,
  CARD_READING_SOURCES,
  exactNumber,
  figureId,
  figureVerdict,
  layerId,
  passageId,
  personId,
  referenceId,
  sourceId,
} from '../model/index.ts';
import { isUnseen } from '../model/person-name.ts';
import { call } from './define.ts';
import { figuresOfText, foundFigure } from './figure-readings.ts';

const by = z.enum(CARD_READING_SOURCES).nullable();

/** All that the printed number may stand for: both ends included; null: without end on that side. */
const interval = z.object({
  low: exactNumber.nullable(),
  high: exactNumber.nullable(),
  reason: z.enum(CARD_INTERVAL_REASONS),
});

/** What one person said of a figure. */
const check = z.object({
  person: personId,
  verdict: figureVerdict,
  /** Why it was returned or dismissed; else empty. */
  reason: z.string(),
  /** Said of the readings that the card has now. */
  current: z.boolean(),
});

/**
 * A figure of a source: one that somebody said something of, or one that the rules find. What the rules find is a suggestion until a
 * person confirms it.
 */
export const figureCard = z.object({
  /** Of its place: a figure that was only found has the id that its card would have. */
  id: figureId,
  sourceId,
  /** The text layer of its place. */
  layer: layerId,
  /** UTF-16 code units in the text of `layer`, end exclusive. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** As printed. */
  text: z.string(),
  page: z.number().int(),
  value: exactNumber,
  interval,
  /** An id of the table of units, or the word itself. */
  unit: z.string().nullable(),
  qualifier: z.enum(QUALIFIERS),
  kind: z.enum(FIGURE_KINDS),
  /** Days as ISO 8601, both included, and the words that say so. */
  period: foundFigure.shape.period,
  /** A place of the gazetteer, or of the team. */
  place: z.string().nullable(),
  /** What each reading rests on; `person`: somebody read it so. */
  source: z.object({ value: by, unit: by, qualifier: by, kind: by, period: by, place: by }),
  /** Of whom or what it is, as a person wrote it. */
  subject: z.string(),
  state: z.enum(FIGURE_STATES),
  /** Whether a person read something in it that the rules did not. */
  edited: z.boolean(),
  /** What each person said of it. */
  checks: z.array(check),
  /** The live passages around it, the shortest first. */
  passages: z.array(passageId),
  /** Its source has a newer text than the one it was read in. */
  outdated: z.boolean(),
});
export type FigureCard = z.infer<typeof figureCard>;

/** What of a card is shown wherever it is listed. */
export const listedFigure = figureCard.pick({
  id: true,
  start: true,
  end: true,
  text: true,
  page: true,
  value: true,
  unit: true,
  qualifier: true,
  kind: true,
  period: true,
});
export type ListedFigure = z.infer<typeof listedFigure>;

/** A figure in the current text of its source. */
export const figureInText = figureCard.extend({
  /** Its id in `relations` and in the answer of `figures.find`; null if the rules don’t find it. */
  found: z.string().nullable(),
  /** The other reading of the printed number; null if there is none. */
  otherwise: interval.nullable(),
  /** The words before it in its line, as far as a card shows them. */
  before: z.string(),
});
export type FigureInText = z.infer<typeof figureInText>;

/** A figure that has an id, or a place in a text layer where the rules find one or a person does. */
const at = z.union([
  z.object({ id: figureId }),
  z.object({
    source: sourceId,
    layer: layerId,
    start: z.number().int().nonnegative(),
    end: z.number().int().positive(),
  }),
]);
export type FigurePlace = z.infer<typeof at>;

/** What is read otherwise than it was; what is left out stays. */
const edit = z
  .object({
    value: z.object({ value: exactNumber, low: exactNumber.nullable(), high: exactNumber.nullable() }),
    unit: z.string().trim().min(1).max(100).nullable(),
    qualifier: z.enum(QUALIFIERS),
    kind: z.enum(FIGURE_KINDS),
    period: z.object({ from: z.iso.date(), to: z.iso.date() }).nullable(),
    place: z.string().min(1).max(100).nullable(),
    subject: z.string().trim().max(200),
  })
  .partial();
export type FigureEdit = z.infer<typeof edit>;

/** Printed wherever the figure is. Characters that nobody sees are no reason. */
const reason = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => text !== '' && !isUnseen(text), 'This needs a reason.');
const made = z.object({ id: figureId });

/**
 * What people say of figures. Nobody may write while somebody codes blind: NOT_ALLOWED; and nothing is listed then. A write is one
 * edit, undone at once. Of what another person changed in the meantime it sees the newest.
 */
export const figureCards = {
  /**
   * The figures of a source’s current text in reading order: cards, and what the rules find besides. NOT_FOUND, DAMAGED, TOO_LARGE.
   * `lost`: cards whose words aren’t found in the current text any more; they have the place in their own.
   */
  'figures.ofSource': call(
    'read',
    z.object({ source: sourceId }),
    z.object({
      /** Null: the source has no text. */
      layer: layerId.nullable(),
      blind: z.boolean(),
      figures: z.array(figureInText),
      /** Figures that are larger than a reference value, and which. */
      larger: z.array(z.object({ figure: figureId, reference: referenceId })),
      lost: z.array(figureCard),
      /** As the rules read the text, without what people read otherwise. */
      relations: figuresOfText.shape.relations,
      unpaired: figuresOfText.shape.unpaired,
      leftOut: figuresOfText.shape.leftOut,
      more: figuresOfText.shape.more,
    }),
  ),
  /** The cards of all sources that are not in the trash, or of one, by source and place. What was only found is not among them. */
  'figures.cards': call(
    'read',
    z.object({ source: sourceId.optional() }),
    z.object({ blind: z.boolean(), figures: z.array(figureCard) }),
  ),
  /**
   * The acting person says that its readings are right, `other`: with the other reading of the printed number. BAD_INPUT where nothing is
   * found; EXISTS if they said so already.
   */
  'figures.confirm': call('write', z.object({ at, reading: z.enum(['first', 'other']).default('first') }), made),
  /**
   * Reads something in it otherwise, and confirms that. Where the rules find no figure, `value` makes one of the words. BAD_INPUT for an
   * interval without the value, or days in the wrong order; NOT_FOUND for a place that is in no gazetteer.
   */
  'figures.edit': call('write', z.object({ at, edit }), made),
  /** It is no figure, or none that matters: it is not offered again. */
  'figures.dismiss': call('write', z.object({ at, reason }), made),
  /** Asks for another look at a card. NOT_FOUND for what nobody confirmed. */
  'figures.return': call('write', z.object({ id: figureId, reason }), made),
  /** Takes back what the acting person said of a card. NOT_FOUND. */
  'figures.withdraw': call('write', z.object({ id: figureId }), made),
};

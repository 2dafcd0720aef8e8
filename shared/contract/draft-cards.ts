import { z } from 'zod';
import { VERDICTS } from '../figures/check.ts';
import { WARNINGS } from '../figures/relation.ts';
import { CARD_DIFFERENCES, CARD_REASONS, sourceId } from '../model/index.ts';
import { figureCard, listedFigure } from './figure-cards.ts';

/** A figure card that a figure of a draft is matched to. */
export const draftCard = listedFigure.extend({
  subject: figureCard.shape.subject,
  state: figureCard.shape.state,
  source: sourceId,
  title: z.string(),
  /** The name of its place; null: none is read. */
  place: z.string().nullable(),
  /** Why it is this figure’s card, and not merely one with the same number. Null: nothing says so. */
  because: z.enum(CARD_REASONS).nullable(),
  /** What it says otherwise than the draft. Empty: it agrees. */
  differs: z.array(z.enum(CARD_DIFFERENCES)),
});
export type DraftCard = z.infer<typeof draftCard>;

/** A relation recomputed from the cards of its figures: a draft may print them rounded. */
export const fromCards = z.object({
  /** The inputs as the cards have them. */
  inputs: z.array(z.string()),
  verdict: z.enum(VERDICTS),
  computed: z.string().nullable(),
  warnings: z.array(z.enum(WARNINGS)),
  /** Every card was confirmed by a person. */
  confirmed: z.boolean(),
});

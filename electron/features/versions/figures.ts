import type { FigureCard } from '../../../shared/contract/figure-cards.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { READINGS } from '../../../shared/figures/card.ts';
import type { FigureId } from '../../../shared/model/index.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { Edit, Json } from '../../db/types.ts';
import { isBlind } from '../../project/blind-copy.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { figureIdOf, readCards, readingsOfRow } from '../../project/figures/cards.ts';
import { figureById } from '../../project/figures/queries.ts';
import { textAnchors } from '../../project/passages/anchors.ts';
import { openLayer } from '../../project/sources/layers.ts';
import { type Sides, sidesOf } from './compare.ts';
import { nameOf, sourceRow } from './list.ts';

interface Placed {
  readonly card: FigureCard;
  /** Its words in the newer text; null: they aren’t surely there. */
  readonly to: { readonly start: number; readonly end: number } | null;
}

/**
 * What the contract says of `versions.figures`. Two texts of one source have none: its cards are shown in the newer text wherever their
 * words are surely there.
 */
export async function figures(
  context: ReadContext,
  input: CallArgs<'versions.figures'>,
): Promise<CallOutput<'versions.figures'>> {
  const sides = sidesOf(context, input);
  const placed = await placedCards(context, sides);
  return {
    figures: placed.map(({ card: { id, text }, to }) => ({
      figure: id,
      text,
      to,
      carried: to !== null && context.db.get(figureById, { id: figureIdOf(sides.newer.id, to) }) !== undefined,
    })),
  };
}

/** What the contract says of `versions.carryFigures`. */
export async function carryFigures(
  context: WriteContext,
  input: CallArgs<'versions.carryFigures'>,
): Promise<CallOutput<'versions.carryFigures'>> {
  if (isBlind(context))
    throw new Fault('NOT_ALLOWED', 'There are no figures in a copy for blind coding. They would steer it.');
  const sides = sidesOf(context, input);
  const { newer } = sides;
  const placed = await placedCards(context, sides);
  const anchorAt = textAnchors(newer.file);
  // Read after the comparison, so that what is copied is one state of the project.
  const made = placed.flatMap(({ card, to }): { readonly id: FigureId; readonly edits: readonly Edit[] }[] => {
    const row = context.db.get(figureById, { id: card.id });
    const readings = row === undefined ? null : readingsOfRow(row);
    const id = to === null ? null : figureIdOf(newer.id, to);
    if (readings === null || id === null || to === null) return [];
    if (context.db.get(figureById, { id }) !== undefined) return [];
    const on = { entity: 'figure', id } as const;
    const edits: Edit[] = [
      { ...on, field: 'source', value: newer.source },
      { ...on, field: 'layer', value: newer.id },
      { ...on, field: 'anchor', value: anchorAt(to) },
      ...READINGS.map((field): Edit => ({ ...on, field, value: jsonOf(readings[field]) })),
      { ...on, field: 'subject', value: readings.subject },
      { ...on, field: 'deleted', value: false },
    ];
    return [{ id, edits }];
  });
  const where = nameOf(sourceRow(context.db, newer.source));
  if (made.length > 0)
    context.db.commit(
      `Carry ${counted(made.length, 'figure')} over to ${where}`,
      made.flatMap(({ edits }) => edits),
    );
  return { figures: made.map(({ id }) => id) };
}

const jsonOf = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

/** The cards of the older source, without those that somebody dismissed, and where their words are in the newer text. */
async function placedCards(context: ReadContext | WriteContext, { older, newer }: Sides): Promise<Placed[]> {
  if (older.source === newer.source || isBlind(context)) return [];
  const cards = readCards(context, older.source).filter(({ state }) => state !== 'dismissed');
  const places = new Map<string, NonNullable<Placed['to']>>();
  for (const [layer, own] of Map.groupBy(cards, (card) => card.layer)) {
    const texts = { older: openLayer(context, layer).file.text(), newer: newer.file.text() };
    const passages = own.map(({ id, start, end }) => ({ id, start, end }));
    const compared = await context.pool.run('compare', { ...texts, passages });
    for (const { id, fate, to } of compared.passages) if (fate === 'found' && to !== null) places.set(id, to);
  }
  return cards.map((card) => ({ card, to: places.get(card.id) ?? null }));
}

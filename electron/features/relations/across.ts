import type { CallOutput } from '../../../shared/contract/index.ts';
import type { RelationFigure } from '../../../shared/contract/relations.ts';
import { acrossSources } from '../../../shared/figures/across.ts';
import { Converter } from '../../../shared/figures/converter.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { isBlind } from '../../project/blind-copy.ts';
import type { ReadContext } from '../../project/context.ts';
import { readCards } from '../../project/figures/cards.ts';
import { aroundRelations, readRelations, relationCardOf, relationIdOf } from '../../project/relations/cards.ts';

/** What the contract says of `relations.across`. */
export function across(context: ReadContext): CallOutput<'relations.across'> {
  if (isBlind(context)) return { blind: true, relations: [], more: false };
  const { db } = context;
  // A figure that somebody dismissed is none.
  const cards = readCards(context).filter(({ state }) => state !== 'dismissed');
  const figures = new Map(cards.map((card): [string, RelationFigure] => [card.id, card]));
  const read = (end: string | null): Rational | null => (end === null ? null : Rational.read(end));
  const compared = cards.flatMap((card) => {
    const { id, sourceId: source, interval, unit, kind, period, place, qualifier, subject } = card;
    const value = read(card.value);
    if (value === null) return [];
    const within = { low: read(interval.low), high: read(interval.high) };
    return [{ id, source, interval: within, unit, kind, period, place, qualifier, subject, value, card }];
  });
  const around = aroundRelations(db);
  const { pairs, more } = acrossSources(compared, new Converter(around.table));
  const recorded = new Set<string>(readRelations(context).map(({ id }) => id));
  const relations = pairs.flatMap(({ operation, first, second, by }) => {
    const parts =
      operation === 'same'
        ? { inputs: [first.card.id], printed: second.card.id }
        : { inputs: [first.card.id, second.card.id], printed: null };
    const id = relationIdOf(operation, parts);
    if (recorded.has(id)) return [];
    const one = { id, operation, figures: parts, reading: 'printed' as const, checks: [] };
    return [relationCardOf(around, one, (figure) => figures.get(figure), by)];
  });
  return { blind: false, relations, more };
}

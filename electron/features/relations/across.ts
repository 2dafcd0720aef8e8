import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { RelationFigure } from '../../../shared/contract/relations.ts';
import { acrossSources } from '../../../shared/figures/across.ts';
import { Converter } from '../../../shared/figures/converter.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { figureId } from '../../../shared/model/index.ts';
import { isBlind } from '../../project/blind-copy.ts';
import type { ReadContext } from '../../project/context.ts';
import { allFigures, type TableFigure } from '../../project/figures/all.ts';
import { readCards } from '../../project/figures/cards.ts';
import { aroundRelations, readRelations, relationCardOf, relationIdOf } from '../../project/relations/cards.ts';

/** What the contract says of `relations.across`. */
export async function across(
  context: ReadContext,
  { found }: CallArgs<'relations.across'>,
): Promise<CallOutput<'relations.across'>> {
  if (isBlind(context)) return { blind: true, relations: [], more: false };
  // First, since others may write meanwhile.
  const all = found ? (await allFigures(context)).figures : [];
  const { db } = context;
  const words = new Map(all.map((one) => [one.id, one.before]));
  // A figure that somebody dismissed is none.
  const cards = (found ? all.flatMap(({ card }) => card ?? []) : readCards(context)).filter(
    ({ state }) => state !== 'dismissed',
  );
  const shown = [...cards, ...all.flatMap((one) => foundOf(one) ?? [])];
  const figures = new Map<string, RelationFigure>(shown.map((one) => [one.id, one]));
  const read = (end: string | null): Rational | null => (end === null ? null : Rational.read(end));
  const compared = shown.flatMap((card) => {
    const { id, sourceId: source, interval, unit, kind, period, place, qualifier, subject } = card;
    const value = read(card.value);
    if (value === null) return [];
    const within = { low: read(interval.low), high: read(interval.high) };
    const one = { id, source, interval: within, unit, kind, period, place, qualifier, subject, value };
    return [{ ...one, words: words.get(id) ?? '', card }];
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

/** A figure that the rules found and nobody said anything of; null for one whose place or period is a guess. */
function foundOf(row: TableFigure): (RelationFigure & { readonly subject: string }) | null {
  const { found, source, low, high, isGuessed } = row;
  if (found === null || isGuessed) return null;
  const { layer, start, end, text, page, value, unit, qualifier, kind, period, place } = row;
  const at = { id: figureId.parse(row.id), sourceId: source, layer, start, end, text, page };
  const interval = { low, high, reason: found.reason };
  const readings = { value, interval, unit, qualifier, kind, period, place, source: found.by };
  return { ...at, ...readings, state: 'found', checks: [], subject: '' };
}

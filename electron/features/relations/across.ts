import type { FigureCard } from '../../../shared/contract/figure-cards.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { RelationFigure } from '../../../shared/contract/relations.ts';
import { type AcrossFigure, acrossSources } from '../../../shared/figures/across.ts';
import { Converter } from '../../../shared/figures/converter.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { figureId } from '../../../shared/model/index.ts';
import { isBlind } from '../../project/blind-copy.ts';
import type { ReadContext } from '../../project/context.ts';
import { allFigures, keptFigures } from '../../project/figures/all.ts';
import { readCards } from '../../project/figures/cards.ts';
import type { TableFigure } from '../../project/figures/rows.ts';
import { aroundRelations, readRelations, relationCardOf, relationIdOf } from '../../project/relations/cards.ts';

/** What the contract says of `relations.across`. */
export async function across(
  context: ReadContext,
  { found }: CallArgs<'relations.across'>,
): Promise<CallOutput<'relations.across'>> {
  if (isBlind(context)) return { blind: true, relations: [], more: false };
  // First, since others may write meanwhile.
  const compared = found
    ? (await allFigures(context)).figures.flatMap((row) => comparedRow(row) ?? [])
    : cardsCompared(context);
  // Of one place and period not all figures are looked at: cards come first.
  const inOrder = [...compared.filter(({ of }) => isCard(of)), ...compared.filter(({ of }) => !isCard(of))];
  const around = aroundRelations(context.db);
  const { pairs, more } = acrossSources(inOrder, new Converter(around.table));
  const figures = new Map<string, RelationFigure>(
    pairs.flatMap(({ first, second }) => [first, second]).map(({ of }) => [of.id, shown(of)]),
  );
  const recorded = new Set<string>(readRelations(context).map(({ id }) => id));
  const relations = pairs.flatMap(({ operation, first, second, by }) => {
    const [one, other] = [figureId.parse(first.id), figureId.parse(second.id)];
    const parts = operation === 'same' ? { inputs: [one], printed: other } : { inputs: [one, other], printed: null };
    const id = relationIdOf(operation, parts);
    if (recorded.has(id)) return [];
    const relation = { id, operation, figures: parts, reading: 'printed' as const, checks: [] };
    return [relationCardOf(around, relation, (figure) => figures.get(figure), by)];
  });
  return { blind: false, relations, more };
}

/** A figure that the rules found and nobody said anything of. */
type FoundRow = TableFigure & { readonly found: NonNullable<TableFigure['found']> };
const isFound = (row: TableFigure): row is FoundRow => row.found !== null;
const isCard = (of: FigureCard | FoundRow): of is FigureCard => 'sourceId' in of;

/** With what it was made of: of tens of thousands only those of the pairs are made into what is shown. */
interface Compared extends AcrossFigure {
  readonly of: FigureCard | FoundRow;
}

/** The cards alone: of a table that was read already, since to read 20,000 of them again takes seconds. */
function cardsCompared(context: ReadContext): Compared[] {
  const kept = keptFigures(context);
  if (kept === null) return readCards(context).flatMap((card) => comparedCard(card) ?? []);
  return kept
    .flatMap((row) => (row.card === null ? [] : (comparedCard(row.card) ?? [])))
    .toSorted((a, b) => (a.source === b.source ? 0 : a.source < b.source ? -1 : 1));
}

/** Null for a figure that somebody dismissed: it is none. */
function comparedCard(card: FigureCard): Compared | null {
  const read = (end: string | null): Rational | null => (end === null ? null : Rational.read(end));
  const value = read(card.value);
  if (value === null || card.state === 'dismissed') return null;
  const { id, sourceId: source, interval, unit, kind, period, place, qualifier, subject } = card;
  const within = { low: read(interval.low), high: read(interval.high) };
  return { id, source, interval: within, unit, kind, period, place, qualifier, subject, value, of: card };
}

/** Null also for a figure that was only found, where its place or period is a guess. */
function comparedRow(row: TableFigure): Compared | null {
  const of = row.card ?? (isFound(row) ? row : null);
  if (of === null || row.isGuessed || row.state === 'dismissed') return null;
  const { id, source, interval, unit, kind, period, place, qualifier, number: value, before: words } = row;
  const subject = row.card?.subject ?? '';
  return { id, source, interval, unit, kind, period, place, qualifier, subject, value, words, of };
}

function shown(of: FigureCard | FoundRow): RelationFigure {
  if (isCard(of)) return of;
  const { layer, start, end, text, page, value, low, high, unit, qualifier, kind, period, place } = of;
  const at = { id: figureId.parse(of.id), sourceId: of.source, layer, start, end, text, page };
  const interval = { low, high, reason: of.found.reason };
  const readings = { value, interval, unit, qualifier, kind, period, place };
  return { ...at, ...readings, source: of.found.by, state: 'found', checks: [] };
}

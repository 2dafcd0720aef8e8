import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { FigureColumn, FigureConditions } from '../../../shared/contract/figure-conditions.ts';
import type { FigureConflict, FigureRow } from '../../../shared/contract/figures-table.ts';
import type { KeptReference } from '../../../shared/contract/measures.ts';
import { type Against, againstOthers, type ComparedFigure, type Conflict } from '../../../shared/figures/compare.ts';
import { type Conversion, conversionTable } from '../../../shared/figures/conversions.ts';
import { Converter } from '../../../shared/figures/converter.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { largerThan } from '../../../shared/figures/references.ts';
import { figureId } from '../../../shared/model/index.ts';
import { foldedText } from '../../../shared/text/search-fold.ts';
import { isBlind } from '../../project/blind-copy.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { selectionOf } from '../../project/evidence/selection.ts';
import { withPlaces } from '../../project/evidence/with-places.ts';
import { isMaskingUsed, maskedFor } from '../../project/masks/exporting.ts';
import { keptReferences, ownConversions } from '../../project/measures/rules.ts';
import { ownOf } from '../../project/places/own.ts';
import { placeTreeOf } from '../../project/places/tree.ts';
import { relationIdOf } from '../../project/relations/cards.ts';
import { conflictsWith, type Decisions, decisionsOf, pairOf, standingOf } from './followed.ts';
import { groupedBy } from './group-rows.ts';
import { allFigures, type TableFigure } from './table.ts';

type Input = CallArgs<'figures.table'>;
type Output = CallOutput<'figures.table'>;
type Faults = Output['faults'];

/** What a list is before one page of it is taken. */
interface Listed extends Omit<Output, 'rows' | 'faults' | 'blind'> {
  readonly figures: readonly (TableFigure & Pick<FigureRow, 'against' | 'followed' | 'larger'>)[];
}
/** The list that was asked for last: a table asks for one page after the other. */
const keptOf = perProject((): { key: string; listed: Listed | null } => ({ key: '', listed: null }));

const NOTHING = { units: [], places: [], conflicts: [], unread: 0, more: false, sameQuantity: false };
const NONE = {
  rows: [],
  groups: [],
  total: 0,
  of: 0,
  sources: 0,
  found: 0,
  conflicting: 0,
  otherUnits: 0,
  larger: 0,
  ...NOTHING,
};

/** What the contract says of `figures.table`. */
export async function table(context: ReadContext, input: Input): Promise<Output> {
  if (isBlind(context)) return { faults: [], blind: true, ...NONE };
  const all = await allFigures(context);
  const { faults, passages } = await passagesOf(context, input);
  if (faults.length > 0) return { faults, blind: false, ...NONE };
  const kept = keptOf(context);
  const { query, within, where, sort, group } = input;
  const key = JSON.stringify([context.project.head(), query, within, where, sort, group]);
  if (kept.key !== key || kept.listed === null) {
    const shown = all.figures.filter((one) => passages === null || one.passages.some((id) => passages.has(id)));
    kept.listed = { ...listOf(context, shown, input), unread: all.unread, more: all.more };
    kept.key = key;
  }
  const { figures, ...listed } = kept.listed;
  const page = figures.slice(input.from, input.from + input.count);
  return { faults: [], blind: false, ...listed, rows: rowsOut(context, page, input.outgoing) };
}

/** The passages that a filter finds; null without one: then cards in no passage are listed, too. */
async function passagesOf(
  context: ReadContext,
  input: Input,
): Promise<{ readonly faults: Faults; readonly passages: ReadonlySet<string> | null }> {
  if (input.query.trim() === '' && input.within.length === 0) return { faults: [], passages: null };
  const { query, within } = input;
  return withPlaces(context, { query, within }, (evidence) => {
    const { faults, rows } = selectionOf(context.db, evidence, input);
    return {
      faults: faults.map(({ code, span, sentence, mends }) => ({ code, span, sentence, mends: [...mends] })),
      passages: new Set(Array.from(rows, (row) => evidence.set.idOf(row))),
    };
  });
}

function listOf(
  context: ReadContext,
  all: readonly TableFigure[],
  { where, sort, group }: Input,
): Omit<Listed, 'unread' | 'more'> {
  const tree = placeTreeOf(ownOf(context.db));
  const lineOf = (place: string): readonly string[] => tree.byId.get(place)?.line ?? [];
  const conversions = conversionTable(ownConversions(context.db));
  const sameQuantity = where.words.trim() !== '';
  const fitting = all.filter(fits(where, lineOf));
  const compared = fitting.map(comparedOf);
  const units = new Converter(conversions);
  const against = sameQuantity ? againstOthers(compared, units) : new Map<string, Against>();
  const decisions: Decisions = sameQuantity ? decisionsOf(context, fitting, conversions) : new Map();
  const followed = standingOf(decisions);
  const larger = largerFinder(keptReferences(context.db), conversions, lineOf);
  const marked = fitting.map((one) => {
    const how = against.get(one.id) ?? null;
    return {
      ...one,
      against: how,
      followed: how === 'conflict' ? (followed.get(one.id) ?? null) : null,
      larger: larger(one),
    };
  });
  const count = (is: (one: (typeof marked)[number]) => boolean): number => marked.filter(is).length;
  const figures = marked.filter(({ against: how, larger: than }) =>
    where.only === 'larger' ? than.length > 0 : where.only === 'all' || how === where.only,
  );
  const byId = new Map(marked.map((one) => [one.id, one]));
  const sorted = sort === null ? figures : figures.toSorted(orderBy(sort.column, sort.descending));
  return {
    ...groupedBy(sorted, group),
    total: figures.length,
    of: all.length,
    sources: new Set(figures.map(({ source }) => source)).size,
    found: figures.filter(({ state }) => state === 'found').length,
    conflicting: count((one) => one.against === 'conflict'),
    otherUnits: count((one) => one.against === 'unit'),
    larger: count((one) => one.larger.length > 0),
    sameQuantity,
    units: counted(all, ({ unit }) => (unit === null ? null : [unit, unit])),
    places: counted(all, ({ place, placeName }) => (place === null ? null : [place, placeName ?? place])),
    conflicts: sameQuantity
      ? conflictsWith(compared, units, decisions)
          .slice(0, MOST_CONFLICTS)
          .flatMap((one) => conflictOut(one, byId, decisions) ?? [])
      : [],
  };
}
const MOST_CONFLICTS = 200;
const MOST_CHOICES = 500;

const comparedOf = ({ id, source, low, high, unit, kind, period, place }: TableFigure): ComparedFigure => ({
  id,
  source,
  unit,
  kind,
  period,
  place,
  interval: { low: low === null ? null : Rational.read(low), high: high === null ? null : Rational.read(high) },
});

/** Whether a figure meets every condition. */
function fits(where: FigureConditions, lineOf: (place: string) => readonly string[]): (one: TableFigure) => boolean {
  const words = foldedText(where.words.trim());
  const isInYears = ({ period }: TableFigure): boolean => {
    if (where.from === null && where.to === null) return true;
    if (period === null) return false;
    return (
      (where.from === null || Number(period.to.slice(0, 4)) >= where.from) &&
      (where.to === null || Number(period.from.slice(0, 4)) <= where.to)
    );
  };
  return (one) =>
    (where.state === 'all' ? one.state !== 'dismissed' : one.state === where.state) &&
    (where.kind === null || one.kind === where.kind) &&
    (where.unit === null || one.unit === where.unit) &&
    (where.source === null || one.source === where.source) &&
    (where.place === null ||
      (one.place !== null && (one.place === where.place || lineOf(one.place).includes(where.place)))) &&
    isInYears(one) &&
    (words === '' || foldedText(`${one.before}${one.text}${one.after}`).includes(words));
}

function largerFinder(
  references: readonly KeptReference[],
  conversions: readonly Conversion[],
  lineOf: (place: string) => readonly string[],
): (one: TableFigure) => FigureRow['larger'] {
  if (references.length === 0) return () => [];
  const limits = { references, table: conversions, lineOf };
  return ({ low, unit, place, period }) => {
    const least = low === null ? null : Rational.read(low);
    if (least === null) return [];
    const interval = { low: least, high: null, reason: 'count' } as const;
    return largerThan({ interval, unit, place, period }, limits).map(({ id }) => id);
  };
}

function counted(
  all: readonly TableFigure[],
  of: (one: TableFigure) => readonly [value: string, name: string] | null,
): Output['units'] {
  const counts = new Map<string, { value: string; name: string; count: number }>();
  for (const one of all) {
    const [value, name] = of(one) ?? [];
    if (value === undefined || name === undefined) continue;
    const there = counts.get(value) ?? { value, name, count: 0 };
    there.count += 1;
    counts.set(value, there);
  }
  return [...counts.values()]
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_CHOICES);
}

function orderBy(column: FigureColumn, descending: boolean): (one: TableFigure, other: TableFigure) => number {
  const sign = descending ? -1 : 1;
  const words =
    (of: (one: TableFigure) => string | null) =>
    (one: TableFigure, other: TableFigure): number => {
      const [a, b] = [of(one), of(other)];
      // What is not known comes last, either way.
      if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
      return a === b ? 0 : sign * (a < b ? -1 : 1);
    };
  switch (column) {
    case 'value':
      return (one, other) => sign * one.number.compare(other.number);
    case 'printed':
      return words(({ text }) => text);
    case 'unit':
      return words(({ unit }) => unit);
    case 'kind':
      return words(({ kind }) => kind);
    case 'period':
      return words(({ period }) => (period === null ? null : `${period.from} ${period.to}`));
    case 'place':
      return words(({ placeName }) => placeName);
    case 'source':
      return words(({ sourceTitle }) => sourceTitle);
    case 'state':
      return words(({ state }) => state);
  }
}

const rowOf = ({ passages: _passages, number: _number, ...row }: Listed['figures'][number]): FigureRow => row;

function conflictOut(
  { lower, higher, apart, period, kind, place, figures }: Conflict<ComparedFigure>,
  byId: ReadonlyMap<string, Listed['figures'][number]>,
  decisions: Decisions,
): FigureConflict | null {
  const [one, other] = [byId.get(lower.id), byId.get(higher.id)];
  if (one === undefined || other === undefined) return null;
  const { said = [], chosen = null, isDisputed = false } = decisions.get(pairOf(one.id, other.id)) ?? {};
  const inputs = figureId.array().parse([other.id, one.id]);
  return {
    placeName: one.placeName ?? place,
    period: period.from.slice(0, 4) === period.to.slice(0, 4) ? period.from.slice(0, 4) : `${period.from}/${period.to}`,
    kind,
    unit: lower.unit ?? '',
    apart: apart.toDecimal(4),
    lower: rowOf(one),
    higher: rowOf(other),
    figures: figures.length,
    relation: relationIdOf('difference', { inputs, printed: null }),
    said: [...said],
    followed: chosen?.figure ?? null,
    isDisputed,
  };
}

/** Rows as they are shown, or as they go out: a figure that a mask covers does not, nor do masked words beside one. */
function rowsOut(context: ReadContext, page: Listed['figures'], outgoing: boolean): FigureRow[] {
  const rows = page.map(rowOf);
  if (!outgoing || !isMaskingUsed(context.db)) return rows;
  // Only the words themselves go out, not the rest of their passages.
  const passages = rows.map(({ id, source, layer, start, end, text, before, after, page: on }) => {
    const place = {
      kind: 'text' as const,
      page: on,
      start,
      end,
      exact: text,
      prefix: before,
      suffix: after,
      quads: [],
    };
    return { id, source, layer, place };
  });
  const masking = maskedFor(context, { passages });
  return rows.flatMap((row): FigureRow[] => {
    const spans = masking.spansIn(row.source, row.layer);
    const isMasked = (start: number, end: number): boolean => spans.some((one) => one.start < end && one.end > start);
    if (isMasked(row.start, row.end)) return [];
    const isBeside = isMasked(row.start - row.before.length - 8, row.end + row.after.length + 8);
    return [{ ...masking.row(row, ['text', 'unit']), ...(isBeside ? { before: '', after: '' } : {}) }];
  });
}

import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { FigureColumn, FigureConditions } from '../../../shared/contract/figure-conditions.ts';
import type { FigureConflict, FigureRow } from '../../../shared/contract/figures-table.ts';
import { Comparison, type Conflict } from '../../../shared/figures/compare.ts';
import { conversionTable } from '../../../shared/figures/conversions.ts';
import { Converter } from '../../../shared/figures/converter.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { figureId } from '../../../shared/model/index.ts';
import { foldedText } from '../../../shared/text/search-fold.ts';
import { isBlind } from '../../project/blind-copy.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { selectionOf } from '../../project/evidence/selection.ts';
import { withPlaces } from '../../project/evidence/with-places.ts';
import { isMaskingUsed, maskedFor } from '../../project/masks/outgoing.ts';
import { keptReferences, ownConversions } from '../../project/measures/rules.ts';
import { ownOf } from '../../project/places/own.ts';
import { placeTreeOf } from '../../project/places/tree.ts';
import { relationIdOf } from '../../project/relations/cards.ts';
import { conflictsWith, type Decisions, decisionsOf, pairOf, followedFigures } from './followed.ts';
import { groupedBy } from './group-rows.ts';
import { largerFinder } from './larger.ts';
import { allFigures } from '../../project/figures/all.ts';
import type { TableFigure } from '../../project/figures/rows.ts';

type Input = CallArgs<'figures.table'>;
type Output = CallOutput<'figures.table'>;
type Faults = Output['faults'];

/** The whole list, of which a call returns one page. */
interface Listed extends Omit<Output, 'rows' | 'faults' | 'blind'> {
  readonly figures: readonly TableFigure[];
  readonly marksOf: (one: TableFigure) => Marks;
}
/** The fields of a row that depend on which other figures are listed. */
type Marks = Pick<FigureRow, 'against' | 'followed' | 'larger'>;
/** The last list, kept because a table asks for one page after the other. */
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

/** See `figures.table`, shared/contract/figures-table.ts. */
export async function table(context: ReadContext, input: Input): Promise<Output> {
  if (isBlind(context)) return { faults: [], blind: true, ...NONE };
  const all = await allFigures(context);
  const { faults, passages } = await passagesOf(context, input);
  if (faults.length > 0) return { faults, blind: false, ...NONE };
  const kept = keptOf(context);
  const { query, within, where, sort, group } = input;
  const key = JSON.stringify([context.project.head(), query, within, where, sort, group]);
  if (kept.key !== key || kept.listed === null) {
    // Without a filter the list itself: what could be chosen is counted once for it.
    const shown =
      passages === null ? all.figures : all.figures.filter((one) => one.passages.some((id) => passages.has(id)));
    kept.listed = { ...listOf(context, shown, input), unread: all.unread, more: all.more };
    kept.key = key;
  }
  const { figures, marksOf, ...listed } = kept.listed;
  const page = figures.slice(input.from, input.from + input.count);
  return {
    faults: [],
    blind: false,
    ...listed,
    rows: rowsOut(
      context,
      page.map((one) => rowOf(one, marksOf)),
      input.outgoing,
    ),
  };
}

/** The passages that a filter finds; null without a filter: then cards outside all passages are listed, too. */
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
  const units = new Converter(conversions);
  const comparison = new Comparison(sameQuantity ? fitting : [], units);
  const decisions: Decisions = sameQuantity ? decisionsOf(context, fitting, conversions) : new Map();
  const followed = followedFigures(decisions);
  const larger = largerFinder(keptReferences(context.db), conversions, lineOf);
  const tooLarge = new Map<string, FigureRow['larger']>();
  if (larger !== null)
    for (const one of fitting) {
      const than = larger(one);
      if (than.length > 0) tooLarge.set(one.id, than);
    }
  const marksOf = (one: TableFigure): Marks => {
    const how = comparison.of(one);
    return {
      against: how,
      followed: how === 'conflict' ? (followed.get(one.id) ?? null) : null,
      larger: tooLarge.get(one.id) ?? [],
    };
  };
  const counts = comparison.counts();
  const figures =
    where.only === 'all'
      ? fitting
      : fitting.filter((one) => (where.only === 'larger' ? tooLarge.has(one.id) : comparison.of(one) === where.only));
  const sorted = sort === null ? figures : sortedBy(figures, sort.column, sort.descending);
  return {
    ...groupedBy(sorted, group),
    marksOf,
    total: figures.length,
    of: all.length,
    sources: new Set(figures.map(({ source }) => source)).size,
    found: figures.filter(({ state }) => state === 'found').length,
    conflicting: counts.conflict,
    otherUnits: counts.unit,
    larger: tooLarge.size,
    sameQuantity,
    ...choicesOf(all),
    conflicts: sameQuantity
      ? conflictsWith({ figures: fitting, units, comparison }, decisions)
          .slice(0, MOST_CONFLICTS)
          .map((one) => conflictOut(one, marksOf, decisions))
      : [],
  };
}
const MOST_CONFLICTS = 200;
const MOST_CHOICES = 500;

/** The units and places to choose from: the same for every list made of the same figures. */
const choices = new WeakMap<readonly TableFigure[], Pick<Output, 'units' | 'places'>>();
function choicesOf(all: readonly TableFigure[]): Pick<Output, 'units' | 'places'> {
  const known = choices.get(all) ?? {
    units: counted(
      all,
      ({ unit }) => unit,
      (unit) => unit,
    ),
    places: counted(
      all,
      ({ place }) => place,
      (place, { placeName }) => placeName ?? place,
    ),
  };
  choices.set(all, known);
  return known;
}

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
    (words === '' || one.folded.includes(words));
}

function counted(
  all: readonly TableFigure[],
  valueOf: (one: TableFigure) => string | null,
  nameOf: (value: string, one: TableFigure) => string,
): Output['units'] {
  const counts = new Map<string, { value: string; name: string; count: number }>();
  for (const one of all) {
    const value = valueOf(one);
    if (value === null) continue;
    const there = counts.get(value);
    if (there === undefined) counts.set(value, { value, name: nameOf(value, one), count: 1 });
    else there.count += 1;
  }
  return [...counts.values()]
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_CHOICES);
}

/** The value that a column sorts by; null comes last in both directions. */
function keyOf(column: FigureColumn, one: TableFigure): string | null {
  switch (column) {
    case 'value':
      return one.value;
    case 'printed':
      return one.text;
    case 'unit':
      return one.unit;
    case 'kind':
      return one.kind;
    case 'period':
      return one.period === null ? null : `${one.period.from} ${one.period.to}`;
    case 'place':
      return one.placeName;
    case 'source':
      return one.sourceTitle;
    case 'state':
      return one.state;
  }
}

/** Sorts only the distinct keys, of which most columns have few; figures with the same key keep their order. */
function sortedBy(figures: readonly TableFigure[], column: FigureColumn, descending: boolean): TableFigure[] {
  const byKey = Map.groupBy(figures, (one) => keyOf(column, one));
  const unknown = byKey.get(null) ?? [];
  byKey.delete(null);
  const sign = descending ? -1 : 1;
  const known = [...byKey];
  if (column !== 'value') {
    known.sort(([a], [b]) => sign * (a === b ? 0 : (a ?? '') < (b ?? '') ? -1 : 1));
    return [...known.flatMap(([, all]) => all), ...unknown];
  }
  const numbered = known.map(([, all]) => {
    const number = all[0]?.number ?? Rational.of(0);
    return { all, number, rough: Number(number.numerator) / Number(number.denominator) };
  });
  numbered.sort((a, b) => sign * (clearlyApart(a.rough, b.rough) ? a.rough - b.rough : a.number.compare(b.number)));
  return numbered.flatMap(({ all }) => all);
}

/** Whether two numbers differ by more than the error of rounding them to floats. False for fractions too large for floats. */
const clearlyApart = (one: number, other: number): boolean =>
  Math.abs(one - other) > 1e-9 * Math.max(Math.abs(one), Math.abs(other));

function rowOf(one: TableFigure, marksOf: Listed['marksOf']): FigureRow {
  const {
    passages: _passages,
    number: _number,
    interval: _interval,
    folded: _folded,
    found: _found,
    card: _card,
    ...row
  } = one;
  return { ...row, ...marksOf(one) };
}

function conflictOut(
  { lower, higher, apart, period, kind, place, figures }: Conflict<TableFigure>,
  marksOf: Listed['marksOf'],
  decisions: Decisions,
): FigureConflict {
  const [one, other] = [rowOf(lower, marksOf), rowOf(higher, marksOf)];
  const { said = [], chosen = null, isDisputed = false } = decisions.get(pairOf(one.id, other.id)) ?? {};
  const inputs = figureId.array().parse([other.id, one.id]);
  return {
    placeName: one.placeName ?? place,
    period: period.from.slice(0, 4) === period.to.slice(0, 4) ? period.from.slice(0, 4) : `${period.from}/${period.to}`,
    kind,
    unit: lower.unit ?? '',
    apart: apart.toDecimal(4),
    lower: one,
    higher: other,
    figures: figures.length,
    relation: relationIdOf('difference', { inputs, printed: null }),
    said: [...said],
    followed: chosen?.figure ?? null,
    isDisputed,
  };
}

/** Rows to show, or, if `outgoing`, to export: without figures that a mask covers and without masked words beside a figure. */
function rowsOut(context: ReadContext, rows: FigureRow[], outgoing: boolean): FigureRow[] {
  if (!outgoing || !isMaskingUsed(context.db)) return rows;
  // Only these words are exported, not the rest of their passages.
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

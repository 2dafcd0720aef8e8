import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { categoryId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import type { Facet } from '../../project/evidence/facet.ts';
import { facetOf } from '../../project/evidence/facets.ts';
import type { Evidence } from '../../project/evidence/read-set.ts';
import { withPlaces } from '../../project/evidence/with-places.ts';
import { type Selection, selectionOf } from '../../project/evidence/selection.ts';
import { sourcesRead } from '../../project/evidence/sources-read.ts';
import { categoriesByUnit } from '../../project/evidence/together.ts';
import { UnitCounts, type Units, unitsOf } from '../../project/evidence/units.ts';
import type { Together } from '../../../shared/contract/view-figures.ts';
import { summaryOf } from './rows.ts';

type Matrix = CallOutput<'evidence.matrix'>;
/** More are not read, and a project can have ten thousand sources. */
const MOST = 400;

export const matrix = (context: ReadContext, input: CallArgs<'evidence.matrix'>): Promise<Matrix> =>
  withPlaces(context, input, (evidence) => matrixOf(context, evidence, input));

function matrixOf(context: ReadContext, evidence: Evidence, input: CallArgs<'evidence.matrix'>): Matrix {
  const selection = selectionOf(context.db, evidence, input);
  const facet = facetOf(evidence, input.columns);
  const counts =
    input.columns === 'below' && input.together !== 'passage'
      ? countTogether(evidence, selection.rows, facet.values.length, input.together)
      : countCells(evidence, unitsOf(evidence, selection.rows, input.unit), facet, input.columns === 'tagger');
  const sources = sourcesIn(context, evidence, selection, facet);
  const { shown, more } = columnsShown(facet, counts.columns, sources);
  const width = facet.values.length;
  const cells = (table: Uint32Array, row: number): number[] => shown.map((at) => table[row * width + at] ?? 0);
  return {
    ...summaryOf(evidence, selection),
    untagged: selection.rows.reduce((count, row) => count + (evidence.set.tags.count(row) === 0 ? 1 : 0), 0),
    columns: shown.map((at) => ({
      value: facet.values[at]?.value ?? '',
      label: facet.values[at]?.label ?? '',
      total: counts.columns[at] ?? 0,
      sources: sources?.all[at] ?? null,
      read: sources?.read[at] ?? null,
    })),
    more,
    rows: evidence.codebook.categories.flatMap(({ id, archived }, row) => {
      const [total = 0, ownTotal = 0] = [counts.below.rows[row], counts.own.rows[row]];
      if (archived && total === 0) return [];
      return [
        {
          category: categoryId.parse(id),
          total,
          ownTotal,
          cells: cells(counts.below.cells, row),
          own: cells(counts.own.cells, row),
        },
      ];
    }),
  };
}

/** Counts by category: in each column, and in all. */
interface Table {
  readonly cells: Uint32Array;
  readonly rows: Uint32Array;
}

/**
 * Each unit once a cell. `byTagger`: a cell counts the tags of its column’s person alone, since another person’s category is not
 * theirs.
 */
function countCells(
  evidence: Evidence,
  { rows, of }: Units,
  columns: Facet,
  byTagger: boolean,
): { own: Table; below: Table; columns: Uint32Array } {
  const width = columns.values.length;
  const height = evidence.codebook.categories.length;
  const table = () => ({ cells: new UnitCounts(width * height), rows: new UnitCounts(height) });
  const [own, below] = [table(), table()];
  const ofColumns = new UnitCounts(width);
  const facets = [
    { table: own, facet: facetOf(evidence, 'category') },
    { table: below, facet: facetOf(evidence, 'below') },
  ];
  const ofPerson = byTagger ? taggerCells(evidence, columns) : null;
  const placed: number[] = [];
  for (const row of rows) {
    const unit = of(row);
    placed.length = 0;
    columns.each(row, (at) => {
      placed.push(at);
      ofColumns.add(at, unit);
    });
    for (const { table: counted, facet } of facets) {
      facet.each(row, (category) => {
        // The last value is that of untagged passages: it is no row.
        if (category >= height) return;
        counted.rows.add(category, unit);
        if (ofPerson !== null) return;
        for (const at of placed) counted.cells.add(category * width + at, unit);
      });
    }
    ofPerson?.(row, unit, own.cells, below.cells);
  }
  const counts = ({ cells, rows: ofRows }: typeof own): Table => ({ cells: cells.counts, rows: ofRows.counts });
  return { own: counts(own), below: counts(below), columns: ofColumns.counts };
}

/** Categories by each other: the paragraphs or sources in which both are tagged. The columns are the categories, in the same order. */
function countTogether(evidence: Evidence, rows: Uint32Array, width: number, together: Together) {
  const height = evidence.codebook.categories.length;
  const table = (): Table => ({ cells: new Uint32Array(width * height), rows: new Uint32Array(height) });
  const [own, below] = [table(), table()];
  const columns = new Uint32Array(width);
  const count = (
    { cells, rows: totals }: Table,
    categories: ReadonlySet<number>,
    others: ReadonlySet<number>,
  ): void => {
    for (const category of categories) {
      totals[category] = (totals[category] ?? 0) + 1;
      for (const other of others) {
        const cell = category * width + other;
        cells[cell] = (cells[cell] ?? 0) + 1;
      }
    }
  };
  for (const unit of categoriesByUnit(evidence, rows, together)) {
    count(own, unit.own, unit.below);
    count(below, unit.below, unit.below);
    for (const category of unit.below) columns[category] = (columns[category] ?? 0) + 1;
  }
  return { own, below, columns };
}

/** Counts one passage in the cells of a matrix by person. */
function taggerCells(evidence: Evidence, columns: Facet) {
  const { set, codebook } = evidence;
  const width = columns.values.length;
  const places = new Map(codebook.categories.map(({ id }, at) => [id, at]));
  const people = new Map(columns.values.map(({ value }, at) => [value, at]));
  const columnOf = set.people.texts.map((id) => people.get(id) ?? width - 1);
  const lines = set.categories.texts.map((id) =>
    (codebook.byId.get(id)?.line ?? []).flatMap((one) => places.get(one) ?? []),
  );
  return (row: number, unit: number, own: UnitCounts, below: UnitCounts): void => {
    for (let at = 0; at < set.tags.count(row); at++) {
      const column = columnOf[set.tags.second(row, at)] ?? 0;
      lines[set.tags.first(row, at)]?.forEach((category, up) => {
        const cell = category * width + column;
        if (up === 0) own.add(cell, unit);
        below.add(cell, unit);
      });
    }
  };
}

interface SourcesIn {
  readonly all: readonly number[];
  readonly read: readonly number[];
}

/** For each column the sources that are there, and those that somebody read: with none there, nothing could have been tagged. */
function sourcesIn(context: ReadContext, evidence: Evidence, { filter }: Selection, facet: Facet): SourcesIn | null {
  const { ofSource, values } = facet;
  if (ofSource === null) return null;
  const places = new Map(values.map(({ value }, at) => [value, at]));
  const read = sourcesRead(context, evidence);
  const counts = { all: values.map(() => 0), read: values.map(() => 0) };
  for (const source of evidence.sources.all.filter(filter.source))
    for (const value of new Set(ofSource(source))) {
      const at = places.get(value) ?? values.length - 1;
      counts.all[at] = (counts.all[at] ?? 0) + 1;
      if (read.has(source.id)) counts.read[at] = (counts.read[at] ?? 0) + 1;
    }
  return counts;
}

/** The columns with passages or sources, in order; of too many those with the most passages. */
function columnsShown({ values }: Facet, totals: Uint32Array, sources: SourcesIn | null) {
  const years = values.map((_, at) => at);
  const first = years.find((at) => hasAny(at));
  const last = years.findLast((at) => hasAny(at) && values[at]?.value !== '');
  function hasAny(at: number): boolean {
    return (totals[at] ?? 0) > 0 || (sources?.all[at] ?? 0) > 0;
  }
  // A year between two others is a column even if nothing at all is there: that there is no source is worth showing.
  const isBetween = (at: number): boolean =>
    /^-?\d+$/.test(values[at]?.value ?? '') && at > (first ?? 0) && at < (last ?? 0);
  const all = years.filter((at) => hasAny(at) || isBetween(at));
  const kept = new Set(all.toSorted((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0)).slice(0, MOST));
  return { shown: all.filter((at) => kept.has(at)), more: all.length - kept.size };
}

import { setImmediate as turn } from 'node:timers/promises';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { passageId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { facetOf } from '../../project/evidence/facets.ts';
import { filterOf } from '../../project/evidence/filter.ts';
import { latest } from '../../project/evidence/latest.ts';
import { orderedBy } from '../../project/evidence/order.ts';
import type { Evidence } from '../../project/evidence/read-set.ts';
import { selectionOf } from '../../project/evidence/selection.ts';
import { withPlaces } from '../../project/evidence/with-places.ts';
import { faultsOf } from './rows.ts';

type Count = CallOutput<'evidence.count'>;

export const count = (context: ReadContext, input: CallArgs<'evidence.count'>): Promise<Count> =>
  withPlaces(context, input, (evidence) => {
    const selection = selectionOf(context.db, evidence, input);
    const asked = new Set(input.passages.flatMap((id) => evidence.set.rowOf(id) ?? []));
    const found = selection.rows.filter((row) => asked.has(row));
    const sources = new Set(Array.from(found, (row) => evidence.set.sourceAt(row))).size;
    return {
      faults: faultsOf(selection),
      found: found.length,
      sources,
      groups: groupsOf(evidence, input.group, found),
    };
  });

/** How many of the rows stand in each group. */
function groupsOf(evidence: Evidence, group: CallArgs<'evidence.count'>['group'], rows: Uint32Array): Count['groups'] {
  if (group === null || rows.length === 0) return [];
  const { values, each } = facetOf(evidence, group);
  const counts = new Uint32Array(values.length);
  for (const row of rows) each(row, (at) => void (counts[at] = (counts[at] ?? 0) + 1));
  return values.flatMap(({ value }, at) => {
    const own = counts[at] ?? 0;
    return own === 0 ? [] : [{ value, found: own }];
  });
}

/** As many as a selection may have. */
const MOST = 100_000;

export const found = (context: ReadContext, input: CallArgs<'evidence.found'>): Promise<CallOutput<'evidence.found'>> =>
  withPlaces(context, input, (evidence) => {
    const { rows } = selectionOf(context.db, evidence, input);
    return { passages: Array.from(rows.subarray(0, MOST), (row) => passageId.parse(evidence.set.idOf(row))) };
  });

/** As the days of a date are numbered: of 2021 they are 20210000 to 20219999. */
const DAY_DIGITS = 8;

export const dated = (context: ReadContext, input: CallArgs<'evidence.dated'>): Promise<CallOutput<'evidence.dated'>> =>
  withPlaces(context, input, (evidence) => {
    const { date, begins } = input;
    const [from, to] = [begins.padEnd(DAY_DIGITS, '0'), begins.padEnd(DAY_DIGITS, '9')].map(Number);
    const isWithin = evidence.sourceOf.map((source) => {
      const first = source?.dates[date]?.bounds.from ?? null;
      return first !== null && from !== undefined && to !== undefined && first >= from && first <= to;
    });
    const { rows } = orderedBy(context.db, evidence, input, input);
    const position = rows.findIndex((row) => isWithin[evidence.set.sourceAt(row)] === true);
    return { position: position < 0 ? null : position };
  });

/** Kept apart from the selections that the table asks for again and again. */
const known = latest<number | null>(500);

export async function totals(
  context: ReadContext,
  { queries }: CallArgs<'evidence.totals'>,
): Promise<CallOutput<'evidence.totals'>> {
  const all: (number | null)[] = [];
  for (const query of queries) {
    await turn();
    const total = await withPlaces(context, { query }, (evidence) =>
      known(evidence.version, query, () => totalOf(context, evidence, query)),
    );
    all.push(total);
  }
  return { totals: all };
}

function totalOf({ db }: ReadContext, evidence: Evidence, query: string): number | null {
  const { faults, passage } = filterOf(db, evidence, query);
  if (faults.length > 0) return null;
  let total = 0;
  for (const row of evidence.order) if (passage(row)) total++;
  return total;
}

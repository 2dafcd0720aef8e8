import type { EvidenceMark } from '../../../shared/contract/evidence.ts';
import type { QueryFault } from '../../../shared/query/faults.ts';
import type { Readable } from '../../db/types.ts';
import { facetOf } from './facets.ts';
import { type Filter, filterOf } from './filter.ts';
import { latest } from './latest.ts';
import { namesBoth } from './place-facet.ts';
import type { Evidence } from './read-set.ts';
import type { EvidenceSource } from './sources.ts';
import { rowsTogether } from './together.ts';

export interface Asked {
  readonly query: string;
  readonly within: readonly EvidenceMark[];
}

/** The passages that match a query and have all of the marks in `within`. */
export interface Selection {
  readonly faults: readonly QueryFault[];
  readonly filter: Filter;
  /** In reading order. */
  readonly rows: Uint32Array;
  readonly sources: number;
  readonly publishers: number;
  /** How many sources they come from, if copies of one text are counted as one. */
  readonly origins: number;
}

const known = latest<Selection>(6);

/**
 * Selects passages. The result is cached until the evidence changes: a table asks for one page after the other, and each view for the same
 * passages.
 */
export const selectionOf = (db: Readable, evidence: Evidence, { query, within }: Asked): Selection =>
  known(evidence.version, JSON.stringify([query, within]), () => select(db, evidence, query, within));

function select(db: Readable, evidence: Evidence, query: string, within: readonly EvidenceMark[]): Selection {
  const filter = filterOf(db, evidence, query);
  const tests = [filter.passage];
  for (const { by, value } of within) if (by !== 'together') tests.push(testOf(evidence, by, value));
  const rows = new Uint32Array(evidence.order.length);
  let count = 0;
  for (const row of evidence.order) {
    let isIn = true;
    for (const test of tests) isIn &&= test(row);
    if (isIn) rows[count++] = row;
  }
  let found = rows.slice(0, count);
  // Which units contain both categories depends on the rows that the other conditions leave.
  for (const { by, value } of within) if (by === 'together') found = rowsTogether(evidence, found, value);
  return { faults: filter.faults, filter, rows: found, ...countSources(evidence, found) };
}

/** Counts the sources of some rows, their publishers, and their origins. */
function countSources({ set, sourceOf }: Evidence, rows: Iterable<number>) {
  const seen = new Uint8Array(sourceOf.length);
  for (const row of rows) seen[set.sourceAt(row)] = 1;
  return restingOn(sourceOf.filter((_, at) => seen[at] === 1));
}

/** How many sources, publishers and origins these sources have; undefined entries (in the trash) are not counted. */
export function restingOn(all: readonly (EvidenceSource | undefined)[]) {
  const sources = all.filter((source) => source !== undefined);
  return {
    sources: sources.length,
    publishers: new Set(sources.flatMap(({ publisher }) => publisher ?? [])).size,
    origins: new Set(sources.map(({ origin }) => origin)).size,
  };
}

/** Returns the test whether a row was counted in a group, a cell or a mark of a timeline. */
function testOf(
  evidence: Evidence,
  by: Exclude<EvidenceMark['by'], 'together'>,
  value: string,
): (row: number) => boolean {
  if (by === 'tag') return taggedBy(evidence, value);
  if (by === 'pair') return namesBoth(evidence, value);
  const facet = facetOf(evidence, by);
  const wanted = facet.values.findIndex((one) => one.value === value);
  return (row) => {
    let isIn = false;
    facet.each(row, (at) => {
      isIn ||= at === wanted;
    });
    return isIn;
  };
}

/** Reads `CATEGORY PERSON`: whether that person tagged a row with that category or one below it. */
function taggedBy({ set, codebook }: Evidence, value: string): (row: number) => boolean {
  const [category = '', person = ''] = value.split(' ');
  const fits = set.categories.texts.map((id) => codebook.byId.get(id)?.line.includes(category) === true);
  const by = set.people.find(person);
  return (row) => {
    for (let at = 0; at < set.tags.count(row); at++)
      if (fits[set.tags.first(row, at)] === true && set.tags.second(row, at) === by) return true;
    return false;
  };
}

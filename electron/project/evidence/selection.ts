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

/** The passages that a query finds and that are in all of the marks. */
export interface Selection {
  readonly faults: readonly QueryFault[];
  readonly filter: Filter;
  /** In reading order. */
  readonly rows: Uint32Array;
  readonly sources: number;
  readonly publishers: number;
  /** Sources, of which copies of one text count once. */
  readonly origins: number;
}

const known = latest<Selection>(6);

/** Kept until the evidence changes: a table asks for one page after the other, and each view for the same passages. */
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
  // Which units have both categories depends on what everything else leaves.
  for (const { by, value } of within) if (by === 'together') found = rowsTogether(evidence, found, value);
  return { faults: filter.faults, filter, rows: found, ...countSources(evidence, found) };
}

/** The sources of some rows, the publishers that those name, and their origins. */
function countSources({ set, sourceOf }: Evidence, rows: Iterable<number>) {
  const seen = new Uint8Array(sourceOf.length);
  for (const row of rows) seen[set.sourceAt(row)] = 1;
  return restingOn(sourceOf.filter((_, at) => seen[at] === 1));
}

/** How many sources, publishers and origins these are; undefined for one in the trash. */
export function restingOn(all: readonly (EvidenceSource | undefined)[]) {
  const sources = all.filter((source) => source !== undefined);
  return {
    sources: sources.length,
    publishers: new Set(sources.flatMap(({ publisher }) => publisher ?? [])).size,
    origins: new Set(sources.map(({ origin }) => origin)).size,
  };
}

/** Whether a row has a mark: what a group, a cell or a mark of a timeline counted, and nothing else. */
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

/** `CATEGORY PERSON`: tagged by that person with that category or one below it. */
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

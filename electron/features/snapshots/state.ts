import { createHash } from 'node:crypto';
import { canonical } from '../../../shared/changes/canonical.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import type { StateRow, LogReader } from '../../db/types.ts';

type Column = readonly [name: string, value: string | number];

/** The records of a state, but for snapshots themselves: making one changes nothing of what another is the name of. */
export function* recordsOf(log: LogReader, heads: readonly CommitHash[]): Generator<StateRow> {
  for (const one of log.stateAt(heads)) if (one.entity !== 'snapshot') yield one;
}

/** A row's columns that hold something, but for its id. */
export const columnsOf = ({ row }: StateRow): Column[] =>
  Object.entries(row).flatMap(([name, value]): Column[] =>
    name !== 'id' && (typeof value === 'string' || typeof value === 'number') ? [[name, value]] : [],
  );

/**
 * What a snapshot is the name of: SHA-256 (FIPS 180-4), hex, over one line a record in UTF-8, each ended by a line feed, in
 * the order of entity and id, removed records and their `deleted` among them, snapshots left out. A line is the canonical JSON
 * (RFC 8785) of `[entity, id, columns]`; `columns` has every column of the record's table that is not null: texts and
 * numbers as they are, refs as UUID texts, yes and no as 1 and 0, JSON as its canonical text, and `createdAt` in
 * milliseconds. Anybody who has the log can compute it again.
 */
export function digestOf(records: Iterable<StateRow>): string {
  const hash = createHash('sha256');
  let lines: string[] = [];
  for (const one of records) {
    lines.push(canonical([one.entity, one.id, Object.fromEntries(columnsOf(one))]));
    if (lines.length < 1000) continue;
    hash.update(`${lines.join('\n')}\n`);
    lines = [];
  }
  if (lines.length > 0) hash.update(`${lines.join('\n')}\n`);
  return hash.digest('hex');
}

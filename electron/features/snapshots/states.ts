import { createHash } from 'node:crypto';
import { canonical } from '../../../shared/changes/canonical.ts';
import type { CommitHash } from '../../../shared/model/index.ts';
import type { StateRow, LogReader } from '../../db/types.ts';

type Column = readonly [name: string, value: string | number];

/** The records of a state without the snapshots and their time stamps, so that making or stamping one does not change the state. */
export function* recordsOf(log: LogReader, heads: readonly CommitHash[]): Generator<StateRow> {
  for (const one of log.stateAt(heads)) if (one.entity !== 'snapshot' && one.entity !== 'timestamp') yield one;
}

/** A row's columns that are not null, without its id. */
const columnsOf = ({ row }: StateRow): Column[] =>
  Object.entries(row).flatMap(([name, value]): Column[] =>
    name !== 'id' && (typeof value === 'string' || typeof value === 'number') ? [[name, value]] : [],
  );

/**
 * The digest of a state: SHA-256 (FIPS 180-4) in hex over one line for each record, in UTF-8, each ending in a line feed,
 * sorted by entity and id. Removed records are included with their `deleted`; snapshots and time stamps are left out. A line is the canonical
 * JSON (RFC 8785) of `[entity, id, columns]`; `columns` has every column of the record's table that is not null: texts and
 * numbers as they are, references as UUIDs, booleans as 1 and 0, JSON as its canonical text, and `createdAt` in milliseconds.
 * Anyone who has the log can compute it again.
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

/** A record that differs between two states; null on a side that does not have it or has it removed. */
export interface Difference {
  readonly before: StateRow | null;
  readonly after: StateRow | null;
}

/** The differences between two states, both sorted by entity and id, in one pass. */
export function* differencesOf(a: Iterable<StateRow>, b: Iterable<StateRow>): Generator<Difference> {
  const [left, right] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  let [one, other] = [left.next(), right.next()];
  while (one.done !== true || other.done !== true) {
    const order = one.done === true ? 1 : other.done === true ? -1 : compare(one.value, other.value);
    const before = order <= 0 && one.done !== true ? live(one.value) : null;
    const after = order >= 0 && other.done !== true ? live(other.value) : null;
    if (differ(before, after)) yield { before, after };
    if (order <= 0) one = left.next();
    if (order >= 0) other = right.next();
  }
}

const compare = (a: StateRow, b: StateRow): number =>
  a.entity === b.entity ? order(a.id, b.id) : order(a.entity, b.entity);
const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

const live = (one: StateRow): StateRow | null => (one.row['deleted'] === 1 ? null : one);

/** A record that is absent or removed on both sides does not differ, nor one that was restored unchanged. */
function differ(before: StateRow | null, after: StateRow | null): boolean {
  if (before === null || after === null) return before !== after;
  return changedColumns(before, after).length > 0;
}

/** The columns in which two rows differ, in the registry's order. */
export const changedColumns = (before: StateRow | null, after: StateRow | null): string[] =>
  Object.keys((after ?? before)?.row ?? {}).filter(
    (name) => !NOT_COMPARED.has(name) && (before?.row[name] ?? null) !== (after?.row[name] ?? null),
  );
/** Columns that are not compared: `deleted` is shown as a removal instead. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['id', 'createdAt', 'deleted']);

import type { Version } from '../../../shared/contract/versions.ts';
import { Fault } from '../../../shared/errors.ts';
import { sourceId, type SourceId } from '../../../shared/model/index.ts';
import type { Edit, Readable } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { pageAddress } from '../../project/sources/page-address.ts';
import { oneSource, replacing, sourcesAt, type SourceRow } from './queries.ts';

/** Limit on the versions of one page, since a merged log can have any number. */
const MOST = 1_000;

/** A source, removed or not. Throws NOT_FOUND. */
export function sourceRow(db: Readable, id: SourceId): SourceRow {
  const row = db.get(oneSource, { id });
  if (row === undefined)
    throw new Fault('NOT_FOUND', 'No such source in this project. Choose one from the list.', { id });
  return row;
}
/** A source that is not removed. Throws NOT_FOUND. */
export function liveSource(db: Readable, id: SourceId): SourceRow {
  const row = sourceRow(db, id);
  if (row.deleted === 1) throw new Fault('NOT_FOUND', 'This source is in the trash. Restore it first.', { id });
  return row;
}
export const nameOf = ({ title, fileName, id }: SourceRow): string => title ?? fileName ?? id;

/** All versions of a source, oldest first: sources with the same address and sources people paired, and their versions in turn. */
export function versionsOf(db: Readable, id: SourceId): Version[] {
  const asked = sourceRow(db, id);
  const found = new Map([[asked.id, asked]]);
  const add = (row: SourceRow | undefined): void => {
    if (row !== undefined && found.size < MOST && !found.has(row.id)) found.set(row.id, row);
  };
  // A thousand captures of one address need one look-up.
  const looked = new Set<string | null>();
  // Iterating a Map also visits the entries added on the way.
  for (const row of found.values()) {
    const at = addressOf(row);
    if (!looked.has(at)) for (const other of sameAddress(db, row)) add(other);
    looked.add(at);
    for (const other of db.all(replacing, { older: row.id })) add(other);
    if (row.replaces !== null) add(db.get(oneSource, { id: row.replaces }));
  }
  const address = addressOf(asked);
  return inOrder([...found.values()])
    .filter((row) => row.deleted !== 1 || row.id === asked.id)
    .map((row) => ({
      source: sourceId.parse(row.id),
      time: timeOf(row),
      how: address !== null && addressOf(row) === address ? 'address' : 'paired',
      passages: row.passages,
    }));
}

const addressOf = ({ captureUrl }: SourceRow): string | null =>
  captureUrl === null || captureUrl.trim() === '' ? null : (pageAddress(captureUrl)?.key ?? captureUrl);

function sameAddress(db: Readable, row: SourceRow): SourceRow[] {
  const key = addressOf(row);
  if (key === null) return [];
  const beginnings = JSON.stringify(pageAddress(row.captureUrl ?? '')?.beginnings ?? [key]);
  return db.all(sourcesAt, { beginnings }).filter((other) => addressOf(other) === key);
}

/** When it was captured, by its details; null if unknown. */
function timeOf({ captureTime, dateOfCapture }: SourceRow): string | null {
  if (captureTime !== null) return captureTime;
  const date: unknown = dateOfCapture === null ? null : JSON.parse(dateOfCapture);
  return typeof date === 'object' && date !== null && 'edtf' in date && typeof date.edtf === 'string'
    ? date.edtf
    : null;
}

/** Sorted by capture time, else by when they were added, but a newer version always after the one it replaces. A ring is cut where it is entered. */
function inOrder(rows: readonly SourceRow[]): SourceRow[] {
  const when = (row: SourceRow): number => {
    const time = Date.parse(timeOf(row) ?? '');
    return Number.isNaN(time) ? row.createdAt : time;
  };
  const byTime = rows.toSorted((a, b) => when(a) - when(b) || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  const left = new Map(byTime.map((row) => [row.id, row]));
  const ordered: SourceRow[] = [];
  for (const row of byTime) {
    const chain: SourceRow[] = [];
    for (let at: SourceRow | undefined = left.get(row.id); at !== undefined; at = left.get(at.replaces ?? '')) {
      left.delete(at.id);
      chain.push(at);
    }
    for (const one of chain.reverse()) ordered.push(one);
  }
  return ordered;
}

/** Makes one source a newer version of another. Throws BAD_INPUT if that would form a ring. */
export function pair(context: WriteContext, older: SourceId, newer: SourceId): void {
  liveSource(context.db, newer);
  const seen = new Set<string>();
  for (let at: SourceRow | undefined = liveSource(context.db, older); at !== undefined && !seen.has(at.id);) {
    if (at.id === newer)
      throw new Fault(
        'BAD_INPUT',
        older === newer
          ? 'A source can’t be a newer version of itself.'
          : 'These two are already paired the other way round. Unpair them first.',
        { older, newer },
      );
    seen.add(at.id);
    at = at.replaces === null ? undefined : context.db.get(oneSource, { id: at.replaces });
  }
  context.db.commit('Pair versions', [replaces(newer, older)]);
}

export function unpair(context: WriteContext, newer: SourceId): void {
  if (sourceRow(context.db, newer).replaces === null) return;
  context.db.commit('Unpair versions', [replaces(newer, null)]);
}
const replaces = (id: SourceId, value: SourceId | null): Edit => ({ entity: 'source', id, field: 'replaces', value });

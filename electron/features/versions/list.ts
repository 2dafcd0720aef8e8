import type { Version } from '../../../shared/contract/versions.ts';
import { Fault } from '../../../shared/errors.ts';
import { sourceId, type SourceId } from '../../../shared/model/index.ts';
import type { Edit, Readable } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { oneSource, replacing, sourcesAt, type SourceRow } from './queries.ts';

/** More versions of one page than anybody reads; what a log of somebody else's may say is bounded. */
const MOST = 1_000;

/** A source, removed or not. NOT_FOUND. */
export function sourceRow(db: Readable, id: SourceId): SourceRow {
  const row = db.get(oneSource, { id });
  if (row === undefined) throw new Fault('NOT_FOUND', 'No such source in this project.', { id });
  return row;
}
/** One that is there. NOT_FOUND. */
export function liveSource(db: Readable, id: SourceId): SourceRow {
  const row = sourceRow(db, id);
  if (row.deleted === 1) throw new Fault('NOT_FOUND', 'This source is in the trash. Restore it first.', { id });
  return row;
}
export const nameOf = ({ title, fileName, id }: SourceRow): string => title ?? fileName ?? id;

/** Everything that is a version of a source, by address and by what people said, and of those in turn; the oldest first. */
export function versionsOf(db: Readable, id: SourceId): Version[] {
  const asked = sourceRow(db, id);
  const found = new Map([[asked.id, asked]]);
  const add = (row: SourceRow | undefined): void => {
    if (row !== undefined && found.size < MOST && !found.has(row.id)) found.set(row.id, row);
  };
  // Addresses that were looked up: a thousand captures of one need it once.
  const looked = new Set<string | null>();
  // A Map is walked in the order of its making, what is added on the way too.
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

/** When it was captured, as its record says; null where nobody knows. */
function timeOf({ captureTime, dateOfCapture }: SourceRow): string | null {
  if (captureTime !== null) return captureTime;
  const date: unknown = dateOfCapture === null ? null : JSON.parse(dateOfCapture);
  return typeof date === 'object' && date !== null && 'edtf' in date && typeof date.edtf === 'string'
    ? date.edtf
    : null;
}

/** By time, else by when they were brought in; but whatever replaces another stands after it. Rings are cut where they are entered. */
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

/** Says that one source is a newer version of another. BAD_INPUT where it would be its own older one. */
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

/** An http or https address as two captures of one page share it, however they wrote it. */
interface PageAddress {
  /** The same for all that are one address. */
  readonly key: string;
  /** What each way of writing it begins with: addresses that may be the same are found by these in an index. */
  readonly beginnings: readonly string[];
}

/**
 * The address without scheme, fragment, default port and a slash at the path's end; null where it is no http or https address (then
 * only the same text is the same address).
 */
function pageAddress(written: string): PageAddress | null {
  const url = URL.parse(written.trim());
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  const path = url.pathname.replace(/\/+$/, '');
  // `host` leaves out a port that is the scheme's own.
  const place = `${url.host}${path}`;
  const hosts = url.port === '' ? [url.host, `${url.host}:80`, `${url.host}:443`] : [url.host];
  return {
    key: `${place}${url.search}`,
    beginnings: hosts.flatMap((host) => [`http://${host}${path}`, `https://${host}${path}`]),
  };
}

import type { Redirect } from '../../../shared/model/index.ts';
import { isRedirect } from './describe.ts';
import type { Entry } from './entry.ts';
import { LIMITS } from './limits.ts';

/** The result of looking up an address in an archive. */
export interface Found {
  /** The record found, after redirects. */
  readonly entry: Entry;
  /** The record with the body: another one for a revisit record. */
  readonly body: Entry;
  /** The redirects that were followed, in order; empty if there were none. */
  readonly redirects: readonly Redirect[];
}

/** The forms of dates that are read: ISO 8601 as in WARC-Date and lists of pages, complete or down to the year. Some leave out the zone. */
const DATE = /^\d{4}(?:-\d\d(?:-\d\d([T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/i;

/**
 * Milliseconds; 0 for an unreadable date. A time without a zone is UTC, as WARC-Date is: with the local zone, one archive
 * would give different pages in different countries.
 */
export function timeOf(date: string | null): number {
  const found = DATE.exec(date ?? '');
  if (found === null || date === null) return 0;
  const [, clock, zone] = found;
  const time = Date.parse(clock !== undefined && zone === undefined ? `${date}Z` : date);
  return Number.isNaN(time) ? 0 : time;
}

/** Addresses that need no normalising: nearly all. Parsing an address takes 2 µs. */
const PLAIN = /^https?:\/\/[a-z0-9.-]+\/(?:[\w~/?=&+,:;@!$()*-]|\.(?!\.?\/))*$/;

/** The key by which records are looked up: normalised as in the URL standard, without fragment, with http and https equal. */
export function addressKey(url: string): string {
  const bare = PLAIN.test(url) ? url : normal(url);
  return bare.startsWith('https:') ? `http:${bare.slice(6)}` : bare;
}
function normal(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return url;
  parsed.hash = '';
  return parsed.href;
}

/** How far around the nearest record a response without an error is searched for. */
const NEAR = 64;

/** Records in order of time, by the key they are looked up by. */
type Timeline = readonly { readonly time: number; readonly entry: Entry }[];

function timelines(entries: readonly Entry[], keyOf: (entry: Entry) => string | null): Map<string, Timeline> {
  const lines = new Map<string, { time: number; entry: Entry }[]>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === null) continue;
    const line = lines.get(key);
    const point = { time: timeOf(entry.date), entry };
    if (line === undefined) lines.set(key, [point]);
    else line.push(point);
  }
  for (const line of lines.values()) line.sort((a, b) => a.time - b.time);
  return lines;
}

/** The points of a timeline by distance from `time`, at most NEAR of them. */
function* outwards(line: Timeline, time: number): Generator<Entry> {
  let low = 0;
  for (let high = line.length; low < high;) {
    const middle = (low + high) >>> 1;
    if ((line[middle]?.time ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  let [before, after] = [low - 1, low];
  for (let n = 0; n < NEAR; n++) {
    const [left, right] = [line[before], line[after]];
    if (left === undefined && right === undefined) return;
    const takeLeft = right === undefined || (left !== undefined && time - left.time < right.time - time);
    const point = takeLeft ? left : right;
    if (takeLeft) before -= 1;
    else after += 1;
    if (point !== undefined) yield point.entry;
  }
}

/** Finds records by address and time, the originals of revisit records, and redirects. */
export class Lookup {
  private readonly byAddress: Map<string, Timeline>;
  private readonly byPayload = new Map<string, Entry>();
  private readonly byTarget: Map<string, Timeline>;

  constructor(entries: readonly Entry[]) {
    this.byAddress = timelines(entries, (entry) => (entry.posted ? null : addressKey(entry.url)));
    this.byTarget = timelines(entries, (entry) => (entry.location === null ? null : addressKey(entry.location)));
    for (const entry of entries) {
      if (entry.payload === null || entry.type === 'revisit' || entry.bytes === 0 || entry.digest === 'wrong') continue;
      if (this.byPayload.get(entry.payload)?.digest !== 'held') this.byPayload.set(entry.payload, entry);
    }
  }

  /** The record for `url` at `time`, through redirects and revisits; null if the archive has none. */
  follow(url: string, time: number): Found | null {
    const redirects: Redirect[] = [];
    const seen = new Set<string>();
    for (let asked = url; redirects.length <= LIMITS.hops;) {
      const entry = this.nearest(asked, time, seen);
      if (entry === null) return null;
      if (entry.location === null) {
        const body = this.original(entry);
        return body === null ? null : { entry, body, redirects };
      }
      seen.add(idOf(entry));
      redirects.push({ url: redirects.length === 0 ? url : entry.url, status: entry.status });
      asked = entry.location;
    }
    return null;
  }

  /** The record with the body of `entry`: itself, or the one its revisit record refers to. */
  original(entry: Entry): Entry | null {
    let at: Entry | undefined = entry;
    for (let hops = 0; at !== undefined && hops <= LIMITS.hops; hops++) {
      if (at.type !== 'revisit') return at;
      at = this.referred(at);
    }
    return null;
  }

  private referred(revisit: Entry): Entry | undefined {
    const same = revisit.payload === null ? undefined : this.byPayload.get(revisit.payload);
    if (same !== undefined) return same;
    const line = this.byAddress.get(addressKey(revisit.refersUrl ?? revisit.url)) ?? [];
    const time = timeOf(revisit.refersDate ?? revisit.date);
    for (const found of outwards(line, time)) {
      if (found === revisit || found.location !== null) continue;
      // Records of the referenced time or, if there are none, any with a body.
      if (revisit.refersDate === null ? found.type !== 'revisit' : timeOf(found.date) === time) return found;
    }
    return undefined;
  }

  /** The redirects that led to `entry`, in order: the nearest in time, within the loading of one page. */
  ledTo(entry: Entry): Redirect[] {
    const redirects: Redirect[] = [];
    const seen = new Set([idOf(entry)]);
    for (let at = entry; redirects.length < LIMITS.hops;) {
      const before = this.redirectTo(at, seen);
      if (before === null) break;
      seen.add(idOf(before));
      redirects.push({ url: before.url, status: before.status });
      at = before;
    }
    return redirects.reverse();
  }

  private redirectTo(entry: Entry, seen: ReadonlySet<string>): Entry | null {
    const time = timeOf(entry.date);
    for (const one of outwards(this.byTarget.get(addressKey(entry.url)) ?? [], time))
      if (!seen.has(idOf(one)) && Math.abs(timeOf(one.date) - time) <= LIMITS.redirectWithin) return one;
    return null;
  }

  /** The nearest record of an address without an error status, else the nearest; never one that was visited already. */
  private nearest(url: string, time: number, seen: ReadonlySet<string>): Entry | null {
    let error: Entry | null = null;
    for (const entry of outwards(this.byAddress.get(addressKey(url)) ?? [], time)) {
      if (seen.has(idOf(entry))) continue;
      const isBroken = (entry.status ?? 0) >= 400 || (isRedirect(entry.status) && entry.location === null);
      if (!isBroken) return entry;
      error ??= entry;
    }
    return error;
  }
}

/** No two records begin at the same place. */
export const idOf = ({ file, offset, skip }: Entry): string => `${file} ${offset} ${skip ?? ''}`;

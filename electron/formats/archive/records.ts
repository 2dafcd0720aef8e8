import type { ByteRange } from './bytes.ts';
import { memoryRange } from './bytes.ts';
import { readHeader, type Header } from './fields.ts';
import { isGzip, readMember, type Budget } from './gzip.ts';
import { LIMITS } from './limits.ts';

/** The place of a record in its file. */
export interface Place {
  /** Start of the record, or of its gzip member. */
  readonly offset: number;
  /** Length in the file of the record, or of its gzip member. */
  readonly length: number;
  /** Where it begins in the unpacked member; null if it is not compressed. */
  readonly skip: number | null;
}

/** A record of a WARC file (ISO 28500). */
export interface RawRecord {
  readonly place: Place;
  readonly fields: Header['fields'];
  /** The bytes after the header; null if larger than a record may be. A view, valid until the next record is read. */
  readonly block: Buffer | null;
  /** The file ends within it, or the next record begins within it. */
  readonly cut: boolean;
}

/** Problems found while reading, for the notes. */
export interface Damages {
  /** How often the next record had to be searched for. */
  searched: number;
  /** The file ends within a record. */
  cut: boolean;
  /** Records whose length is wrong. */
  lied: number;
  /** Damaged gzip members. */
  members: number;
  /** Reading was abandoned because of too much damage. */
  gaveUp: boolean;
}
export const noDamages = (): Damages => ({ searched: 0, cut: false, lied: 0, members: 0, gaveUp: false });

/** Thrown if the records of a compressed file cannot be read one by one in reasonable time. */
export class NeedsUnpacking extends Error {}

/** The records of a WARC, compressed or not, in order. Throws NeedsUnpacking, and what the budget throws. */
export function walkRecords(file: ByteRange, damages: Damages, budget: Budget): AsyncGenerator<RawRecord> {
  return isGzip(file.read(0, 3)) ? walkMembers(file, damages, budget) : walkPlain(file, damages);
}

async function* walkPlain(file: ByteRange, damages: Damages): AsyncGenerator<RawRecord> {
  yield* recordsIn(file, damages, (offset, length) => ({ offset, length, skip: null }));
}

async function* walkMembers(file: ByteRange, damages: Damages, budget: Budget): AsyncGenerator<RawRecord> {
  for (let at = 0; at < file.size;) {
    const member = await readMember(file, at, budget);
    if (member === null) {
      const next = mayStillSearch(damages) ? findMember(file, at + 1) : null;
      if (next === null) return;
      at = next;
      continue;
    }
    budget.add(member.size);
    const { length } = member;
    const placeOf = (skip: number): Place => ({ offset: at, length, skip });
    if (member.bytes === null) yield oversized(member.head, member.size, placeOf(0));
    else
      for (const record of recordsIn(memoryRange(member.bytes), damages, placeOf)) {
        if ((record.place.skip ?? 0) > LIMITS.skip) throw new NeedsUnpacking();
        yield record;
      }
    if (member.damaged) {
      damages.members += 1;
      const next = mayStillSearch(damages) ? findMember(file, at + 1) : null;
      if (next === null) {
        damages.cut = true;
        return;
      }
      at = next;
    } else at += length;
  }
}

/** A member with more in it than one record may have: one large record, or many. */
function oversized(head: Buffer, size: number, place: Place): RawRecord {
  const header = readHeader(head, 'utf8');
  const length = lengthOf(header?.fields);
  if (header === null || length === null || header.length + length < size - 8) throw new NeedsUnpacking();
  return { place, fields: header.fields, block: null, cut: false };
}

function* recordsIn(
  range: ByteRange,
  damages: Damages,
  placeOf: (offset: number, length: number) => Place,
): Generator<RawRecord> {
  for (let at = 0; at < range.size;) {
    const head = range.read(at, LIMITS.header);
    const blank = blankAt(head);
    if (blank > 0) {
      at += blank;
      continue;
    }
    const header = startsRecord(head) ? readHeader(head, 'utf8') : null;
    if (header === null) {
      const next = mayStillSearch(damages) ? findRecord(range, at + 1) : null;
      if (next === null) return;
      at = next;
      continue;
    }
    const start = at + header.length;
    const { end, cut } = endOf(range, start, lengthOf(header.fields), damages);
    const block = end - start > LIMITS.block ? null : range.read(start, end - start);
    yield { place: placeOf(at, end - at), fields: header.fields, block, cut };
    at = end;
  }
}

const MARK = 'WARC/';
export const startsRecord = (head: Buffer): boolean => /^WARC\/\d\.\d+\r?\n/.test(head.toString('latin1', 0, 12));

/** The length in bytes of the line ends between records. */
function blankAt(head: Buffer): number {
  let at = 0;
  while (at < head.length && (head[at] === 13 || head[at] === 10)) at += 1;
  return at;
}

export function lengthOf(fields: Header['fields'] | undefined): number | null {
  const text = fields?.get('content-length') ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/**
 * The end of a block that begins at `start`. Its stated length is trusted if a record or the end of the file follows; else the next record is
 * searched for, so that a wrong length does not swallow the records after it.
 */
function endOf(
  range: ByteRange,
  start: number,
  declared: number | null,
  damages: Damages,
): { end: number; cut: boolean } {
  const end = declared === null ? null : start + declared;
  if (end !== null && end <= range.size) {
    const after = range.read(end, 16);
    const next = after.subarray(blankAt(after));
    if (next.length === 0 || MARK.startsWith(next.toString('latin1', 0, MARK.length))) return { end, cut: false };
  }
  const mark = mayStillSearch(damages) ? findRecord(range, start) : null;
  if (end !== null && end <= range.size && (mark === null || mark >= end)) return { end, cut: false };
  if (mark === null) {
    damages.cut = true;
    return { end: range.size, cut: true };
  }
  damages.lied += 1;
  const before = range.read(Math.max(start, mark - 4), mark - Math.max(start, mark - 4)).toString('latin1');
  return { end: mark - (/(?:\r?\n){1,2}$/.exec(before)?.[0].length ?? 0), cut: true };
}

function mayStillSearch(damages: Damages): boolean {
  damages.searched += 1;
  if (damages.searched <= LIMITS.damages) return true;
  damages.gaveUp = true;
  return false;
}

const PIECE = 256 << 10;

/** The next place from `from` on that looks like the start of `what`; null if there is none. */
function find(
  range: ByteRange,
  from: number,
  what: Buffer,
  isStart: (piece: Buffer, at: number) => boolean,
): number | null {
  const overlap = 16;
  for (let at = from; at < range.size; at += PIECE) {
    const lead = Math.min(at, 1);
    const piece = range.read(at - lead, PIECE + overlap);
    for (
      let found = piece.indexOf(what, lead);
      found >= 0 && found - lead < PIECE;
      found = piece.indexOf(what, found + 1)
    )
      if (isStart(piece, found)) return at - lead + found;
  }
  return null;
}

const findRecord = (range: ByteRange, from: number): number | null =>
  find(
    range,
    from,
    Buffer.from(MARK),
    (piece, at) => (at === 0 || piece[at - 1] === 10) && startsRecord(piece.subarray(at)),
  );

const findMember = (range: ByteRange, from: number): number | null =>
  find(
    range,
    from,
    Buffer.from([0x1f, 0x8b, 8]),
    // Invalid flags: not the start of a member.
    (piece, at) => ((piece[at + 3] ?? 0xff) & 0xe0) === 0,
  );

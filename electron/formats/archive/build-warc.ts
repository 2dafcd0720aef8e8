import { createHash } from 'node:crypto';
import type { ByteRange } from './bytes.ts';
import { describe, type Described } from './describe.ts';
import type { Entry } from './entry.ts';
import { allowedFor, unpackingBudget, type Budget } from './gzip.ts';
import { LIMITS } from './limits.ts';
import { noteDamages, several, type Notes } from './notes.ts';
import { noDamages, walkRecords } from './records.ts';

/** Collects what the index stores about the records of one archive, from all its WARCs. */
export class EntryList {
  readonly entries: Entry[] = [];
  software: string | null = null;
  records = 0;
  /** The limit of records or of memory is reached: nothing more is added. */
  full = false;
  private readonly ids: (string | null)[] = [];
  private readonly posted = new Set<string>();
  private names = 0;
  private held = 0;
  private wrong = 0;
  private tooLarge = 0;
  private packed = 0;
  private bombs = 0;
  private readonly decoding: Budget;

  /** `size`: bytes of the archive, which limits how much its bodies may unpack to. */
  constructor(size: number) {
    this.decoding = unpackingBudget(size, allowedFor(size));
  }

  take(described: Described, isTooLarge: boolean): void {
    const { entry, id, posted, digest, software } = described;
    this.records += 1;
    this.decoding.check(described.unpacked);
    this.decoding.add(described.unpacked);
    if (digest === 'held') this.held += 1;
    if (digest === 'wrong') this.wrong += 1;
    if (isTooLarge) this.tooLarge += 1;
    if (described.unreadable === 'packed') this.packed += 1;
    if (described.unreadable === 'bomb') this.bombs += 1;
    this.software ??= software;
    if (posted !== null) this.posted.add(keyOf(posted)).add(posted.to ?? '');
    if (entry !== null) {
      this.entries.push(entry);
      this.ids.push(id === null ? null : shortOf(id));
      this.names += sizeOf(entry);
    }
    this.full = this.records >= LIMITS.records || this.names > LIMITS.names;
  }

  /** Remembers the present state; the returned function restores it. */
  mark(): () => void {
    const { software, records, full, names, held, wrong, tooLarge, packed, bombs } = this;
    const { length } = this.entries;
    return () => {
      Object.assign(this, { software, records, full, names, held, wrong, tooLarge, packed, bombs });
      this.entries.length = length;
      this.ids.length = length;
    };
  }

  /** Called after the last record: marks responses to requests that sent something. */
  finish(notes: Notes): void {
    const ids = new Set([...this.posted].map(shortOf));
    this.entries.forEach((entry, at) => {
      const id = this.ids[at];
      if (this.posted.has(keyOf(entry)) || (typeof id === 'string' && ids.has(id)))
        this.entries[at] = { ...entry, posted: true };
    });
    if (this.wrong > 0)
      notes.add(
        `The digests of ${several(this.wrong, 'record do', 'records do')} not match: bytes were altered or lost since capture.`,
      );
    if (this.tooLarge > 0)
      notes.add(
        `${several(this.tooLarge, 'record is', 'records are')} larger than ${LIMITS.block >> 20} MB, the most Sourcebook reads of one, and left out. Take what is in them out with another tool and add it as a file.`,
      );
    if (this.packed > 0)
      notes.add(
        `${several(this.packed, 'page is', 'pages are')} compressed more often than the archive says, and left out. Unpack them with another tool and add them as files, or capture them again.`,
      );
    if (this.bombs > 0)
      notes.add(
        `${several(this.bombs, 'page unpacks', 'pages unpack')} to far more than the ${LIMITS.body >> 20} MB that Sourcebook reads of one, and ${this.bombs === 1 ? 'is' : 'are'} left out. No browser sends such pages: ask who captured them.`,
      );
    if (this.full)
      notes.add(
        `Only the first ${this.records} records were read: this archive has more than Sourcebook reads at once.`,
      );
  }

  get digests(): Entry['digest'] {
    if (this.wrong > 0) return 'wrong';
    return this.held > 0 ? 'held' : 'none';
  }
}

const keyOf = ({ url, date }: { url: string; date: string | null }): string => `${date ?? ''} ${url}`;
/** Tools choose ids freely; of a hundred thousand of them only this much is kept. */
const shortOf = (id: string): string => createHash('sha1').update(id).digest('base64').slice(0, 16);
const sizeOf = (entry: Entry): number =>
  entry.url.length +
  (entry.title?.length ?? 0) +
  (entry.payload?.length ?? 0) +
  (entry.refersUrl?.length ?? 0) +
  (entry.location?.length ?? 0);

/** Called with the bytes of one WARC read so far. */
export type OnBytes = (done: number) => void;

export interface WarcToRead {
  readonly range: ByteRange;
  /** Index of the WARC among the archive's files. */
  readonly file: number;
  /** Its name for the notes; null if the archive is this one file. */
  readonly name: string | null;
}

/** Adds one WARC to the list. Throws NeedsUnpacking and TOO_LARGE. */
export async function readWarc(
  { range, file, name }: WarcToRead,
  list: EntryList,
  notes: Notes,
  onBytes: OnBytes,
): Promise<void> {
  const damages = noDamages();
  const before = list.records;
  const budget = unpackingBudget(range.size, allowedFor(range.size));
  for await (const record of walkRecords(range, damages, budget)) {
    if (list.full) break;
    list.take(describe(record, file), record.block === null);
    if (list.records % 64 === 0) onBytes(record.place.offset);
  }
  noteDamages(notes, name, damages, list.records - before);
}

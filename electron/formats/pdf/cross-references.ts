import { constants, inflateSync } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { BadSyntax, entryOf, type Located, numberIn, type PdfValue, readAt, SyntaxReader } from './syntax.ts';

/** An object as it stands in the file. */
export interface PdfObject {
  readonly value: PdfValue;
  readonly generation: number;
  /** The bytes of the value, to which its places refer. */
  readonly bytes: Uint8Array;
}

/** More objects than real files have. */
const MOST_OBJECTS = 2_000_000;
const MOST_SECTIONS = 10_000;
/** Bytes of an unpacked stream. */
const MOST_UNPACKED = 64 * 2 ** 20;
const MOST_KEPT = 8;
const TAIL = 2048;
/** Stands for an object that is not in use. */
const FREE = -1;
/** The most objects of one object stream. The place of an object in such a stream is a number below zero. */
const PER_STREAM = 2 ** 22;

/**
 * Where the objects of a PDF are (ISO 32000-2, 7.5.4 and 7.5.8): tables, streams, and files that have both. Nothing is repaired: a file
 * whose objects aren’t where it says ends with {@link BadSyntax}. Encrypted strings are not decrypted.
 */
export class CrossReferences {
  /** The newest trailer. */
  readonly trailer: PdfObject;
  /** Where the newest section is, as an offset counted from `base`. */
  readonly start: number;
  /** The newest section is a stream. */
  readonly isStream: boolean;
  /** The byte from which the file's own offsets count. */
  readonly base: number;
  private readonly source: ByteSource;
  private readonly places = new Map<number, number>();
  private readonly kept = new Map<number, { readonly bytes: Uint8Array; readonly offsets: readonly number[] }>();

  constructor(source: ByteSource) {
    this.source = source;
    const header = Buffer.from(source.read(0, Math.min(source.length, 1024))).indexOf('%PDF-');
    if (header < 0) throw new BadSyntax('no header');
    this.start = startOf(source);
    this.base = this.begins(header + this.start) ? header : 0;
    const seen = new Set<number>();
    let newest: { trailer: PdfObject; isStream: boolean } | null = null;
    for (let next: number | null = this.start; next !== null && !seen.has(next);) {
      seen.add(next);
      if (seen.size > MOST_SECTIONS) throw new BadSyntax('too many sections');
      const section = this.section(next);
      newest ??= section;
      next = numberIn(section.trailer.value, 'Prev');
    }
    if (newest === null) throw new BadSyntax('no section');
    this.trailer = newest.trailer;
    this.isStream = newest.isStream;
  }

  /** The first number that no object has. */
  get size(): number {
    let size = numberIn(this.trailer.value, 'Size') ?? 0;
    for (const number of this.places.keys()) size = Math.max(size, number + 1);
    return size;
  }

  /** An object; null if there is none of this number. */
  object(number: number): PdfObject | null {
    const place = this.places.get(number);
    if (place === undefined || place === FREE) return null;
    if (place < 0) return this.inStream(number, place);
    const found = this.objectAt(place);
    if (found.number !== number) throw new BadSyntax(`object ${number} is not where it should be`);
    return found;
  }

  /** The object that a reference stands for; any other value itself. Null if there is no such object. */
  resolve(value: PdfValue): PdfValue | null {
    return value.kind === 'reference' ? (this.object(value.to)?.value ?? null) : value;
  }

  private begins(at: number): boolean {
    try {
      return readAt(this.source, at, (reader) => {
        const { value } = reader.value();
        return (value.kind === 'word' && value.word === 'xref') || value.kind === 'number';
      });
    } catch (thrown) {
      if (thrown instanceof BadSyntax) return false;
      throw thrown;
    }
  }

  private section(start: number): { trailer: PdfObject; isStream: boolean } {
    const at = this.base + start;
    const isTable = readAt(this.source, at, (reader) => {
      const { value } = reader.value();
      return value.kind === 'word' && value.word === 'xref';
    });
    if (!isTable) return { trailer: this.streamSection(at), isStream: true };
    const { trailer, free } = this.table(at);
    // In a file with both, an object that only newer programs should see is free in the table and in use in the stream.
    const hidden = numberIn(trailer.value, 'XRefStm');
    if (hidden !== null) this.streamSection(this.base + hidden);
    for (const number of free) this.put(number, FREE);
    return { trailer, isStream: false };
  }

  private put(number: number, place: number): void {
    if (this.places.has(number)) return;
    if (this.places.size >= MOST_OBJECTS) throw new BadSyntax('too many objects');
    this.places.set(number, place);
  }

  private table(at: number): { trailer: PdfObject; free: number[] } {
    const free: number[] = [];
    let next = readAt(this.source, at, (reader) => {
      reader.value();
      reader.space();
      return at + reader.at;
    });
    for (;;) {
      const here = next;
      const head = readAt(this.source, here, (reader) => {
        const first = reader.value().value;
        if (first.kind === 'word' && first.word === 'trailer') return null;
        const count = reader.value().value;
        if (first.kind !== 'number' || count.kind !== 'number') throw new BadSyntax('a table without numbers');
        reader.space();
        return { first: first.number, count: count.number, length: reader.at };
      });
      if (head === null) {
        const trailer = readAt(this.source, here, (reader) => {
          reader.value();
          return copied(reader.bytes, reader.value(), 0);
        });
        if (trailer.value.kind !== 'dictionary') throw new BadSyntax('a trailer that is none');
        return { trailer, free };
      }
      next = here + head.length;
      for (let n = 0; n < head.count; n++, next += 20) {
        if (next + 20 > this.source.length) throw new BadSyntax('a table without an end');
        const line = Buffer.from(this.source.read(next, next + 18)).toString('latin1');
        const [, place = '', use] = /^(\d{10}) \d{5} ([nf])$/.exec(line) ?? [];
        if (use === undefined) throw new BadSyntax('a table whose lines aren’t 20 bytes');
        if (use === 'f') free.push(head.first + n);
        else this.put(head.first + n, Number(place));
        if (free.length > MOST_OBJECTS) throw new BadSyntax('too many objects');
      }
      next = readAt(this.source, next, (reader) => {
        reader.space();
        return next + reader.at;
      });
    }
  }

  private streamSection(at: number): PdfObject {
    const found = this.objectAt(at - this.base);
    const bytes = this.unpacked(found);
    const widths = numbersIn(found.value, 'W');
    if (widths.length !== 3 || !widths.every((width) => width >= 0 && width <= 8)) throw new BadSyntax('no widths');
    const [type = 0, second = 0, third = 0] = widths;
    const size = numberIn(found.value, 'Size') ?? 0;
    const index = numbersIn(found.value, 'Index');
    const ranges = index.length === 0 ? [0, size] : index;
    const row = type + second + third;
    let from = 0;
    for (let n = 0; n + 1 < ranges.length && row > 0; n += 2) {
      const first = ranges[n] ?? 0;
      for (let number = first; number < first + (ranges[n + 1] ?? 0) && from + row <= bytes.length; number++) {
        const kind = type === 0 ? 1 : bigEndian(bytes, from, type);
        const place = bigEndian(bytes, from + type, second);
        const index = bigEndian(bytes, from + type + second, third);
        from += row;
        if (kind === 0) this.put(number, FREE);
        else if (kind === 1) this.put(number, place);
        else if (kind === 2 && index < PER_STREAM) this.put(number, -2 - (place * PER_STREAM + index));
      }
    }
    return found;
  }

  private objectAt(place: number): PdfObject & { readonly number: number; readonly body: number } {
    const at = this.base + place;
    return readAt(this.source, at, (reader) => {
      const number = reader.value().value;
      const generation = reader.value().value;
      const word = reader.value().value;
      const isObject = word.kind === 'word' && word.word === 'obj';
      if (number.kind !== 'number' || generation.kind !== 'number' || !isObject)
        throw new BadSyntax(`no object at ${place}`);
      const located = reader.value();
      return {
        ...copied(reader.bytes, located, generation.number),
        number: number.number,
        body: at + located.end,
      };
    });
  }

  /** The bytes of a stream, unpacked. Only what the structure of a PDF may use: FlateDecode, with or without a predictor. */
  private unpacked(object: PdfObject & { readonly body: number }): Uint8Array {
    const { value, body } = object;
    const start = readAt(this.source, body, (reader) => {
      const { value: word } = reader.value();
      if (word.kind !== 'word' || word.word !== 'stream') throw new BadSyntax('a stream that is none');
      const isPair = reader.bytes[reader.at] === 13 && reader.bytes[reader.at + 1] === 10;
      return body + reader.at + (isPair ? 2 : 1);
    });
    const given = entryOf(value, 'Length')?.value;
    const length = given === undefined ? null : this.resolve(given);
    if (length?.kind !== 'number' || !(length.number >= 0) || start + length.number > this.source.length)
      throw new BadSyntax('a stream without a length');
    const packed = this.source.read(start, start + length.number);
    const filters = namesIn(value, 'Filter');
    if (filters.length === 0) return packed.slice();
    if (filters.length > 1 || filters[0] !== 'FlateDecode') throw new BadSyntax(`a stream in ${filters.join(', ')}`);
    return unfiltered(inflated(packed), this.parameters(value));
  }

  private parameters(value: PdfValue): PdfValue | null {
    const given = entryOf(value, 'DecodeParms')?.value;
    const found = given?.kind === 'array' ? given.items[0]?.value : given;
    return found === undefined ? null : this.resolve(found);
  }

  private inStream(number: number, place: number): PdfObject {
    const stream = Math.floor((-2 - place) / PER_STREAM);
    const { bytes, offsets } = this.kept.get(stream) ?? this.openStream(stream);
    const at = offsets[(-2 - place) % PER_STREAM];
    if (at === undefined) throw new BadSyntax(`object ${number} is not where it should be`);
    return copied(bytes, new SyntaxReader(bytes, { at }).value(), 0);
  }

  private openStream(number: number): { readonly bytes: Uint8Array; readonly offsets: readonly number[] } {
    const place = this.places.get(number);
    if (place === undefined || place < 0) throw new BadSyntax(`there is no object stream ${number}`);
    const found = this.objectAt(place);
    const bytes = this.unpacked(found);
    const first = numberIn(found.value, 'First') ?? 0;
    const reader = new SyntaxReader(bytes);
    const offsets: number[] = [];
    for (let n = 0; n < Math.min(PER_STREAM, numberIn(found.value, 'N') ?? 0); n++) {
      reader.value();
      const offset = reader.value().value;
      if (offset.kind !== 'number') throw new BadSyntax('an object stream without places');
      offsets.push(first + offset.number);
    }
    const oldest = this.kept.keys().next();
    if (this.kept.size >= MOST_KEPT && oldest.done !== true) this.kept.delete(oldest.value);
    const opened = { bytes, offsets };
    this.kept.set(number, opened);
    return opened;
  }
}

/** An object with its own copy of its bytes: the bytes of a file source are valid only until the next read. */
function copied(bytes: Uint8Array, { start, end }: Located, generation: number): PdfObject {
  const own = bytes.slice(start, end);
  return { value: new SyntaxReader(own).value().value, generation, bytes: own };
}

function startOf(source: ByteSource): number {
  const tail = Buffer.from(source.read(Math.max(0, source.length - TAIL), source.length)).toString('latin1');
  const [, start] = [...tail.matchAll(/startxref\s+(\d{1,10})/g)].at(-1) ?? [];
  if (start === undefined) throw new BadSyntax('no startxref');
  return Number(start);
}

function numbersIn(value: PdfValue, key: string): number[] {
  const found = entryOf(value, key)?.value;
  const items = found?.kind === 'array' ? found.items : [];
  return items.flatMap(({ value: item }) => (item.kind === 'number' ? [item.number] : []));
}

function namesIn(value: PdfValue, key: string): string[] {
  const found = entryOf(value, key)?.value;
  const all = found?.kind === 'array' ? found.items.map((item) => item.value) : found === undefined ? [] : [found];
  return all.flatMap((one) => (one.kind === 'name' ? [one.name] : []));
}

function bigEndian(bytes: Uint8Array, at: number, width: number): number {
  let number = 0;
  for (let n = 0; n < width; n++) number = number * 256 + (bytes[at + n] ?? 0);
  return number;
}

function inflated(packed: Uint8Array): Uint8Array {
  try {
    return inflateSync(packed, { maxOutputLength: MOST_UNPACKED, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (thrown) {
    throw new BadSyntax(thrown instanceof Error ? thrown.message : 'a stream that can’t be unpacked');
  }
}

/** Undoes a PNG predictor (ISO 32000-2, 7.4.4.4), which nearly all cross-reference streams have. */
function unfiltered(bytes: Uint8Array, parameters: PdfValue | null): Uint8Array {
  const predictor = parameters === null ? 1 : (numberIn(parameters, 'Predictor') ?? 1);
  if (predictor === 1) return bytes;
  const columns = parameters === null ? 1 : (numberIn(parameters, 'Columns') ?? 1);
  const others = parameters === null ? 8 : (numberIn(parameters, 'BitsPerComponent') ?? 8);
  if (predictor < 10 || others !== 8 || !(columns >= 1 && columns < 1024)) throw new BadSyntax('a strange predictor');
  const rows = Math.floor(bytes.length / (columns + 1));
  const all = new Uint8Array(rows * columns);
  for (let y = 0; y < rows; y++) {
    const filter = bytes[y * (columns + 1)] ?? 0;
    for (let x = 0; x < columns; x++) {
      const at = y * columns + x;
      const left = x === 0 ? 0 : (all[at - 1] ?? 0);
      const up = y === 0 ? 0 : (all[at - columns] ?? 0);
      const corner = x === 0 || y === 0 ? 0 : (all[at - columns - 1] ?? 0);
      all[at] = (bytes[y * (columns + 1) + 1 + x] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return all;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      throw new BadSyntax('a strange predictor');
  }
}

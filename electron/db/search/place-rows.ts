import type { Store } from '../file/store.ts';

/** A name in the folded text of a piece with its place; if it may mean several places, all of those, and a person has to choose. */
export interface NamedSpan {
  readonly start: number;
  readonly end: number;
  readonly places: readonly string[];
}

/**
 * The names of places in layers, as they were read. A layer is read as a whole: `key` says what the reading depends on beside its text,
 * and a layer with another key is read again. Names of a piece are stored as varints: the distance from the start of the name before,
 * the length, and the number of the meaning.
 */
export class PlaceRows {
  private readonly store: Store;
  private readonly meanings = new Map<number, readonly string[]>();
  /** Numbers of meanings, cached for writing; dropped if a transaction fails. */
  private numbers = new Map<string, number>();

  constructor(store: Store) {
    this.store = store;
  }

  /** The layers that were read, with their keys. */
  keys(): ReadonlyMap<string, string> {
    const rows = this.store.allRaw('SELECT layer, key FROM placed');
    return new Map(rows.map(([layer, key]) => [layer as string, key as string]));
  }
  /** What the readings were made with, beside the keys; null if there are none. */
  stamp(): string | null {
    return this.store.value<string>("SELECT value FROM stamp WHERE key = 'places'") ?? null;
  }
  setStamp(value: string): void {
    this.store.run("INSERT OR REPLACE INTO stamp(key, value) VALUES('places', ?)", value);
  }

  /** Puts the names in the pieces of a layer, in the caller’s transaction. */
  put(layer: string, key: string, pieces: ReadonlyMap<number, readonly NamedSpan[]>): void {
    this.drop(layer);
    for (const [doc, names] of pieces) if (names.length > 0) this.store.run(INSERT, doc, this.encoded(names));
    this.store.run('INSERT INTO placed(layer, key) VALUES(?, ?)', layer, key);
  }
  drop(layer: string): void {
    this.store.run('DELETE FROM named WHERE doc IN (SELECT doc FROM chunk WHERE layer = ?)', layer);
    this.store.run('DELETE FROM placed WHERE layer = ?', layer);
  }
  forgetNumbers(): void {
    this.numbers.clear();
  }

  /** The names in a piece of a layer that was read, in order. */
  in(doc: number): NamedSpan[] {
    const names = this.store.value<Buffer>('SELECT names FROM named WHERE doc = ?', doc);
    const found: NamedSpan[] = [];
    if (names !== undefined)
      eachName(names, (start, length, meaning) => {
        found.push({ start, end: start + length, places: this.meaningOf(meaning) });
      });
    return found;
  }

  /** The pieces with a name that `accepts` accepts. It is called once for each meaning. */
  docsWith(accepts: (places: readonly string[]) => boolean): Set<number> {
    const fits = new Set(
      this.store
        .allRaw('SELECT n, places FROM meaning')
        .flatMap(([n, places]) => (accepts((places as string).split(' ')) ? [n as number] : [])),
    );
    const found = new Set<number>();
    for (const [doc, names] of this.store.iterateRaw('SELECT doc, names FROM named'))
      if (hasOne(names as Buffer, fits)) found.add(doc as number);
    return found;
  }

  private meaningOf(n: number): readonly string[] {
    const known = this.meanings.get(n);
    if (known !== undefined) return known;
    const places = (this.store.value<string>('SELECT places FROM meaning WHERE n = ?', n) ?? '').split(' ');
    this.meanings.set(n, places);
    return places;
  }
  private numberOf(places: readonly string[]): number {
    const text = places.join(' ');
    const known = this.numbers.get(text) ?? this.store.value<number>('SELECT n FROM meaning WHERE places = ?', text);
    const n = known ?? this.store.run('INSERT INTO meaning(places) VALUES(?)', text);
    this.numbers.set(text, n);
    return n;
  }
  private encoded(names: readonly NamedSpan[]): Buffer {
    const bytes: number[] = [];
    const put = (value: number): void => {
      let rest = value;
      for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
      bytes.push(rest);
    };
    let before = 0;
    for (const { start, end, places } of names) {
      put(start - before);
      put(end - start);
      put(this.numberOf(places));
      before = start;
    }
    return Buffer.from(bytes);
  }
}
const INSERT = 'INSERT INTO named(doc, names) VALUES(?, ?)';

function eachName(names: Buffer, take: (start: number, length: number, meaning: number) => void): void {
  let at = 0;
  const next = (): number => {
    let value = 0;
    for (let unit = 1; at < names.length; unit *= 128) {
      const byte = names[at++] ?? 0;
      value += (byte & 127) * unit;
      if (byte < 128) break;
    }
    return value;
  };
  for (let start = 0; at < names.length;) {
    start += next();
    take(start, next(), next());
  }
}

function hasOne(names: Buffer, meanings: ReadonlySet<number>): boolean {
  let has = false;
  eachName(names, (_start, _length, meaning) => (has ||= meanings.has(meaning)));
  return has;
}

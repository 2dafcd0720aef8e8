import { bytes, damaged, hexed, integer, sized, text, unhexed } from './incoming-values.ts';
import { type Header, MAX_VALUE } from '../log/packet.ts';
import { splitHashes } from '../log/packets.ts';
import { Recent, RecentBytes } from '../log/recent.ts';
import type { Store } from '../file/store.ts';

export const MAX_CHANGES = 1 << 20;
export const MAX_OTHERS = 65_536 * 32;
const UTF8_WORST = 3;
export const MAX_TEXT = MAX_VALUE * UTF8_WORST;

/** A commit with its whole body. */
export interface StreamedCommit {
  readonly c: number;
  /** The number of its parent in the same chain. */
  readonly own: number | null;
  readonly hash: Buffer;
  readonly header: Header;
  readonly sig: Buffer;
  readonly seed: Buffer;
  readonly label: string;
  readonly rows: readonly ChangeRow[];
}
export type ChangeRow = readonly [c: number, i: number, ent: number, field: number, value: string];

type Raw = readonly unknown[];

/** How many commits are read with one statement: stepping through a statement row by row takes twice the time. */
const COMMITS = 64;
const CHANGES = 256;
const COMMIT = `SELECT c, kind, ${hexed('hash', 32)}, replica, clock, wall, own, iif(others IS NULL, 0, ${sized('others', MAX_OTHERS)}),
    ${hexed('root', 32)}, ${hexed('sig', 64)}, ${hexed('seed', 16)}, ${sized('label', MAX_TEXT)}
  FROM commit_ WHERE c >= ? ORDER BY c LIMIT ${COMMITS}`;
const CHANGE = `SELECT c, i, ent, field, ${sized('value', MAX_TEXT)} FROM change_ WHERE (c, i) > (?, ?) ORDER BY c, i LIMIT ${CHANGES}`;
const REPLICA = `SELECT ${hexed('id', 16)}, ${hexed('key', 32)} FROM replica_ WHERE replica = ?`;

/** Reads the ordinary whole commits of an incoming log page by page, rising from one number. */
export class CommitStream {
  private readonly store: Store;
  private readonly project: Buffer;
  private readonly changes: ChangeStream;
  private readonly replicas = new Recent<{ readonly replica: Buffer; readonly key: Buffer }>();
  private readonly hashes = new RecentBytes(32);
  private page: readonly Raw[] = [];
  private at = 0;
  private next: number;

  constructor(store: Store, project: Buffer, from: number) {
    this.store = store;
    this.project = project;
    this.next = from;
    this.changes = new ChangeStream(store, from);
  }

  /** The commit numbered `c`, which must be greater than any asked for before. */
  read(c: number): StreamedCommit {
    for (;;) {
      if (this.at === this.page.length && !this.turn(c)) throw damaged(`it lacks commit ${c}`);
      const row = this.page[this.at];
      if (row === undefined || integer(row[0]) > c) throw damaged(`it lacks commit ${c}`);
      this.at++;
      if (row[0] === c) return this.streamed(c, row);
    }
  }

  private turn(c: number): boolean {
    this.page = this.store.allRaw(COMMIT, Math.max(this.next, c));
    this.at = 0;
    const last = this.page.at(-1);
    if (last === undefined) return false;
    this.next = integer(last[0]) + 1;
    return true;
  }

  private streamed(c: number, row: Raw): StreamedCommit {
    const [, kind, hex, replica, clock, wall, parent, list, root, sig, seed, label] = row;
    if (kind !== 1) throw damaged(`commit ${c} is of another kind`);
    const hash = unhexed(hex, 32);
    const own = parent === null ? null : integer(parent);
    const header = {
      kind,
      project: this.project,
      ...this.replicaOf(integer(replica)),
      clock: integer(clock),
      wall: integer(wall),
      own: own === null ? null : this.hashOf(own),
      others: list === 0 ? [] : hashesIn(c, bytes(list)),
      root: unhexed(root, 32),
    };
    this.hashes.set(c, hash);
    const rows = this.changes.of(c);
    return { c, own, hash, header, sig: unhexed(sig, 64), seed: unhexed(seed, 16), label: text(label), rows };
  }

  private hashOf(c: number): Buffer {
    const known = this.hashes.get(c);
    if (known !== undefined) return known;
    const hash = unhexed(this.store.value<unknown>(`SELECT ${hexed('hash', 32)} FROM commit_ WHERE c = ?`, c), 32);
    this.hashes.set(c, hash);
    return hash;
  }
  private replicaOf(number: number): { readonly replica: Buffer; readonly key: Buffer } {
    const known = this.replicas.get(number);
    if (known !== undefined) return known;
    const [row = []] = this.store.allRaw(REPLICA, number);
    const read = { replica: unhexed(row[0], 16), key: unhexed(row[1], 32) };
    this.replicas.set(number, read);
    return read;
  }
}

function hashesIn(c: number, others: Buffer): Buffer[] {
  if (others.length % 32 !== 0) throw damaged(`commit ${c} names its parents wrongly`);
  return splitHashes(others);
}

/** A row of {@link CHANGE}, checked: the list itself, not a copy. */
function changeIn(row: Raw): ChangeRow {
  if (isChange(row)) return row;
  for (const number of row.slice(0, 4)) integer(number);
  text(row[4]);
  throw damaged('a change in it has the wrong form');
}
const isChange = (row: Raw): row is ChangeRow =>
  row.length === 5 && row.every((one, at) => (at === 4 ? typeof one === 'string' : Number.isSafeInteger(one)));

/** All changes from one commit on, in order. */
class ChangeStream {
  private readonly store: Store;
  private page: readonly Raw[] = [];
  private at = 0;
  private last: readonly [c: number, i: number];

  constructor(store: Store, from: number) {
    this.store = store;
    this.last = [from, Number.MIN_SAFE_INTEGER];
  }

  of(c: number): ChangeRow[] {
    const out: ChangeRow[] = [];
    for (let row = this.row(); row !== undefined; row = this.row()) {
      const of = integer(row[0]);
      if (of > c) break;
      this.at++;
      if (of !== c) continue;
      out.push(changeIn(row));
      if (out.length > MAX_CHANGES) throw damaged(`commit ${c} is too large`);
    }
    return out;
  }

  private row(): Raw | undefined {
    if (this.at === this.page.length) this.turn();
    return this.page[this.at];
  }
  private turn(): void {
    this.page = this.store.allRaw(CHANGE, ...this.last);
    this.at = 0;
    const end = this.page.at(-1);
    if (end !== undefined) this.last = [integer(end[0]), integer(end[1])];
  }
}

import { hash } from 'node:crypto';
import { isCanonical } from '../../../shared/changes/canonical.ts';

/** The longest value of one field, in UTF-16 code units. */
export const MAX_VALUE = 16 << 20;

/**
 * The bytes of the log: what is hashed, signed and stored. They can never change, or every signature made so far would
 * be void; `kind` and the magic `SBC1` are where a later format would announce itself.
 */

/** One field of one record. `value` is canonical JSON and is kept as the text that was hashed. */
export interface Change {
  readonly entity: string;
  /** 16 bytes. */
  readonly id: Buffer;
  readonly field: string;
  readonly value: string;
}

export interface Header {
  /** 1: an ordinary commit; 2: HORIZON (horizon.ts). */
  readonly kind: number;
  readonly project: Buffer;
  readonly replica: Buffer;
  /** The raw Ed25519 public key, 32 bytes. */
  readonly key: Buffer;
  readonly clock: number;
  /** Wall clock, milliseconds. */
  readonly wall: number;
  /** Hash of the last commit of this replica and key; null on its first. */
  readonly own: Buffer | null;
  /** Hashes of the heads of others seen since, sorted. */
  readonly others: readonly Buffer[];
  /** Hash over the leaves. */
  readonly root: Buffer;
}

/** One leaf of a packet: open with its salt, or only its hash. Leaf 0 is the label; then come the changes, then padding. */
export type Leaf = { readonly salt: Buffer; readonly change: Change } | { readonly hash: Buffer };
export interface WholeBody {
  readonly seed: Buffer;
  /** Canonical JSON. */
  readonly label: string;
  readonly changes: readonly Change[];
}
export type Body = WholeBody | { readonly leaves: readonly Leaf[] };
/** A commit outside a database. Its body can be withheld in part or whole, and the signature stays valid. */
export interface Packet {
  readonly header: Header;
  readonly sig: Buffer;
  readonly body: Body | null;
}

const NO_HASH = Buffer.alloc(32);
const NO_ID = Buffer.alloc(16);
const SMALLEST = 8;

/** The label as the change of leaf 0. */
export const labelChange = (label: string): Change => ({ entity: 'commit', id: NO_ID, field: 'label', value: label });

/** How many leaves a commit of `n` has: padded to a power of two, so that their number reveals little. */
export function padded(n: number): number {
  let size = SMALLEST;
  while (size < n) size *= 2;
  return size;
}

// A digest asked for as a string and written into place costs a third of one asked for as a Buffer.
export const sha256 = (bytes: Uint8Array): Buffer => Buffer.from(hash('sha256', bytes, 'binary'), 'binary');
const digestInto = (algorithm: string, bytes: Uint8Array, to: Buffer, at: number): void => {
  to.write(hash(algorithm, bytes, 'binary'), at, 'binary');
};

const SCRATCH = 1 << 16;
let scratch = Buffer.alloc(SCRATCH);
/** Views of the first bytes of the scratch buffer, by their length: making a view takes as long as a sixth of hashing it. */
let views: Buffer[] = [];
const VIEWS = 4096;

function resizeScratch(bytes: number): void {
  scratch = Buffer.alloc(bytes);
  views = [];
}

function scratchTo(end: number): Buffer {
  if (end >= VIEWS) return scratch.subarray(0, end);
  return (views[end] ??= scratch.subarray(0, end));
}

/** Names of records and fields, each with a byte for its length before it. There are some two hundred. */
const names = new Map<string, Buffer>();
const NAMES_KEPT = 1000;

function nameBytes(name: string): Buffer {
  const known = names.get(name);
  if (known !== undefined) return known;
  const text = Buffer.from(name);
  const bytes = Buffer.alloc(1 + text.length);
  bytes.writeUInt8(text.length, 0);
  bytes.set(text, 1);
  if (names.size >= NAMES_KEPT) names.clear();
  names.set(name, bytes);
  return bytes;
}

/** SHA-256 of `L`, the salt at `saltAt`, index, and the change with a length before each text. */
function leafInto(salts: Uint8Array, saltAt: number, index: number, change: Change, to: Buffer, at: number): void {
  // A longer id or salt would be overwritten by what follows it, and two changes would hash alike.
  if (change.id.length !== 16 || salts.length < saltAt + 16) throw new RangeError('An id and a salt have 16 bytes');
  const entity = nameBytes(change.entity);
  const field = nameBytes(change.field);
  const need = 64 + entity.length + field.length + change.value.length * 3;
  if (scratch.length < need) resizeScratch(need * 2);
  const b = scratch;
  b[0] = 0x4c;
  for (let k = 0; k < 16; k++) b[1 + k] = salts[saltAt + k] ?? 0;
  b.writeUInt32BE(index, 17);
  b.set(entity, 21);
  let o = 21 + entity.length;
  b.set(change.id, o);
  o += 16;
  b.set(field, o);
  o += field.length;
  const n = b.write(change.value, o + 4);
  b.writeUInt32BE(n, o);
  digestInto('sha256', scratchTo(o + 4 + n), to, at);
  // The buffer grown for one huge value is not kept.
  if (scratch.length > 1 << 22) resizeScratch(SCRATCH);
}

export function leafHash(salt: Uint8Array, index: number, change: Change): Buffer {
  if (salt.length !== 16) throw new RangeError('An id and a salt have 16 bytes');
  const out = Buffer.alloc(32);
  leafInto(salt, 0, index, change, out, 0);
  return out;
}

const padding = Buffer.alloc(17);
padding[0] = 0x50;
function paddingInto(salts: Buffer, saltAt: number, to: Buffer, at: number): void {
  salts.copy(padding, 1, saltAt, saltAt + 16);
  digestInto('sha256', padding, to, at);
}

/** 16-byte salts from a seed, four to a SHA-512: opening one reveals nothing about the others. */
export function saltsOf(seed: Uint8Array, n: number): Buffer {
  if (seed.length !== 16) throw new RangeError('A seed has 16 bytes');
  const out = Buffer.alloc(Math.ceil(n / 4) * 64);
  const block = Buffer.alloc(21);
  block[0] = 0x53;
  block.set(seed, 1);
  for (let k = 0; k * 4 < n; k++) {
    block.writeUInt32BE(k, 17);
    digestInto('sha512', block, out, k * 64);
  }
  return out;
}

/** All leaf hashes of a whole body, one after the other. */
export function wholeLeaves(body: WholeBody): Buffer {
  const n = padded(body.changes.length + 1);
  const salts = saltsOf(body.seed, n);
  const all = Buffer.allocUnsafe(n * 32);
  leafInto(salts, 0, 0, labelChange(body.label), all, 0);
  body.changes.forEach((change, k) => leafInto(salts, (k + 1) * 16, k + 1, change, all, (k + 1) * 32));
  for (let i = body.changes.length + 1; i < n; i++) paddingInto(salts, i * 16, all, i * 32);
  return all;
}

/** All leaf hashes of a body withheld in part. */
function openLeaves(leaves: readonly Leaf[]): Buffer {
  return Buffer.concat(leaves.map((leaf, i) => ('hash' in leaf ? leaf.hash : leafHash(leaf.salt, i, leaf.change))));
}

const rootOf = (leaves: Buffer): Buffer => sha256(Buffer.concat([Buffer.from('R'), leaves]));

/** The root of a body, whole or withheld in part; its header has the same. */
export const bodyRoot = (body: Body): Buffer => rootOf('seed' in body ? wholeLeaves(body) : openLeaves(body.leaves));

/** The signed bytes: fixed binary layout, big-endian. Throws RangeError where a length is wrong. */
export function headerBytes(h: Header): Buffer {
  const ids = [h.project, h.replica];
  const hashes = [h.key, h.root, ...h.others, ...(h.own === null ? [] : [h.own])];
  if (ids.some((x) => x.length !== 16) || hashes.some((x) => x.length !== 32))
    throw new RangeError('A header field has the wrong length');
  const b = Buffer.alloc(4 + 1 + 16 + 16 + 32 + 8 + 8 + 2 + 32 * (2 + h.others.length));
  b.write('SBC1', 0);
  b.writeUInt8(h.kind, 4);
  let o = 5;
  const put = (part: Uint8Array): void => {
    b.set(part, o);
    o += part.length;
  };
  put(h.project);
  put(h.replica);
  put(h.key);
  b.writeBigUInt64BE(BigInt(h.clock), o);
  b.writeBigUInt64BE(BigInt(h.wall), o + 8);
  b.writeUInt16BE(h.others.length, o + 16);
  o += 18;
  put(h.own ?? NO_HASH);
  h.others.forEach(put);
  put(h.root);
  return b;
}

/** A commit's hash. It covers the signature, so the hash of a chain's last commit covers the chain. */
export const commitHash = (header: Buffer, sig: Buffer): Buffer =>
  sha256(Buffer.concat([Buffer.from('C'), header, sig]));

/**
 * A horizon is a commit (header kind 2) that restates a part of the project for a blind coder. The lead's log has its
 * parents and keeps only its header: it has every value that the horizon restates, and never accepts a body of it.
 *
 * A log that begins with one has nothing older. Its parents have no rows, so `commit_.own` is NULL and `commit_.others` has
 * all their hashes, the one of its own chain (32 zero bytes for none) first. No other commit looks like that, since no other first
 * commit has parents; so it can be exported, and needs no table of its own.
 */
export const HORIZON = 2;

type Parents = Pick<Header, 'own' | 'others'>;
const NONE = Buffer.alloc(32);

/** The value of `commit_.others` for a horizon that a log begins with. */
export const beyondBytes = ({ own, others }: Parents): Buffer => Buffer.concat([own ?? NONE, ...others]);

/** The parents of a horizon that a log begins with, from its {@link beyondBytes} cut into hashes. */
export function readBeyond(hashes: readonly Buffer[]): Parents {
  const [own, ...others] = hashes;
  return { own: own === undefined || own.equals(NONE) ? null : own, others };
}

/** Whether commit `c` is the horizon its log begins with; `first` is the least number in the log. */
export const isBeginning = (kind: number, c: number, first: number): boolean => kind === HORIZON && c === first;

const NAME = /^[a-z][A-Za-z0-9-]{0,39}$/;
const isHash = (bytes: Buffer): boolean => bytes.length === 32;

/** The end of the year 9999: later dates have no form with four digits, and the last of them is none at all to JavaScript. */
export const LAST_WALL = Date.UTC(10_000, 0, 1) - 1;

/** Whether a date can be shown. One commit with another date would keep the history from being listed, and the project from being exported. */
export const isDate = (wall: number): boolean => Number.isSafeInteger(wall) && wall >= 0 && wall <= LAST_WALL;

/** What is wrong with a packet's form; null for nothing. Its hashes and signature are not checked. */
export function misshapen(packet: Packet, project: Buffer): string | null {
  const { header: h, sig, body } = packet;
  if (!h.project.equals(project)) return 'it belongs to a different project';
  if (h.kind !== 1 && h.kind !== HORIZON) return 'its type isn’t known to this version';
  const numbers = Number.isSafeInteger(h.clock) && h.clock > 0 && isDate(h.wall);
  if (!numbers || h.replica.length !== 16 || !isHash(h.key) || sig.length !== 64 || !isHash(h.root))
    return 'its header is malformed';
  if (!parentsAreInForm(h.own, h.others)) return 'its parents are malformed';
  return body === null || bodyIsInForm(body) ? null : 'its body is malformed';
}

function parentsAreInForm(own: Buffer | null, others: readonly Buffer[]): boolean {
  if (own !== null && (!isHash(own) || own.every((byte) => byte === 0))) return false;
  if (others.length > 65_535) return false;
  return others.every((one, n) => {
    const before = others[n - 1];
    return isHash(one) && (before === undefined || Buffer.compare(before, one) < 0) && own?.equals(one) !== true;
  });
}

function bodyIsInForm(body: Body): boolean {
  if ('seed' in body) {
    const { seed, label, changes } = body;
    return (
      seed.length === 16 &&
      isCanonical(label) &&
      changes.length > 0 &&
      changes.every(changeIsInForm) &&
      areOfDifferentFields(changes)
    );
  }
  const { leaves } = body;
  if (leaves.length !== padded(leaves.length)) return false;
  const open: Change[] = [];
  const areInForm = leaves.every((leaf, i) => {
    if ('hash' in leaf) return isHash(leaf.hash);
    if (leaf.salt.length !== 16) return false;
    if (i === 0) return leaf.change.entity === 'commit' && isCanonical(leaf.change.value);
    open.push(leaf.change);
    return changeIsInForm(leaf.change);
  });
  return areInForm && areOfDifferentFields(open);
}

/**
 * Up to this many changes are compared with each other; above it, by names in a set. Most commits have some ten changes, and a name for each
 * takes four times as long.
 */
const FEW = 24;

/** Whether no two changes set the same field of one record. */
function areOfDifferentFields(changes: readonly Change[]): boolean {
  if (changes.length <= FEW)
    return changes.every((one, at) => {
      for (let k = 0; k < at; k++) {
        const other = changes[k];
        if (other?.field === one.field && other.entity === one.entity && other.id.equals(one.id)) return false;
      }
      return true;
    });
  const seen = new Set<string>();
  for (const { entity, id, field } of changes) seen.add(`${entity} ${id.toString('latin1')}${field}`);
  return seen.size === changes.length;
}

function changeIsInForm({ entity, id, field, value }: Change): boolean {
  if (!NAME.test(entity) || !NAME.test(field) || entity === 'commit' || id.length !== 16) return false;
  return value.length <= MAX_VALUE && isCanonical(value);
}

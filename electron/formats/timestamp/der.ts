/**
 * DER (ITU-T X.690), strictly: what an RFC 3161 time stamp is written in. A second encoding of one value is rejected, so nothing that
 * another program reads differently is taken for the same. Nothing is copied: elements are views of the bytes.
 */
export class NotDer extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'NotDer';
  }
}

/** One value. `tag` is its first byte: class, whether it is constructed, and number. */
export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  /** With tag and length, as it stands. */
  readonly whole: Uint8Array;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;
/** A context-specific tag, constructed. */
export const context = (number: number): number => 0xa0 | number;
/** A context-specific tag of a simple value. */
export const primitive = (number: number): number => 0x80 | number;

/** Reads bytes that are exactly one value. Throws NotDer. */
export function readDer(bytes: Uint8Array): Element {
  const found = elementAt(bytes, 0);
  if (found.whole.length !== bytes.length) throw new NotDer('bytes follow the value');
  return found;
}

/** The values in a constructed one. Throws NotDer. */
export function childrenOf({ tag, content }: Element): Element[] {
  if ((tag & 0x20) === 0) throw new NotDer('a simple value has no parts');
  const children: Element[] = [];
  for (let at = 0; at < content.length;) {
    const child = elementAt(content, at);
    children.push(child);
    at += child.whole.length;
  }
  return children;
}

const MULTI_BYTE_TAG = 0x1f;

function elementAt(bytes: Uint8Array, at: number): Element {
  const tag = byteAt(bytes, at);
  if ((tag & MULTI_BYTE_TAG) === MULTI_BYTE_TAG) throw new NotDer('a tag has several bytes');
  const first = byteAt(bytes, at + 1);
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0) throw new NotDer('a length is indefinite');
    if (count > 4) throw new NotDer('a length is too great');
    length = 0;
    for (let n = 0; n < count; n++) length = length * 256 + byteAt(bytes, start + n);
    start += count;
    if (length < 0x80 || length < 256 ** (count - 1)) throw new NotDer('a length is longer than it must be');
  }
  if (start + length > bytes.length) throw new NotDer('it ends too early');
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) };
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new NotDer('it ends too early');
  return byte;
}

/** Goes through the parts of a SEQUENCE or SET in order. */
export class Parts {
  private readonly parts: readonly Element[];
  private at = 0;

  constructor(of: Element, tag: number = TAG.sequence) {
    if (of.tag !== tag) throw new NotDer('a value of another kind stands there');
    this.parts = childrenOf(of);
  }

  /** The next part, which must have this tag. */
  next(tag?: number): Element {
    const part = this.parts[this.at];
    if (part === undefined) throw new NotDer('a part is missing');
    if (tag !== undefined && part.tag !== tag) throw new NotDer('a part of another kind stands there');
    this.at++;
    return part;
  }

  /** The next part, if it has this tag; else null. */
  maybe(tag: number): Element | null {
    const part = this.parts[this.at];
    if (part?.tag !== tag) return null;
    this.at++;
    return part;
  }

  rest(): Element[] {
    const rest = this.parts.slice(this.at);
    this.at = this.parts.length;
    return rest;
  }

  /** Throws if more parts follow. */
  end(): void {
    if (this.at < this.parts.length) throw new NotDer('a part too many stands there');
  }
}

/** `1.2.840.113549…`. */
export function oidOf({ tag, content }: Element): string {
  if (tag !== TAG.oid || content.length === 0) throw new NotDer('there is no object identifier');
  const numbers: bigint[] = [];
  let value = 0n;
  let isFirst = true;
  for (const [at, byte] of content.entries()) {
    if (isFirst && byte === 0x80) throw new NotDer('a number is longer than it must be');
    value = (value << 7n) | BigInt(byte & 0x7f);
    isFirst = byte < 0x80;
    if (isFirst) {
      numbers.push(value);
      value = 0n;
    } else if (at === content.length - 1) throw new NotDer('a number ends too early');
  }
  const [joined = 0n, ...others] = numbers;
  const root = joined < 80n ? joined / 40n : 2n;
  return [root, joined - root * 40n, ...others].join('.');
}

export function integerOf({ tag, content }: Element): bigint {
  const [first, second] = content;
  if (tag !== TAG.integer || first === undefined) throw new NotDer('there is no number');
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80)))
    throw new NotDer('a number is longer than it must be');
  const value = BigInt(`0x${Buffer.from(content).toString('hex')}`);
  return first < 0x80 ? value : value - (1n << BigInt(content.length * 8));
}

export function booleanOf({ tag, content }: Element): boolean {
  const [value] = content;
  if (tag !== TAG.boolean || content.length !== 1 || (value !== 0 && value !== 0xff))
    throw new NotDer('there is no truth value');
  return value === 0xff;
}

/** The time of a GeneralizedTime in UTC (RFC 3161, 2.4.2), in epoch milliseconds; finer digits are cut off. */
export function timeOf({ tag, content }: Element): number {
  const text = Buffer.from(content).toString('latin1');
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/.exec(text);
  if (tag !== TAG.generalizedTime || parts === null) throw new NotDer('a time isn’t written as it must be');
  const [, year, month, day, hour, minute, second, fraction = ''] = parts;
  const written = `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}`;
  const at = Date.parse(`${written}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(written)) throw new NotDer('there is no such time');
  return at;
}

/** Writes a value. */
export function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, one) => sum + one.length, 0);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.concat([Buffer.from(length < 0x80 ? [tag, length] : [tag, 0x80 | bytes.length, ...bytes]), ...content]);
}

/** A number that isn’t negative. */
export function derInteger(value: bigint): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return der(TAG.integer, ...((bytes[0] ?? 0) >= 0x80 ? [Buffer.from([0])] : []), bytes);
}

export function derOid(oid: string): Buffer {
  const [root = 0n, second = 0n, ...others] = oid.split('.').map(BigInt);
  const bytes = [root * 40n + second, ...others].flatMap((number) => {
    const groups: number[] = [Number(number & 0x7fn)];
    for (let rest = number >> 7n; rest > 0n; rest >>= 7n) groups.unshift(Number(rest & 0x7fn) | 0x80);
    return groups;
  });
  return der(TAG.oid, Buffer.from(bytes));
}

import {
  booleanOf,
  childrenOf,
  context,
  type Element,
  integerOf,
  NotDer,
  oidOf,
  Parts,
  primitive,
  readDer,
  TAG,
  timeOf,
} from './der.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';
export const TST_INFO = '1.2.840.113549.1.9.16.1.4';

/** The statement of the authority (TSTInfo, RFC 3161, 2.4.2). */
export interface StampedInfo {
  readonly policy: string;
  readonly hashAlgorithm: string;
  /** Hex. */
  readonly hash: string;
  readonly serial: bigint;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Milliseconds by which the time may be off; null if the authority doesn’t say. */
  readonly accuracy: number | null;
  readonly nonce: bigint | null;
  /** Whether it has a critical extension, one that a reader must understand; this one understands none. */
  readonly hasCriticalExtension: boolean;
}

/** A token, read and not verified. */
export interface Token {
  readonly info: StampedInfo;
  /** The bytes of TSTInfo, which are signed. */
  readonly content: Uint8Array;
  /** DER of certificates that came with it. */
  readonly certificates: readonly Uint8Array[];
  readonly signer: Signer;
}
export interface Signer {
  /** Who signed: issuer (DER) and serial, or the identifier of the key. */
  readonly by: { readonly issuer: Uint8Array; readonly serial: bigint } | { readonly keyId: Uint8Array };
  readonly digestAlgorithm: string;
  /** The signed attributes by their OID, each with its one value; `signed` are the bytes that the signature is over. */
  readonly attributes: ReadonlyMap<string, Element>;
  readonly signed: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
}

/** An answer: a token, or why the authority gave none. */
export type Answer = { readonly token: Token } | { readonly refused: string };

/** Reads a TimeStampResp, or a token alone. Throws NotDer for anything else. */
export function readAnswer(bytes: Uint8Array): Answer {
  const whole = readDer(bytes);
  const parts = new Parts(whole);
  const first = parts.next();
  if (first.tag === TAG.oid) return { token: tokenOf(whole) };
  const status = new Parts(first);
  const code = integerOf(status.next(TAG.integer));
  const texts = status.maybe(TAG.sequence);
  if (code !== 0n && code !== 1n) return { refused: texts === null ? '' : textsOf(texts) };
  const token = parts.next(TAG.sequence);
  parts.end();
  return { token: tokenOf(token) };
}

const textsOf = (texts: Element): string =>
  childrenOf(texts)
    .map(({ content }) => Buffer.from(content).toString('utf8'))
    .join(' ');

function tokenOf(whole: Element): Token {
  const info = new Parts(whole);
  if (oidOf(info.next(TAG.oid)) !== SIGNED_DATA) throw new NotDer('it isn’t signed data');
  const data = new Parts(only(info.next(context(0))));
  info.end();
  integerOf(data.next(TAG.integer));
  data.next(TAG.set);
  const encapsulated = new Parts(data.next(TAG.sequence));
  if (oidOf(encapsulated.next(TAG.oid)) !== TST_INFO) throw new NotDer('it holds no time stamp');
  const octets = only(encapsulated.next(context(0)));
  if (octets.tag !== TAG.octets) throw new NotDer('it holds no time stamp');
  encapsulated.end();
  const certificates = data.maybe(context(0));
  data.maybe(context(1));
  const [signer, another] = childrenOf(data.next(TAG.set));
  data.end();
  if (signer === undefined || another !== undefined) throw new NotDer('it has no signer, or several');
  return {
    info: infoOf(readDer(octets.content)),
    content: octets.content,
    certificates: (certificates === null ? [] : childrenOf(certificates))
      .filter(({ tag }) => tag === TAG.sequence)
      .map((one) => one.whole),
    signer: signerOf(signer),
  };
}

function only(of: Element): Element {
  const [one, another] = childrenOf(of);
  if (one === undefined || another !== undefined) throw new NotDer('one value is expected there');
  return one;
}

function infoOf(of: Element): StampedInfo {
  const parts = new Parts(of);
  if (integerOf(parts.next(TAG.integer)) !== 1n) throw new NotDer('the time stamp has another version');
  const policy = oidOf(parts.next(TAG.oid));
  const imprint = new Parts(parts.next(TAG.sequence));
  const hashAlgorithm = oidOf(new Parts(imprint.next(TAG.sequence)).next(TAG.oid));
  const hash = Buffer.from(imprint.next(TAG.octets).content).toString('hex');
  imprint.end();
  const serial = integerOf(parts.next(TAG.integer));
  const at = timeOf(parts.next(TAG.generalizedTime));
  const accuracy = parts.maybe(TAG.sequence);
  const ordering = parts.maybe(TAG.boolean);
  if (ordering !== null) booleanOf(ordering);
  const nonce = parts.maybe(TAG.integer);
  parts.maybe(context(0));
  const extensions = parts.maybe(context(1));
  parts.end();
  return {
    policy,
    hashAlgorithm,
    hash,
    serial,
    at,
    accuracy: accuracy === null ? null : accuracyOf(accuracy),
    nonce: nonce === null ? null : integerOf(nonce),
    hasCriticalExtension: extensions !== null && childrenOf(extensions).some(isCritical),
  };
}

/** Of an extension. */
export function isCritical(extension: Element): boolean {
  const parts = new Parts(extension);
  parts.next(TAG.oid);
  const critical = parts.maybe(TAG.boolean);
  return critical !== null && booleanOf(critical);
}

function accuracyOf(of: Element): number {
  const parts = new Parts(of);
  const [seconds, millis, micros] = [parts.maybe(TAG.integer), parts.maybe(primitive(0)), parts.maybe(primitive(1))];
  parts.end();
  const number = (one: Element | null): number => (one === null ? 0 : Number(integerOf({ ...one, tag: TAG.integer })));
  return number(seconds) * 1000 + number(millis) + number(micros) / 1000;
}

function signerOf(of: Element): Signer {
  const parts = new Parts(of);
  integerOf(parts.next(TAG.integer));
  const sid = parts.next();
  const digestAlgorithm = oidOf(new Parts(parts.next(TAG.sequence)).next(TAG.oid));
  const attributes = parts.next(context(0));
  const signatureAlgorithm = oidOf(new Parts(parts.next(TAG.sequence)).next(TAG.oid));
  const signature = parts.next(TAG.octets).content;
  parts.maybe(context(1));
  parts.end();
  return {
    by: sidOf(sid),
    digestAlgorithm,
    attributes: attributesOf(attributes),
    // They are signed as a SET, and stand as [0] (RFC 5652, 5.4).
    signed: Buffer.concat([Buffer.from([TAG.set]), attributes.whole.subarray(1)]),
    signatureAlgorithm,
    signature,
  };
}

function sidOf(sid: Element): Signer['by'] {
  if (sid.tag === primitive(0)) return { keyId: sid.content };
  const parts = new Parts(sid);
  const issuer = parts.next(TAG.sequence).whole;
  const serial = integerOf(parts.next(TAG.integer));
  parts.end();
  return { issuer, serial };
}

/** Attributes with several values, or that stand twice, are rejected: another reader may take the other one. */
function attributesOf(of: Element): ReadonlyMap<string, Element> {
  const found = new Map<string, Element>();
  for (const one of childrenOf(of)) {
    const parts = new Parts(one);
    const oid = oidOf(parts.next(TAG.oid));
    if (found.has(oid)) throw new NotDer('an attribute stands twice');
    found.set(oid, only(parts.next(TAG.set)));
    parts.end();
  }
  return found;
}

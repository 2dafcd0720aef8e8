import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** Keys of the kinds that sign WACZ files (authsign: P-256, wacz-signing: also RSA), and one that does not. */
export type KeyKind = 'P-256' | 'RSA' | 'Ed25519';

export interface CertificateToWrite {
  /** The subject's common name; without one the subject is empty. */
  readonly name?: string;
  /** Its host names. */
  readonly hosts?: readonly string[];
  /** ISO 8601. */
  readonly from?: string;
  readonly to?: string;
  /** Whether it may issue others. */
  readonly authority?: boolean;
  readonly kind?: KeyKind;
  /** Its key, if another certificate has the same one. */
  readonly key?: KeyPair;
  /** Its issuer; without one it signs itself. */
  readonly issuer?: Certificate;
}

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}
export interface Certificate {
  readonly pem: string;
  readonly subject: Buffer;
  readonly key: KeyPair;
}

/** An X.509 v3 certificate (RFC 5280) with a key of its own. */
export function certificate(given: CertificateToWrite): Certificate {
  const key = given.key ?? pairOf(given.kind ?? 'P-256');
  const subject = nameOf(given.name);
  const issuer = given.issuer ?? { subject, key };
  const algorithm = algorithmOf(issuer.key.privateKey);
  const tbs = sequence(
    tagged(0xa0, integer(2)),
    tagged(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    issuer.subject,
    sequence(time(given.from ?? '2024-05-01T00:00:00Z'), time(given.to ?? '2024-07-30T00:00:00Z')),
    subject,
    key.publicKey.export({ format: 'der', type: 'spki' }),
    tagged(0xa3, sequence(...extensionsOf(given))),
  );
  const der = sequence(tbs, algorithm, bits(signedBy(issuer.key.privateKey, tbs)));
  return { pem: pemOf(der), subject, key };
}

/** Signs a text as the reference implementations do: SHA-256, ECDSA in DER or RSA with PKCS #1 v1.5. In base64. */
export const signatureOf = (text: string, { privateKey }: KeyPair): string =>
  signedBy(privateKey, Buffer.from(text)).toString('base64');

function extensionsOf({ authority, hosts }: CertificateToWrite): Buffer[] {
  const constraints = sequence(...(authority === true ? [tagged(0x01, Buffer.from([0xff]))] : []));
  const basic = sequence(oid('2.5.29.19'), tagged(0x01, Buffer.from([0xff])), tagged(0x04, constraints));
  if (hosts === undefined) return [basic];
  const names = sequence(...hosts.map((host) => tagged(0x82, Buffer.from(host, 'latin1'))));
  return [basic, sequence(oid('2.5.29.17'), tagged(0x04, names))];
}

const signedBy = (key: KeyObject, bytes: Buffer): Buffer =>
  sign(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', bytes, key);

function pairOf(kind: KeyKind): KeyPair {
  switch (kind) {
    case 'P-256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'RSA':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
    case 'Ed25519':
      return generateKeyPairSync('ed25519');
  }
}

function algorithmOf(key: KeyObject): Buffer {
  switch (key.asymmetricKeyType) {
    case 'ec':
      return sequence(oid('1.2.840.10045.4.3.2'));
    case 'rsa':
      return sequence(oid('1.2.840.113549.1.1.11'), tagged(0x05, Buffer.alloc(0)));
    case 'ed25519':
      return sequence(oid('1.3.101.112'));
    default:
      throw new Error(`No certificates are written with keys of type ${key.asymmetricKeyType}`);
  }
}

const nameOf = (common: string | undefined): Buffer =>
  common === undefined
    ? sequence()
    : sequence(tagged(0x31, sequence(oid('2.5.4.3'), tagged(0x0c, Buffer.from(common, 'utf8')))));

function pemOf(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** DER (X.690): tag, length, content. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const long = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...long]), content]);
}
const sequence = (...parts: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(parts));
const integer = (value: number): Buffer => tagged(0x02, Buffer.from([value]));
const bits = (bytes: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.from([0]), bytes]));
/** UTCTime, used for dates until 2049: `YYMMDDhhmmssZ`. */
const time = (iso: string): Buffer => tagged(0x17, Buffer.from(`${iso.slice(2, 19).replace(/\D/g, '')}Z`));

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}

import { createHash, verify, X509Certificate } from 'node:crypto';
import { heldAt, pathOf, type Roots } from '../archive/certificates.ts';
import { type Element, NotDer, oidOf, Parts, TAG, childrenOf, context, integerOf, readDer } from './der.ts';
import { type Asked, SHA256 } from './request.ts';
import { LARGEST_ANSWER, sha256, type Sha256 } from '../../../shared/model/index.ts';
import { readAnswer, type Signer, type Token, TST_INFO, isCritical } from './token.ts';

const MOST_CERTIFICATES = 16;

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const HASHES: Readonly<Record<string, string>> = {
  [SHA256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
/** Signature algorithms: RSA (PKCS #1 v1.5) and ECDSA, alone or with the hash that they name. */
const SIGNATURES: Readonly<Record<string, { readonly key: 'rsa' | 'ec'; readonly hash: string | null }>> = {
  '1.2.840.113549.1.1.1': { key: 'rsa', hash: null },
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
};

/** Why a time stamp proves nothing. */
export type StampFault =
  /** The authority gave none. */
  | 'refused'
  /** It can’t be read, or isn’t whole. */
  | 'unreadable'
  /** It is over other bytes, or over a hash of another kind. */
  | 'other-bytes'
  /** It answers another request. */
  | 'other-request'
  /** It, or what it says, was altered since it was signed. */
  | 'altered'
  /** Its signature is of a kind that can’t be checked here. */
  | 'unsupported'
  /** The certificate that signed it isn’t with it, or isn’t one for time stamps. */
  | 'not-for-stamps'
  /** A certificate wasn’t valid at that time. */
  | 'expired'
  /** No root that the person trusts vouches for it. */
  | 'untrusted';

/** The statement of a time stamp, whoever made it. */
interface StampSaid {
  /** Epoch milliseconds; `accuracy` in milliseconds, null if the authority doesn’t say. */
  readonly at: number;
  readonly accuracy: number | null;
  readonly policy: string;
  readonly serial: string;
  /** The subject of the certificate that signed, one attribute a line. */
  readonly authority: string;
}
/** What a valid time stamp proves: bytes with this hash existed at `at`, according to that authority. */
export interface StampShown extends StampSaid {
  readonly fault: null;
  /** SHA-256 of the trusted root. */
  readonly root: string;
}
export type StampVerdict =
  | StampShown
  /** `said`: its statement, if everything but the trust in its authority holds (`untrusted`). */
  | { readonly fault: StampFault; readonly why: string; readonly said: StampSaid | null };

/**
 * Verifies an authority’s answer, offline, against what was asked and the roots that a person trusts (RFC 3161, 5652, 5816). Not checked,
 * since nothing here can tell: whether a certificate was withdrawn; and, as in Node, path lengths and name constraints.
 */
export function verifyStamp(answer: Uint8Array, asked: Asked, roots: Roots): StampVerdict {
  if (answer.length > LARGEST_ANSWER) return fault('unreadable', 'It is too large for a time stamp.');
  try {
    const read = readAnswer(answer);
    if ('refused' in read)
      return fault('refused', `The authority gave no time stamp${read.refused === '' ? '' : `: ${read.refused}`}.`);
    return verdictOf(read.token, asked, roots);
  } catch (thrown) {
    if (thrown instanceof NotDer) return fault('unreadable', `It isn’t a whole time stamp: ${thrown.message}.`);
    throw thrown;
  }
}

const fault = (kind: StampFault, why: string, said: StampSaid | null = null): StampVerdict => ({
  fault: kind,
  why,
  said,
});

function verdictOf(token: Token, asked: Asked, roots: Roots): StampVerdict {
  const { info, signer } = token;
  if (info.hashAlgorithm !== SHA256 || info.hash !== asked.hash)
    return fault('other-bytes', 'It is a time stamp of other bytes.');
  if (info.nonce !== asked.nonce) return fault('other-request', 'It answers another request.');
  if (info.hasCriticalExtension) return fault('unsupported', 'It has a condition that Sourcebook doesn’t know.');
  const all = certificatesOf(token);
  const own = all.find(({ details }) => isSigner(details, signer));
  if (own === undefined) return fault('not-for-stamps', 'The certificate that signed it isn’t with it.');
  if (!own.details.isForTimeStamping) return fault('not-for-stamps', 'Its certificate isn’t one for time stamps.');
  const wrong = signatureFault(token, own.certificate);
  if (wrong !== null) return wrong;
  return verdictOfChain(
    token,
    own.certificate,
    all.map(({ certificate }) => certificate),
    roots,
  );
}

interface Known {
  readonly certificate: X509Certificate;
  readonly details: CertificateDetails;
}

/** The certificates of a token that can be read. */
function certificatesOf({ certificates }: Token): Known[] {
  if (certificates.length > MOST_CERTIFICATES) throw new NotDer('it has too many certificates');
  return certificates.flatMap((bytes) => {
    try {
      return { certificate: new X509Certificate(bytes), details: detailsOf(bytes) };
    } catch {
      return []; // of a kind not known here; if it is the signer’s, that is missing then
    }
  });
}

function isSigner({ issuer, serial, keyId }: CertificateDetails, { by }: Signer): boolean {
  if ('keyId' in by) return keyId !== null && Buffer.compare(keyId, by.keyId) === 0;
  return serial === by.serial && Buffer.compare(issuer, by.issuer) === 0;
}

/** Checks the time stamp, its kind and the certificate against the signed attributes, and the signature. Null if all holds. */
function signatureFault({ content, signer }: Token, certificate: X509Certificate): StampVerdict | null {
  const { attributes, digestAlgorithm, signatureAlgorithm, signed, signature } = signer;
  const hash = HASHES[digestAlgorithm];
  const kind = SIGNATURES[signatureAlgorithm];
  if (hash === undefined || kind === undefined || (kind.hash !== null && kind.hash !== hash))
    return fault('unsupported', 'Its signature is of a kind that Sourcebook doesn’t check.');
  const type = attributes.get(CONTENT_TYPE);
  if (type === undefined || oidOf(type) !== TST_INFO) return fault('altered', 'What is signed isn’t a time stamp.');
  const digest = attributes.get(MESSAGE_DIGEST);
  const made = createHash(hash).update(content).digest();
  if (digest?.tag !== TAG.octets || Buffer.compare(digest.content, made) !== 0)
    return fault('altered', 'The time stamp isn’t what was signed.');
  if (!isNamed(attributes, certificate))
    return fault('altered', 'It wasn’t signed for the certificate that is with it.');
  if (certificate.publicKey.asymmetricKeyType !== kind.key || !holds(hash, signed, certificate, signature))
    return fault('altered', 'Its signature doesn’t match.');
  return null;
}

function holds(hash: string, signed: Uint8Array, { publicKey }: X509Certificate, signature: Uint8Array): boolean {
  try {
    return verify(hash, signed, publicKey, signature);
  } catch {
    return false; // no signature of such a key
  }
}

/** Whether the signed attributes name this certificate by its hash (ESSCertIDv2, RFC 5816; ESSCertID, RFC 2634, with SHA-1). */
function isNamed(attributes: ReadonlyMap<string, Element>, certificate: X509Certificate): boolean {
  const newer = attributes.get(SIGNING_CERTIFICATE_V2);
  const older = attributes.get(SIGNING_CERTIFICATE);
  if (newer === undefined && older === undefined) return false;
  return (
    (newer === undefined || isFirst(newer, certificate, true)) &&
    (older === undefined || isFirst(older, certificate, false))
  );
}

function isFirst(attribute: Element, { raw }: X509Certificate, isNewer: boolean): boolean {
  const parts = new Parts(new Parts(new Parts(attribute).next(TAG.sequence)).next(TAG.sequence));
  const algorithm = isNewer ? parts.maybe(TAG.sequence) : null;
  const hash = !isNewer ? 'sha1' : algorithm === null ? 'sha256' : HASHES[oidOf(new Parts(algorithm).next(TAG.oid))];
  const stated = parts.next(TAG.octets).content;
  return hash !== undefined && Buffer.compare(createHash(hash).update(raw).digest(), stated) === 0;
}

function verdictOfChain(
  { info }: Token,
  certificate: X509Certificate,
  all: readonly X509Certificate[],
  roots: Roots,
): StampVerdict {
  const path = pathOf(inOrder(certificate, all), roots);
  const links = path.kind === 'broken' ? [certificate] : path.links;
  if (links.some((one) => !heldAt(one, info.at)))
    return fault('expired', 'A certificate of the authority wasn’t valid at that time.');
  const said = {
    at: info.at,
    accuracy: info.accuracy,
    policy: info.policy,
    serial: info.serial.toString(16),
    authority: certificate.subject,
  };
  return path.kind === 'trusted'
    ? { fault: null, ...said, root: fingerprintOfRoot(path.root) }
    : fault('untrusted', 'No root that you trust vouches for the authority. Add its root, if you trust it.', said);
}

/** SHA-256 of its DER, as lower-case hex. */
export const fingerprintOfRoot = ({ fingerprint256 }: X509Certificate): Sha256 =>
  sha256.parse(fingerprint256.replaceAll(':', '').toLowerCase());

/** The signer’s certificate and those above it, as far as the token has them. */
function inOrder(certificate: X509Certificate, all: readonly X509Certificate[]): X509Certificate[] {
  const chain = [certificate];
  for (let last = certificate; chain.length < MOST_CERTIFICATES;) {
    const above = all.find((one) => !chain.includes(one) && last.checkIssued(one));
    if (above === undefined) break;
    chain.push(above);
    last = above;
  }
  return chain;
}

const KEY_PURPOSES = '2.5.29.37';
const SUBJECT_KEY = '2.5.29.14';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/** Details of a certificate that Node’s X509Certificate doesn’t give. */
interface CertificateDetails {
  /** DER of its issuer’s name. */
  readonly issuer: Uint8Array;
  readonly serial: bigint;
  readonly keyId: Uint8Array | null;
  /** Whether its only purpose is time stamping, in a critical extension, as RFC 3161, 2.3 demands. */
  readonly isForTimeStamping: boolean;
}

/** Throws NotDer. */
function detailsOf(certificate: Uint8Array): CertificateDetails {
  const body = new Parts(new Parts(readDer(certificate)).next(TAG.sequence));
  body.maybe(context(0));
  const serial = integerOf(body.next(TAG.integer));
  body.next(TAG.sequence);
  const issuer = body.next(TAG.sequence).whole;
  const extensions = body.rest().find(({ tag }) => tag === context(3));
  let keyId: Uint8Array | null = null;
  let isForTimeStamping = false;
  const [list] = extensions === undefined ? [] : childrenOf(extensions);
  for (const extension of list === undefined ? [] : childrenOf(list)) {
    const parts = new Parts(extension);
    const oid = oidOf(parts.next(TAG.oid));
    parts.maybe(TAG.boolean);
    const value = readDer(parts.next(TAG.octets).content);
    if (oid === SUBJECT_KEY) keyId = value.content;
    if (oid === KEY_PURPOSES) {
      const purposes = childrenOf(value).map(oidOf);
      isForTimeStamping = isCritical(extension) && purposes.length === 1 && purposes[0] === TIME_STAMPING;
    }
  }
  return { issuer, serial, keyId, isForTimeStamping };
}

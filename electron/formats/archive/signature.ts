import { createHash, createPublicKey, verify, type KeyObject, type X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { ArchiveSignature } from '../../../shared/model/index.ts';
import { chainOf, daysOf, heldAt, isOfHost, nameOf, ownRoots, pathOf, plain, type Roots } from './certificates.ts';

/** A text that some writers leave out, some leave empty, and some (authsign) write as null. */
const perhaps = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === '' ? undefined : text));

/**
 * `signedData` of `datapackage-digest.json` (WACZ Signing and Verification 0.1.0): with a bare key, or with certificates. The
 * schema is lenient about the fields that are not signed, so that they cannot make the signed ones unreadable.
 */
const signedData = z.object({
  hash: z.string().max(200),
  signature: z.string().max(20_000),
  publicKey: perhaps,
  domain: perhaps,
  domainCert: perhaps,
  created: perhaps.catch(undefined),
  software: perhaps.catch(undefined),
  timeSignature: z.unknown().optional(),
  crossSignedCert: z.unknown().optional(),
});
type SignedData = z.infer<typeof signedData>;

/** The most characters of a key. */
const LONGEST_KEY = 20_000;

/**
 * Checks a signature over the hash of `datapackage.json`, offline. `given` is the `signedData` from the file; `hash` is the
 * one computed from the file, `sha256:<hex>`. `roots` are the trusted roots for a domain's certificate.
 *
 * - `valid`: the signature matches its key, and the certificate is the domain's, was valid on the date given, and leads to a
 * root.
 * - `invalid`: something in it contradicts the archive or itself.
 * - `unchecked`: nothing contradicts it, but nobody vouches for it; or it is of a kind that cannot be read here.
 *
 * Never known: whether a certificate was revoked, and the date: only the hash is signed, and RFC 3161 time stamps are not
 * read.
 */
export function checkSignature(given: unknown, hash: string, roots: () => Roots = ownRoots): ArchiveSignature {
  const parsed = signedData.safeParse(given);
  if (!parsed.success) {
    const field = plain(`${parsed.error.issues[0]?.path.join('.') ?? ''}`, 40);
    const note = `Can’t read the signature: its “${field === '' ? 'signedData' : field}” doesn’t follow the standard.`;
    return { state: 'unchecked', by: null, at: null, note };
  }
  const { data } = parsed;
  const [state, by, note] = verdictOf(data, hash, roots);
  const at = data.created !== undefined && timeOf(data.created) !== null ? data.created : null;
  return { state, by, at, note: plain(`${note} ${captureDetails(data)}`, 1000) };
}

type Verdict = readonly [state: ArchiveSignature['state'], by: string | null, note: string];

function verdictOf(data: SignedData, hash: string, roots: () => Roots): Verdict {
  if (data.domainCert === undefined) return verdictOfKey(data, hash);
  const chain = chainOf(data.domainCert);
  const claimed = data.domain === undefined ? null : plain(data.domain, 200);
  if (typeof chain === 'string') return ['unchecked', claimed, chain];
  const names = nameOf(chain[0]);
  const key = keyIn(chain[0]);
  if (key === null) return ['unchecked', names, `Its certificate (${names}) uses an unsupported key type.`];
  const wrong = misfit(data, hash, key);
  if (wrong !== null) return ['invalid', names, wrong];
  if (data.domain !== undefined && !isOfHost(chain[0], data.domain))
    return ['invalid', names, `It claims to be from ${claimed}, but its certificate belongs to ${names}.`];
  return verdictOfChain(chain, data, roots());
}

/** For a signature that matches the key of the chain's first certificate. */
function verdictOfChain(
  chain: readonly [X509Certificate, ...X509Certificate[]],
  { domain, created }: SignedData,
  roots: Roots,
): Verdict {
  const names = nameOf(chain[0]);
  const by = domain ?? names;
  const path = pathOf(chain, roots);
  if (path.kind === 'broken')
    return ['invalid', by, 'Its certificates don’t form a chain: one wasn’t issued by the next.'];
  const held = `The signature matches its certificate (${names}), valid ${daysOf(chain[0])}.`;
  const at = timeOf(created ?? '');
  if (at === null)
    return [
      'unchecked',
      by,
      `${held} It has no date, so nobody can tell whether the certificate was valid when it was signed.`,
    ];
  const past = path.links.find((one) => !heldAt(one, at));
  if (past !== undefined) {
    const whose = `${nameOf(past)}: ${daysOf(past)}`;
    return ['invalid', by, `By its own date, a certificate in its chain wasn’t valid when it was signed (${whose}).`];
  }
  if (path.kind === 'unknown')
    return [
      'unchecked',
      by,
      `${held} No root known to Sourcebook vouches for the certificate, so anyone could have made it.`,
    ];
  const root = `${held} Its chain leads to the root “${nameOf(path.root)}”.`;
  return ['valid', by, `${root} Whether it has been revoked can’t be checked offline.`];
}

/** The verdict on a bare key: it only proves that some holder of the key signed. */
function verdictOfKey(data: SignedData, hash: string): Verdict {
  if (data.publicKey === undefined) return ['unchecked', null, 'It names neither a key nor a certificate.'];
  const key = keyOf(data.publicKey);
  if (key === null)
    return ['unchecked', null, 'Its public key is unreadable or of an unsupported type, so it wasn’t checked.'];
  const by = `key ${fingerprint(key)}`;
  const wrong = misfit(data, hash, key);
  if (wrong !== null) return ['invalid', by, wrong];
  return ['valid', by, 'The file list was signed with this key. The key doesn’t say whose it is.'];
}

/** The parts of a signature that are merely claimed: the standard signs the hash and nothing else. */
function captureDetails({ created, software, timeSignature, crossSignedCert }: SignedData): string {
  const there = (value: unknown): boolean => value !== undefined && value !== null && value !== '';
  const stamp = there(timeSignature) ? 'its timestamp wasn’t checked' : 'it has no timestamp';
  const when =
    created === undefined
      ? `It doesn’t say when it was signed, and ${stamp}.`
      : timeOf(created) === null
        ? `Its date can’t be read, and ${stamp}.`
        : `Its date is only the signer’s word: ${stamp}.`;
  const what = software === undefined ? '' : ` Made with ${plain(software, 120)}, according to the file.`;
  const cross = there(crossSignedCert) ? ' Its cross-signed certificate wasn’t checked.' : '';
  return when + what + cross;
}

/** ISO 8601 in ms since 1970, or null. Writers in Python leave out the zone and mean UTC. */
function timeOf(created: string): number | null {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?$/.exec(created);
  if (parts === null) return null;
  const [, date, time, zone] = parts;
  const at = Date.parse(`${date}T${time}${zone?.replace(/^(...)(\d\d)$/, '$1:$2') ?? 'Z'}`);
  return Number.isNaN(at) ? null : at;
}

/** Why a signature is not one over this archive by this key; null if it is. */
function misfit(data: SignedData, hash: string, key: KeyObject): string | null {
  if (normal(data.hash) !== normal(hash)) return 'It signs a different file list from the one in this archive.';
  return isSigned(data, key)
    ? null
    : 'The signature doesn’t match its key: the signature, its hash or its key was altered.';
}

/** A hash with `sha256:` before it, which some writers leave out. */
const normal = (hash: string): string =>
  hash
    .trim()
    .toLowerCase()
    .replace(/^sha-?256:/, '');

/** Browsers sign in the format of IEEE P1363, authsign and most libraries in DER; all sign the hash as text. */
function isSigned({ hash, signature }: SignedData, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64');
  const signed = Buffer.from(hash, 'utf8');
  const encodings = key.asymmetricKeyType === 'ec' ? (['ieee-p1363', 'der'] as const) : ([undefined] as const);
  return ['sha256', 'sha384', 'sha512'].some((algorithm) =>
    encodings.some((dsaEncoding) => {
      try {
        return verify(algorithm, signed, dsaEncoding === undefined ? key : { key, dsaEncoding }, bytes);
      } catch {
        return false; // not a signature of this kind of key
      }
    }),
  );
}

/** The key if its kind is known, else null: the standard has ECDSA, wacz-signing also RSA. */
const known = (key: KeyObject): KeyObject | null =>
  key.asymmetricKeyType === 'ec' || key.asymmetricKeyType === 'rsa' ? key : null;

function keyOf(base64: string): KeyObject | null {
  if (base64.length > LONGEST_KEY) return null;
  try {
    return known(createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' }));
  } catch {
    return null; // no key
  }
}

function keyIn(certificate: X509Certificate): KeyObject | null {
  try {
    return known(certificate.publicKey);
  } catch {
    return null; // an algorithm that OpenSSL does not know
  }
}

const fingerprint = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex');

import { createHash, createPublicKey, verify, X509Certificate, type KeyObject } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { z } from 'zod';
import type { ArchiveSignature } from '../../../shared/model/index.ts';

/** `signedData` of `datapackage-digest.json` (WACZ Signing and Verification 0.1.0): with a bare key, or with certificates. */
export const signedData = z.object({
  hash: z.string().max(200),
  created: z.string().max(64).optional(),
  software: z.string().max(400).optional(),
  signature: z.string().max(20_000),
  publicKey: z.string().max(20_000).optional(),
  domain: z.string().max(300).optional(),
  domainCert: z.string().max(100_000).optional(),
  timeSignature: z.string().max(200_000).optional(),
  timestampCert: z.string().max(100_000).optional(),
});
export type SignedData = z.infer<typeof signedData>;

const MOST_CERTIFICATES = 8;

/**
 * Checks a signature over the hash of `datapackage.json` offline. `hash` is the one computed from the file, `sha256:<hex>`.
 * A key without a name proves that one holder of it signed; a domain's certificate is believed only where its chain leads to a
 * root that comes with this program, else anybody could have written it.
 */
export function checkSignature(data: SignedData, hash: string): ArchiveSignature {
  const result = (state: ArchiveSignature['state'], by: string | null, note: string): ArchiveSignature => ({
    state,
    by: by?.slice(0, 400) ?? null,
    at: data.created ?? null,
    note: note.slice(0, 1000),
  });
  if (data.domainCert !== undefined) return checkDomain(data, hash, result);
  if (data.publicKey === undefined) return result('unchecked', null, 'It names neither a key nor a certificate.');
  const key = keyOf(data.publicKey);
  if (key === null) return result('unchecked', null, 'Its public key cannot be read.');
  const by = `key ${fingerprint(key)}`;
  if (normal(data.hash) !== normal(hash))
    return result('invalid', by, 'It signs another list of files than the one in this archive.');
  return isSigned(data, key)
    ? result('valid', by, 'The list of files was signed with this key. The key does not say whose it is.')
    : result('invalid', by, 'The signature does not fit its key: one of them was changed.');
}

type Say = (state: ArchiveSignature['state'], by: string | null, note: string) => ArchiveSignature;

function checkDomain(data: SignedData, hash: string, say: Say): ArchiveSignature {
  const chain = chainOf(data.domainCert ?? '');
  const [leaf] = chain;
  if (leaf === undefined) return say('unchecked', data.domain ?? null, 'Its certificate cannot be read.');
  const names = leaf.subjectAltName ?? leaf.subject.replaceAll('\n', ', ');
  const by = data.domain ?? names;
  if (normal(data.hash) !== normal(hash))
    return say('invalid', by, 'It signs another list of files than the one in this archive.');
  if (!isSigned(data, leaf.publicKey)) return say('invalid', by, 'The signature does not fit its certificate.');
  if (data.domain !== undefined && leaf.checkHost(data.domain) === undefined)
    return say('invalid', by, `The certificate is not that of ${data.domain}, but of ${names}.`);
  const at = Date.parse(data.created ?? '');
  const valid = `The certificate (${names}) is valid from ${leaf.validFrom} to ${leaf.validTo}.`;
  if (!(at >= Date.parse(leaf.validFrom) && at <= Date.parse(leaf.validTo)))
    return say('invalid', by, `It says that it was made when its certificate did not hold. ${valid}`);
  if (!chain.every((one, i) => i === 0 || isIssuedBy(chain[i - 1], one)))
    return say('invalid', by, 'The certificates in it do not belong together.');
  const stamp =
    data.timeSignature === undefined
      ? 'It has no time stamp: when it was made is what its maker says.'
      : 'Its time stamp was not checked: when it was made is what its maker says.';
  const root = rootOf(chain);
  if (root === null)
    return say(
      'unchecked',
      by,
      `It fits its certificate. The chain’s root cannot be checked offline, so anybody might have made the certificate. ${valid} ${stamp}`,
    );
  return say('valid', by, `${valid} Its chain leads to ${root}. ${stamp}`);
}

/** `sha256:` is left out by some. */
const normal = (hash: string): string =>
  hash
    .trim()
    .toLowerCase()
    .replace(/^sha-?256:/, '');

/** Browsers sign in the form of IEEE P1363, most libraries in DER; both over the text of the hash. */
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

function keyOf(base64: string): KeyObject | null {
  try {
    return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return null; // no key
  }
}

const fingerprint = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex');

function chainOf(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.slice(0, MOST_CERTIFICATES).map((block) => new X509Certificate(block));
  } catch {
    return []; // no certificates
  }
}

const isIssuedBy = (certificate: X509Certificate | undefined, issuer: X509Certificate): boolean =>
  certificate !== undefined && issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

/** The name of the root that a chain leads to, among those that come with Node; null where none does. */
function rootOf(chain: readonly X509Certificate[]): string | null {
  const last = chain.at(-1);
  if (last === undefined) return null;
  for (const pem of rootCertificates) {
    const root = new X509Certificate(pem);
    if (root.fingerprint256 === last.fingerprint256 || (root.subject === last.issuer && isIssuedBy(last, root)))
      return root.subject.split('\n').at(-1) ?? root.subject;
  }
  return null;
}

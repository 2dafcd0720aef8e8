import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';

/** A longer chain is invalid: those of public authorities have two to four certificates. */
const MOST_CERTIFICATES = 8;
/** Code units of all of them together; a chain of four with long keys has some 8,000. */
const LONGEST_PEM = 100_000;

/** The certificates of a PEM text, the signer's first; or a sentence saying why they cannot be read. */
export function chainOf(pem: string): readonly [X509Certificate, ...X509Certificate[]] | string {
  if (pem.length > LONGEST_PEM) return 'Its certificate data is too long, so it wasn’t read.';
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length > MOST_CERTIFICATES) return 'It has too many certificates, so they weren’t read.';
  const unread = 'Its certificate can’t be read, so the signature wasn’t checked.';
  try {
    const [leaf, ...rest] = blocks.map((block) => new X509Certificate(block));
    return leaf === undefined ? unread : [leaf, ...rest];
  } catch {
    return unread; // damaged, or no certificate at all
  }
}

/** The subject of a certificate, for people: its host names, else its common name. At most 200 code units. */
export function nameOf({ subjectAltName, subject }: X509Certificate): string {
  // Node gives undefined for an empty subject, despite its types; some authorities leave it empty.
  const lines = `${subject}`.split('\n');
  const common = lines.find((line) => line.startsWith('CN='))?.slice(3);
  const hosts = subjectAltName?.replaceAll(/(^|, )DNS:/g, '$1');
  return plain(hosts ?? common ?? (subject === undefined ? 'nobody' : lines.join(', ')), 200);
}

/** Removes characters that could move or hide words on the screen, and limits the length. */
export function plain(text: string, most: number): string {
  const shown = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return shown.length > most ? `${shown.slice(0, most - 1).toWellFormed()}…` : shown.toWellFormed();
}

/**
 * Whether a certificate is for a host. Only valid host names are checked: OpenSSL takes “.example.org” for every host below
 * it, and Node throws at a NUL.
 */
export const isOfHost = (certificate: X509Certificate, host: string): boolean =>
  host.length <= 253 &&
  host.split('.').every((label) => /^[a-z0-9_-]{1,63}$/i.test(label)) &&
  certificate.checkHost(host) !== undefined;

/** Whether it was valid at that time, in ms since 1970. */
export const heldAt = (certificate: X509Certificate, at: number): boolean =>
  at >= Date.parse(certificate.validFrom) && at <= Date.parse(certificate.validTo);

/** Its validity period, as `2024-05-01 to 2024-07-30`. */
export function daysOf({ validFrom, validTo }: X509Certificate): string {
  const day = (written: string): string => {
    const at = Date.parse(written);
    return Number.isNaN(at) ? 'an unreadable date' : new Date(at).toISOString().slice(0, 10);
  };
  return `${day(validFrom)} to ${day(validTo)}`;
}

/** Roots by their subject. */
export type Roots = ReadonlyMap<string, readonly X509Certificate[]>;

export function rootsOf(pems: readonly string[]): Roots {
  return Map.groupBy(
    pems.map((pem) => new X509Certificate(pem)),
    ({ subject }) => subject,
  );
}

let own: Roots | null = null;
/** The roots that come with Node (Mozilla's list), read once: 121 in 60 ms. */
export const ownRoots = (): Roots => (own ??= rootsOf(rootCertificates));

export type Path =
  /** From the signer's certificate to a root, both included. */
  | { readonly kind: 'trusted'; readonly links: readonly X509Certificate[]; readonly root: X509Certificate }
  /** Each is issued by the next, but none by a known root. */
  | { readonly kind: 'unknown'; readonly links: readonly X509Certificate[] }
  | { readonly kind: 'broken' };

/**
 * Follows a chain until a certificate is a known root or is issued by one. The chain need not be followed to its end: that of
 * Let's Encrypt ended for years in a copy of its root signed by another root, since withdrawn. Not checked, as Node tells
 * neither: path length limits and name constraints.
 */
export function pathOf(chain: readonly X509Certificate[], roots: Roots): Path {
  const links: X509Certificate[] = [];
  for (const one of chain) {
    const before = links.at(-1);
    if (before !== undefined && !isIssuedBy(before, one)) return { kind: 'broken' };
    links.push(one);
    const same = (roots.get(one.subject) ?? []).find((root) => root.fingerprint256 === one.fingerprint256);
    if (same !== undefined) return { kind: 'trusted', links, root: same };
    const root = (roots.get(one.issuer) ?? []).find((known) => isIssuedBy(one, known));
    if (root !== undefined) return { kind: 'trusted', links: [...links, root], root };
  }
  return { kind: 'unknown', links };
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
  } catch {
    return false; // a kind of key not known here
  }
}

import { childrenOf, context, integerOf, oidOf, Parts, readDer, TAG } from './der.ts';
import { isCritical } from './token.ts';

const KEY_PURPOSES = '2.5.29.37';
const SUBJECT_KEY = '2.5.29.14';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

/** Details of a certificate that Node’s X509Certificate doesn’t give. */
export interface CertificateDetails {
  /** DER of its issuer’s name. */
  readonly issuer: Uint8Array;
  readonly serial: bigint;
  readonly keyId: Uint8Array | null;
  /** Whether its only purpose is time stamping, in a critical extension, as RFC 3161, 2.3 demands. */
  readonly isForTimeStamping: boolean;
}

/** Throws NotDer. */
export function detailsOf(certificate: Uint8Array): CertificateDetails {
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

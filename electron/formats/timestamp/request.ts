import { sha256, type Sha256 } from '../../../shared/model/index.ts';
import { der, derInteger, derOid, integerOf, NotDer, Parts, readDer, TAG } from './der.ts';

/** The content of a request: the hash, and the request’s nonce. */
export interface Asked {
  readonly hash: Sha256;
  readonly nonce: bigint;
}

export const SHA256 = '2.16.840.1.101.3.4.2.1';

/**
 * A request for a time stamp over bytes with this hash (TimeStampReq, RFC 3161, 2.4.1): with a nonce, so that an answer can’t be one that
 * was made for somebody else, and asking for the authority’s certificates, without which it can’t be verified offline. It tells the
 * authority the hash and nothing else.
 */
export const timeStampRequest = (hash: Sha256, nonce: bigint): Buffer =>
  der(
    TAG.sequence,
    derInteger(1n),
    der(TAG.sequence, der(TAG.sequence, derOid(SHA256), der(TAG.null)), der(TAG.octets, Buffer.from(hash, 'hex'))),
    derInteger(nonce),
    der(TAG.boolean, Buffer.from([0xff])),
  );

/** The content of a request. Throws NotDer for anything that {@link timeStampRequest} would not write. */
export function askedIn(request: Uint8Array): Asked {
  const parts = new Parts(readDer(request));
  parts.next(TAG.integer);
  const imprint = new Parts(parts.next(TAG.sequence));
  imprint.next(TAG.sequence);
  const hash = sha256.safeParse(Buffer.from(imprint.next(TAG.octets).content).toString('hex')).data;
  const nonce = integerOf(parts.next(TAG.integer));
  if (hash === undefined || !timeStampRequest(hash, nonce).equals(request))
    throw new NotDer('it asks for something else');
  return { hash, nonce };
}

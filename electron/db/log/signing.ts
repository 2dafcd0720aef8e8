import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { Fault } from '../../../shared/errors.ts';
import { damaged } from '../faults.ts';
import type { CommitRow, Log } from './log.ts';
import { readPacket } from './packets.ts';
import { bodyRoot, commitHash, headerBytes } from './packet.ts';

/** A person's signing key, opened. `key` is the raw Ed25519 public key, 32 bytes. */
export interface Signer {
  readonly key: Buffer;
  readonly privateKey: KeyObject;
}

/** Opens the PEM of an Ed25519 private key; BAD_INPUT for anything else. */
export function openSigner(pem: string): Signer {
  const privateKey = readKey(pem);
  if (privateKey === null || privateKey.asymmetricKeyType !== 'ed25519') {
    throw new Fault('BAD_INPUT', 'Can’t read your signing key. Choose another person, or restore the key from a copy.');
  }
  return { key: createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32), privateKey };
}

function readKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    // OpenSSL's reasons name byte offsets and help nobody: the caller says what to do.
    return null;
  }
}

export const signHeader = (header: Buffer, signer: Signer): Buffer => sign(null, header, signer.privateKey);

const SPKI_ED25519 = Buffer.from('302a300506032b6570032100', 'hex');
const opened = new Map<string, KeyObject>();

function publicKey(raw: Buffer): KeyObject {
  const name = raw.toString('latin1');
  const known = opened.get(name);
  if (known !== undefined) return known;
  const key = createPublicKey({ key: Buffer.concat([SPKI_ED25519, raw]), format: 'der', type: 'spki' });
  if (opened.size > 1000) opened.clear();
  opened.set(name, key);
  return key;
}

/** False for a signature that does not hold, and for a key that is none. */
export function isValidSignature(header: Buffer, sig: Buffer, key: Buffer): boolean {
  try {
    return verify(null, header, publicKey(key), sig);
  } catch {
    // node:crypto throws for a malformed key or signature instead of saying no.
    return false;
  }
}

/** Hashes of commits made or checked by this process: their signature need not be checked again. */
export type Trusted = Set<string>;

/**
 * Refuses to build on a commit that is not what was signed. Without this, whoever altered the database would have the
 * next signature vouch for it. The hash of a tip covers its whole chain.
 */
export function assertUnaltered(log: Log, parents: readonly CommitRow[], trusted: Trusted): void {
  for (const parent of parents) {
    const packet = readPacket(log, parent.c);
    const header = headerBytes(packet.header);
    if (!commitHash(header, packet.sig).equals(parent.hash))
      throw damaged(`edit ${parent.hash.toString('hex')} has been altered`);
    const name = parent.hash.toString('hex');
    if (!trusted.has(name) && !isValidSignature(header, packet.sig, packet.header.key))
      throw damaged(`the signature of edit ${name} is invalid`);
    if (packet.body !== null && !bodyRoot(packet.body).equals(packet.header.root))
      throw damaged(`edit ${name} doesn’t match what was signed`);
    trusted.add(name);
  }
}

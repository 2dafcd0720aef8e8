import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { Fault } from '../../../shared/errors.ts';
import { damaged } from '../faults.ts';
import { keyLocked, type ActingPerson } from '../person.ts';
import type { CommitRow, Log } from './log.ts';
import { readPacket } from './packets.ts';
import { bodyRoot, commitHash, headerBytes } from './packet.ts';

/** A person's signing key. `key` is the raw Ed25519 public key, 32 bytes. */
export interface Signer {
  readonly key: Buffer;
  /** Throws KEY_LOCKED if the private key is stored encrypted and isn’t open. */
  readonly sign: (bytes: Buffer) => Buffer;
}

/** Opens the PEM of an Ed25519 private key; BAD_INPUT for anything else. */
export function openSigner(pem: string): Signer {
  const privateKey = readKey(pem);
  if (privateKey === null || privateKey.asymmetricKeyType !== 'ed25519') {
    throw new Fault('BAD_INPUT', 'Can’t read your signing key. Choose another person, or restore the key from a copy.');
  }
  return {
    key: createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32),
    sign: (bytes) => sign(null, bytes, privateKey),
  };
}

/** The signer of the acting person. If their key is locked, signing throws KEY_LOCKED. */
export function signerOf(person: ActingPerson): Signer {
  if (person.privateKey !== null) return openSigner(person.privateKey);
  return {
    key: Buffer.from(person.publicKey, 'hex'),
    sign: () => {
      throw keyLocked(person);
    },
  };
}

function readKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    // OpenSSL's messages name byte offsets; the caller says what to do instead.
    return null;
  }
}

export const signHeader = (header: Buffer, signer: Signer): Buffer => signer.sign(header);

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

/** False for an invalid signature or a malformed key. */
export function isValidSignature(header: Buffer, sig: Buffer, key: Buffer): boolean {
  try {
    return verify(null, header, publicKey(key), sig);
  } catch {
    // node:crypto throws for a malformed key or signature.
    return false;
  }
}

/** Hashes of commits that this process signed or checked: their signatures need no further check. */
export type Trusted = Set<string>;

/**
 * Throws DAMAGED if a parent of the next commit is not what was signed. Otherwise the next signature would confirm an altered
 * database. The hash of a chain's last commit covers the whole chain.
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

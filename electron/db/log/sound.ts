import { damaged } from '../faults.ts';
import type { CommitRow, Log } from './log.ts';
import { readPacket } from './packets.ts';
import { bodyRoot, commitHash, headerBytes } from './packet.ts';
import { signatureHolds } from './signing.ts';

/** Hashes of commits made or checked by this process: their signature need not be checked again. */
export type Trusted = Set<string>;

/**
 * Refuses to build on a commit that is not what was signed. Without this, whoever altered the database would have the
 * next signature vouch for it. The hash of a tip covers its whole chain.
 */
export function assertSound(log: Log, parents: readonly CommitRow[], trusted: Trusted): void {
  for (const parent of parents) {
    const packet = readPacket(log, parent.c);
    const header = headerBytes(packet.header);
    if (!commitHash(header, packet.sig).equals(parent.hash))
      throw damaged(`edit ${parent.hash.toString('hex')} has been altered`);
    const name = parent.hash.toString('hex');
    if (!trusted.has(name) && !signatureHolds(header, packet.sig, packet.header.key))
      throw damaged(`the signature of edit ${name} is invalid`);
    if (packet.body !== null && !bodyRoot(packet.body).equals(packet.header.root))
      throw damaged(`edit ${name} doesn’t match what was signed`);
    trusted.add(name);
  }
}

import type { IncomingRows } from './incoming-rows.ts';
import type { Streamed } from './incoming-stream.ts';
import { bodyRoot, commitHash, headerBytes } from '../log/packet.ts';
import { misshapen } from '../log/shape.ts';

/** Whether a whole commit of a foreign log is in form, and its hash and root cover what it says. Its signature is not looked at. */
export function commitHolds(rows: IncomingRows, { hash, header, sig, seed, label, rows: changed }: Streamed): boolean {
  // A whole commit's changes count from 1 without a gap.
  if (changed.some(([i], k) => i !== k + 1)) return false;
  const body = { seed, label, changes: changed.map((row) => rows.changeOf(row)) };
  if (misshapen({ header, sig, body }, rows.project) !== null) return false;
  return bodyRoot(body).equals(header.root) && commitHash(headerBytes(header), sig).equals(hash);
}

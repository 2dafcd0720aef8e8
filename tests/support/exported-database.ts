import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openIncomingLog } from '../../electron/db/merge/incoming.ts';
import { newIdBytes } from '../../electron/db/ids.ts';
import type { Signer } from '../../electron/db/log/signatures.ts';
import { takePackets, type UnionCounts } from '../../electron/db/merge/union.ts';
import { newSigner, Replica } from './logs.ts';
import { tempFolder } from './temp.ts';

/** A path for an exported file. */
export const place = (): string => join(tempFolder(), 'database.sqlite');

/** The database as its recipient has it: a log of their own, verified and replayed. */
export function received(file: string, by: Signer = newSigner()): { replica: Replica; taken: UnionCounts } {
  const foreign = openIncomingLog(file);
  const replica = new Replica(Buffer.from(foreign.project.replaceAll('-', ''), 'hex'), by);
  replica.replica = newIdBytes();
  const taken = takePackets(replica.log, () => foreign.packets());
  foreign.close();
  return { replica, taken };
}

/** Whether any bytes of a file are this text (UTF-8 or UTF-16) or id (as text, hex or 16 bytes). */
export function holds(file: string, what: string): boolean {
  const bytes = readFileSync(file);
  const hex = what.replaceAll('-', '');
  const forms = [Buffer.from(what), Buffer.from(what, 'utf16le')];
  if (/^[0-9a-f]{32}$/.test(hex)) forms.push(Buffer.from(hex, 'hex'), Buffer.from(hex), Buffer.from(hex.toUpperCase()));
  return forms.some((form) => bytes.includes(form));
}

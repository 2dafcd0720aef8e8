import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { comparedTexts } from '../../../shared/copies/pairs.ts';
import { type Sha256, sha256 } from '../../../shared/model/index.ts';

/**
 * What was found is kept in the project's cache, by the hashes of text layers, which never change: the next run reads new layers only. It
 * can be deleted at any time, and what cannot be read is found again.
 */

/** What was compared: two layers, and what they share. */
const keptPair = comparedTexts.extend({ one: sha256, other: sha256 });
export type KeptPair = z.infer<typeof keptPair>;
const keptFound = z.object({
  version: z.literal(1),
  /** When the last run ended, epoch milliseconds. */
  at: z.number(),
  /** Every layer that was read; those that could not be. */
  layers: z.array(sha256),
  unread: z.array(sha256),
  /** Every pair that was compared in full, also those that are no copies. */
  pairs: z.array(keptPair),
});
export type KeptFound = z.infer<typeof keptFound>;

const foundFile = (cache: string): string => join(cache, 'copies.json');
const printsFile = (cache: string): string => join(cache, 'copies-prints');

/** What the last run found; null if there is none that can be read. */
export async function readFound(cache: string): Promise<KeptFound | null> {
  return parsedFound(await readFile(foundFile(cache), 'utf8').catch(() => ''));
}
/** The same, for a worker. */
export const readFoundNow = (cache: string): KeptFound | null =>
  parsedFound(textOf(() => readFileSync(foundFile(cache), 'utf8')));

const textOf = (read: () => string): string => {
  try {
    return read();
  } catch {
    return '';
  }
};

function parsedFound(text: string): KeptFound | null {
  try {
    return keptFound.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The file's first bytes: they say by which rules {@link PrintsByLayer} were made. Prints of other rules are made again. */
const MAGIC = 'SBCOPY01';
const HASH = 32;
const HEAD = HASH + 4;
/** The prints of each layer: shared/copies/shingles.ts. */
export type PrintsByLayer = Map<Sha256, Uint32Array>;

/** Reads whole entries only: of a file that was cut off, those before the cut. */
export function readPrints(cache: string): PrintsByLayer {
  const prints: PrintsByLayer = new Map();
  let bytes: Buffer;
  try {
    bytes = readFileSync(printsFile(cache));
  } catch {
    return prints;
  }
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return prints;
  for (let at = MAGIC.length; at + HEAD <= bytes.length;) {
    const layer = sha256.parse(bytes.toString('hex', at, at + HASH));
    const end = at + HEAD + bytes.readUInt32LE(at + HASH) * 4;
    if (end > bytes.length) break;
    // A copy, so that the whole file is not held for those of a few layers.
    prints.set(layer, new Uint32Array(new Uint8Array(bytes.subarray(at + HEAD, end)).buffer));
    at = end;
  }
  return prints;
}

/** Each file is written beside its place and renamed. A cache that cannot be written costs time, nothing else. */
export function writeKept(cache: string, found: KeptFound, prints: PrintsByLayer): void {
  const parts: Uint8Array[] = [Buffer.from(MAGIC, 'latin1')];
  for (const [layer, own] of prints) {
    const head = Buffer.alloc(HEAD);
    head.write(layer, 0, 'hex');
    head.writeUInt32LE(own.length, HASH);
    parts.push(head, new Uint8Array(own.buffer, own.byteOffset, own.byteLength));
  }
  try {
    mkdirSync(cache, { recursive: true });
    replace(printsFile(cache), Buffer.concat(parts));
    replace(foundFile(cache), JSON.stringify(found));
  } catch {
    rmSync(printsFile(cache), { force: true });
    rmSync(foundFile(cache), { force: true });
  }
}

function replace(path: string, content: string | Uint8Array): void {
  const beside = `${path}.new`;
  writeFileSync(beside, content);
  renameSync(beside, path);
}

import { closeSync, openSync, readSync } from 'node:fs';
import { Fault } from '../../../shared/errors.ts';
import { armoredStart, MOST_SPACE } from './armor.ts';

/** How an age file (https://age-encryption.org/v1) can be opened, according to its header. */
export interface AgeHeader {
  readonly opens: 'passphrase' | 'identity';
  /** Armored (`age -a`). */
  readonly armored: boolean;
}

const INTRO = 'age-encryption.org/v1\n';
/** A header for a hundred recipients has some 12 kB; no more than this is read. */
export const MAX_HEADER = 256 * 1024;

/**
 * How a file is encrypted by age, binary or armored; null if it does not begin like such a file. Throws the system's error for an unreadable
 * file, DAMAGED if there is only an armor. Does not check the rest of the file.
 */
export function readAgeHeader(path: string): AgeHeader | null {
  const { bytes, armored } = startOf(path, MOST_SPACE + 256);
  const text = bytes.toString('latin1');
  if (!text.startsWith(INTRO)) {
    if (armored) throw damagedEncryption('its text was altered');
    return null;
  }
  return { opens: text.startsWith('-> scrypt ', INTRO.length) ? 'passphrase' : 'identity', armored };
}

export const damagedEncryption = (why: string): Fault =>
  new Fault(
    'DAMAGED',
    `This encrypted file is damaged: ${why}. Nothing in it was used. Ask the sender for a new copy.`,
  );

/** Whether the header ends within the part that was read; a longer one would only use up memory. */
export const headerEnds = (path: string): boolean =>
  /\n--- [A-Za-z0-9+/]{43}\n/.test(startOf(path, MAX_HEADER).bytes.toString('latin1'));

function startOf(path: string, most: number): { bytes: Buffer; armored: boolean } {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(most);
    const bytes = start.subarray(0, readSync(file, start, 0, most, 0));
    const inside = armoredStart(bytes.toString('latin1'));
    return { bytes: inside ?? bytes, armored: inside !== null };
  } finally {
    closeSync(file);
  }
}

import { closeSync, openSync, readSync } from 'node:fs';

/** How an age file (https://age-encryption.org/v1) is opened, as far as its header says. */
export interface AgeHeader {
  readonly opens: 'passphrase' | 'identity';
}

const INTRO = 'age-encryption.org/v1\n';
/** A header for a hundred recipients has some 12 kB; more than this is read by nobody. */
export const MAX_HEADER = 256 * 1024;

/**
 * Looks whether a file begins like one that age sealed. Null where it does not; what cannot be read throws the system's
 * error. Says nothing of whether the rest is whole.
 */
export function readAgeHeader(path: string): AgeHeader | null {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(INTRO.length + 16);
    const length = readSync(file, start, 0, start.length, 0);
    const text = start.subarray(0, length).toString('latin1');
    if (!text.startsWith(INTRO)) return null;
    return { opens: text.startsWith('-> scrypt ', INTRO.length) ? 'passphrase' : 'identity' };
  } finally {
    closeSync(file);
  }
}

/** Whether the header ends within what is read of one; whoever made it longer wants its reader's memory. */
export function headerEnds(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(MAX_HEADER);
    const length = readSync(file, start, 0, start.length, 0);
    return /\n--- [A-Za-z0-9+/]{43}\n/.test(start.subarray(0, length).toString('latin1'));
  } finally {
    closeSync(file);
  }
}

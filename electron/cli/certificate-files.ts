import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readFault } from '../../shared/file-faults.ts';
import { LARGEST_ANSWER } from '../../shared/model/index.ts';
import { certificatesOf } from '../host/trusted-roots.ts';

/** The bytes of a small file, one more than is read of any answer. */
export function smallFile(file: string): Buffer {
  try {
    return readFileSync(file).subarray(0, LARGEST_ANSWER + 1);
  } catch (thrown) {
    throw readFault(thrown);
  }
}

/** The certificates in a file, PEM or DER, as PEM. BAD_INPUT if there is none. */
export const certificatesIn = (file: string): string[] => certificatesOf(smallFile(file), basename(file));

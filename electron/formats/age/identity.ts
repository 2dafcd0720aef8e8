import { Fault } from '../../../shared/errors.ts';

const IDENTITY = /^AGE-SECRET-KEY-1[0-9A-Z]{20,}$/;

/** The identities in a file written by `age-keygen`: one a line; comments begin with #. BAD_INPUT if there is none. */
export function readIdentityFile(text: string): string[] {
  const found = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => IDENTITY.test(line));
  if (found.length > 0) return found;
  throw new Fault('BAD_INPUT', 'The identity file has no age identity (a line starting with AGE-SECRET-KEY-1).');
}

import { readFileSync } from 'node:fs';

/** The text that a program counted places in: UTF-8 or UTF-16 by its mark, which does not count. */
export function textOfFile(path: string): string {
  const bytes = readFileSync(path);
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

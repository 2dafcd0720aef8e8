import { readFile } from 'node:fs/promises';
import type { Extraction } from '../extracted.ts';
import { freezeCapture, type FreezeOptions } from '../page/index.ts';
import { readMhtml } from './index.ts';

/** Freezes the page of an MHTML file. Throws the system's error if the file cannot be read. */
export async function readMhtmlPage({
  path,
  ...options
}: FreezeOptions & { readonly path: string }): Promise<Extraction> {
  const capture = readMhtml(new Uint8Array(await readFile(path)), options);
  return capture.ok ? freezeCapture(capture.value, options) : capture;
}

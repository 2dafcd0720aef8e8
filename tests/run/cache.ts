import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '../../electron/start/set-up.mjs';

/** Hashes of what passed a check, by name. In node_modules, so that a clean checkout has none. */
const FOLDER = join(root, 'node_modules/.cache/checks');
const Passed = z.record(z.string(), z.string());

export function passed(check: string): Readonly<Record<string, string>> {
  const file = join(FOLDER, `${check}.json`);
  return existsSync(file) ? Passed.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
}

export function remember(check: string, hashes: Iterable<readonly [name: string, hash: string]>): void {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${check}.json`);
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(Object.fromEntries(hashes)));
  renameSync(unfinished, file);
}

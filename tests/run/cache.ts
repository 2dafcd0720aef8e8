import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from '../../electron/start/set-up.mjs';

/** What passed, by name. In node_modules, so that a clean checkout has none. */
const FOLDER = join(root, 'node_modules/.cache/checks');
const Passed = z.record(z.string(), z.string());

/** Hashes of what passed a check, by name. */
export function passed(check: string): Readonly<Record<string, string>> {
  return stored(check, Passed) ?? {};
}

/** Keeps hashes of what passed a check, and nothing else of it. */
export function remember(check: string, hashes: Iterable<readonly [name: string, hash: string]>): void {
  store(check, Object.fromEntries(hashes));
}

/** What was kept under a name; null if nothing was, or something else than asked for. */
export function stored<T>(name: string, schema: z.ZodType<T>): T | null {
  const file = join(FOLDER, `${name}.json`);
  if (!existsSync(file)) return null;
  const read = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return read.success ? read.data : null;
}

/** Keeps a value under a name; never half of it, however the process ends. */
export function store(name: string, value: unknown): void {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${name}.json`);
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(value));
  renameSync(unfinished, file);
}

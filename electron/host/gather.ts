import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Puts uploads that came together into one folder, each where it lay: a browser sends a dropped folder file by file, and a
 * saved page is found with its folder only where they lie beside each other. Each path is the topmost name of one upload in
 * a folder of its own; answers the topmost names of all, in the order they came. A file whose place is taken stays where it is.
 */
export function gather(paths: readonly string[]): string[] {
  const [first, ...others] = paths;
  if (first === undefined) return [];
  const home = dirname(first);
  const gathered = new Set([first]);
  for (const path of others) gathered.add(moveInto(home, path) ? join(home, basename(path)) : path);
  return [...gathered];
}

/** Moves the one file below `path` to the same place below `home`; false where something is there already. */
function moveInto(home: string, path: string): boolean {
  let [from, to] = [path, join(home, basename(path))];
  for (;;) {
    const entries = existsSync(to) ? childrenOf(from) : null;
    if (entries === null) break;
    const [only] = entries;
    if (only === undefined || childrenOf(to) === null) return false;
    [from, to] = [join(from, only), join(to, only)];
  }
  if (existsSync(to)) return false;
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  renameSync(from, to);
  return true;
}

/** What a folder holds; null for a file. */
function childrenOf(path: string): string[] | null {
  try {
    return readdirSync(path);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOTDIR') return null;
    throw thrown;
  }
}

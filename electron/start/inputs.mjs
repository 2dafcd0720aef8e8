/** Whether `out/` was built from the present sources. Checked at every start by content, not by file times. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { root } from './set-up.mjs';

const stamp = join(root, 'out', '.inputs');

/** The inputs of a build. electron/start itself is not part of any output. */
const INPUTS = [
  'electron',
  'renderer',
  'shared',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const OUTSIDE = new Set(['electron/start', 'electron/sample/sources']);

/** True if the last successful build read exactly these inputs. */
export function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === inputsHash();
}

/**
 * Records that `out/` was built from the inputs with this hash. Compute it before the build, so that a later edit makes the
 * build stale.
 */
export function noteBuilt(hash) {
  writeFileSync(stamp, hash);
}

/** SHA-256 (hex) over the names and contents of all inputs, sorted by name. */
export function inputsHash() {
  const hash = createHash('sha256');
  for (const path of INPUTS.flatMap((name) => filesUnder(join(root, name))).sort((a, b) => (a < b ? -1 : 1))) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (OUTSIDE.has(relative(root, path).split(sep).join('/'))) return [];
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return [];
  return stat.isDirectory() ? readdirSync(path).flatMap((name) => filesUnder(join(path, name))) : [path];
}

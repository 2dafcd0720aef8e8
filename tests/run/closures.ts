import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

/** What the checks read of a checkout: file by file, from its root, with forward slashes. */
export type Tree = ReadonlyMap<string, string>;

const ROOMS = ['electron', 'renderer', 'shared', 'tests'];
const FIXTURES = 'tests/fixtures';
/** Below the fixtures, the one file that is code. */
const CODE_OF_FIXTURES = 'tests/fixtures/sources.ts';
const TEXT = /\.(ts|tsx|mts|mjs|js|json|css|md)$/;

/** Reads the source, the settings of all tools, and the lock file, which stands for everything in node_modules. */
export function readTree(root: string): Tree {
  const top = readdirSync(root, { withFileTypes: true });
  const files = top.filter((entry) => entry.isFile()).map(({ name }) => name);
  const paths = [...files, ...ROOMS.flatMap((room) => filesUnder(root, room)), CODE_OF_FIXTURES];
  const there = paths.filter((path) => existsSync(join(root, path)));
  const texts = there.toSorted().map((path) => [path, readFileSync(join(root, path), 'utf8')] as const);
  return new Map([['.', top.map(({ name }) => name).join('\n')], ...texts]);
}

function filesUnder(root: string, folder: string): string[] {
  if (folder === FIXTURES || !existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (statSync(join(root, path)).isDirectory()) return filesUnder(root, path);
    return TEXT.test(name) ? [path] : [];
  });
}

export const hashOf = (...parts: readonly string[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}\0`).update(part);
  return hash.digest('hex');
};

/** One hash over everything: a check that reads the whole tree need not run again while it is the same. */
export const hashOfTree = (tree: Tree): string => hashOf(...[...tree].flat());

const MODULE = /\.(ts|tsx|mts|mjs|js)$/;
const RELATIVE = /(['"`])(\.{1,2}\/[^'"`\n]+)\1/g;
/** Declarations that other files see without importing them. */
const GLOBAL = /\bdeclare (global|module)\b/;
const IS_MODULE = /^(import|export)\b/m;

/**
 * For each module, a hash over all that its types can depend on: its own text, that of every file it reaches by imports, and
 * what every file sees without an import (settings, the lock file, ambient declarations). Every relative path in quotation marks
 * counts as an import, since too much only means that a file is checked once more. Imports name their file with its ending.
 */
export function closuresOf(tree: Tree): Map<string, string> {
  const own = new Map([...tree].map(([path, text]) => [path, hashOf(path, text)]));
  const direct = new Map([...tree].map(([path, text]) => [path, importsIn(tree, path, text)]));
  const shared = hashOf(
    ...[...tree].filter(([path, text]) => isSeenByAll(path, text)).map(([path]) => own.get(path) ?? ''),
  );
  const modules = [...tree.keys()].filter((path) => MODULE.test(path) && !/\.d\.m?ts$/.test(path));
  return new Map(
    modules.map((path) => {
      const reached = new Set([path]);
      for (const one of reached) for (const next of direct.get(one) ?? []) reached.add(next);
      return [path, hashOf(shared, ...[...reached].map((one) => own.get(one) ?? '').toSorted())];
    }),
  );
}

function importsIn(tree: Tree, path: string, text: string): string[] {
  if (!MODULE.test(path)) return [];
  return [...text.matchAll(RELATIVE)].flatMap(([, , specifier = '']) => {
    const target = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''));
    // The types of a module in JavaScript are in a file beside it.
    return [target, target.replace(/\.mjs$/, '.d.mts')].filter((one) => tree.has(one));
  });
}

const isSeenByAll = (path: string, text: string): boolean =>
  /^[^/]+\.json$|(^|\/)tsconfig\.json$|\.d\.m?ts$/.test(path) ||
  (MODULE.test(path) && (GLOBAL.test(text) || !IS_MODULE.test(text)));

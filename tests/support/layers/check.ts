import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf } from './imports.ts';
import { RULES } from './rules.ts';

/** One broken rule, as a line a person can click. */
export interface Violation {
  readonly rule: string;
  readonly message: string;
}

/** The rooms of the house, and the few files its tools need. A new name at the top is a decision, so it is named here. */
const TOP_LEVEL = new Set([
  '.ci',
  '.git',
  '.gitignore',
  '.npmrc',
  '.oxlintrc.json',
  '.prettierignore',
  '.prettierrc.json',
  'LICENSE',
  'README.md',
  'dist',
  'electron',
  'electron-builder.yml',
  'electron.vite.config.ts',
  'knip.config.ts',
  'node_modules',
  'out',
  'package-lock.json',
  'package.json',
  'renderer',
  'shared',
  'tests',
  'tsconfig.json',
  'vitest.config.ts',
]);

const ROOMS = ['electron', 'renderer', 'shared', 'tests'];

/** Every broken rule of one file. `file` is its path from the root, with forward slashes. */
export function checkFile(file: string, source: string): Violation[] {
  return importsOf(file, source).flatMap((wanted) =>
    RULES.filter((rule) => rule.breaks(file, wanted)).map((rule) => ({
      rule: rule.name,
      message: `${file}:${wanted.line}: imports ${wanted.specifier}, but ${rule.why} (${rule.name})`,
    })),
  );
}

/** Every broken rule of a checkout, and every name at its top that does not belong there. */
export function checkTree(root: string): Violation[] {
  const strangers = readdirSync(root)
    .filter((name) => !TOP_LEVEL.has(name))
    .map((name) => ({
      rule: 'top-level',
      message: `${name}: does not belong at the top of the repository (top-level)`,
    }));
  const files = ROOMS.flatMap((room) => modulesUnder(root, room));
  return [...strangers, ...files.flatMap((file) => checkFile(file, readFileSync(join(root, file), 'utf8')))];
}

function modulesUnder(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return path === 'tests/fixtures' ? [] : modulesUnder(root, path);
    return /\.(ts|tsx|mts|mjs|js)$/.test(entry.name) && !/\.d\.m?ts$/.test(entry.name) ? [path] : [];
  });
}

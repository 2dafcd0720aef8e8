import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { circlesIn } from './circles.ts';
import { importsOf } from './imports.ts';
import { RULES } from './rules.ts';

/** A broken rule, as a line that editors can open. */
export interface Violation {
  readonly rule: string;
  readonly message: string;
}

/** The top-level folders, and the few files that tools need there. A new one is a decision, so it must be added here. */
const TOP_LEVEL = new Set([
  '.ci',
  '.git',
  '.github',
  '.gitignore',
  '.npmrc',
  '.oxlintrc.json',
  '.prettierignore',
  '.prettierrc.json',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'dist',
  'docs',
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

/** The same limit as for modules, for which the linter checks it (max-lines): it does not read CSS. */
const MOST_LINES = 400;

/** Problems of a style sheet: it is too long to be read at once. */
export function checkStyles(file: string, source: string): Violation[] {
  const lines = source.replace(/\n$/, '').split('\n').length;
  if (lines <= MOST_LINES) return [];
  return [
    {
      rule: 'styles-are-short',
      message: `${file}:${MOST_LINES + 1}: has ${lines} lines, but no style sheet has more than ${MOST_LINES}: split it by what it styles (styles-are-short)`,
    },
  ];
}

/** Every broken rule of a checkout, and every name at its top level that is not listed. */
export function checkTree(root: string): Violation[] {
  const strangers = readdirSync(root)
    .filter((name) => !TOP_LEVEL.has(name))
    .map((name) => ({
      rule: 'top-level',
      message: `${name}: does not belong at the top of the repository (top-level)`,
    }));
  const check = (files: readonly string[], one: typeof checkFile): Violation[] =>
    files.flatMap((file) => one(file, readFileSync(join(root, file), 'utf8')));
  const files = ROOMS.flatMap((room) => filesUnder(root, room));
  const modules = files.filter(isModule);
  const sources = new Map(modules.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
  return [
    ...strangers,
    ...check(modules, checkFile),
    ...circlesIn(sources).map((circle) => ({
      rule: 'no-circles',
      message: `${circle[0] ?? ''}: imports itself by way of ${circle.slice(1).join(', ')}: move what both need, types too, into a file below (no-circles)`,
    })),
    ...check(files.filter(isStyles), checkStyles),
  ];
}

const isModule = (file: string): boolean => /\.(ts|tsx|mts|mjs|js)$/.test(file) && !/\.d\.m?ts$/.test(file);
const isStyles = (file: string): boolean => file.endsWith('.css');

function filesUnder(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return path === 'tests/fixtures' ? [] : filesUnder(root, path);
    return [path];
  });
}

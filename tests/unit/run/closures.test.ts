import { describe, expect, it } from 'vitest';
import { closuresOf, hashOfTree, type Tree } from '../../run/closures.ts';

const TREE: Readonly<Record<string, string>> = {
  'tsconfig.json': '{}',
  'shared/ids.ts': 'export type Id = string;',
  'shared/model.ts': `import type { Id } from './ids.ts';\nexport interface Source { readonly id: Id }`,
  'electron/read.ts': `export const read = () => import('../shared/model.ts');`,
  'electron/set-up.mjs': 'export const root = 1;',
  'electron/set-up.d.mts': 'export const root: number;',
  'electron/start.ts': `import { root } from './set-up.mjs';\nexport const at = root;`,
  'shared/a.ts': `import { b } from './b.ts';\nexport const a = () => b;`,
  'shared/b.ts': `import { a } from './a.ts';\nexport const b = () => a;`,
  'shared/alone.ts': 'export const alone = 1;',
  'tests/provided.ts': `declare module 'vitest' {\n  interface Context { at: string }\n}\nexport {};`,
  'README.md': 'Read me',
};

/** The modules that have to be checked again after a change. */
function changedBy(change: Readonly<Record<string, string | null>>): string[] {
  const edited = Object.entries({ ...TREE, ...change }).filter((entry): entry is [string, string] => entry[1] !== null);
  const before = closuresOf(new Map(Object.entries(TREE)));
  const after = closuresOf(new Map(edited));
  return [...after].filter(([path, closure]) => before.get(path) !== closure).map(([path]) => path);
}
const modules = [...closuresOf(new Map(Object.entries(TREE))).keys()];

describe('what is linted again', () => {
  it('is nothing when nothing changed, or only a text that no module reads', () => {
    expect(changedBy({})).toEqual([]);
    expect(changedBy({ 'README.md': 'Read this' })).toEqual([]);
  });

  it('is a file, and whatever reaches it by imports of values or types, at any distance', () => {
    expect(changedBy({ 'shared/alone.ts': 'export const alone = 2;' })).toEqual(['shared/alone.ts']);
    expect(changedBy({ 'shared/ids.ts': 'export type Id = number;' })).toEqual([
      'shared/ids.ts',
      'shared/model.ts',
      'electron/read.ts',
    ]);
  });

  it('is both of two files that import each other', () => {
    expect(changedBy({ 'shared/a.ts': `import { b } from './b.ts';\nexport const a = b;` })).toEqual([
      'shared/a.ts',
      'shared/b.ts',
    ]);
  });

  it('is what imports a file that is gone, or was not there', () => {
    expect(changedBy({ 'shared/ids.ts': null })).toEqual(['shared/model.ts', 'electron/read.ts']);
    expect(changedBy({ 'shared/new.ts': 'export {};' })).toEqual(['shared/new.ts']);
  });

  it('is what imports a module in JavaScript, when its declarations change', () => {
    expect(changedBy({ 'electron/set-up.d.mts': 'export const root: string;' })).toContain('electron/start.ts');
  });

  it('is everything when settings, declarations for all, or a script without imports change', () => {
    expect(changedBy({ 'tsconfig.json': '{ "strict": true }' })).toEqual(modules);
    expect(changedBy({ 'tests/provided.ts': `declare module 'vitest' {}\nexport {};` })).toEqual(modules);
    expect(changedBy({ 'shared/script.ts': 'var everywhere = 1;' })).toEqual([...modules, 'shared/script.ts']);
  });
});

describe('the hash of the whole tree', () => {
  it('changes with each text and each name', () => {
    const hash = (tree: Tree): string => hashOfTree(tree);
    const whole = new Map(Object.entries(TREE));
    expect(hash(new Map(whole))).toBe(hash(whole));
    expect(hash(new Map([...whole, ['README.md', 'Other']]))).not.toBe(hash(whole));
    expect(hash(new Map([...whole, ['NOTES.md', '']]))).not.toBe(hash(whole));
  });
});

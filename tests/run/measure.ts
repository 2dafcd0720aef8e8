/**
 * `npm run measure`: the shape of the code in numbers, for comparing two commits: files, lines and comments by folder, files
 * with a single importer, import circles, the functions that creating one passage runs through, and the files that name the
 * things a typical change touches. Reads the files that git tracks; `npm run measure -- FOLDER` measures another checkout.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root as here } from '../../electron/start/set-up.mjs';

const root = process.argv[2] ?? here;
const PRODUCT = /^(electron|renderer|shared)\/.+\.tsx?$/;

/**
 * What twelve changes have to find: a word of each kind of thing that is added or changed often. Files of the product that
 * name it have to be read, and mostly changed.
 */
const CHANGES: readonly (readonly [change: string, word: RegExp])[] = [
  ['a field of a passage (tagsDecided)', /\btagsDecided\b/],
  ['a field of a source (gradeReason)', /\bgradeReason\b/],
  ['a field of a category (shortcut)', /\bshortcut\b/],
  ['the text of a memo', /\bp_memo\b/],
  ['the projection of categories', /\bp_category\b/],
  ['the projection of tags', /\bp_tag\b/],
  ['a call (memos.set)', /memos\.set/],
  ['an event (project.changed)', /project\.changed/],
  ['an error code (DISK_FULL)', /DISK_FULL/],
  ['a key (Ctrl+Shift+M)', /Mod\+Shift\+(Key)?M/i],
  ['a review state (checked)', /'checked'/],
  ['escaping HTML', /&lt;/],
];

interface File {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly { readonly path: string; readonly isType: boolean }[];
}

const IMPORT = /(?:^|\n)\s*(import|export)\s+(type\s)?([^;'"]*?\bfrom\s+)?['"](\.[^'"]+)['"]/g;

function read(path: string): File {
  const text = readFileSync(join(root, path), 'utf8');
  const imports = [...text.matchAll(IMPORT)].map(([, , type, names, specifier]) => ({
    path: posix.join(posix.dirname(path), specifier ?? ''),
    isType: type !== undefined || everyNameIsType(names ?? ''),
  }));
  return { path, text, imports };
}

function everyNameIsType(names: string): boolean {
  const braced = /^\s*\{([^}]*)\}\s*from\s+$/.exec(names)?.[1];
  if (braced === undefined) return false;
  return braced
    .split(',')
    .filter((name) => name.trim() !== '')
    .every((name) => name.trim().startsWith('type '));
}

/** Lines that hold code, and lines that hold nothing but a comment. */
function lines(text: string): { readonly code: number; readonly comments: number } {
  let code = 0;
  let comments = 0;
  let isInside = false;
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    if (isInside || line.startsWith('//') || line.startsWith('/*') || line.startsWith('{/*')) comments++;
    else code++;
    if (line.startsWith('/*') || line.startsWith('{/*')) isInside = true;
    if (isInside && line.includes('*/')) isInside = false;
  }
  return { code, comments };
}

/** The groups of files that import each other in a circle (Tarjan's strongly connected components of two files or more). */
function circles(files: readonly File[], withTypes: boolean): string[][] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): void => {
    index.set(path, index.size);
    low.set(path, index.get(path) ?? 0);
    stack.push(path);
    for (const one of byPath.get(path)?.imports ?? []) {
      if ((one.isType && !withTypes) || !byPath.has(one.path)) continue;
      if (!index.has(one.path)) visit(one.path);
      if (stack.includes(one.path)) low.set(path, Math.min(low.get(path) ?? 0, low.get(one.path) ?? 0));
    }
    if (low.get(path) !== index.get(path)) return;
    const group = stack.splice(stack.indexOf(path));
    if (group.length > 1) found.push(group);
  };
  for (const { path } of files) if (!index.has(path)) visit(path);
  return found;
}

const room = (path: string): string => path.split('/').slice(0, 2).join('/');
const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, two) => one - two)[Math.floor(numbers.length / 2)] ?? 0;

const tracked = execFileSync('git', ['-C', root, 'ls-files', '-z'], { encoding: 'utf8', maxBuffer: 1 << 28 }).split(
  '\0',
);
const product = tracked.filter((path) => PRODUCT.test(path)).map(read);
const tests = tracked.filter((path) => /^tests\/.+\.tsx?$/.test(path)).map(read);

const counted = product.map((file) => ({ ...file, ...lines(file.text), room: room(file.path) }));
const total = (of: 'code' | 'comments', from = counted): number => from.reduce((sum, one) => sum + one[of], 0);
const print = (name: string, ...values: readonly (string | number)[]): void =>
  console.log(name.padEnd(42), values.map((value) => String(value).padStart(8)).join(''));

print('folder', 'files', 'code', 'comment');
for (const name of [...new Set(counted.map((file) => file.room))].toSorted()) {
  const inside = counted.filter((file) => file.room === name);
  print(name, inside.length, total('code', inside), total('comments', inside));
}
print('product', product.length, total('code'), total('comments'));
print('tests', tests.length);
print('median lines of a file', median(product.map(({ text }) => text.split('\n').length - 1)));

const importers = new Map<string, Set<string>>();
for (const file of product)
  for (const { path } of file.imports) importers.set(path, (importers.get(path) ?? new Set()).add(file.path));
const single = product.filter(({ path }) => {
  const [only, ...others] = importers.get(path) ?? [];
  return only !== undefined && others.length === 0 && posix.dirname(only) === posix.dirname(path);
});
print('files whose one importer is in their folder', single.length);
print('… of them under 60 lines', single.filter(({ text }) => text.split('\n').length <= 60).length);
print(
  'imports between files',
  product.reduce((sum, { imports }) => sum + imports.length, 0),
);
print('import circles, without types', circles(product, false).length);
const withTypes = circles(product, true);
print('import circles, with types', withTypes.length);
for (const group of withTypes) console.log(`    ${group.join(' ')}`);

console.log('\nFiles of the product that name …');
for (const [change, word] of CHANGES) print(`  ${change}`, product.filter(({ text }) => word.test(text)).length);

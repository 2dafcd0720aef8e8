/**
 * `npm run measure`: the shape of the code in numbers. First what a change costs against the last release: files and lines by
 * folder, strings of the interface, KB of documents. Then files with a single importer, import circles, and the files that name
 * the things a typical change touches. Reads the files that git tracks; `npm run measure -- FOLDER` measures another checkout.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root as here } from '../../electron/start/set-up.mjs';

const root = process.argv[2] ?? here;
const PRODUCT = /^(electron|renderer|shared)\/.+\.tsx?$/;
const STRINGS = /\/strings\.en\.json$/;
const DOCUMENT = /^(docs\/.+|[A-Z]+)\.md$/;

/** The commit of the last release, which the present is compared with: 0.1.0. */
const LAST_RELEASE = 'd9a968c6';

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

/** What is compared with the last release. */
interface Sizes {
  readonly rooms: ReadonlyMap<string, { readonly files: number; readonly code: number; readonly comments: number }>;
  readonly strings: number;
  /** KB of 1,000 bytes. */
  readonly docs: number;
}

/** `texts`: the text of each file, by its path. */
function sizesOf(texts: ReadonlyMap<string, string>): Sizes {
  const rooms = new Map<string, { files: number; code: number; comments: number }>();
  for (const [path, text] of texts) {
    if (!PRODUCT.test(path)) continue;
    for (const name of [path.split('/').slice(0, 2).join('/'), 'product']) {
      const { files, code, comments } = rooms.get(name) ?? { files: 0, code: 0, comments: 0 };
      const own = lines(text);
      rooms.set(name, { files: files + 1, code: code + own.code, comments: comments + own.comments });
    }
  }
  const sum = (wanted: RegExp, of: (text: string) => number): number =>
    [...texts].reduce((total, [path, text]) => total + (wanted.test(path) ? of(text) : 0), 0);
  return {
    rooms,
    strings: sum(STRINGS, (text) => leaves(JSON.parse(text))),
    docs: Math.round(sum(DOCUMENT, (text) => Buffer.byteLength(text)) / 1000),
  };
}

const leaves = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, one) => sum + leaves(one), 0)
    : 1;

const git = (args: readonly string[], input = ''): Buffer =>
  execFileSync('git', ['-C', root, ...args], { input, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'ignore'] });

/** The texts of a commit that are measured, by path; null if this clone lacks the commit, as a shallow one does. */
function textsAt(commit: string): Map<string, string> | null {
  try {
    const all = git(['ls-tree', '-r', '-z', '--name-only', commit]).toString().split('\0');
    const paths = all.filter(isMeasured);
    const batch = git(['cat-file', '--batch'], paths.map((path) => `${commit}:${path}\n`).join(''));
    const texts = new Map<string, string>();
    let at = 0;
    for (const path of paths) {
      // Each is “HASH blob SIZE”, its bytes, and a line end.
      const from = batch.indexOf(10, at) + 1;
      const to = from + Number(batch.toString('utf8', at, from).trim().split(' ')[2]);
      texts.set(path, batch.toString('utf8', from, to));
      at = to + 1;
    }
    return texts;
  } catch {
    return null;
  }
}

const isMeasured = (path: string): boolean => [PRODUCT, STRINGS, DOCUMENT].some((one) => one.test(path));
const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, two) => one - two)[Math.floor(numbers.length / 2)] ?? 0;

const tracked = git(['ls-files', '-z']).toString().split('\0');
const product = tracked.filter((path) => PRODUCT.test(path)).map(read);
const tests = tracked.filter((path) => /^tests\/.+\.tsx?$/.test(path));
const now = sizesOf(new Map(tracked.filter(isMeasured).map((path) => [path, readFileSync(join(root, path), 'utf8')])));
const texts = textsAt(LAST_RELEASE);
const before = texts === null ? null : sizesOf(texts);

const print = (name: string, ...values: readonly (string | number)[]): void =>
  console.log(name.padEnd(42), values.map((value) => String(value).padStart(8)).join(''));
const change = (is: number, was: number | undefined): string =>
  before === null ? '' : `${is >= (was ?? 0) ? '+' : '−'}${Math.abs(is - (was ?? 0))}`;

if (before === null)
  console.log(`The last release, ${LAST_RELEASE}, is not in this clone: nothing is compared with it.`);
print('folder', 'files', '', 'code', '', 'comment', '');
for (const name of [...new Set([...now.rooms.keys(), ...(before?.rooms.keys() ?? [])])].toSorted()) {
  const is = now.rooms.get(name) ?? { files: 0, code: 0, comments: 0 };
  const was = before?.rooms.get(name);
  const cells = (['files', 'code', 'comments'] as const).flatMap((of) => [is[of], change(is[of], was?.[of])]);
  print(name, ...cells);
}
print('strings of the interface', now.strings, change(now.strings, before?.strings));
print('KB of documents', now.docs, change(now.docs, before?.docs));
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

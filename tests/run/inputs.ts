import { posix } from 'node:path';
import { hashOf } from './closures.ts';

/**
 * The files of a checkout from its root, with forward slashes: a text as it is, anything else as its hash. Without what is
 * installed or built.
 */
export type Files = ReadonlyMap<string, string>;

/**
 * Says in a few characters what a test depends on outside of these files, so that another answer means another input:
 * `out/main` (what is built), `out/main/cli.js` (what one entry of it can load), `program age` (whether the machine has it, and
 * which), `../shared/corpus` (beside the checkout), `machine` (Node, the platform, installed packages, variables of the environment).
 */
export type Outside = (name: string) => string;

/** What every test runs on: another text here is another input of all of them. */
export const FOR_ALL = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vitest.config.ts',
  'electron.vite.config.ts',
  'electron/start',
  'tests/run',
  'tests/planted/plugin.ts',
  'tests/support/browser.ts',
  'tests/support/built.ts',
  'tests/support/built-threads.ts',
  'tests/support/patience.ts',
  'tests/support/program.ts',
  'tests/support/unpacked.ts',
] as const;

/**
 * Files that know where the checkout is, with what they read there. Any other that does may read all of it, and so may the tests
 * that use it. tests/long/opened.test.ts compares this with what runs open.
 */
const READ_THERE: Readonly<Record<string, readonly string[]>> = {
  // Cuts it off the paths in an error's stack.
  'electron/log/entry.ts': [],
  // Says where it is; who imports it is asked what for.
  'electron/start/set-up.mjs': [],
  'electron/sample/make-sample.ts': ['electron/sample/files'],
  // Whoever calls startThread depends on the thread that it names.
  'electron/workers/threads.ts': [],
  // Electron is started on the folder, and reads package.json and what is built.
  'tests/e2e/support/hosts.ts': ['tests/support/standin', 'package.json', 'out/main/main.js', 'out/preload'],
  'tests/planted/plugin.ts': [],
  'tests/support/built-threads.ts': [],
  // It returns to the folder it came from.
  'tests/support/cli.ts': [],
  'tests/support/frozen-reader.ts': ['renderer', 'shared', 'tests/support/in-page'],
  'tests/support/program.ts': ['out/main/cli.js', 'electron/cli.ts'],
  'tests/support/served-program.ts': ['out/main/serve.js', 'out/renderer'],
  'tests/support/standin/single-instance.ts': [],
  'tests/support/viewer/server.ts': ['tests/support/viewer'],
};

const TEST = /^tests\/(?!bench\/).+\.test\.tsx?$/;
const BUILT = /^out\/(main|preload|renderer)(\/|$)/;
/** Where a process or thread of the program begins; other files there have a hash in their name. */
const ENTRY = /^out\/main\/[a-z]+(-worker)?\.js$/;
const SET_UP = 'electron/start/set-up.mjs';
const WHOLE = '.';

/**
 * For each test file, a hash over all that its result can depend on. A file counts if the test reaches it: by an import, or by a
 * path in quotation marks, relative to the file that names it or, in tests/, to the root. A folder counts whole, and a path that
 * goes on with what is only known at run time counts as its folder. Too much only means that a test runs once more.
 */
export function keysOfTests(files: Files, outside: Outside): Map<string, string> {
  const reached = inputsOfTests(files);
  const hashes = new Map([...files].map(([path, text]) => [path, hashOf(path, text)]));
  const asked = new Map<string, string>();
  const hash = (name: string): string => {
    const known = hashes.get(name) ?? asked.get(name);
    if (known !== undefined) return known;
    const said = hashOf(name, outside(name));
    asked.set(name, said);
    return said;
  };
  return new Map([...reached].map(([test, names]) => [test, hashOf(...[...names].toSorted().map(hash))]));
}

/** For each test file, the files of the checkout that it reaches, and the names of what it depends on outside of them. */
export function inputsOfTests(files: Files): Map<string, ReadonlySet<string>> {
  const under = foldersOf(files);
  const direct = new Map<string, readonly string[]>();
  const edgesOf = (name: string): readonly string[] => {
    if (name === WHOLE) return [...files.keys(), 'out/main', 'out/preload', 'out/renderer'];
    const text = files.get(name);
    if (text === undefined) return under.get(name) ?? [];
    const known = direct.get(name);
    if (known !== undefined) return known;
    const found = [...new Set(namedIn(name, text, files, under))];
    direct.set(name, found);
    return found;
  };
  const isOutside = (name: string): boolean => !files.has(name) && name !== WHOLE && !under.has(name);
  const forAll = FOR_ALL.flatMap((name) => (files.has(name) ? [name] : (under.get(name) ?? [])));
  const tests = [...files.keys()].filter((path) => TEST.test(path));
  return new Map(
    tests.map((test) => {
      const reached = new Set([test]);
      for (const one of reached) for (const next of edgesOf(one)) reached.add(next);
      const inputs = [...reached].filter((name) => files.has(name) || isOutside(name));
      return [test, new Set([...inputs, ...forAll, 'machine'])];
    }),
  );
}

/** The files in each folder and in those below it. */
function foldersOf(files: Files): Map<string, string[]> {
  const under = new Map<string, string[]>();
  for (const path of files.keys())
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder))
      under.set(folder, [...(under.get(folder) ?? []), path]);
  return under;
}

const CODE = /\.(ts|tsx|mts|mjs|js|css|html)$|\/[^./]+$/;
/** Types are not there at run time. */
const TYPES_ONLY = /^(import|export) type\b[^;'"]*?\bfrom\s+(['"])[^'"\n]+\2/gm;
/** Whatever stands between two quotation marks of a kind; looked at from each mark, since comments and patterns have odd ones. */
const QUOTED = /(?=(['"`])([^'"`\n]+)\1)/g;
/** The beginning of a text that goes on with a value. */
const BEGUN = /`([^'"`\n$]*)\$\{/g;
/** What follows a value: `${root}/docs`. */
const CONTINUED = /\}(\/[^'"`\n$]+)/g;
/** Where only a part of a path is known: from a value or a pattern on. */
const OPEN_ENDED = /(\$\{|[*{]).*$/;
const THREAD = /(?<!\.)\bstartThread\(\s*(?:'(\w+)')?/g;
const PROGRAM = /(?<![.\w])(?:has|run|spawn|spawnSync|execFile|execFileSync)\(\s*['"]([\w.-]+)['"]/g;

function namedIn(path: string, text: string, files: Files, under: ReadonlyMap<string, unknown>): string[] {
  if (!CODE.test(path)) return [];
  const isTest = path.startsWith('tests/');
  const code = text.replace(TYPES_ONLY, '');
  const folder = posix.dirname(path);
  const read = READ_THERE[path];
  // Folders are listed where a file knows its place, or reads files by a path from the root, where tests run.
  const knowsItsPlace = read === undefined && /\bimport\.meta\b|\bimport\(/.test(code);
  const readsFiles = read === undefined && /\bnode:fs\b/.test(code);
  const counts = (name: string, lists: boolean): boolean => files.has(name) || (lists && under.has(name));

  const fromHere = (name: string): string[] => {
    const at = tidy(posix.join(folder, name));
    if (at === WHOLE) return knowsItsPlace ? [WHOLE] : [];
    if (at.startsWith('..')) return knowsItsPlace ? [at] : [];
    if (BUILT.test(at)) return [builtPart(at)];
    return counts(at, knowsItsPlace) ? [at] : [];
  };
  const fromRoot = (name: string): string[] => {
    const at = tidy(name.replace(/^\//, ''));
    if (BUILT.test(at)) return [builtPart(at)];
    return counts(at, readsFiles || knowsItsPlace) ? [at] : [];
  };
  const resolve = (said: string): string[] => {
    const name = said
      .replace(/[?#].*$/, '')
      .replace(OPEN_ENDED, '\0')
      .replace(/[^/]*\0$/, '');
    if (name === '') return [];
    const isRelative = /^\.\.?(\/|$)/.test(name);
    if (!isTest) return isRelative ? fromHere(name) : [];
    return isRelative || !name.startsWith('/') ? [...fromHere(name), ...fromRoot(name)] : fromRoot(name);
  };

  const snapshot = posix.join(folder, '__snapshots__', `${posix.basename(path)}.snap`);
  const said = [QUOTED, BEGUN, CONTINUED].flatMap((pattern) =>
    [...code.matchAll(pattern)].map((match) => {
      const found = match[2] ?? match[1] ?? '';
      return pattern === BEGUN ? `${found}\${` : found;
    }),
  );
  const threads = [...code.matchAll(THREAD)].map(([, name]) =>
    name === undefined ? 'out/main' : `out/main/${name}-worker.js`,
  );
  const named = [...said.flatMap(resolve), ...threads, ...[snapshot].filter((one) => files.has(one))];
  if (read !== undefined) return [...named, ...read];
  const knowsRoot = isTest && (named.includes(SET_UP) || /\bprocess\.cwd\(\)/.test(code));
  const programs = isTest ? [...code.matchAll(PROGRAM)].map(([, program = '']) => `program ${program}`) : [];
  return [...named, ...programs, ...(knowsRoot ? [WHOLE] : [])];
}

const tidy = (path: string): string => posix.normalize(path).replace(/(.)\/$/, '$1');
const builtPart = (path: string): string => (ENTRY.test(path) ? path : path.split('/').slice(0, 2).join('/'));

/** Whether a test's cases are drawn anew in each run, so that no earlier run stands for the next. */
export const drawsAnew = (text: string): boolean =>
  (text.match(/\bfc\.(assert|check)\(/g) ?? []).length > (text.match(/\bseed: /g) ?? []).length;

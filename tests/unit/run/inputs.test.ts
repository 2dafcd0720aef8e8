import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtFilesOf, readFiles, textOrHash, VARIABLES } from '../../run/checkout.ts';
import { tempFolder } from '../../support/temp.ts';
import { drawsAnew, FOR_ALL, inputsOfTests, keysOfTests, type Files } from '../../run/inputs.ts';

/** A checkout in small. Each test reaches what it reads in a way of its own. */
const CHECKOUT: Readonly<Record<string, string>> = {
  'package-lock.json': '{}',
  'vitest.config.ts': 'export default {};',
  'README.md': 'Read me',
  'docs/tour.md': 'A tour',
  'shared/ids.ts': 'export const id = 1;',
  'shared/types.ts': 'export type Id = string;',
  'electron/work.ts': `import { id } from '../shared/ids.ts';\nimport type { Id } from '../shared/types.ts';\nexport const at: Id = String(id);`,
  'electron/late.ts': `export const late = () => import('./work.ts');`,
  'electron/find-worker.ts': 'postMessage(1);',
  'electron/find.ts': `new Worker(new URL('./find-worker.ts', import.meta.url));`,
  'electron/workers/threads.ts': 'export const startThread = (name) => new Worker(new URL(name, import.meta.url));',
  'electron/workers/pool.ts': `import { startThread } from './threads.ts';\nstartThread('pool', limits);`,
  'electron/open.ts': `import { startThread } from './workers/threads.ts';\nstartThread(name);`,
  'electron/features/a/strings.json': '{}',
  'electron/features/b/strings.json': '{}',
  'electron/start/set-up.mjs': 'export const root = 1;',
  'tests/support/served-program.ts': `export const ROOT = resolve(import.meta.dirname, '../..');`,
  'tests/fixtures/page.html': 'hash of a page',
  'tests/fixtures/pictures/one.png': 'hash of a picture',
  'tests/kill/child.ts': `import '../../electron/work.ts';`,
  'tests/unit/imports.test.ts': `import { at } from '../../electron/work.ts';`,
  'tests/unit/late.test.ts': `import { late } from '../../electron/late.ts';`,
  'tests/unit/worker.test.ts': `import '../../electron/find.ts';`,
  'tests/unit/fixture.test.ts': `readFileSync(join(import.meta.dirname, '../fixtures/page.html'));`,
  'tests/unit/folder.test.ts': `readdirSync(join(import.meta.dirname, '../fixtures'));`,
  'tests/unit/from-root.test.ts': `import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';\nreadFileSync('docs/tour.md');`,
  'tests/unit/value.test.ts': 'resolve(import.meta.dirname, `../../electron/features/${name}/strings.json`);',
  'tests/unit/glob.test.ts': `import { globSync } from 'node:fs';\nglobSync('electron/features/**/*.json');`,
  'tests/unit/repository.test.ts': `const root = resolve(import.meta.dirname, '../..');`,
  'tests/unit/root.test.ts': `import { root } from '../../electron/start/set-up.mjs';`,
  'tests/unit/program.test.ts': `if (has('age')) run('age', '-d');`,
  'tests/unit/corpus.test.ts': `resolve(import.meta.dirname, '../../../shared/corpus');`,
  'tests/unit/thread.test.ts': `import '../../electron/workers/pool.ts';`,
  'tests/unit/any-thread.test.ts': `import '../../electron/open.ts';`,
  'tests/integration/command.test.ts': `import '../support/program.ts';`,
  'tests/support/program.ts': `resolve(root, 'out/main/cli.js');`,
  'tests/unit/snapshot.test.ts': `it('x', () => expect(1).toMatchSnapshot());`,
  'tests/unit/odd.test.ts': `// It's odd\nimport '../../electron/work.ts'; // isn't it`,
  'tests/kill/kill.test.ts': `spawn(process.execPath, [join(import.meta.dirname, 'child.ts')]);`,
  'tests/e2e/screen.test.ts': `import { ROOT } from '../support/served-program.ts';`,
};

const WHOLE = ['repository', 'root'];
const OUTSIDE: Readonly<Record<string, string>> = { machine: 'Node 24', 'program age': '1.2' };
type Change = Readonly<Record<string, string | null>>;

const keys = (change: Change = {}, outside: Change = {}): Map<string, string> => {
  const files: Files = new Map(
    Object.entries({ ...CHECKOUT, ...change }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
  return keysOfTests(files, (name) => ({ ...OUTSIDE, ...outside })[name] ?? 'none');
};
const short = (path: string): string => path.replace(/^.*\/|\.test\.ts$/g, '');

/** The tests whose key is another after a change, without the two that may read everything. */
function changedBy(change: Change, outside: Change = {}): string[] {
  const [before, after] = [keys(), keys(change, outside)];
  const changed = [...after].filter(([test, key]) => before.get(test) !== key).map(([test]) => short(test));
  if (Object.keys(change).length > 0) expect(changed).toEqual(expect.arrayContaining(WHOLE));
  return changed.filter((test) => !WHOLE.includes(test));
}
const everyTest = [...keys().keys()].map(short).filter((test) => !WHOLE.includes(test));

describe('the inputs of a test file', () => {
  it('are the same for the same checkout', () => {
    expect(changedBy({})).toEqual([]);
  });

  it('are its own text, and what it imports at any distance, when it begins or later', () => {
    expect(changedBy({ 'tests/unit/imports.test.ts': `import { at } from '../../electron/work.ts'; // New` })).toEqual([
      'imports',
    ]);
    expect(changedBy({ 'shared/ids.ts': 'export const id = 2;' })).toEqual(['imports', 'late', 'odd', 'kill']);
    expect(changedBy({ 'electron/late.ts': 'export const late = 1;' })).toEqual(['late']);
  });

  it('are not types, which are gone at run time', () => {
    expect(changedBy({ 'shared/types.ts': 'export type Id = number;' })).toEqual([]);
  });

  it('are the threads and the processes that it starts', () => {
    expect(changedBy({ 'electron/find-worker.ts': 'postMessage(2);' })).toEqual(['worker']);
    expect(changedBy({ 'tests/kill/child.ts': '' })).toEqual(['kill']);
  });

  it('are the files that it reads by name, from where it is or from the root', () => {
    expect(changedBy({ 'tests/fixtures/page.html': 'hash of another page' })).toEqual(['fixture', 'folder']);
    expect(changedBy({ 'docs/tour.md': 'Another tour' })).toEqual(['from-root']);
  });

  it('are all files of a folder that it names, or in which a name is only known at run time', () => {
    expect(changedBy({ 'tests/fixtures/pictures/two.png': 'hash of a new picture' })).toEqual(['folder']);
    expect(changedBy({ 'electron/features/b/strings.json': '{"b":1}' })).toEqual(['value', 'glob']);
    expect(changedBy({ 'electron/features/c/strings.json': '{}' })).toEqual(['value', 'glob']);
  });

  it('change when a file is gone, or is there at last', () => {
    expect(changedBy({ 'tests/fixtures/page.html': null })).toEqual(['fixture', 'folder']);
    expect(changedBy({ 'tests/unit/__snapshots__/snapshot.test.ts.snap': 'New' })).toEqual(['snapshot']);
  });

  it('are everything for a test that knows where the checkout is, and only there', () => {
    expect(changedBy({ 'README.md': 'Read this' })).toEqual([]);
  });

  it('are what is built, for tests of the program and of its threads: what the entry that runs there loads', () => {
    expect(changedBy({}, { 'out/main/serve.js': 'built of other sources' })).toEqual(['screen']);
    expect(changedBy({}, { 'out/main/cli.js': 'built of other sources' })).toEqual(['command']);
    expect(changedBy({}, { 'out/main/pool-worker.js': 'built of other sources' })).toEqual(['thread']);
    expect(changedBy({}, { 'out/renderer': 'built of other sources' })).toEqual(['screen']);
  });

  it('are all that is built, where which thread starts is only known at run time', () => {
    expect(changedBy({}, { 'out/main': 'built of other sources' })).toEqual(['any-thread']);
  });

  it('are the programs that it looks for, and what lies beside the checkout', () => {
    expect(changedBy({}, { 'program age': 'none' })).toEqual(['program']);
    expect(changedBy({}, { '../shared/corpus': 'other documents' })).toEqual(['corpus']);
  });

  it('are, for all of them, Node, the machine, the packages, the settings and this machinery', () => {
    expect(changedBy({}, { machine: 'Node 25' })).toEqual(everyTest);
    expect(changedBy({ 'package-lock.json': '{"lockfileVersion":4}' })).toEqual(everyTest);
    expect(changedBy({ 'vitest.config.ts': 'export default { test: {} };' })).toEqual(everyTest);
    expect(changedBy({ 'tests/run/inputs.ts': '' })).toEqual(everyTest);
  });
});

/** What runs the tests, measures, or sets up: no result of a test. */
const MACHINERY = /^(electron\/start|tests\/(bench|run|planted|support\/opened))\//;
/** Where programs are: each one that a test names is an input by itself. */
const OTHER_VARIABLES = ['PATH'];

describe('in this checkout', () => {
  it('all that vitest.config.ts uses counts for every test', () => {
    const text = readFileSync('vitest.config.ts', 'utf8');
    const used = [...text.matchAll(/'(?:\.\/)?(tests\/[\w/-]+\.ts)'/g)].map(([, path = '']) => path);
    expect(used).toHaveLength(6);
    expect([...FOR_ALL]).toEqual(expect.arrayContaining(used));
  });

  it('each variable that the program or a test reads counts', () => {
    const code = [...readFiles()].filter(
      ([path]) => /^(electron|shared|tests)\/.+\.m?ts$/.test(path) && !MACHINERY.test(path),
    );
    const read = code.flatMap(([, text]) =>
      [...text.matchAll(/\benv(?:\.|\[')([A-Z][A-Z_]+)\b/g)].map(([, name]) => name ?? ''),
    );
    const others = [...new Set(read)].filter((name) => !VARIABLES.test(name));
    expect(others.toSorted()).toEqual(OTHER_VARIABLES);
  });

  it('bytes that are no text are told apart', () => {
    expect(textOrHash(Buffer.from([0xff]))).not.toBe(textOrHash(Buffer.from([0xfe])));
    expect(textOrHash(Buffer.from('汉'))).toBe('汉');
  });

  it('a test that imports nothing depends on itself and the machine', () => {
    const files: Files = new Map([['tests/unit/a.test.ts', `import { it } from 'vitest';`]]);
    expect(inputsOfTests(files).get('tests/unit/a.test.ts')).toEqual(new Set(['tests/unit/a.test.ts', 'machine']));
  });
});

/** A program in small: what begins a thread can't be seen in its chunks. */
const PROGRAM: Readonly<Record<string, string>> = {
  'cli.js': 'import{a}from"./calls-Aa.js";import("./write-Bb.js");',
  'engine-worker.js': 'import{a}from"./calls-Aa.js";',
  'tasks-worker.js': 'import{a}from"./calls-Aa.js";',
  'pool-worker.js': 'await import(`./pdf-Cc.js`);',
  'verify-worker.js': 'import{b}from"./log-Dd.js";',
  'check-worker.js': 'import{b}from"./log-Dd.js";',
  'calls-Aa.js': 'import{b}from"./log-Dd.js";import"./elsewhere.js";',
  'write-Bb.js': '',
  'pdf-Cc.js': '',
  'log-Dd.js': '',
};

it('an entry of the built program loads its chunks, and those of the threads that it may start', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'out/main'), { recursive: true });
  for (const [name, text] of Object.entries(PROGRAM)) writeFileSync(join(folder, 'out/main', name), text);
  const loaded = (entry: string): string[] =>
    [...builtFilesOf(`out/main/${entry}.js`, folder)].map((path) => path.replace('out/main/', '')).toSorted();
  expect(loaded('cli')).toEqual(Object.keys(PROGRAM).toSorted());
  expect(loaded('pool-worker')).toEqual([
    'check-worker.js',
    'log-Dd.js',
    'pdf-Cc.js',
    'pool-worker.js',
    'verify-worker.js',
  ]);
  expect(loaded('verify-worker')).toEqual(['check-worker.js', 'log-Dd.js', 'verify-worker.js']);
});

/** Apart from its bracket, so that this file does not seem to draw cases itself. */
const ASSERT = 'fc.assert';

it('cases without a seed are drawn anew in each run', () => {
  expect(drawsAnew(`${ASSERT}(fc.property(one, holds));`)).toBe(true);
  expect(drawsAnew(`${ASSERT}(fc.property(one, holds), { seed: 1 });`)).toBe(false);
  expect(drawsAnew(`${ASSERT}(a, { seed: 1 }); ${ASSERT}(b, { numRuns: 9 });`)).toBe(true);
});

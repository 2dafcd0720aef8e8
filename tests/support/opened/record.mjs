/**
 * Loaded before anything else (`node --import`) in each process and thread of a vitest run with a process for each file: writes
 * down what a test file opens or lists of this checkout, itself or in what it starts. One line each: test file, tab, path; a folder that is listed ends in a slash.
 */
import fs from 'node:fs';
import module, { syncBuiltinESMExports } from 'node:module';
import { join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../../..') + sep;
const IGNORED = ['node_modules', '.git', join('tests', '.tmp')].map((folder) => join(ROOT, folder));
const LOG = process.env.OPENED_LOG ?? '';
const append = fs.appendFileSync;
const seen = new Set();

/** The file that this process runs; what it starts is told in the environment. */
function testFile() {
  const own = globalThis.__vitest_worker__?.filepath;
  if (own !== undefined) process.env.OPENED_BY = own;
  return process.env.OPENED_BY;
}

function note(given, lists = false) {
  const by = testFile();
  if (by === undefined) return;
  if (typeof given === 'number' || given === undefined || given === null) return;
  let path;
  try {
    path =
      given instanceof URL || String(given).startsWith('file:') ? fileURLToPath(String(given)) : resolve(String(given));
  } catch {
    return;
  }
  path = path.replace(/[?#].*$/, '').replace(/[\\/]$/, '');
  if (!path.startsWith(ROOT) || IGNORED.some((folder) => path.startsWith(folder))) return;
  const line = `${by.slice(ROOT.length)}\t${path.slice(ROOT.length)}${lists ? '/' : ''}\n`;
  if (seen.has(line)) return;
  seen.add(line);
  append(LOG, line);
}

const LISTING = /^(readdir|opendir|cp)/;
const FIRST = [
  'readFile',
  'open',
  'readdir',
  'opendir',
  'copyFile',
  'cp',
  'createReadStream',
  'exists',
  'stat',
  'lstat',
  'access',
];
for (const [of, names] of [
  [fs, [...FIRST, ...FIRST.map((name) => `${name}Sync`)]],
  [fs.promises, FIRST],
])
  for (const name of names) {
    const real = of[name];
    if (typeof real !== 'function') continue;
    of[name] = Object.assign(function (path, ...rest) {
      note(path, LISTING.test(name));
      return Reflect.apply(real, this, [path, ...rest]);
    }, real);
  }
for (const name of ['globSync']) {
  const real = fs[name];
  fs[name] = (pattern, options) => {
    const found = real(pattern, options);
    for (const one of found)
      note(resolve(String(options?.cwd ?? '.'), typeof one === 'string' ? one : join(one.parentPath, one.name)));
    return found;
  };
}
syncBuiltinESMExports();

module.registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) note(url);
    return next(url, context);
  },
});

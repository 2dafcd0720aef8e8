import { isUtf8 } from 'node:buffer';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync, type Dirent } from 'node:fs';
import { release } from 'node:os';
import { delimiter, join, sep } from 'node:path';
import { isBuilt } from '../../electron/start/inputs.mjs';
import { root } from '../../electron/start/set-up.mjs';
import { hashOf } from './closures.ts';
import type { Files, Outside } from './inputs.ts';

const LEFT_OUT = new Set(['.git', 'node_modules', 'out', 'dist', 'coverage', 'tests/.tmp']);

/** This checkout. */
export function readFiles(): Files {
  return new Map(filesUnder(root, '').map((path) => [path, textOrHash(readFileSync(join(root, path)))] as const));
}

/** Read as a text, other bytes would lose what tells them apart. */
export const textOrHash = (bytes: Buffer): string =>
  isUtf8(bytes) ? bytes.toString('utf8') : hashOf(bytes.toString('latin1'));

function filesUnder(top: string, folder: string): string[] {
  return readdirSync(join(top, folder), { withFileTypes: true })
    .toSorted(byName)
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (LEFT_OUT.has(path)) return [];
      return entry.isDirectory() ? filesUnder(top, path) : entry.isFile() ? [path] : [];
    });
}

const byName = (one: Dirent, two: Dirent): number => (one.name < two.name ? -1 : 1);

/** Variables of the environment that the program, the tests or what they start depend on, by name or by how they begin. */
export const VARIABLES =
  /^(SOURCEBOOK_|STANDIN_|ELECTRON_|NODE_|PLAYWRIGHT_|LC_|XDG_|(HOME|USERPROFILE|APPDATA|LOCALAPPDATA|TMPDIR|TEMP|TMP|TZ|LANG|LANGUAGE|DISPLAY|WAYLAND_DISPLAY|SCREENS)$)/;

/** This machine. */
export const readOutside: Outside = (name) => {
  if (name === 'machine') return machine();
  if (name.startsWith('program ')) return programNamed(name.slice('program '.length));
  if (name.startsWith('out/')) return isBuilt() ? contentsOf(name) : 'not built from these files';
  return stampsOf(name);
};

function machine(): string {
  const variables = Object.entries(process.env).filter(([name]) => VARIABLES.test(name));
  return hashOf(
    process.version,
    process.platform,
    process.arch,
    release(),
    String(process.getuid?.()),
    ...variables.toSorted(([one], [two]) => (one < two ? -1 : 1)).flatMap(([name, value]) => [name, value ?? '']),
    // What is really installed: the lock file says what should be.
    ...['node_modules/.package-lock.json', 'node_modules/electron/path.txt'].map((path) =>
      existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '',
    ),
    stampOf(process.env['SOURCEBOOK_CHROMIUM'] ?? ''),
  );
}

function programNamed(program: string): string {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.flatMap((folder) => endings.map((ending) => join(folder, program + ending))).find(existsSync);
  return found === undefined ? 'none' : stampOf(realpathSync(found));
}

function contentsOf(built: string): string {
  const names = built.endsWith('.js')
    ? builtFilesOf(built)
    : existsSync(join(root, built))
      ? filesUnder(root, built)
      : [];
  return hashOf(...[...names].toSorted().flatMap((name) => [name, readFileSync(join(root, name), 'latin1')]));
}

/** Threads that start no thread but one that checks a log. Any other, and each process, may start all of them. */
const STARTS_FEW = /\/(pool|check|verify)-worker\.js$/;
const STARTED: readonly string[] = ['check', 'verify'];
const THREADS: readonly string[] = [...STARTED, 'engine', 'tasks', 'pool'];
const CHUNK = /["'`]\.\/([\w.-]+\.js)["'`]/g;

/** The files of `out/main` that an entry can load, itself and in the threads that it starts. */
export function builtFilesOf(entry: string, top: string = root): ReadonlySet<string> {
  const threads = (STARTS_FEW.test(entry) ? STARTED : THREADS).map((name) => `out/main/${name}-worker.js`);
  const reached = new Set([entry, ...threads].filter((path) => existsSync(join(top, path))));
  for (const path of reached)
    for (const [, chunk = ''] of readFileSync(join(top, path), 'utf8').matchAll(CHUNK))
      if (existsSync(join(top, 'out/main', chunk))) reached.add(`out/main/${chunk}`);
  return reached;
}

/**
 * Of what lies outside of the checkout, sizes and times: the corpus has hundreds of megabytes. The time of the last change of an
 * entry cannot be set, so that nothing is written there unnoticed.
 */
function stampsOf(name: string): string {
  const top = join(root, name);
  if (!existsSync(top)) return 'none';
  if (!statSync(top).isDirectory()) return stampOf(top);
  const names = readdirSync(top, { recursive: true, encoding: 'utf8' }).toSorted();
  return hashOf(...names.flatMap((one) => [one.replaceAll(sep, '/'), stampOf(join(top, one))]));
}

function stampOf(path: string): string {
  const stat = path === '' ? undefined : statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? 'none' : `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
}

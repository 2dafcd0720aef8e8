/**
 * The set-up of a checkout: what `npm start`, `npm test` and the `sourcebook` command do first. It runs on the system's
 * Node (20 or newer), before anything is installed, so it is plain JavaScript and needs no dependency.
 *
 * The rest of the program needs the Node 24 of the npm package `node`: better-sqlite3 crashes the process on Node 20.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const windows = process.platform === 'win32';
const inTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
const modules = join(root, 'node_modules');

/** The Node 24 that everything but this file runs on. */
export const packagedNode = join(modules, 'node', 'bin', windows ? 'node.exe' : 'node');

/**
 * Installs what is missing: the packages of the lock file, then the binary of Node 24 (.npmrc forbids install scripts, and
 * only that package needs one). Returns at once if nothing is missing. npm's output goes to stderr, since stdout may be a
 * document (`sourcebook --json`). Throws an error whose message says what to do.
 */
export async function setUp() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new Error(`Setup needs Node 20 or newer; this is ${process.version}.`);
  if (!isInstalled()) {
    process.stderr.write('Setting up: installing packages (once, and when package-lock.json changes)…\n');
    await npm('ci', '--loglevel=error');
  }
  if (!existsSync(packagedNode)) {
    process.stderr.write('Setting up: downloading Node 24…\n');
    await npm('rebuild', 'node', '--ignore-scripts=false', '--loglevel=error');
  }
  if (!existsSync(packagedNode))
    throw new Error(`Setup finished, but Node 24 isn’t at ${packagedNode}. Delete node_modules and run setup again.`);
}

/**
 * Runs a file of this checkout on Node 24, with this process's standard streams. Resolves to its exit code. Signals to this
 * process are passed on; a signal that ended it also ends this process.
 */
export function runOnPackagedNode(file, args) {
  return run(packagedNode, [join(root, file), ...args], { stdio: 'inherit' });
}

/**
 * Whether node_modules matches the lock file. npm writes node_modules/.package-lock.json last, so an interrupted install
 * counts as none. Packages for other platforms are only in the lock file.
 */
function isInstalled() {
  const wanted = readLock(join(root, 'package-lock.json'));
  if (wanted === null) throw new Error('package-lock.json is missing: this isn’t a complete checkout of Sourcebook.');
  const found = readLock(join(modules, '.package-lock.json'));
  if (found === null) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const there = found[path];
    if (there === undefined) return entry.optional === true || entry.devOptional === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

function readLock(path) {
  if (!existsSync(path)) return null;
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/**
 * npm on the system's Node, never on the one it is about to replace. `npm run` puts node_modules/.bin first on the PATH, so
 * npm's child processes would find that one.
 */
async function npm(...args) {
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(modules));
  const env = { ...process.env, PATH: path.join(delimiter) };
  const inside = process.execPath.startsWith(modules);
  const node = inside ? (process.env.npm_node_execpath ?? 'node') : process.execPath;
  const cli = npmCli(node);
  const [command, first] = cli === null ? ['npm', []] : [node.startsWith(modules) ? 'node' : node, [cli]];
  const code = await run(command, [...first, ...args], { cwd: root, env, stdio: ['ignore', 2, 2] });
  if (code !== 0) {
    throw new Error(
      `Setup failed at \`npm ${args.join(' ')}\` (exit ${code}). It needs the npm registry once; check your connection and try again.`,
    );
  }
}

/**
 * npm's own script, since Windows cannot spawn npm.cmd without a shell: `npm run` gives its path, otherwise it is beside
 * node.
 */
function npmCli(node) {
  const beside = [
    join(dirname(node), 'node_modules/npm/bin/npm-cli.js'),
    join(dirname(node), '../lib/node_modules/npm/bin/npm-cli.js'),
  ];
  return [process.env.npm_execpath, ...beside].find((path) => path?.endsWith('npm-cli.js') && existsSync(path)) ?? null;
}

function run(command, args, options) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, options);
    // Ctrl+C in a terminal reaches the whole process group; a second SIGINT would interrupt the child's orderly exit.
    const forward = (signal) => {
      if (signal !== 'SIGINT' || !inTerminal) child.kill(signal);
    };
    const signals = windows ? ['SIGINT'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.on('error', (error) => fail(new Error(`Cannot run ${command}: ${error.message}`, { cause: error })));
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, forward);
      if (signal !== null && !windows) process.kill(process.pid, signal);
      done(code ?? 1);
    });
  });
}

/**
 * Plays the main process of the `electron` executable: parses its command line, resolves `electron` to the stand-in, loads
 * what `-r` names, then runs the program's own main entry, unchanged.
 */
import { readFileSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire, registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { begin, type Started } from './runtime.ts';

const ELECTRON = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: ELECTRON, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

const given = process.argv.slice(2);
const { modules, switches, entry } = takeApart(given);
const { main, started } = programIn(resolve(entry), switches);
begin(started);
imitateElectron();
process.argv = [process.execPath, ...given];

const require = createRequire(import.meta.url);
const { app } = await import('./app.ts');
for (const module of modules) require(resolve(module));
app.start();
await import(pathToFileURL(main).href);

function takeApart(args: readonly string[]): { modules: string[]; switches: Map<string, string>; entry: string } {
  const modules: string[] = [];
  const switches = new Map<string, string>();
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const [, name, value = ''] = /^--([^=]+)=?(.*)$/.exec(arg) ?? [];
    if (arg === '-r') modules.push(args[(at += 1)] ?? '');
    else if (name === 'inspect') inspector.open(Number(value));
    else if (name !== undefined) switches.set(name, value);
    else return { modules, switches, entry: arg };
  }
  throw new Error('The stand-in needs the program’s folder');
}

function programIn(folder: string, switches: ReadonlyMap<string, string>): { main: string; started: Started } {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { main: join(folder, about.main), started: { appFolder: folder, about, switches } };
}

/** What tells the program that it runs in Electron. */
function imitateElectron(): void {
  const { version } = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('electron/package.json'), 'utf8'));
  Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  Object.defineProperty(process.versions, 'electron', { value: version, enumerable: true });
}

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isBuilt } from './inputs.mjs';
import { root, runOnPackagedNode } from './set-up.mjs';

/**
 * `npm start [project]`: the workbench in Electron, else in a browser on this machine, never without Chromium's sandbox.
 */
async function main(): Promise<number> {
  if (!isBuilt()) {
    process.stderr.write('Building …\n');
    const code = await runOnPackagedNode('electron/start/build.ts', []);
    if (code !== 0) return code;
  }
  const args = fromWhereTheyWereTyped(process.argv.slice(2));
  const electron = electronBinary();
  if (electron === null) {
    process.stderr.write(
      'Electron is not installed (get it with: npx install-electron); serving to a browser instead.\n',
    );
    return serve(args);
  }
  const ended = await launch(electron, args);
  if (!ended.sandboxRefused) return ended.code;
  process.stderr.write('Electron cannot use its sandbox on this system; serving to a browser instead.\n');
  return serve(args);
}

function serve(args: readonly string[]): Promise<number> {
  return runOnPackagedNode('out/main/serve.js', args);
}

/** npm runs scripts in the root; a relative project is meant from where the person typed it. Options pass as they are. */
function fromWhereTheyWereTyped(args: readonly string[]): string[] {
  const folder = process.env['INIT_CWD'] ?? process.cwd();
  return args.map((arg, index) => (arg.startsWith('-') || args[index - 1] === '--port' ? arg : resolve(folder, arg)));
}

/**
 * The Electron binary, or null. Looks only: requiring the package `electron` would try to download the binary where it
 * is missing.
 */
function electronBinary(): string | null {
  const folder = join(root, 'node_modules/electron');
  const pathFile = join(folder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron';
  const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'), name);
  return existsSync(binary) ? binary : null;
}

interface Ended {
  readonly code: number;
  readonly sandboxRefused: boolean;
}

/** What Chromium says on stderr when the system gives it no sandbox (Ubuntu 24.04 with AppArmor; containers; root). */
const REFUSALS = [
  'The SUID sandbox helper binary was found, but is not configured correctly',
  'No usable sandbox!',
  'Running as root without --no-sandbox is not supported',
];

function launch(electron: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(electron, [root, ...args], { stdio: ['inherit', 'inherit', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    said = (said + chunk.toString('utf8')).slice(-20_000);
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      const refused = code !== 0 && REFUSALS.some((words) => said.includes(words));
      done({ code: code ?? 1, sandboxRefused: refused });
    });
  });
}

process.exitCode = await main();

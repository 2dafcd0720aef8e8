import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { electronBinary, fetchElectron } from './electron.ts';
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
  const args = withAbsolutePaths(process.argv.slice(2));
  const electron = electronBinary() ?? ((await fetchElectron()) ? electronBinary() : null);
  if (electron === null) {
    process.stderr.write('Electron isn’t installed (to get it: npx install-electron). Opening in a browser instead.\n');
    return serve(args);
  }
  const ended = await launch(electron, args);
  if (!ended.sandboxRefused) return ended.code;
  process.stderr.write('Electron can’t use its sandbox on this system. Opening in a browser instead.\n');
  return serve(args);
}

function serve(args: readonly string[]): Promise<number> {
  return runOnPackagedNode('out/main/serve.js', args);
}

/**
 * npm runs scripts in the root, but a relative project path is relative to where the person typed it. Options are passed on
 * unchanged.
 */
function withAbsolutePaths(args: readonly string[]): string[] {
  const folder = process.env['INIT_CWD'] ?? process.cwd();
  return args.map((arg, index) => (arg.startsWith('-') || args[index - 1] === '--port' ? arg : resolve(folder, arg)));
}

interface Ended {
  readonly code: number;
  readonly sandboxRefused: boolean;
}

/**
 * What Chromium prints to stderr when the system does not let it use its sandbox (Ubuntu 24.04 with AppArmor; containers;
 * root).
 */
const REFUSALS = [
  'The SUID sandbox helper binary was found, but is not configured correctly',
  'No usable sandbox!',
  'Running as root without --no-sandbox is not supported',
];

function launch(electron: string, args: readonly string[]): Promise<Ended> {
  const child = spawn(electron, [root, ...args], { stdio: ['inherit', 'inherit', 'pipe'] });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    output = (output + chunk.toString('utf8')).slice(-20_000);
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      const sandboxRefused = code !== 0 && REFUSALS.some((words) => output.includes(words));
      done({ code: code ?? 1, sandboxRefused });
    });
  });
}

process.exitCode = await main();

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { nameHome } from './named.ts';

export const ROOT = resolve(import.meta.dirname, '../..');

/** This process's environment, with another folder for the user's data. */
export const environment = (home: string): Record<string, string> => {
  const env = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return { ...Object.fromEntries(env), SOURCEBOOK_HOME: home };
};

/** The browser host as `npm start` runs it, once it has printed its address. `first`: nobody has entered a name there. */
export async function startServe(
  home: string,
  args: readonly string[],
  first = false,
): Promise<{ process: ChildProcess; address: string; lines: string[] }> {
  if (!first) nameHome(home);
  const child = spawn(process.execPath, [join(ROOT, 'out/main/serve.js'), '--no-browser', ...args], {
    env: environment(home),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const address = await new Promise<string>((done, fail) => {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      done(line);
    });
    child.on('exit', (code) => fail(new Error(`serve ended with ${code}`)));
  });
  return { process: child, address, lines };
}

export async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return child.exitCode;
}

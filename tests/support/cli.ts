import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const CLI = resolve(import.meta.dirname, '../../electron/cli.ts');

/** What a command left behind. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RanForScript {
  readonly code: number | null;
  // oxlint-disable-next-line typescript/no-explicit-any -- what a test expects of it is what it tests
  readonly value: any;
  readonly err: string;
}

export interface CommandLine {
  /** Runs one command in a process of its own. */
  (...args: readonly string[]): Promise<Ran>;
  /** The same with `--json`; returns what was printed, parsed. Throws where stdout is not one JSON document. */
  json(...args: readonly string[]): Promise<RanForScript>;
}

/** The command line in `folder`, with a user's data folder of its own. */
export function commandLine(folder: string, home: string): CommandLine {
  const run = async (...args: readonly string[]): Promise<Ran> => {
    // A command takes 0.2 s of processor instead of 0.45 where what it loads was compiled before.
    const env = { ...process.env, SOURCEBOOK_HOME: home, NODE_COMPILE_CACHE: join(home, 'compiled') };
    const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const code = new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done));
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: await code, out, err };
  };
  return Object.assign(run, {
    json: async (...args: readonly string[]) => {
      const { code, out, err } = await run(...args, '--json');
      return { code, value: JSON.parse(out) as unknown, err };
    },
  });
}

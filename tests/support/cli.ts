import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { inject } from 'vitest';
import { nameHome } from './named.ts';
import './program.ts';

/** What Node runs as the command line: see program.ts. */
export const CLI = inject('commandLine') ?? resolve(import.meta.dirname, '../../electron/cli.ts');

/** The result of a command. */
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

/** A command that runs until it is told to stop. */
export interface Running {
  /** The first line on stdout. */
  line(): Promise<string>;
  signal(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ran>;
}

export interface CommandLine {
  /** Runs one command in a process of its own. */
  (...args: readonly string[]): Promise<Ran>;
  /** The same with `--json`; returns the parsed output. Throws if stdout is not one JSON document. */
  json(...args: readonly string[]): Promise<RanForScript>;
  start(...args: readonly string[]): Running;
}

/** The command line in `folder`, with a user's data folder of its own. `first`: nobody has entered a name there. */
export function commandLine(
  folder: string,
  home: string,
  more: Readonly<Record<string, string>> = {},
  first = false,
): CommandLine {
  if (!first) nameHome(home);
  const start = (...args: readonly string[]): Running => {
    const env = { ...process.env, SOURCEBOOK_HOME: home, ...more };
    const child = spawn(process.execPath, [CLI, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const code = new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done));
    const first = once(createInterface({ input: child.stdout }), 'line');
    const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(([exit, out, err]) => ({
      code: exit,
      out,
      err,
    }));
    return {
      line: async () => {
        const [line] = await Promise.race([first, ended.then(({ err }) => Promise.reject(new Error(err)))]);
        return String(line);
      },
      signal: (signal) => void child.kill(signal),
      ended,
    };
  };
  const run = (...args: readonly string[]): Promise<Ran> => start(...args).ended;
  return Object.assign(run, {
    start,
    json: async (...args: readonly string[]) => {
      const { code, out, err } = await run(...args, '--json');
      return { code, value: JSON.parse(out) as unknown, err };
    },
  });
}

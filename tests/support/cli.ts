import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { inject } from 'vitest';
import { runCommand } from '../../electron/cli/program.ts';
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
  /** Runs one command, after those before it have ended. */
  (...args: readonly string[]): Promise<Ran>;
  /** The same with `--json`; returns the parsed output. Throws if stdout is not one JSON document. */
  json(...args: readonly string[]): Promise<RanForScript>;
  /** Runs one command in a process of its own. */
  start(...args: readonly string[]): Running;
}

type Variables = Readonly<Record<string, string>>;

/**
 * The command line in `folder`, with a user's data folder of its own. `first`: nobody has entered a name there. Commands run in
 * this process, which takes a fifth of the processor time of a process each; `commandProcesses` is for tests of what a process is.
 */
export function commandLine(folder: string, home: string, more: Variables = {}, first = false): CommandLine {
  const env = { SOURCEBOOK_HOME: home, ...more };
  return lineOf(folder, home, more, first, (args) => inThisProcess(folder, env, args));
}

/** The same, with each command in a process of its own, as people run it. */
export function commandProcesses(folder: string, home: string, more: Variables = {}, first = false): CommandLine {
  return lineOf(folder, home, more, first, (args, start) => start(...args).ended);
}

function lineOf(
  folder: string,
  home: string,
  more: Variables,
  first: boolean,
  runs: (args: readonly string[], start: CommandLine['start']) => Promise<Ran>,
): CommandLine {
  if (!first) nameHome(home);
  const start = startIn(folder, { ...process.env, SOURCEBOOK_HOME: home, ...more });
  const run = (...args: readonly string[]): Promise<Ran> => runs(args, start);
  return Object.assign(run, {
    start,
    json: async (...args: readonly string[]) => {
      const { code, out, err } = await run(...args, '--json');
      return { code, value: JSON.parse(out) as unknown, err };
    },
  });
}

const startIn =
  (folder: string, env: NodeJS.ProcessEnv): CommandLine['start'] =>
  (...args) => {
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

/** The command that was called last. One runs at a time, because each sets what belongs to the whole process. */
let last: Promise<unknown> = Promise.resolve();

function inThisProcess(folder: string, env: Variables, args: readonly string[]): Promise<Ran> {
  const run = last.then(async () => {
    const restore = enter(folder, env);
    try {
      const [out, err]: [string[], string[]] = [[], []];
      const streams = { out: (piece: string) => void out.push(piece), err: (piece: string) => void err.push(piece) };
      const code = await runCommand(args, streams);
      return { code, out: out.join(''), err: err.join('') };
    } finally {
      restore();
    }
  });
  last = run.catch(() => undefined);
  return run;
}

const LOG = 'sourcebook.log-folder';

/** Gives this process the folder and the environment of a command. Returns what gives it back its own. */
function enter(folder: string, env: Variables): () => void {
  const [own, mask, log] = [process.cwd(), process.umask(), getEnvironmentData(LOG)];
  const variables = Object.keys(env).map((name) => [name, process.env[name]] as const);
  process.chdir(folder);
  Object.assign(process.env, env);
  return () => {
    process.chdir(own);
    process.umask(mask);
    setEnvironmentData(LOG, log);
    for (const [name, value] of variables) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}

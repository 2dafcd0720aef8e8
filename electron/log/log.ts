import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import about from '../../package.json' with { type: 'json' };
import type { CallName } from '../../shared/contract/index.ts';
import { toErrorData, type ErrorCode } from '../../shared/errors.ts';
import { loggedError, type LoggedError } from './entry.ts';

/**
 * The local log: `logs/sourcebook.log` in the user's data folder, one JSON document a line, the newest five files of 1 MB.
 * It is never sent anywhere, and contains no evidence (see entry.ts).
 *
 * Not a library such as pino: an entry is written whole and at once, because the process may be about to end; several processes
 * and threads write to one file; and only listed fields may be written. Only the stringifying of a library would be used.
 */

/** Which process or thread of the program wrote an entry. `window`: a page, through its host. */
export type LogProcess = 'main' | 'serve' | 'cli' | 'engine' | 'task' | 'pool' | 'check' | 'verify' | 'window';

/** What happened. */
export type LogEvent =
  | 'call-failed'
  | 'command-failed'
  | 'job-failed'
  | 'start-failed'
  | 'sweep-failed'
  | 'exception'
  | 'rejection'
  | 'page-error'
  | 'process-gone';

export interface LogAbout {
  readonly event: LogEvent;
  readonly call?: CallName;
  /** The name of a job of the pool, a task, or a command of the command line. */
  readonly job?: string;
  /** How long it had run, ms. */
  readonly ms?: number;
}

const FOLDER = 'sourcebook.log-folder';
const FILES = 5;
const MOST_BYTES = 2 ** 20;

let own: LogProcess | null = null;

/** Starts the log of this process, and of the threads it starts from now on. */
export function openLog(dataFolder: string, process: LogProcess): void {
  own = process;
  setEnvironmentData(FOLDER, join(dataFolder, 'logs'));
}

/**
 * Starts the log of a thread, if its process has one, and logs an error that ends the thread. The thread still ends, and the code
 * that started it tells the person.
 */
export function openThreadLog(name: LogProcess): void {
  own = name;
  process.on('uncaughtExceptionMonitor', (thrown, origin) =>
    logError(thrown, { event: origin === 'unhandledRejection' ? 'rejection' : 'exception' }),
  );
}

/** Shown for a failure outside of any action of the person. */
export const UNEXPECTED =
  'Something unexpected went wrong. Saved work is safe; restart Sourcebook if anything looks stuck.';

let sayUncaught: (() => void) | null = null;

/**
 * Logs uncaught errors of this process and calls the function given, which tells the person; a second call replaces it. The process
 * goes on: a project's data is safe in its engine's thread, and what was typed can still be saved.
 */
export function watchUncaught(say: () => void): void {
  const isFirst = sayUncaught === null;
  sayUncaught = say;
  if (!isFirst) return;
  const logAs = (event: LogEvent) => (thrown: unknown) => {
    logError(thrown, { event });
    sayUncaught?.();
  };
  process.on('uncaughtException', logAs('exception'));
  process.on('unhandledRejection', logAs('rejection'));
}

/** Errors that are expected answers and aren't logged. */
const USUAL: ReadonlySet<ErrorCode> = new Set(['CANCELLED', 'NOTHING_TO_UNDO', 'NOTHING_TO_REDO']);

/** Logs an error, if this process has a log. Never throws. */
export function logError(thrown: unknown, { event, call, job, ms }: LogAbout): void {
  const { code } = toErrorData(thrown);
  if (USUAL.has(code)) return;
  write(own, code === 'INTERNAL' || code === 'DAMAGED' ? 'error' : 'warn', event, {
    ...(call === undefined ? {} : { call }),
    ...(job === undefined || !/^[a-zA-Z-]{1,40}$/.test(job) ? {} : { job }),
    ...(ms === undefined ? {} : { ms: Math.round(ms) }),
    error: loggedError(thrown),
  });
}

/** Logs an error of a window's page. */
export const logPageError = (error: LoggedError): void => write('window', 'error', 'page-error', { error });

/** Logs that a process of the program ended unexpectedly; `reason` is one of Chromium's. */
export const logProcessGone = (reason: (typeof GONE)[number]): void => write(own, 'error', 'process-gone', { reason });
export const GONE = ['abnormal-exit', 'killed', 'crashed', 'oom', 'launch-failed', 'integrity-failure'] as const;

function write(process: LogProcess | null, level: 'error' | 'warn', event: LogEvent, what: object): void {
  const folder = logFolder();
  if (folder === null || process === null) return;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const entry = { time: new Date().toISOString(), level, process, event, version: about.version, ...what };
    const line = `${JSON.stringify(entry)}\n`;
    const path = join(folder, fileName(0));
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) + line.length > MOST_BYTES) rotate(folder);
    appendFileSync(path, line, { mode: 0o600 });
  } catch {
    // The disk is full or the folder is gone: go on without a log.
  }
}

function logFolder(): string | null {
  const folder = getEnvironmentData(FOLDER);
  return typeof folder === 'string' ? folder : null;
}

const fileName = (age: number): string => (age === 0 ? 'sourcebook.log' : `sourcebook.${age}.log`);

/** If two processes do this at once, at worst the oldest entries are lost. */
function rotate(folder: string): void {
  for (let age = FILES - 2; age >= 0; age -= 1) {
    const from = join(folder, fileName(age));
    if (existsSync(from)) renameSync(from, join(folder, fileName(age + 1)));
  }
}

/** The last entries, newest last. */
export function lastEntries(count: number): string[] {
  const folder = logFolder();
  if (folder === null) return [];
  const lines: string[] = [];
  for (let age = 0; age < FILES && lines.length < count; age += 1) {
    const path = join(folder, fileName(age));
    if (existsSync(path))
      lines.unshift(
        ...readFileSync(path, 'utf8')
          .split('\n')
          .filter((line) => line !== ''),
      );
  }
  return lines.slice(-count);
}

/** The versions of the system and the program. Of the kernel's version only the numbers: its name may contain a person's. */
export function systemFacts(): Readonly<Record<string, string>> {
  const { node, electron, chrome } = process.versions as Readonly<Record<string, string | undefined>>;
  return {
    Sourcebook: about.version,
    ...(electron === undefined ? {} : { Electron: electron }),
    ...(chrome === undefined ? {} : { Chromium: chrome }),
    Node: node ?? '',
    System: `${process.platform} ${/^\d+(?:\.\d+)*/.exec(release())?.[0] ?? ''} ${process.arch}`,
  };
}

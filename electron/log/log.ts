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
 * It never leaves this computer by itself, and holds nothing of the evidence (entry.ts says what gets in).
 *
 * A writer of our own and not pino: an entry is written at once and whole, because the process may be about to end; several
 * processes and threads write to one file; and what may be written is a list of fields. Of a logging library only the
 * stringifying would remain.
 */

/** Which process or thread of the program wrote an entry. `window`: a page, through its host. */
export type LogProcess = 'main' | 'serve' | 'cli' | 'engine' | 'task' | 'pool' | 'check' | 'window';

/** What happened. */
export type LogEvent =
  | 'call-failed'
  | 'command-failed'
  | 'job-failed'
  | 'start-failed'
  | 'exception'
  | 'rejection'
  | 'page-error'
  | 'process-gone';

export interface LogAbout {
  readonly event: LogEvent;
  readonly call?: CallName;
  /** A job of the pool, a task, or a command of the command line: by its name in the program. */
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
 * Starts the log of a thread, where the process that started it has one, and writes what ends it. The thread still ends:
 * whoever started it hears of that and says so.
 */
export function openThreadLog(name: LogProcess): void {
  own = name;
  process.on('uncaughtExceptionMonitor', (thrown, origin) =>
    logError(thrown, { event: origin === 'unhandledRejection' ? 'rejection' : 'exception' }),
  );
}

/** Said where something failed that nobody asked for. */
export const UNEXPECTED =
  'Something unexpected went wrong. Saved work is safe; restart Sourcebook if anything looks stuck.';

let sayUncaught: (() => void) | null = null;

/**
 * Writes what nothing in this process caught, and has it said; a second call says it otherwise from then on. The process goes
 * on: a project's data is safe in its engine, which is a thread of its own, and what is typed can still be saved.
 */
export function watchUncaught(say: () => void): void {
  const isFirst = sayUncaught === null;
  sayUncaught = say;
  if (!isFirst) return;
  const heard = (event: LogEvent) => (thrown: unknown) => {
    logError(thrown, { event });
    sayUncaught?.();
  };
  process.on('uncaughtException', heard('exception'));
  process.on('unhandledRejection', heard('rejection'));
}

/** What a person or a program asked for and that is no failure. */
const USUAL: ReadonlySet<ErrorCode> = new Set(['CANCELLED', 'NOTHING_TO_UNDO', 'NOTHING_TO_REDO']);

/** Writes an error to the log, if this process has one. Never throws: what failed must not fail again for its log. */
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

/** Writes an error of a window's page. */
export const logPageError = (error: LoggedError): void => write('window', 'error', 'page-error', { error });

/** Writes that a process of the program ended by itself; `reason` is one of Chromium's words for that. */
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
    // A full disk or a folder that is gone: then there is no log.
  }
}

function logFolder(): string | null {
  const folder = getEnvironmentData(FOLDER);
  return typeof folder === 'string' ? folder : null;
}

const fileName = (age: number): string => (age === 0 ? 'sourcebook.log' : `sourcebook.${age}.log`);

/** Two processes that do this at once lose the oldest entries at worst. */
function rotate(folder: string): void {
  for (let age = FILES - 2; age >= 0; age -= 1) {
    const from = join(folder, fileName(age));
    if (existsSync(from)) renameSync(from, join(folder, fileName(age + 1)));
  }
}

/** The last entries, the newest at the end. */
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

/** This system and program, as far as a report of a problem needs it. A kernel's own name may be a person's: only its numbers count. */
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

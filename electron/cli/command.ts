import { type Command, InvalidArgumentError } from 'commander';
import type { ErrorCode, ErrorData } from '../../shared/errors.ts';
import type { Caller } from './open.ts';
import { harmless } from './terminal.ts';

/** 0: done; 1: failed, or some input failed; 2: wrong usage; 3: something doesn't match its hash or signature. */
export type ExitCode = 0 | 1 | 2 | 3;

/** The result of a command, printed as JSON or for a person. */
export interface Answer {
  /** The document of `--json`. */
  readonly json: object;
  /** For a person: lines. */
  readonly lines?: readonly string[];
  /** For a person: text printed exactly, without a line end, so that offsets into it are right. */
  readonly bare?: string;
  /** For a person, on stderr. */
  readonly remarks?: readonly string[];
  readonly exit?: ExitCode;
}

export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Prints an answer and returns the exit code. */
export function print(answer: Answer, json: boolean, { out, err }: Streams): ExitCode {
  for (const remark of answer.remarks ?? []) err(`${harmless(remark)}\n`);
  if (json) out(`${JSON.stringify(answer.json, null, 2)}\n`);
  else if (answer.bare !== undefined) out(harmless(answer.bare));
  else for (const line of answer.lines ?? []) out(`${harmless(line)}\n`);
  return answer.exit ?? 0;
}

/** Prints a failure as a sentence on stderr and, with `--json`, as data on stdout. */
export function printFailure(error: ErrorData, json: boolean, { out, err }: Streams): ExitCode {
  err(`${harmless(error.message)}\n`);
  if (error.code === 'NAME_NEEDED') err('To enter it: sourcebook person add "Your Name"\n');
  if (json) out(`${JSON.stringify({ error }, null, 2)}\n`);
  return exitOf(error.code);
}

function exitOf(code: ErrorCode): ExitCode {
  if (code === 'USAGE') return 2;
  return code === 'DAMAGED' ? 3 : 1;
}

/** Runs a command: finds out who calls it, and prints its answer. */
export type Run = (work: (caller: Caller) => Answer | Promise<Answer>) => Promise<void>;

/** Adds some commands to the program. */
export type Register = (program: Command, run: Run) => void;

/** Collects the values of a repeatable option. */
export const several = (one: string, before: readonly string[]): string[] => [...before, one];

export function pageNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Enter a page number, 1 or higher.');
}

export function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Enter a whole number.');
}

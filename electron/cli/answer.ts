import type { ErrorCode, ErrorData } from '../../shared/errors.ts';
import { harmless } from './terminal.ts';

/** 0 done; 1 failed, or some input failed; 2 usage; 3 integrity failure. */
export type ExitCode = 0 | 1 | 2 | 3;

/** What a command has to say. It is printed in one place, as JSON or for a person. */
export interface Answer {
  /** The document of `--json`. */
  readonly json: object;
  /** For a person: whole lines. */
  readonly lines?: readonly string[];
  /** For a person: bare text, to which not even a line end is added, so that offsets count in it. */
  readonly bare?: string;
  /** For a person, beside the result: on stderr. */
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

/** Prints a failure: with `--json` as data on stdout, and always as a sentence on stderr. */
export function printFailure(error: ErrorData, json: boolean, { out, err }: Streams): ExitCode {
  err(`${harmless(error.message)}\n`);
  if (json) out(`${JSON.stringify({ error }, null, 2)}\n`);
  return exitOf(error.code);
}

function exitOf(code: ErrorCode): ExitCode {
  if (code === 'USAGE') return 2;
  return code === 'DAMAGED' ? 3 : 1;
}

import { type ErrorData, Fault, toErrorData } from '../../shared/errors.ts';

/** Exit codes are an interface: 0 done, 1 failed or some input failed, 2 usage, 3 integrity failure. */
export const EXIT = { done: 0, failed: 1, usage: 2, integrity: 3 } as const;

export const exitCodeOf = (error: ErrorData): number =>
  error.code === 'USAGE' ? EXIT.usage : error.code === 'DAMAGED' ? EXIT.integrity : EXIT.failed;

/** What a command answers: the JSON document for scripts, the lines for people, and how it went. */
export interface Answer {
  readonly json: object;
  readonly lines: readonly string[];
  readonly exit?: number;
}

// Only line feed and tab of the control characters; everything else could move a cursor, recolour or rename a terminal.
// eslint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * Text from outside, safe for a terminal: control characters become U+FFFD, one for one, so that offsets in what is
 * printed are offsets in the text.
 */
export const plain = (text: string): string => text.replace(CONTROLS, '\ufffd');

/** The same on one line, isolated, so that right-to-left text does not reorder what stands beside it (UAX #9, FSI … PDI). */
export const inline = (text: string): string => `\u2068${plain(text).replace(/[\n\t]+/g, ' ')}\u2069`;

export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Prints an answer or a failure: JSON goes to stdout as one document, failures in words to stderr. Returns the exit code. */
export function printer(streams: Streams, json: boolean) {
  const document = (value: object): void => streams.out(`${JSON.stringify(value, null, 2)}\n`);
  return {
    answer: ({ json: value, lines, exit = EXIT.done }: Answer): number => {
      if (json) document(value);
      else if (lines.length > 0) streams.out(`${lines.join('\n')}\n`);
      return exit;
    },
    failure: (thrown: unknown): number => {
      const error = toErrorData(thrown);
      if (json) document({ error });
      else streams.err(`sourcebook: ${plain(error.message)}\n`);
      return exitCodeOf(error);
    },
  };
}

export const usage = (message: string): Fault => new Fault('USAGE', message);

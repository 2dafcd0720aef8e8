import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ERROR_CODES } from '../../shared/errors.ts';

/**
 * What the local log may contain of an error. Messages and contexts of errors contain evidence: quotations, titles, names, paths.
 * So the log takes only the fields listed here, and never a message or a context.
 */
export interface LoggedError {
  readonly name: string;
  readonly code?: string;
  /** Where it happened: places in the program's own files and in Node. */
  readonly stack: readonly string[];
  readonly cause?: LoggedError;
}

const NAMES = new Set(
  (
    'AbortError AggregateError ApiError AssertionError CommanderError CompileError DataCloneError Error EvalError Fault ' +
    'InvalidArgumentError InvalidPDFException InvalidStateError LinkError NetworkError NotAllowedError NotFoundError ' +
    'NotReadableError OperationError PasswordException QuotaExceededError RangeError ReferenceError RuntimeError ' +
    'SecurityError SqliteError SyntaxError SystemError TimeoutError TypeError URIError UnknownErrorException ZodError'
  ).split(' '),
);

const CODES = new Set<string>([
  ...ERROR_CODES,
  ...Object.keys(constants.errno),
  ...(
    'ERR_ASSERTION ERR_BUFFER_OUT_OF_BOUNDS ERR_DLOPEN_FAILED ERR_ENCODING_INVALID_ENCODED_DATA ERR_INVALID_ARG_TYPE ' +
    'ERR_INVALID_ARG_VALUE ERR_INVALID_STATE ERR_MODULE_NOT_FOUND ERR_OUT_OF_RANGE ERR_STREAM_DESTROYED ' +
    'ERR_STREAM_PREMATURE_CLOSE ERR_STREAM_WRITE_AFTER_END ERR_STRING_TOO_LONG ERR_SYSTEM_ERROR ERR_UNHANDLED_REJECTION ' +
    'ERR_WORKER_OUT_OF_MEMORY'
  ).split(' '),
]);
/** SQLite's primary result codes, without the extensions. */
const SQLITE =
  /^SQLITE_(?:ABORT|AUTH|BUSY|CANTOPEN|CONSTRAINT|CORRUPT|ERROR|FULL|INTERNAL|INTERRUPT|IOERR|LOCKED|MISMATCH|MISUSE|NOMEM|NOTADB|PERM|PROTOCOL|RANGE|READONLY|SCHEMA|TOOBIG)/;

const MOST_FRAMES = 30;
const MOST_CAUSES = 3;

/** The log's part of anything thrown. */
export function loggedError(thrown: unknown, causes = MOST_CAUSES): LoggedError {
  if (!(thrown instanceof Error)) return { name: 'NotAnError', stack: [] };
  const code = codeOf(thrown);
  return {
    name: NAMES.has(thrown.name) ? thrown.name : 'Error',
    ...(code === null ? {} : { code }),
    stack: typeof thrown.stack === 'string' ? framesOf(thrown.stack.split('\n')) : [],
    ...(thrown.cause === undefined || causes === 0 ? {} : { cause: loggedError(thrown.cause, causes - 1) }),
  };
}

/** The log's part of an error in a window's page, which sends its name and the lines of its stack. */
export const loggedPageError = (name: string, stack: readonly string[]): LoggedError => ({
  name: NAMES.has(name) ? name : 'Error',
  stack: framesOf(stack),
});

function codeOf(thrown: Error): string | null {
  const data: unknown = 'data' in thrown ? thrown.data : null;
  const own: unknown = 'code' in thrown ? thrown.code : null;
  const code = typeof data === 'object' && data !== null && 'code' in data ? data.code : own;
  if (typeof code !== 'string') return null;
  return CODES.has(code) ? code : (SQLITE.exec(code)?.[0] ?? null);
}

const V8 = /^\s*at (?:.* \()?(?:async )?([^()]+):(\d{1,7}):(\d{1,7})\)?$/;
const FIREFOX = /^[^@]*@(.+):(\d{1,7}):(\d{1,7})$/;

/** Only the places in a stack are kept. A message could look like any other part of a stack line. */
const framesOf = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => frameOf(line) ?? []).slice(0, MOST_FRAMES);

function frameOf(line: string): string | null {
  const [, location = '', row = '', column = ''] = V8.exec(line) ?? FIREFOX.exec(line) ?? [];
  const place = placeOf(location);
  return place === null ? null : `${place}:${row}:${column}`;
}

/** The program's folder: two above this module, in the source (electron/log) and built (out/main). */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..') + sep;

/** A place in the program's own files, relative to it, or in Node; null for any other text. */
function placeOf(location: string): string | null {
  if (/^node:[a-z_/]{1,60}$/.test(location)) return location;
  const asset = /^(?:app:\/\/main-\d+|http:\/\/127\.0\.0\.1:\d+\/[^?#]*?)\/((?:assets|pdfjs)\/[\w.-]+)$/.exec(location);
  const path = asset === null ? relativePath(location) : `out/renderer/${asset[1] ?? ''}`;
  // The file exists, so this is a path of the program and not text from outside.
  return path !== null && /^[\w@.+/-]{1,200}$/.test(path) && !path.includes('..') && isThere(path) ? path : null;
}

function relativePath(location: string): string | null {
  let path: string;
  try {
    path = location.startsWith('file:') ? fileURLToPath(location) : location;
  } catch {
    return null;
  }
  const unpacked = ROOT.replace('app.asar', 'app.asar.unpacked');
  const below = [ROOT, unpacked].find((folder) => path.startsWith(folder));
  return below === undefined ? null : path.slice(below.length).replaceAll('\\', '/');
}

function isThere(path: string): boolean {
  const whole = join(ROOT, path);
  return existsSync(whole) || existsSync(whole.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked'));
}

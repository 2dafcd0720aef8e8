import { z } from 'zod';

/** Every error Sourcebook reports, by name. Codes are an interface that scripts rely on: they are added, never renamed. */
export const ERROR_CODES = [
  'USAGE',
  'BAD_INPUT',
  'NOT_FOUND',
  'AMBIGUOUS',
  'EXISTS',
  'NOT_A_PROJECT',
  'PROJECT_LOCKED',
  'PROJECT_NEWER',
  'PROJECT_READ_ONLY',
  'DISK_FULL',
  'DAMAGED',
  'UNSUPPORTED',
  'PASSWORD_NEEDED',
  'PASSWORD_WRONG',
  'KEY_LOCKED',
  'NAME_NEEDED',
  'TOO_LARGE',
  'TIMED_OUT',
  'CANCELLED',
  'NOTHING_TO_UNDO',
  'NOTHING_TO_REDO',
  'NOT_ALLOWED',
  'FOUR_EYES',
  'UNMASKED',
  'ANSWERS_NEEDED',
  'DRAFT_OPEN',
  'INTERNAL',
] as const;

export const errorCode = z.enum(ERROR_CODES);
export type ErrorCode = z.infer<typeof errorCode>;

/** An error as people and programs receive it: through the contract, the command line or the import report. */
export const errorData = z.object({
  code: errorCode,
  /** One or two sentences: what happened, what to do. */
  message: z.string(),
  /** Names and numbers for programs. Never a stack, never a path outside the project. */
  context: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))
    .optional(),
});
export type ErrorData = z.infer<typeof errorData>;

/**
 * Thrown to roll back a transaction, and turned back into {@link ErrorData} at the gate, the command line and the import
 * report; no other kind of error may cross those.
 */
export class Fault extends Error {
  readonly data: ErrorData;
  constructor(code: ErrorCode, message: string, context?: ErrorData['context']) {
    super(message);
    this.name = 'Fault';
    this.data = context === undefined ? { code, message } : { code, message, context };
  }
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorData };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (code: ErrorCode, message: string, context?: ErrorData['context']): Result<never> => ({
  ok: false,
  error: context === undefined ? { code, message } : { code, message, context },
});

/** Why something failed, in the words of its error. Of a system error only name and call, since its message holds paths. */
export function detailOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  if ('code' in thrown && 'syscall' in thrown) return `${String(thrown.code)} (${String(thrown.syscall)})`;
  return thrown.message;
}

/** An error with its cause beside it: a library’s own words tell a person nothing to do, and are for whoever looks for the cause. */
export const withDetail = ({ data }: Fault, thrown: unknown): Fault =>
  new Fault(data.code, data.message, { ...data.context, detail: detailOf(thrown) });

/** Any thrown value as data. An unforeseen error becomes INTERNAL, without its stack. */
export function toErrorData(thrown: unknown): ErrorData {
  if (thrown instanceof Fault) return thrown.data;
  const detail = detailOf(thrown);
  return {
    code: 'INTERNAL',
    message: `Something unexpected went wrong: ${detail}. Saved work is safe. If it happens again, restart Sourcebook.`,
    context: { detail },
  };
}

import type { ErrorCode, ErrorData } from '../../shared/errors.ts';

/** A refusal or failure of a call, as the host told it: `data` is what a person and a program can use. */
export class ApiError extends Error {
  readonly data: ErrorData;

  constructor(data: ErrorData) {
    super(data.message);
    this.name = 'ApiError';
    this.data = data;
  }

  get code(): ErrorCode {
    return this.data.code;
  }
}

/** Any thrown thing as data to show: what is not an {@link ApiError} is a mistake of ours and says so. */
export function errorDataOf(thrown: unknown): ErrorData {
  if (thrown instanceof ApiError) return thrown.data;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'INTERNAL', message: `Something unexpected went wrong: ${detail}.`, context: { detail } };
}

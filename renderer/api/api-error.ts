import type { ErrorCode, ErrorData } from '../../shared/errors.ts';

/** A failed call. `data` is what the host answered: a code, a sentence for a person, and context. */
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

/** The data of anything thrown. Whatever is not an {@link ApiError} is a bug of ours, and is reported as one. */
export function errorDataOf(thrown: unknown): ErrorData {
  if (thrown instanceof ApiError) return thrown.data;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'INTERNAL', message: `Something unexpected went wrong: ${detail}.`, context: { detail } };
}

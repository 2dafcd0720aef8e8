import type { z } from 'zod';

/**
 * One call of the contract.
 * - `read` and `write` run in the engine, on one project; only a `write` may commit.
 * - `host` runs in the host: windows, dialogs, files outside the project.
 * - `program` marks an engine call that takes paths: the gates reject it; hosts and the command line may use it.
 */
export type CallKind = 'read' | 'write' | 'host' | 'program';

export interface Call<K extends CallKind = CallKind, I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: K;
  readonly input: I;
  readonly output: O;
}

export const call = <const K extends CallKind, I extends z.ZodType, O extends z.ZodType>(
  kind: K,
  input: I,
  output: O,
): Call<K, I, O> => ({
  kind,
  input,
  output,
});

import { z } from 'zod';
import { type CallArgs, type CallName, type CallOutput, contract } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';

/** The mapped type says what the compiler cannot see from a union of schemas: each name's schema gives that call's input. */
const schemas: {
  readonly [N in CallName]: { readonly input: z.ZodType<CallArgs<N>>; readonly output: z.ZodType<CallOutput<N>> };
} = contract;

/**
 * A call's input as its contract wants it, defaults filled in; BAD_INPUT where it does not fit. Each input is parsed
 * once: what a page asks by the host's gate, what the host or the command line asks of an engine by the engine.
 */
export function parseInput<N extends CallName>(name: N, input: unknown): CallArgs<N> {
  const schema: z.ZodType<CallArgs<N>> = schemas[name].input;
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'What was asked' : `“${issue.path.join('.')}”`;
  throw new Fault('BAD_INPUT', `${where} isn’t valid: ${issue?.message ?? 'unknown'}. (Call ${name}.)`, { call: name });
}

/** Tests set it (vitest.config.ts): every answer of an engine is then checked. A handler's types are enough for users. */
const CHECKS_OUTPUTS = process.env['SOURCEBOOK_CHECK_OUTPUTS'] === '1';

/** Throws where the answer of a call is not what its contract says, in tests; answers it as it is. */
export function checkOutput<N extends CallName>(name: N, output: CallOutput<N>): CallOutput<N> {
  if (!CHECKS_OUTPUTS) return output;
  const schema: z.ZodType<CallOutput<N>> = schemas[name].output;
  const parsed = schema.safeParse(output);
  if (parsed.success) return output;
  throw new TypeError(`The answer of ${name} doesn’t fit its contract: ${z.prettifyError(parsed.error)}`);
}

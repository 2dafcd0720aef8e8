import { z } from 'zod';
import { type CallArgs, type CallName, type CallOutput, contract } from '../../shared/contract/index.ts';
import { Fault } from '../../shared/errors.ts';

/** The mapped type states what the compiler cannot infer from a union of schemas: each name's schema gives that call's input. */
const schemas: {
  readonly [N in CallName]: { readonly input: z.ZodType<CallArgs<N>>; readonly output: z.ZodType<CallOutput<N>> };
} = contract;

/**
 * A call's input parsed by its contract, with defaults filled in; BAD_INPUT if it does not fit. Each input is parsed once: the
 * host's gate parses calls of a page, the engine those of the host and the command line.
 */
export function parseInput<N extends CallName>(name: N, input: unknown): CallArgs<N> {
  const schema: z.ZodType<CallArgs<N>> = schemas[name].input;
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  // A schema's own sentence is for people; Zod's phrases end without a full stop and need the field and the call beside them.
  if (issue?.message.endsWith('.') === true) throw new Fault('BAD_INPUT', issue.message, { call: name });
  const where = issue === undefined || issue.path.length === 0 ? 'What was asked' : `“${issue.path.join('.')}”`;
  const why = issue?.message ?? 'unknown';
  throw new Fault('BAD_INPUT', `${where} isn’t valid: ${why}. (Call ${name}.)`, { call: name });
}

/** Set by tests (vitest.config.ts): every answer of an engine is then checked. Users rely on the handlers' types. */
const CHECKS_OUTPUTS = process.env['SOURCEBOOK_CHECK_OUTPUTS'] === '1';

/** In tests, throws if the answer of a call does not fit its contract; returns it unchanged. */
export function checkOutput<N extends CallName>(name: N, output: CallOutput<N>): CallOutput<N> {
  if (!CHECKS_OUTPUTS) return output;
  const schema: z.ZodType<CallOutput<N>> = schemas[name].output;
  const parsed = schema.safeParse(output);
  if (parsed.success) return output;
  throw new TypeError(`The answer of ${name} doesn’t fit its contract: ${z.prettifyError(parsed.error)}`);
}

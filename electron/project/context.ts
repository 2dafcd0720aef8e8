import type { Contract, CallArgs, CallOutput, EventName, EventPayload } from '../../shared/contract/index.ts';
import type { ActingPerson, ProjectDb, Readable, Writable } from '../db/types.ts';
import type { Roots } from '../formats/archive/certificates.ts';
import type { Originals } from './files/originals.ts';
import type { Pool } from '../workers/pool.ts';

/** What a handler of a `read` call may use. */
export interface ReadContext {
  readonly db: Readable;
  readonly project: ProjectDb;
  readonly person: ActingPerson;
  readonly files: Originals;
  readonly pool: Pool;
  /** Threads that write and read the search's index: a search does not wait behind files being read. */
  readonly searchers: Pool;
  /** Root certificates of time-stamping authorities that this installation trusts. */
  readonly trustedRoots: () => Roots;
  now(): number;
  /** A new UUIDv7. */
  newId(): string;
  /** Whether this call is to end. Long work that doesn't return to the event loop asks now and then. */
  interrupted(): boolean;
  /** Aborted once this call is to end, for work that waits, such as a job in a thread. */
  readonly signal: AbortSignal;
  emit<E extends EventName>(event: E, payload: EventPayload<E>): void;
  /** Runs `work` when the project is closed. */
  atClose(work: () => void): void;
}
/** What a handler of a `write` or `program` call may use: it can also commit. */
export interface WriteContext extends Omit<ReadContext, 'db'> {
  readonly db: Writable;
}

/**
 * Keeps a state for each open project, in memory only: `create` makes it when it is first asked for, and it is gone with the project. Returns
 * a function from a handler's context to the state.
 */
export function perProject<C extends { readonly project: object }, T>(create: (context: C) => T): (context: C) => T {
  const states = new WeakMap<object, { readonly state: T }>();
  return (context) => {
    const known = states.get(context.project) ?? { state: create(context) };
    states.set(context.project, known);
    return known.state;
  };
}

type ContextOf<K> = K extends 'write' | 'program' ? WriteContext : ReadContext;
export type Handler<N extends keyof Contract> = (
  context: ContextOf<Contract[N]['kind']>,
  input: CallArgs<N>,
) => CallOutput<N> | Promise<CallOutput<N>>;

/** A feature's handlers: exactly the engine calls of its contract file, no more and no less. */
export type Handlers<F extends Partial<Contract>> = { readonly [N in keyof F & keyof Contract]: Handler<N> };

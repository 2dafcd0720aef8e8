import type { EngineCallName, EventName, EventPayload } from '../../shared/contract/index.ts';
import type { ErrorData, Result } from '../../shared/errors.ts';
import type { OpenOptions } from '../db/types.ts';
import type { Pool } from '../workers/pool.ts';

/** An event of the engine. */
export type EngineEvent = { [E in EventName]: { readonly event: E; readonly payload: EventPayload<E> } }[EventName];

export interface EngineOptions extends Omit<OpenOptions, 'onCommit'> {
  /** Threads for reading sources: two while no one reads, one beside a reader. */
  readonly workers?: number;
  /** A pool to use instead of its own; it is closed with the engine. */
  readonly readers?: Pool;
  /** The installation’s file of root certificates that it trusts for time stamps; none: it trusts no root. */
  readonly trustedRoots?: string;
  /** Whether this call, which can be stopped, is to end. Asked during the work, when the thread receives no messages. */
  readonly interrupted?: (call: EngineCallName) => boolean;
}

/** Starts the engine's worker; a clock cannot be sent to it. */
export type EngineStart = Omit<EngineOptions, 'now' | 'interrupted'>;

/** With four shared bytes, since a thread that is busy receives no message. */
export interface EngineData {
  readonly start: EngineStart;
  readonly interrupt: SharedArrayBuffer;
}

/** Calls that `interrupt` ends. It does not affect calls made after it. */
export const INTERRUPTIBLE: ReadonlySet<EngineCallName> = new Set([
  'merge.preview',
  'merge.apply',
  'projectFile.export',
  'report.write',
  'drafts.exportReport',
  'dossier.export',
  'dossier.verify',
  'evidence.change',
  'evidence.write',
  'history.undo',
  'history.redo',
  'exchange.export',
  'exchange.preview',
  'exchange.import',
]);

/** What the shared bytes hold: nothing is to end, all calls that can be stopped, or one of them. */
export const interruptFlag = (only: EngineCallName | null): number =>
  only === null ? ALL : ALL + 1 + [...INTERRUPTIBLE].indexOf(only);
export const NO_INTERRUPT = 0;
const ALL = 1;
export const isInterrupted = (flag: number, call: EngineCallName): boolean =>
  flag === ALL || flag === interruptFlag(call);

/** Host → worker. */
export type ToEngine =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly name: EngineCallName;
      readonly input: unknown;
      /** The host’s gate has parsed the input. */
      readonly parsed: boolean;
    }
  | { readonly kind: 'interrupt'; readonly only: EngineCallName | null }
  | { readonly kind: 'close' };

/** Worker → host. */
export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: ErrorData }
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly event: EngineEvent };

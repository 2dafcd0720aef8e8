import type { EngineCallName, EventName, EventPayload } from '../../shared/contract/index.ts';
import type { ErrorData, Result } from '../../shared/errors.ts';
import type { OpenOptions } from '../db/types.ts';
import type { Pool } from '../workers/pool.ts';

/** One thing the engine tells without being asked. */
export type EngineEvent = { [E in EventName]: { readonly event: E; readonly payload: EventPayload<E> } }[EventName];

export interface EngineOptions extends Omit<OpenOptions, 'onCommit'> {
  /** Workers for reading sources: two while nobody reads, one beside a reader. */
  readonly workers?: number;
  /** What reads sources instead of workers of its own; closed with it. */
  readonly readers?: Pool;
  /** Whether the work that runs shall end: asked from the midst of it, while no message could be heard. */
  readonly interrupted?: () => boolean;
}

/** What the engine's worker is started with; a clock cannot be sent to it. */
export type EngineStart = Omit<EngineOptions, 'now' | 'interrupted'>;

/** What its thread is given: beside that, four bytes both sides see, since a thread at long work hears no message. */
export interface EngineData {
  readonly start: EngineStart;
  readonly interrupt: SharedArrayBuffer;
}

/** Calls that an engine's `interrupt` ends; what was asked of one before is not asked of the next. */
export const INTERRUPTIBLE: ReadonlySet<EngineCallName> = new Set([
  'merge.preview',
  'merge.apply',
  'projectFile.export',
  'report.write',
]);

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
  | { readonly kind: 'close' };

/** Worker → host. */
export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: ErrorData }
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly event: EngineEvent };

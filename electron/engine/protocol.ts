import type { EngineCallName } from '../../shared/contract/index.ts';
import type { ErrorData, Result } from '../../shared/errors.ts';
import type { EngineEvent, EngineOptions } from './engine.ts';

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
  | { readonly kind: 'call'; readonly id: number; readonly name: EngineCallName; readonly input: unknown }
  | { readonly kind: 'close' };

/** Worker → host. */
export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: ErrorData }
  | { readonly kind: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly kind: 'event'; readonly event: EngineEvent };

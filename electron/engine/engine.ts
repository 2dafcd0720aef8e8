import type {
  CallArgs,
  CallInput,
  CallOutput,
  EngineCallName,
  EventName,
  EventPayload,
} from '../../shared/contract/index.ts';
import type { ErrorData } from '../../shared/errors.ts';
import { newId, openProject } from '../db/index.ts';
import { createPool } from '../workers/pool.ts';
import { sweepIncomingFiles } from '../project/files/incoming-files.ts';
import type { ReadContext, WriteContext } from '../project/context.ts';
import { checkOutput, parseInput } from './contract.ts';
import { handlers } from './handlers.ts';
import { openOriginals } from '../project/files/originals.ts';
import { type EngineEvent, type EngineOptions, INTERRUPTIBLE } from './protocol.ts';

/** An open project: what hosts talk to through a worker, and the command line directly. */
export interface Engine {
  /** Validates the input, runs the call, answers its output. Throws a Fault; whatever else is thrown is a defect. */
  call<N extends EngineCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** The same for an input of which nothing is known yet, as it comes over a wire. */
  dispatch(name: EngineCallName, input: unknown): Promise<unknown>;
  /** The same for an input that the host’s gate has parsed: it is not parsed again. */
  run<N extends EngineCallName>(name: N, args: CallArgs<N>): Promise<CallOutput<N>>;
  /** Ends a merge, or its preview, that runs or waits to: it answers CANCELLED. One at a time runs. */
  interrupt(): void;
  /** Returns what ends the listening. */
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** Why the day's backup could not be made, for people to see; null where nothing went wrong. */
  backupProblem(): ErrorData | null;
  close(): Promise<void>;
}

/** Opens a project folder with all its features. Faults: PROJECT_LOCKED, NOT_A_PROJECT, PROJECT_NEWER, DAMAGED, DISK_FULL. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const now = options.now ?? Date.now;
  const listeners = new Set<(event: EngineEvent) => void>();
  const emit = <E extends EventName>(event: E, payload: EventPayload<E>): void => {
    const told = eventOf(event, payload);
    for (const listener of listeners) listener(told);
  };
  const project = openProject({
    ...options,
    onCommit: ({ entities, label }) => emit('project.changed', { entities: [...entities], label }),
  });
  try {
    const files = openOriginals(options.folder);
    sweepIncomingFiles(project, files);
    const pool = options.readers ?? createPool({ size: options.workers ?? 2 });
    const searchers = createPool({ size: 2 });
    const closing: (() => void)[] = [];
    let isInterrupted = false;
    const context: WriteContext & ReadContext = {
      db: project.write,
      project,
      person: options.person,
      files,
      pool,
      searchers,
      now,
      newId: () => newId(now()),
      interrupted: () => isInterrupted || (options.interrupted?.() ?? false),
      emit,
      atClose: (work) => void closing.push(work),
    };
    const run = async <N extends EngineCallName>(name: N, args: CallArgs<N>): Promise<CallOutput<N>> => {
      if (INTERRUPTIBLE.has(name)) isInterrupted = false;
      return checkOutput(name, await handlers[name](context, args));
    };
    const parseAndRun = async <N extends EngineCallName>(name: N, input: unknown): Promise<CallOutput<N>> =>
      run(name, parseInput(name, input));
    return {
      call: parseAndRun,
      dispatch: parseAndRun,
      run,
      interrupt: () => void (isInterrupted = true),
      onEvent: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      backupProblem: () => project.backupProblem(),
      close: async () => {
        await Promise.all([pool.close(), searchers.close()]);
        try {
          for (const work of closing) work();
        } finally {
          project.close();
        }
      },
    };
  } catch (thrown) {
    project.close();
    throw thrown;
  }
}

/** The overload says what the compiler cannot see from a union of events: each name with its own payload. */
function eventOf<E extends EventName>(
  event: E,
  payload: EventPayload<E>,
): { event: E; payload: EventPayload<E> } & EngineEvent;
function eventOf(event: EventName, payload: unknown): unknown {
  return { event, payload };
}

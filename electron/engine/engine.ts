import type {
  CallArgs,
  CallInput,
  CallOutput,
  EngineCallName,
  EventName,
  EventPayload,
} from '../../shared/contract/index.ts';
import { type ErrorData, Fault } from '../../shared/errors.ts';
import { newId, openProject } from '../db/index.ts';
import type { ProjectDb } from '../db/types.ts';
import { createPool } from '../workers/pool.ts';
import { sweepIncomingFiles } from '../project/files/incoming-files.ts';
import type { ReadContext, WriteContext } from '../project/context.ts';
import { checkOutput, parseInput } from './contract.ts';
import { handlers } from './handlers.ts';
import { readTrustedRoots } from '../project/timestamps/roots.ts';
import { openOriginals } from '../project/files/originals.ts';
import { type EngineEvent, type EngineOptions, INTERRUPTIBLE } from './protocol.ts';

/** An open project: hosts talk to it through a worker, the command line directly. */
export interface Engine {
  /** Validates the input, runs the call and returns its output. Throws a Fault; anything else that is thrown is a defect. */
  call<N extends EngineCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** The same for an unchecked input, as it comes from another process or thread. */
  dispatch(name: EngineCallName, input: unknown): Promise<unknown>;
  /** The same for an input that the host’s gate has parsed; it is not parsed again. */
  run<N extends EngineCallName>(name: N, args: CallArgs<N>): Promise<CallOutput<N>>;
  /** Stops the running and waiting calls that can be stopped (`INTERRUPTIBLE`), or only those of this name; they answer CANCELLED. */
  interrupt(only?: EngineCallName): void;
  /** Returns the function that removes the listener. */
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** Looks whether another program has taken the project, or replaced its database, since it was opened: the windows are told, once. */
  keepLock(): void;
  /** Why the daily backup failed, to be shown; null if it did not. */
  backupProblem(): ErrorData | null;
  close(): Promise<void>;
}

/** Opens a project folder with all its features. Faults: PROJECT_LOCKED, NOT_A_PROJECT, PROJECT_NEWER, DAMAGED, DISK_FULL. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const now = options.now ?? Date.now;
  const listeners = new Set<(event: EngineEvent) => void>();
  const emit = <E extends EventName>(event: E, payload: EventPayload<E>): void => {
    const sent = eventOf(event, payload);
    for (const listener of listeners) listener(sent);
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
    const interruptible = new Map<AbortController, EngineCallName>();
    const context: WriteContext & ReadContext = {
      db: project.write,
      project,
      person: options.person,
      files,
      pool,
      searchers,
      trustedRoots: () => readTrustedRoots(options.trustedRoots),
      now,
      newId: () => newId(now()),
      interrupted: () => false,
      signal: new AbortController().signal,
      emit,
      atClose: (work) => void closing.push(work),
    };
    const taken = watchTaken(project, emit);
    const perform = async <N extends EngineCallName>(name: N, args: CallArgs<N>): Promise<CallOutput<N>> => {
      if (!INTERRUPTIBLE.has(name)) return checkOutput(name, await handlers[name](context, args));
      const stop = new AbortController();
      interruptible.set(stop, name);
      const { signal } = stop;
      const interrupted = (): boolean => signal.aborted || (options.interrupted?.(name) ?? false);
      try {
        return checkOutput(name, await handlers[name]({ ...context, interrupted, signal }, args));
      } catch (thrown) {
        // What Node itself throws when a stream is stopped.
        const isStopped = signal.aborted && thrown instanceof Error && thrown.name === 'AbortError';
        throw isStopped ? new Fault('CANCELLED', 'Stopped.') : thrown;
      } finally {
        interruptible.delete(stop);
      }
    };
    const run = async <N extends EngineCallName>(name: N, args: CallArgs<N>): Promise<CallOutput<N>> =>
      perform(name, args).finally(taken.tell);
    const parseAndRun = async <N extends EngineCallName>(name: N, input: unknown): Promise<CallOutput<N>> =>
      run(name, parseInput(name, input));
    return {
      call: parseAndRun,
      dispatch: parseAndRun,
      run,
      interrupt: (only) => {
        for (const [stop, name] of interruptible) if (only === undefined || only === name) stop.abort();
      },
      onEvent: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      keepLock: taken.look,
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

/** Tells the windows once that another program has taken the project or replaced its database. */
function watchTaken(project: ProjectDb, emit: WriteContext['emit']) {
  let isTold = false;
  const tell = (): void => {
    if (isTold || (project.holder?.tookOver !== true && project.replacedWhileOpen === null)) return;
    isTold = true;
    emit('project.taken', {});
  };
  return {
    tell,
    look: (): void => {
      try {
        project.keepLock();
      } catch (thrown) {
        // The lock file can’t be looked at now, or another program has it: the next write says so.
        if (!(thrown instanceof Fault)) throw thrown;
      }
      tell();
    },
  };
}

/** The overload states what the compiler cannot infer from a union of events: each name with its own payload. */
function eventOf<E extends EventName>(
  event: E,
  payload: EventPayload<E>,
): { event: E; payload: EventPayload<E> } & EngineEvent;
function eventOf(event: EventName, payload: unknown): unknown {
  return { event, payload };
}

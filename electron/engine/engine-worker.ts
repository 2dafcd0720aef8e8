import { parentPort, workerData } from 'node:worker_threads';
import type { CallArgs } from '../../shared/contract/index.ts';
import { ok, toErrorData } from '../../shared/errors.ts';
import { logError, openThreadLog } from '../log/log.ts';
import { type Engine, openEngine } from './engine.ts';
import { type EngineData, type FromEngine, isInterrupted, type ToEngine } from './protocol.ts';

/** The engine as a worker thread: the database lives here, so that a long scan never freezes a window. */
const port = parentPort;
if (port === null) throw new Error('electron/engine/engine-worker.ts runs only as a worker thread');

/** The other end of electron/engine/client.ts, which alone starts this worker. */
const { start, interrupt } = workerData as EngineData;
const flag = new Int32Array(interrupt);
openThreadLog('engine');
const say = (message: FromEngine): void => port.postMessage(message);

const called = (engine: Engine, { name, input, parsed }: ToEngine & { kind: 'call' }): Promise<unknown> =>
  // The host states that its gate parsed this input by this call's contract.
  parsed ? engine.run(name, input as CallArgs<typeof name>) : engine.dispatch(name, input);

const answer = async (engine: Engine, message: ToEngine): Promise<void> => {
  switch (message.kind) {
    case 'call':
      const started = performance.now();
      try {
        say({ kind: 'answer', id: message.id, result: ok(await called(engine, message)) });
      } catch (thrown) {
        logError(thrown, { event: 'call-failed', call: message.name, ms: performance.now() - started });
        say({ kind: 'answer', id: message.id, result: { ok: false, error: toErrorData(thrown) } });
      }
      return;
    case 'interrupt':
      if (message.only === null) engine.interrupt();
      else engine.interrupt(message.only);
      return;
    case 'close':
      await engine.close();
      port.close();
  }
};

/** Kinds of record whose commits give the search something new to index. */
const INDEXED: ReadonlySet<string> = new Set(['source', 'layer', 'passage', 'memo']);
/**
 * Milliseconds. An import makes many commits, which are indexed together. After opening, the window reads first, since indexing
 * starts a thread.
 */
const PAUSE = 500;
/** Milliseconds between looks whether another program has taken the project: who only reads and types hears of it before they save. */
const LOOK = 2000;

try {
  const engine = await openEngine({ ...start, interrupted: (call) => isInterrupted(Atomics.load(flag, 0), call) });
  engine.onEvent((event) => say({ kind: 'event', event }));
  keepIndexed(engine);
  setInterval(() => engine.keepLock(), LOOK).unref();
  port.on('message', (message: ToEngine) => void answer(engine, message));
  say({ kind: 'ready' });
} catch (thrown) {
  logError(thrown, { event: 'start-failed' });
  say({ kind: 'failed', error: toErrorData(thrown) });
  port.close();
}

/**
 * Indexes what is not indexed yet, when the project is opened and after each commit that adds something. For hosts, which keep a
 * project open; the command line indexes when it searches.
 */
function keepIndexed(engine: Engine): void {
  // A failure appears again at the first search, where a person can act on it.
  const prepare = (): void => void engine.call('search.prepare', {}).catch(() => undefined);
  let timer: NodeJS.Timeout | null = null;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      prepare();
    }, PAUSE).unref();
  };
  engine.onEvent(({ event, payload }) => {
    if (event === 'project.changed' && payload.entities.some((entity) => INDEXED.has(entity))) soon();
  });
  soon();
}

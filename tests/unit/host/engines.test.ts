import { expect, test } from 'vitest';
import { newPrivateKey, personOf } from '../../../electron/project/people/people.ts';
import { createEngines, type Engines } from '../../../electron/host/engines.ts';
import type { Actor, Engine } from '../../../electron/host/projects.ts';
import { Fault } from '../../../shared/errors.ts';

const person = personOf('Lin', newPrivateKey());
const actor = (): Actor => ({ person, installation: 'here' });

/** Engines that open and close when the test says; a folder that is open, or still closing, is locked. */
function slowEngines(): {
  engines: Engines;
  opens: PromiseWithResolvers<void>[];
  closes: PromiseWithResolvers<void>[];
  open: Set<string>;
} {
  const opens: PromiseWithResolvers<void>[] = [];
  const closes: PromiseWithResolvers<void>[] = [];
  const open = new Set<string>();
  const start = async (folder: string): Promise<Engine> => {
    if (open.has(folder)) throw new Fault('PROJECT_LOCKED', 'It is open.');
    open.add(folder);
    const opening = Promise.withResolvers<void>();
    opens.push(opening);
    try {
      await opening.promise;
    } catch (thrown) {
      open.delete(folder);
      throw thrown;
    }
    const call = async (): Promise<never> => {
      throw new Error('Nothing is called here');
    };
    return {
      call,
      run: call,
      interrupt: () => undefined,
      onEvent: () => () => undefined,
      async close() {
        const closing = Promise.withResolvers<void>();
        closes.push(closing);
        await closing.promise;
        open.delete(folder);
      },
    };
  };
  return {
    engines: createEngines({ open: start }, { onEvent: () => undefined, beforeClose: async () => undefined }),
    opens,
    closes,
    open,
  };
}

const nextTurn = (): Promise<void> => new Promise((done) => setImmediate(done));

test('a window that closes does not close the engine another one is about to get', async () => {
  const { engines, opens, closes, open } = slowEngines();
  const first = engines.enter('main-1', '/p', actor);
  const second = engines.enter('main-2', '/p', actor);
  const left = engines.leave('main-1');
  await nextTurn();
  opens[0]?.resolve();
  await Promise.all([first, second, left]);
  expect(closes).toEqual([]);
  expect((await engines.of('main-2'))?.folder).toBe('/p');
  expect(await engines.of('main-1')).toBeNull();
  expect([...open]).toEqual(['/p']);
});

test('a window closed before its project was open leaves nothing open', async () => {
  const { engines, opens, closes, open } = slowEngines();
  const entered = engines.enter('main-1', '/p', actor);
  await nextTurn();
  expect(engines.windows()).toEqual(['main-1']);
  const left = engines.leave('main-1');
  opens[0]?.resolve();
  await entered;
  await nextTurn();
  closes[0]?.resolve();
  await left;
  expect([...open, ...engines.windows()]).toEqual([]);
});

test('a project that is opened again at once is opened after it has been closed', async () => {
  const { engines, opens, closes } = slowEngines();
  const first = engines.enter('main-1', '/p', actor);
  await nextTurn();
  opens[0]?.resolve();
  await first;
  const left = engines.leave('main-1');
  const again = engines.enter('main-2', '/p', actor);
  await nextTurn();
  expect(opens).toHaveLength(1);
  closes[0]?.resolve();
  await left;
  await nextTurn();
  opens[1]?.resolve();
  expect((await again).folder).toBe('/p');
});

test('no window is given an engine that is being reopened', async () => {
  const { engines, opens, closes } = slowEngines();
  const first = engines.enter('main-1', '/p', actor);
  await nextTurn();
  opens[0]?.resolve();
  const { engine } = await first;
  const reopened = engines.reopen('/p', actor, async () => undefined);
  await nextTurn();
  const shown = engines.of('main-1');
  const second = engines.enter('main-2', '/p', actor);
  closes[0]?.resolve();
  await nextTurn();
  opens[1]?.resolve();
  await reopened;
  const [one, two] = [await shown, await second];
  expect(one?.engine).toBe(two.engine);
  expect(two.engine).not.toBe(engine);
});

test('a window keeps its project if the next one cannot be opened', async () => {
  const { engines, opens, closes } = slowEngines();
  const first = engines.enter('main-1', '/p', actor);
  await nextTurn();
  opens[0]?.resolve();
  await first;
  const second = engines.enter('main-1', '/q', actor);
  await nextTurn();
  opens[1]?.reject(new Fault('DAMAGED', 'Damaged.'));
  await expect(second).rejects.toThrow('Damaged.');
  expect((await engines.of('main-1'))?.folder).toBe('/p');
  expect(closes).toEqual([]);
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Fault, toErrorData } from '../../../shared/errors.ts';
import { tempFolder } from '../../support/temp.ts';
import { createPool, type JobProgress, type Pool } from '../../../electron/workers/pool.ts';

const worker = new URL('../../support/pool/misbehaving.ts', import.meta.url);
const pools: Pool[] = [];
const pool = (size = 2): Pool => {
  const made = createPool({ worker, size, memoryMb: 64 });
  pools.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(pools.splice(0).map((one) => one.close()));
});

/** The code of the Fault a job ends with. */
const codeOf = async (job: Promise<unknown>): Promise<string> =>
  job.then(
    () => 'no error',
    (thrown: unknown) => (thrown instanceof Fault ? thrown.data.code : `not a Fault: ${String(thrown)}`),
  );
const text = (path: string) => ({ path });
const pdf = (path: string) => ({ path, passwords: [] });
const page = (path: string) => ({ path, fileName: 'page.html', charset: null, parts: [] });

describe('the pool', () => {
  it('runs jobs and reports their progress', async () => {
    const told: JobProgress[] = [];
    const output = await pool().run('text', text('a'), { onProgress: (at) => told.push(at) });
    expect(output).toEqual({ path: 'a' });
    expect(told).toEqual([
      { done: 1, total: 2 },
      { done: 2, total: 2 },
    ]);
  });

  it('ends a job that hangs, and only that', async () => {
    const both = pool();
    const hanging = codeOf(both.run('page', page('forever'), { timeoutMs: 300 }));
    const others = await Promise.all(['a', 'b', 'c'].map((name) => both.run('text', text(name))));
    expect(others).toEqual([{ path: 'a' }, { path: 'b' }, { path: 'c' }]);
    expect(await hanging).toBe('TIMED_OUT');
  });

  it('does not end a job that is slow but makes progress', async () => {
    const one = pool(1);
    // Its worker has started when the clock does: on a busy machine that takes longer than any step.
    await one.run('text', text('warm up'));
    expect(await one.run('text', text('slow'), { timeoutMs: 1500 })).toEqual({ path: 'slow' });
  });

  it('ends a job that works for ever, not one whose thread didn’t get to run', async () => {
    const one = pool(1);
    await one.run('text', text('warm up'));
    expect(await one.run('pdf', pdf('asleep'), { timeoutMs: 500 })).toEqual({ thread: true });
    expect(await codeOf(one.run('pdf', pdf('busy'), { timeoutMs: 500 }))).toBe('TIMED_OUT');
  });

  it.each([
    ['exit', 'DAMAGED'],
    ['throw', 'DAMAGED'],
    ['unhandled', 'DAMAGED'],
    ['fault', 'UNSUPPORTED'],
    ['memory', 'TOO_LARGE'],
    ['buffer', 'TOO_LARGE'],
  ])('turns a worker that ends by “%s” into %s, and continues', async (how, code) => {
    const one = pool(1);
    const bad = codeOf(one.run('pdf', pdf(how)));
    const good = one.run('text', text('after'));
    expect(await bad).toBe(code);
    expect(await good).toEqual({ path: 'after' });
  });

  it('cancels a running job, a waiting one, and one cancelled before', async () => {
    const one = pool(1);
    const stop = new AbortController();
    const running = codeOf(one.run('page', page('forever'), { signal: stop.signal }));
    const waiting = codeOf(one.run('text', text('b'), { signal: stop.signal }));
    const staying = one.run('text', text('c'));
    stop.abort();
    expect(await running).toBe('CANCELLED');
    expect(await waiting).toBe('CANCELLED');
    expect(await codeOf(one.run('text', text('d'), { signal: stop.signal }))).toBe('CANCELLED');
    expect(await staying).toEqual({ path: 'c' });
  });

  it('runs two jobs at a time, and one while someone reads', async () => {
    const both = pool();
    await Promise.all([both.run('text', text('warm')), both.run('text', text('up'))]);
    const together = await orderOfTwo(both, 2);
    expect(together.slice(0, 2).toSorted()).toEqual(['one begins', 'two begins']);
    expect(together.slice(2)).toEqual(['one ends', 'two ends']);
    both.giveWay();
    expect(await orderOfTwo(both, 1)).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  it('cancels everything when it is closed, and accepts nothing more', async () => {
    const one = pool(1);
    const jobs = [codeOf(one.run('page', page('forever'))), codeOf(one.run('text', text('b')))];
    await one.close();
    expect(await Promise.all(jobs)).toEqual(['CANCELLED', 'CANCELLED']);
    expect(await codeOf(one.run('text', text('c')))).toBe('CANCELLED');
  });

  it('explains errors for the person whose file it was', async () => {
    const thrown: unknown = await pool()
      .run('pdf', pdf('exit'))
      .catch((reason: unknown) => reason);
    expect(toErrorData(thrown)).toMatchObject({
      code: 'DAMAGED',
      message: expect.stringMatching(/This file crashed its reader/),
    });
  });
});

/** Two jobs, of which the first may end once `begun` have begun, and the second once the first has ended: what came in which order. */
async function orderOfTwo(both: Pool, begun: number): Promise<string[]> {
  const folder = tempFolder();
  const order: string[] = [];
  const job = async (name: string): Promise<void> => {
    await both.run('page', page(join(folder, name)), { onProgress: () => order.push(`${name} begins`) });
    order.push(`${name} ends`);
  };
  const [first, second] = [job('one'), job('two')];
  await expect.poll(() => order.length).toBe(begun);
  // A job of another pool, with its thread: by then the second would have begun, were it let.
  await pool(1).run('text', text('later'));
  writeFileSync(join(folder, 'one'), '');
  await first;
  writeFileSync(join(folder, 'two'), '');
  await second;
  return order;
}

import { expect, it } from 'vitest';
import type { EventPayload } from '../../../../shared/contract/index.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { interruptFlag, isInterrupted, NO_INTERRUPT } from '../../../../electron/engine/protocol.ts';
import { addFile, categoriesOf, codeOf, testProject } from '../../../support/project.ts';

type Progress = EventPayload<'evidence.progress'>;

/** A source with so many passages, each of one sentence. */
async function withPassages(engine: Engine, count: number): Promise<void> {
  const sentence = '全县流转土地4.8万亩。';
  const text = sentence.repeat(count);
  const source = await addFile(engine, 'report.txt', text);
  if (source.layer === null) throw new Error('The file has no text.');
  for (let at = 0; at < count; at++) {
    const start = at * sentence.length;
    await engine.call('passages.create', {
      source: source.id,
      layer: source.layer,
      marked: { kind: 'text', start, end: start + 4 },
      categories: [],
    });
  }
}

/** The hash of the log’s head and what undo would undo: the same as before if nothing was written. */
const stateOf = async (engine: Engine) => ({
  undo: (await engine.call('history.state', {})).undo,
  tagged: (await engine.call('evidence.rows', { query: 'category:LND', count: 0 })).total,
});

it('an act on many passages that is stopped changes none of them, whenever that is, and can be done again', async () => {
  const { engine } = await testProject();
  await withPassages(engine, 600);
  const [land] = await categoriesOf(engine, 'LND.RIGHTS');
  if (land === undefined) throw new Error('No such category.');
  const before = await stateOf(engine);
  for (const phase of ['preparing', 'saving'] as const) {
    let isStopped = false;
    const forget = engine.onEvent(({ event, payload }) => {
      if (event !== 'evidence.progress' || payload.phase !== phase || isStopped) return;
      isStopped = true;
      engine.interrupt('evidence.change');
    });
    expect(await codeOf(engine.call('evidence.change', { total: 600, add: [land] }))).toBe('CANCELLED');
    forget();
    expect(isStopped).toBe(true);
    expect(await stateOf(engine)).toEqual(before);
  }

  const told: Progress[] = [];
  engine.onEvent(({ event, payload }) => void (event === 'evidence.progress' && told.push(payload)));
  expect(await engine.call('evidence.change', { total: 600, add: [land] })).toMatchObject({ changed: 600 });
  expect((await stateOf(engine)).tagged).toBe(600);
  expect(new Set(told.map((one) => one.phase))).toEqual(new Set(['preparing', 'saving']));
  for (const { done, total } of told) expect([done <= total, total]).toEqual([true, 600]);
  await engine.call('history.undo', {});
  expect((await stateOf(engine)).tagged).toBe(0);
});

it('its undo and redo say how far they are too, and stopped they change nothing', async () => {
  const { engine } = await testProject();
  await withPassages(engine, 600);
  const [land] = await categoriesOf(engine, 'LND.RIGHTS');
  if (land === undefined) throw new Error('No such category.');
  await engine.call('evidence.change', { total: 600, add: [land] });
  for (const what of ['undo', 'redo'] as const) {
    const before = [await engine.call('history.state', {}), await stateOf(engine)];
    // Early, while it is found out what to set, and late, while it is written.
    for (const from of [0, 0.6]) {
      let stoppedAt: number | null = null;
      const forget = engine.onEvent(({ event, payload }) => {
        if (event !== 'history.progress' || stoppedAt !== null || payload.share < from) return;
        expect(payload.what).toBe(what);
        stoppedAt = payload.share;
        engine.interrupt(`history.${what}`);
      });
      expect(await codeOf(engine.call(`history.${what}`, {}))).toBe('CANCELLED');
      forget();
      expect(stoppedAt).not.toBeNull();
      expect([await engine.call('history.state', {}), await stateOf(engine)]).toEqual(before);
    }
    const shares: number[] = [];
    const forget = engine.onEvent(
      ({ event, payload }) => void (event === 'history.progress' && shares.push(payload.share)),
    );
    await engine.call(`history.${what}`, {});
    forget();
    expect(shares.length).toBeGreaterThan(2);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect((await stateOf(engine)).tagged).toBe(what === 'undo' ? 0 : 600);
  }
});

it('stopping an act on passages stops no export that runs at the same time', async () => {
  const { engine, folder } = await testProject();
  await withPassages(engine, 3);
  const writing = engine.call('evidence.write', { format: 'csv', columns: [], path: `${folder}.csv` });
  engine.interrupt('evidence.change');
  expect(await writing).toMatchObject({ rows: 3 });
});

it('what the threads share says which call is to end', () => {
  const calls = ['evidence.change', 'evidence.write', 'merge.apply'] as const;
  const endedBy = (flag: number) => calls.filter((call) => isInterrupted(flag, call));
  expect(endedBy(NO_INTERRUPT)).toEqual([]);
  expect(endedBy(interruptFlag(null))).toEqual(calls);
  for (const call of calls) expect(endedBy(interruptFlag(call))).toEqual([call]);
});

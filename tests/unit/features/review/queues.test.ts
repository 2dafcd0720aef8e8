import { describe, expect, it } from 'vitest';
import type { QueueName } from '../../../../shared/contract/review.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { categoriesOf, mark } from '../../../support/project.ts';
import { reviewProject, SENTENCE } from '../../../support/review.ts';

const queued = async (engine: Engine, queue: QueueName) => (await engine.call('review.queue', { queue })).items;

describe('the queues', () => {
  it('list for each person the passages that wait for their next step, without those they may not act on', async () => {
    const { as, passage, moveAs, translateAs } = await reviewProject();
    const inQueue = async (name: 'ann' | 'ben' | 'cat' | 'dan', queue: QueueName): Promise<boolean> =>
      (await as(name, (engine) => queued(engine, queue))).some((one) => one.passage === passage.id);
    expect(await inQueue('ben', 'to-second-code')).toBe(true);
    expect(await inQueue('ann', 'to-second-code')).toBe(false);
    // Nobody has said in which language the source is; its letters do.
    expect(await inQueue('ben', 'to-translate')).toBe(true);
    expect(await inQueue('ben', 'to-check')).toBe(false);
    await translateAs('ben', 'Pairing assistance.');
    expect(await inQueue('ben', 'to-translate')).toBe(false);
    expect([await inQueue('ann', 'to-check'), await inQueue('ben', 'to-check')]).toEqual([false, false]);
    expect(await inQueue('cat', 'to-check')).toBe(true);
    await moveAs('cat', 'checked');
    expect([await inQueue('cat', 'to-approve'), await inQueue('dan', 'to-approve')]).toEqual([false, true]);
    await moveAs('dan', 'approved');
    expect([await inQueue('cat', 'to-release'), await inQueue('cat', 'all')]).toEqual([true, true]);
    expect(await inQueue('dan', 'mine')).toBe(false);
    await translateAs('ben', 'Other words.');
    expect([await inQueue('dan', 'mine'), await inQueue('dan', 'to-check')]).toEqual([true, true]);
  });

  it('list mentions of a person and their roles until the thread is resolved', async () => {
    const { as, people, passage } = await reviewProject();
    const mine = (name: 'ben' | 'dan') => as(name, (engine) => queued(engine, 'mine'));
    const comment = await as('cat', (engine) =>
      engine.call('comments.add', { passage: passage.id, text: 'See this, @checker', mentions: [people.dan.id] }),
    );
    expect([(await mine('ben')).length, (await mine('dan')).length]).toEqual([0, 1]);
    await as('ben', async (engine) => {
      await engine.call('comments.add', { passage: passage.id, text: 'I do.', parent: comment.id });
      await engine.call('people.setRoles', { id: people.ben.id, roles: ['checker'] });
    });
    expect(await mine('ben')).toMatchObject([{ quote: SENTENCE, by: 'Ann', state: 'coded', comments: 2 }]);
    await as('cat', (engine) => engine.call('comments.resolve', { id: comment.id, resolved: true }));
    expect([await mine('ben'), await mine('dan')]).toEqual([[], []]);
  });

  it('are updated by every commit, including undo, and then equal queues computed from scratch', async () => {
    const { as, passage } = await reviewProject();
    const fresh = () => as('ben', (engine) => engine.call('review.queue', { queue: 'all' }));
    await as('ben', async (engine) => {
      const now = () => engine.call('review.queue', { queue: 'all' });
      expect((await now()).total).toBe(0);
      const other = await mark(engine, passage.source, '第二句。');
      expect((await now()).counts['to-code']).toBe(1);
      await engine.call('review.move', { passage: passage.id, to: 'checked' });
      expect((await now()).items).toMatchObject([{ passage: passage.id, state: 'checked', by: 'Ben' }]);
      await engine.call('history.undo', {});
      expect((await now()).total).toBe(0);
      await engine.call('history.redo', {});
      await engine.call('passages.remove', { ids: [other.id] });
      expect((await now()).counts['to-code']).toBe(0);
      const add = await categoriesOf(engine, 'TRF.XPROV');
      await engine.call('tags.change', { passages: [passage.id], add });
      expect((await now()).items).toMatchObject([{ state: 'reopened' }]);
      await engine.call('sources.remove', { ids: [passage.source] });
      expect((await now()).total).toBe(0);
      await engine.call('sources.restore', { ids: [passage.source] });
    });
    expect((await fresh()).items).toMatchObject([{ state: 'reopened' }]);
  });

  it('are the same for calls that wait for one first reading while an edit is made', async () => {
    const { as, passage } = await reviewProject();
    const found = await as('cat', async (engine) => {
      const asked = [queued(engine, 'to-check'), queued(engine, 'all')];
      const commented = engine.call('comments.add', { passage: passage.id, text: 'Which year?' });
      await Promise.all([...asked, commented]);
      return { checked: await queued(engine, 'to-check'), all: await queued(engine, 'all') };
    });
    const anew = await as('cat', async (engine) => ({
      checked: await queued(engine, 'to-check'),
      all: await queued(engine, 'all'),
    }));
    expect(found).toEqual(anew);
    expect(found.all).toMatchObject([{ passage: passage.id, comments: 1 }]);
  });

  it('are filtered by state, source, category, person and language', async () => {
    const { as, passage, people, moveAs } = await reviewProject();
    await moveAs('ben', 'checked');
    await as('cat', async (engine) => {
      const total = async (filter: object) => (await engine.call('review.queue', { queue: 'all', filter })).total;
      const [tag] = passage.tags;
      for (const filter of [
        { state: 'checked' },
        { source: passage.source },
        { category: tag?.category },
        { person: people.ben.id },
        { person: people.ann.id },
      ])
        expect(await total(filter)).toBe(1);
      for (const filter of [{ state: 'approved' }, { person: people.cat.id }, { language: 'zh' }])
        expect(await total(filter)).toBe(0);
      await engine.call('sources.edit', { id: passage.source, patch: { language: 'zh-Hans' } });
      expect(await total({ language: 'zh' })).toBe(1);
    });
  });
});

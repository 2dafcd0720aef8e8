import { describe, expect, it } from 'vitest';
import { addFile, mark, testProject } from '../../../support/project.ts';

describe('a search in what is a passage already', () => {
  it('finds the hits within passages, or the others, and both together are all hits in texts', async () => {
    const { engine } = await testProject();
    const { id } = await addFile(
      engine,
      'a.txt',
      '甲：转移就业任务。乙：转移就业计划。丙：转移就业。和田地区转移就业。',
    );
    await mark(engine, id, '转移就业任务');
    // A part of the hit alone is no hit within a passage.
    await mark(engine, id, '就业计划');
    const found = async (query: string, passages: 'any' | 'within' | 'outside') => {
      const asked = { query, passages, in: ['sources', 'passages'] as const };
      const { hits, total } = await engine.call('search.query', { ...asked, in: [...asked.in], whole: true });
      expect(hits).toHaveLength(total);
      return hits.filter(({ kind }) => kind === 'text').map(({ start }) => start);
    };
    for (const [query, own] of [
      ['转移就业', [2]],
      ['转移就业 OR nothing', [2]],
      // Of the second hit, one of the two words is within a passage: the hit is not.
      ['"转移" NEAR/1 就业', [2]],
    ] as const) {
      const [any, within, outside] = [
        await found(query, 'any'),
        await found(query, 'within'),
        await found(query, 'outside'),
      ];
      expect([query, within]).toEqual([query, own]);
      expect([query, [...within, ...outside].toSorted((a, b) => a - b)]).toEqual([query, any]);
    }
    const { total } = await engine.call('search.query', {
      query: '转移就业',
      passages: 'outside',
      in: ['passages', 'memos'],
      whole: true,
    });
    expect(total).toBe(0);
    expect(await found('place:xj-hotan-pref', 'within')).toEqual([]);
    expect(await found('place:xj-hotan-pref', 'outside')).toHaveLength(1);
  });
});

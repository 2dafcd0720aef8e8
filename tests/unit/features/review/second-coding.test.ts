import { describe, expect, it } from 'vitest';
import { newId } from '../../../../electron/db/index.ts';
import { categoriesOf, faultOf } from '../../../support/project.ts';
import { groundOf, moveEdits, reviewProject, writeBehind } from '../../../support/review.ts';

describe('a second coding', () => {
  it('without tags of one’s own confirms the tags one agrees with, in one’s own name, and lists them', async () => {
    const { as, people, passage, moveAs, get } = await reviewProject();
    const [pair] = passage.tags.map(({ category }) => category);
    const other = await as('ann', async (engine) => {
      const [id] = await categoriesOf(engine, 'FIG.ACT');
      if (id === undefined) throw new Error('No category');
      await engine.call('tags.change', { passages: [passage.id], add: [id] });
      return id;
    });
    if (pair === undefined) throw new Error('No tag');
    const second = (agrees: readonly (typeof pair)[]) =>
      as('ben', (engine) =>
        engine.call('review.move', { passage: passage.id, to: 'second-coded', agrees: [...agrees] }),
      );
    expect(await faultOf(second([]))).toMatchObject({
      code: 'NOT_ALLOWED',
      message: 'Choose the tags you agree with, or tag this passage yourself.',
    });
    const [stranger] = await as('ben', (engine) => categoriesOf(engine, 'LND.RIGHTS'));
    expect((await faultOf(second([stranger ?? pair]))).code).toBe('BAD_INPUT');
    const wrong = as('ben', (engine) =>
      engine.call('review.move', { passage: passage.id, to: 'checked', agrees: [pair] }),
    );
    expect((await faultOf(wrong)).code).toBe('BAD_INPUT');
    const moved = await second([pair]);
    expect(moved).toMatchObject({
      state: 'second-coded',
      moves: [{ second: { how: 'confirmed', words: 'agreeing with “Pairing Assistance” (Ann)' } }],
    });
    // Confirming is not tagging: a person who only confirmed has coded nothing, and may check the passage.
    expect(moved.passage.tags.map(({ person }) => person)).toEqual([people.ann.id, people.ann.id]);
    expect(moved.passage.tags.map(({ category }) => category).toSorted()).toEqual([pair, other].toSorted());
    await as('ben', (engine) => engine.call('history.undo', {}));
    await as('ben', (engine) => engine.call('history.redo', {}));
    expect((await get('ben')).moves[0]?.second?.how).toBe('confirmed');
    await as('ben', (engine) => engine.call('history.undo', {}));
    // Left out, it is all there are.
    expect((await moveAs('cat', 'second-coded')).moves[0]?.second?.words).toContain('(Ann), ');
    const report = await as('ann', (engine) => engine.call('agreement.report', { samples: 0 }));
    expect(report.secondCoded).toEqual({ own: 0, confirmed: 1, unsaid: 0 });
    expect(report.note).toContain('1 by confirming');
    expect(report.coders.map(({ name }) => name)).toEqual(['Ann']);
  });

  it('with tags of one’s own is coding and counts for agreement; for older steps it is unknown', async () => {
    const { as, folder, people, passage, moveAs, get } = await reviewProject();
    const ground = groundOf(folder, people.dan, passage.id);
    writeBehind(folder, people.dan, 'x', moveEdits(newId(), passage.id, 'second-coded', people.dan.id, ground));
    expect((await get()).moves[0]).toMatchObject({ counts: true, second: { how: 'unsaid' } });
    await as('ben', async (engine) => {
      await engine.call('tags.change', { passages: [passage.id], add: await categoriesOf(engine, 'TRF.XPROV') });
    });
    await moveAs('ann', 'returned', 'Again.');
    const moved = await moveAs('ben', 'second-coded');
    expect(moved.moves.at(-1)?.second).toEqual({
      how: 'own',
      words: 'with their own tags: “Cross-provincial transfer”',
    });
    const report = await as('ann', (engine) => engine.call('agreement.report', { samples: 0 }));
    expect(report).toMatchObject({ secondCoded: { own: 1, confirmed: 0, unsaid: 0 } });
    expect(report.coders.map(({ name }) => name)).toEqual(['Ann', 'Ben']);
  });
});

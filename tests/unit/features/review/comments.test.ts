import { describe, expect, it } from 'vitest';
import { codeOf } from '../../../support/project.ts';
import { reviewProject } from '../../../support/review.ts';

describe('comments on a passage', () => {
  it('form threads, mention roles and people, and are counted with the passage', async () => {
    const { as, passage, people, get } = await reviewProject();
    const first = await as('ben', (engine) =>
      engine.call('comments.add', { passage: passage.id, text: 'Is this right, @Checker and @ann? mail@dan.example' }),
    );
    expect(first).toMatchObject({ parent: null, person: people.ben.id, resolved: false });
    expect(first.mentions).toEqual(['checker', people.ann.id]);
    const answer = await as('ann', (engine) =>
      engine.call('comments.add', { passage: passage.id, text: 'Yes.', parent: first.id, mentions: ['editor'] }),
    );
    expect(answer).toMatchObject({ parent: first.id, mentions: ['editor'] });
    const deeper = await as('cat', (engine) =>
      engine.call('comments.add', { passage: passage.id, text: 'Thanks.', parent: answer.id }),
    );
    expect(deeper.parent).toBe(first.id);
    await as('dan', (engine) => engine.call('comments.resolve', { id: answer.id, resolved: true }));
    const detail = await get();
    expect(detail.comments.map(({ text, resolved }) => [text, resolved])).toEqual([
      [first.text, true],
      ['Yes.', false],
      ['Thanks.', false],
    ]);
    expect(detail.passage.comments).toBe(3);
  });

  it('are changed and removed by their own person only, and a reply to a removed one stays', async () => {
    const { as, passage, get } = await reviewProject();
    const first = await as('ben', (engine) => engine.call('comments.add', { passage: passage.id, text: 'One' }));
    await as('cat', (engine) => engine.call('comments.add', { passage: passage.id, text: 'Two', parent: first.id }));
    const edit = { id: first.id, text: 'Three' };
    expect(await codeOf(as('cat', (engine) => engine.call('comments.edit', edit)))).toBe('NOT_ALLOWED');
    expect(await codeOf(as('cat', (engine) => engine.call('comments.remove', { id: first.id })))).toBe('NOT_ALLOWED');
    expect((await as('ben', (engine) => engine.call('comments.edit', edit))).text).toBe('Three');
    await as('ben', (engine) => engine.call('comments.remove', { id: first.id }));
    expect((await get()).comments).toMatchObject([{ text: 'Two', parent: null }]);
    expect(await codeOf(as('ben', (engine) => engine.call('comments.edit', edit)))).toBe('NOT_FOUND');
    const gone = as('cat', (engine) =>
      engine.call('comments.add', { passage: passage.id, text: 'x', parent: first.id }),
    );
    expect(await codeOf(gone)).toBe('NOT_FOUND');
  });
});

describe('a translation', () => {
  it('is one for each language, whoever writes it; who last changed its words is its translator', async () => {
    const { as, passage, people, translateAs, get } = await reviewProject();
    const first = await translateAs('ben', 'Help.');
    const second = await translateAs('cat', 'Help.');
    expect(second).toEqual(first);
    const changed = await translateAs('cat', 'Pairing assistance.');
    expect(changed.translation).toMatchObject({
      id: first.translation?.id,
      person: people.cat.id,
      text: 'Pairing assistance.',
    });
    await as('ben', (engine) =>
      engine.call('translations.set', { passage: passage.id, text: 'Aide.', language: 'FR', method: 'machine' }),
    );
    expect((await get()).translations.map(({ language, method }) => [language, method])).toEqual([
      ['en', 'human'],
      ['fr', 'machine'],
    ]);
    expect((await translateAs('ben', ' ')).translation).toBeNull();
    expect((await translateAs('ben', 'Again.')).translation?.id).toBe(first.translation?.id);
  });

  it('is not overwritten by an edit that began with another text, nor accepted in an invalid language', async () => {
    const { as, passage, translateAs } = await reviewProject();
    await translateAs('ben', 'One');
    const set = (more: object) =>
      codeOf(as('cat', (engine) => engine.call('translations.set', { passage: passage.id, text: 'Two', ...more })));
    expect(await set({ base: '' })).toBe('EXISTS');
    expect(await set({ language: 'not a language' })).toBe('BAD_INPUT');
  });
});

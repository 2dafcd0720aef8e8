import { describe, expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import { query } from '../../../../electron/db/types.ts';
import { faultOf } from '../../../support/project.ts';
import { groundOf, moveEdits, reviewProject, SENTENCE, writeBehind } from '../../../support/review.ts';

const span = (end: number) => ({ kind: 'text' as const, start: 0, end });

describe('four eyes', () => {
  it('exclude everyone who set a dimension, the location or a tag, even if it now names someone else', async () => {
    const { as, folder, passage, people, moveAs, get } = await reviewProject();
    const refused = async (name: 'ben' | 'cat' | 'dan'): Promise<string> =>
      (await faultOf(moveAs(name, 'checked'))).message;
    await as('ben', async (engine) => {
      const { dimensions } = await engine.call('codebook.get', {});
      const one = dimensions.find(({ on, values }) => on === 'passage' && values.length > 0);
      const [value] = one?.values ?? [];
      if (one === undefined || value === undefined) throw new Error('The codebook has no dimension');
      await engine.call('settings.set', { passage: passage.id, dimension: one.id, values: [value.id] });
    });
    expect(await refused('ben')).toBe('You set a dimension of this passage. Someone else must check it.');
    await as('cat', (engine) => engine.call('passages.reshape', { id: passage.id, marked: span(9) }));
    await as('ann', (engine) => engine.call('passages.reshape', { id: passage.id, marked: span(SENTENCE.length) }));
    expect(await refused('cat')).toBe('You adjusted this passage. Someone else must check it.');
    const [tag] = passage.tags;
    const id = newId();
    writeBehind(folder, people.dan, 'x', [
      { entity: 'tag', id, field: 'passage', value: passage.id },
      { entity: 'tag', id, field: 'category', value: tag?.category ?? '' },
      { entity: 'tag', id, field: 'person', value: people.ann.id },
    ]);
    expect(await refused('dan')).toBe('You edited a tag on this passage. Someone else must check it.');
    const basis = groundOf(folder, people.cat, passage.id);
    writeBehind(folder, people.cat, 'x', moveEdits(newId(), passage.id, 'approved', people.cat.id, basis));
    expect((await get()).state).toBe('coded');
    const waits = await as('cat', (engine) => engine.call('review.queue', { queue: 'to-check' }));
    expect(waits.total).toBe(0);
  });

  it('exclude the person who decided on the tags, and everyone who wrote a draft of the translation', async () => {
    const { folder, passage, people, moveAs, translateAs } = await reviewProject();
    await translateAs('ben', 'Do pairing assistance well.');
    await translateAs('cat', 'Carry out pairing assistance well.');
    expect((await faultOf(moveAs('ben', 'approved'))).message).toBe(
      'You translated this passage. Someone else must approve it.',
    );
    for (const person of [people.dan, people.cat]) {
      const id = newId();
      writeBehind(folder, person, 'Decide', [
        { entity: 'adjudication', id, field: 'passage', value: passage.id },
        { entity: 'adjudication', id, field: 'categories', value: [] },
        { entity: 'adjudication', id, field: 'person', value: person.id },
      ]);
    }
    expect((await faultOf(moveAs('dan', 'checked'))).message).toBe(
      'You decided how to code this passage. Someone else must check it.',
    );
  });

  it('exclude the person who wrote a translation under another person’s name', async () => {
    const { folder, passage, people, moveAs } = await reviewProject();
    const id = newId();
    writeBehind(folder, people.dan, 'Translate', [
      { entity: 'translation', id, field: 'passage', value: passage.id },
      { entity: 'translation', id, field: 'language', value: 'en' },
      {
        entity: 'translation',
        id,
        field: 'draft',
        value: { text: 'Do it well.', person: people.ben.id, method: 'human' },
      },
    ]);
    for (const name of ['dan', 'ben'] as const)
      expect((await faultOf(moveAs(name, 'checked'))).message).toBe(
        'You translated this passage. Someone else must check it.',
      );
  });

  it('do not exclude someone for restoring what they had removed themselves', async () => {
    const { folder, people, moveAs } = await reviewProject();
    const db = openProject({ folder, person: people.dan });
    const tag = db.read.get(query<Record<string, never>, { id: string }>('test.tag', 'SELECT id FROM p_tag'), {});
    db.close();
    const deleted = (value: boolean) =>
      writeBehind(folder, people.dan, 'x', [{ entity: 'tag', id: tag?.id ?? '', field: 'deleted', value }]);
    deleted(true);
    deleted(false);
    expect((await moveAs('dan', 'checked')).state).toBe('checked');
  });

  it('reopen a passage that its approver edited since, even back to the same state; edits by others that restore it do not', async () => {
    const { as, passage, moveAs, get } = await reviewProject();
    const reshape = (name: 'ann' | 'ben', end: number) =>
      as(name, (engine) => engine.call('passages.reshape', { id: passage.id, marked: span(end) }));
    await moveAs('ben', 'approved');
    await reshape('ann', 9);
    expect((await get()).state).toBe('reopened');
    await reshape('ann', SENTENCE.length);
    expect((await get()).state).toBe('approved');
    await reshape('ben', 9);
    await reshape('ben', SENTENCE.length);
    const now = await get();
    expect(now).toMatchObject({ state: 'reopened', differences: [{ what: 'place', person: 'Ben' }] });
    // He did approve it: that is no forgery.
    expect(now.moves).toMatchObject([{ state: 'approved', forged: false }]);
    expect((await faultOf(moveAs('cat', 'released'))).code).toBe('NOT_ALLOWED');
    expect((await moveAs('dan', 'approved')).state).toBe('approved');
  });

  it('let someone check, return and approve what they neither coded nor translated', async () => {
    const { moveAs } = await reviewProject();
    await moveAs('ben', 'checked');
    await moveAs('ben', 'returned', 'The page is another.');
    expect((await moveAs('ben', 'approved')).state).toBe('approved');
  });
});

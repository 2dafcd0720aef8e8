import { describe, expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import type { Json } from '../../../../shared/changes/canonical.ts';
import { query } from '../../../../electron/db/types.ts';
import type { RecordPatch } from '../../../../shared/contract/sources.ts';
import { recordId } from '../../../../shared/model/index.ts';
import { categoriesOf, faultOf } from '../../../support/project.ts';
import { groundOf, moveEdits, reviewProject, SENTENCE, writeBehind } from '../../../support/review.ts';

describe('a passage in review', () => {
  it('is coded by its tags, and every step is one commit that can be read and undone', async () => {
    const { as, passage, moveAs, get } = await reviewProject();
    expect((await get()).state).toBe('coded');
    await moveAs('ben', 'checked');
    const approved = await moveAs('cat', 'approved', 'Fine.');
    expect(approved).toMatchObject({ state: 'approved', differences: [] });
    expect(approved.moves.map(({ state, name, comment, forged }) => [state, name, comment, forged])).toEqual([
      ['checked', 'Ben', '', false],
      ['approved', 'Cat', 'Fine.', false],
    ]);
    await as('cat', async (engine) => {
      const [last] = (await engine.call('history.list', {})).commits;
      expect(last?.label).toBe(`Approve: “${SENTENCE}”`);
      await engine.call('history.undo', {});
      expect((await engine.call('passages.get', { id: passage.id })).state).toBe('checked');
      expect((await engine.call('review.get', { passage: passage.id })).moves).toHaveLength(1);
      await engine.call('history.redo', {});
      const again = await engine.call('review.get', { passage: passage.id });
      expect(again.state).toBe('approved');
      expect(again.moves.map(({ forged }) => forged)).toEqual([false, false]);
    });
    expect((await moveAs('ann', 'released')).state).toBe('released');
  });

  it('is never checked or approved by someone who coded, translated or checked it', async () => {
    const { moveAs, translateAs, get } = await reviewProject();
    expect(await faultOf(moveAs('ann', 'checked'))).toMatchObject({
      code: 'FOUR_EYES',
      message: 'You coded this passage. Someone else must check it.',
    });
    expect(await faultOf(moveAs('ann', 'second-coded'))).toMatchObject({
      code: 'FOUR_EYES',
      message: 'You’re the only coder of this passage. Someone else must second-code it.',
    });
    await translateAs('ben', 'Do pairing assistance well.');
    expect((await faultOf(moveAs('ben', 'checked'))).message).toBe(
      'You translated this passage. Someone else must check it.',
    );
    expect((await faultOf(moveAs('ben', 'approved'))).code).toBe('FOUR_EYES');
    await moveAs('cat', 'checked');
    expect((await faultOf(moveAs('cat', 'approved'))).message).toBe(
      'You checked this passage. Someone else must approve it.',
    );
    const { steps } = await get('cat');
    expect(steps.find(({ to }) => to === 'approved')).toEqual({
      to: 'approved',
      allowed: false,
      why: 'You checked this passage. Someone else must approve it.',
      code: 'FOUR_EYES',
    });
    expect((await get('dan')).steps.find(({ to }) => to === 'approved')?.allowed).toBe(true);
    expect((await moveAs('dan', 'approved')).translations[0]).toMatchObject({ state: 'approved' });
  });

  it('can skip states forward, goes back only with a comment, and then forward again', async () => {
    const { moveAs } = await reviewProject();
    expect((await faultOf(moveAs('ben', 'released'))).code).toBe('NOT_ALLOWED');
    expect((await faultOf(moveAs('ben', 'translated'))).message).toContain('no translation yet');
    await moveAs('ben', 'approved');
    expect((await faultOf(moveAs('cat', 'checked'))).message).toContain('To send it back, return it with a comment');
    expect((await faultOf(moveAs('cat', 'approved'))).message).toBe('This passage is already approved.');
    expect((await faultOf(moveAs('cat', 'returned', '  '))).code).toBe('NOT_ALLOWED');
    expect((await moveAs('cat', 'returned', 'Wrong page.')).state).toBe('returned');
    expect((await faultOf(moveAs('cat', 'released'))).code).toBe('NOT_ALLOWED');
    expect((await moveAs('dan', 'approved')).state).toBe('approved');
  });

  it('is not moved by someone who saw another state', async () => {
    const { as, passage, moveAs } = await reviewProject();
    await moveAs('ben', 'checked');
    const stale = as('cat', (engine) =>
      engine.call('review.move', { passage: passage.id, to: 'approved', base: 'coded' }),
    );
    expect((await faultOf(stale)).code).toBe('EXISTS');
  });
});

describe('an approved passage', () => {
  it('is reopened by a change of its tags, with the difference, who made it and when', async () => {
    const { as, passage, moveAs, get } = await reviewProject();
    await moveAs('ben', 'approved');
    await as('cat', async (engine) => {
      await engine.call('tags.change', { passages: [passage.id], add: await categoriesOf(engine, 'TRF.XPROV') });
    });
    const reopened = await get();
    expect(reopened.state).toBe('reopened');
    expect(reopened.differences).toEqual([
      { what: 'tags', before: '', after: 'Cross-provincial transfer (Cat)', person: 'Cat', at: expect.any(Number) },
    ]);
    expect((await faultOf(moveAs('dan', 'released'))).code).toBe('NOT_ALLOWED');
    await as('cat', async (engine) => {
      await engine.call('tags.change', { passages: [passage.id], remove: await categoriesOf(engine, 'TRF.XPROV') });
    });
    expect((await get()).state).toBe('approved');
  });

  it('is reopened by a memo, with its former text, and is approved again when that is restored', async () => {
    const { as, passage, moveAs, get } = await reviewProject();
    const note = (name: 'ann' | 'ben', text: string) =>
      as(name, (engine) =>
        engine.call('memos.set', { target: { kind: 'passage', id: recordId.parse(passage.id) }, text }),
      );
    await note('ann', 'The figure is in mu.');
    await moveAs('ben', 'approved');
    expect((await get()).state).toBe('approved');
    await note('ann', 'The figure is in hectares.');
    await note('ben', 'Is it?');
    const reopened = await get();
    expect(reopened).toMatchObject({
      state: 'reopened',
      differences: [
        { what: 'memo', before: 'Ann: The figure is in mu.', after: 'Ann: The figure is in hectares.', person: 'Ann' },
        { what: 'memo', before: '', after: 'Ben: Is it?', person: 'Ben' },
      ],
    });
    const queued = await as('dan', (engine) => engine.call('review.queue', { queue: 'to-check' }));
    expect(queued.items.map(({ state }) => state)).toEqual(['reopened']);
    await note('ben', '');
    await note('ann', 'The figure is in mu.');
    expect((await get()).state).toBe('approved');
  });

  it('is reopened by a change of what a citation prints of its source, field by field, but not of its rating', async () => {
    const { as, passage, moveAs, get } = await reviewProject();
    const edit = (patch: RecordPatch) =>
      as('cat', (engine) => engine.call('sources.edit', { id: passage.source, patch }));
    await edit({ title: 'County report', dateOfDocument: { edtf: '2023', implied: true } });
    await moveAs('ben', 'approved');
    await edit({ grade: 'A', gradeReason: 'The county’s own.' });
    expect((await get()).state).toBe('approved');
    const waiting = () => as('dan', (engine) => engine.call('review.queue', { queue: 'to-check' }));
    expect((await waiting()).total).toBe(0);
    await edit({
      title: 'County report 2023',
      publisher: 'Liuquan County',
      dateOfDocument: { edtf: '2023-05', implied: false },
      documentType: 'gazette',
      capture: { url: 'https://liuquan.example/1', time: '2023-06-01T08:00:00Z' },
    });
    const reopened = await get();
    expect(reopened.state).toBe('reopened');
    expect(reopened.differences.map(({ what, before, after, person }) => [what, before, after, person])).toEqual([
      ['source', '', 'Capture time: 2023-06-01T08:00:00Z', 'Cat'],
      ['source', '', 'Address: https://liuquan.example/1', 'Cat'],
      ['source', 'Date of document: 2023 (implied)', 'Date of document: 2023-05', 'Cat'],
      ['source', '', 'Type: Gazette or official bulletin', 'Cat'],
      ['source', '', 'Publisher: Liuquan County', 'Cat'],
      ['source', 'Title: County report', 'Title: County report 2023', 'Cat'],
    ]);
    expect((await waiting()).total).toBe(1);
  });

  it('stays approved if approved before memos and details were recorded', async () => {
    const { as, folder, people, passage, get } = await reviewProject();
    const { memos: _memos, source: _source, ...basis } = groundOf(folder, people.ben, passage.id);
    writeBehind(folder, people.ben, 'Approve', moveEdits(newId(), passage.id, 'approved', people.ben.id, basis));
    await as('cat', (engine) => engine.call('sources.edit', { id: passage.source, patch: { title: 'Another' } }));
    expect((await get()).state).toBe('approved');
  });

  it('is reopened by another translation, dimension setting, place or text of its source', async () => {
    const { as, passage, folder, people, moveAs, translateAs, get } = await reviewProject();
    await translateAs('ben', 'Do pairing assistance well.');
    await moveAs('cat', 'checked');
    expect((await get()).translations[0]).toMatchObject({ checker: people.cat.id, state: 'checked' });
    await translateAs('ben', 'Do pairing assistance better.');
    let now = await get();
    expect(now.state).toBe('reopened');
    expect(now.translations[0]).toMatchObject({ checker: null, state: 'draft' });
    expect(now.differences).toMatchObject([
      {
        what: 'translation',
        before: 'Do pairing assistance well.',
        after: 'Do pairing assistance better.',
        person: 'Ben',
      },
    ]);
    expect(now.drafts.map(({ text, person }) => [text, person])).toEqual([
      ['Do pairing assistance better.', 'Ben'],
      ['Do pairing assistance well.', 'Ben'],
    ]);
    expect((await moveAs('cat', 'checked')).state).toBe('checked');
    await as('ann', async (engine) => {
      const { dimensions } = await engine.call('codebook.get', {});
      const one = dimensions.find(({ on, values }) => on === 'passage' && values.length > 0);
      const [value] = one?.values ?? [];
      if (one === undefined || value === undefined) throw new Error('The codebook has no dimension');
      await engine.call('settings.set', { passage: passage.id, dimension: one.id, values: [value.id] });
    });
    expect((await get()).differences.map(({ what, person }) => [what, person])).toEqual([['settings', 'Ann']]);
    await moveAs('cat', 'checked');
    await as('ann', (engine) =>
      engine.call('passages.reshape', { id: passage.id, marked: { kind: 'text', start: 0, end: 9 } }),
    );
    now = await get();
    expect(now.differences).toMatchObject([
      { what: 'quote', before: SENTENCE, after: '要做好对口支援工作', person: 'Ann' },
    ]);
    await moveAs('cat', 'checked');
    writeBehind(folder, people.ben, 'Correct the text', [
      { entity: 'source', id: passage.source, field: 'layer', value: newId() },
    ]);
    expect((await get()).differences).toMatchObject([{ what: 'layer', person: 'Ben' }]);
  });
});

describe('a step written by a changed program', () => {
  it('does not count if someone else signed it, and is shown as forged; the last valid state remains', async () => {
    const { folder, passage, people, moveAs, get } = await reviewProject();
    await moveAs('ben', 'checked');
    const basis = groundOf(folder, people.ann, passage.id);
    // Ann, who coded it, approves it in the name of Cat.
    writeBehind(folder, people.ann, 'Approve', moveEdits(newId(), passage.id, 'approved', people.cat.id, basis));
    const forged = await get();
    expect(forged.state).toBe('checked');
    expect(forged.moves.map(({ state, forged: isForged }) => [state, isForged])).toEqual([
      ['checked', false],
      ['approved', true],
    ]);
  });

  it('does not count if its writer changed a word of it afterwards', async () => {
    const { folder, passage, people, get } = await reviewProject();
    const basis = groundOf(folder, people.ann, passage.id);
    const id = newId();
    writeBehind(folder, people.ann, 'Approve', moveEdits(id, passage.id, 'approved', people.cat.id, basis));
    writeBehind(folder, people.ann, 'x', [{ entity: 'review', id, field: 'comment', value: 'Fine.' }]);
    const { state, moves } = await get();
    expect(state).toBe('coded');
    expect(moves).toMatchObject([{ state: 'approved', forged: true, counts: false }]);
  });

  it('does not count if it breaks four eyes by its basis, has none, or leaves someone out of it', async () => {
    const { folder, passage, people, as, get } = await reviewProject();
    const basis = groundOf(folder, people.ann, passage.id);
    const write = (ground: Json) =>
      writeBehind(folder, people.ann, 'Approve', moveEdits(newId(), passage.id, 'approved', people.ann.id, ground));
    write(basis);
    expect((await get()).state).toBe('coded');
    write(null);
    expect((await get()).state).toBe('coded');
    write({ ...basis, person: people.dan.id, tags: [] });
    const left = await get();
    expect(left.state).toBe('coded');
    expect(left.moves.map(({ forged, counts, why }) => [forged, counts, why])).toEqual([
      [false, false, 'Ann worked on what this approval covers. Someone else’s is needed.'],
      [true, false, 'It doesn’t say what was reviewed.'],
      [false, false, 'Ann worked on what this approval covers. Someone else’s is needed.'],
    ]);
    const listed = await as('dan', (engine) => engine.call('passages.list', {}));
    expect(listed.passages[0]?.state).toBe('coded');
  });

  it('does not count if only the state was written, or a step was overwritten', async () => {
    const { folder, passage, people, moveAs, get } = await reviewProject();
    await moveAs('ben', 'checked');
    writeBehind(folder, people.ann, 'x', [{ entity: 'passage', id: passage.id, field: 'state', value: 'released' }]);
    expect((await get()).state).toBe('checked');
    const db = openProject({ folder, person: people.ann });
    const review = db.read.get(
      query<Record<string, never>, { id: string }>('test.review', 'SELECT id FROM p_review'),
      {},
    );
    db.write.commit('x', [{ entity: 'review', id: review?.id ?? '', field: 'state', value: 'approved' }]);
    db.close();
    const now = await get();
    expect(now.state).toBe('checked');
    expect(now.moves).toMatchObject([{ state: 'checked', name: 'Ben', forged: false }]);
  });
});

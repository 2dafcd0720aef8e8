import { describe, expect, it } from 'vitest';
import { accept, deskOf, DRAFT, NOTE, openText, REPORT, sentenceOf } from '../../support/draft.ts';
import { addFile, testProject } from '../../support/project.ts';

/** A draft on a report and a note. */
async function withDraft() {
  const { engine } = await testProject();
  await addFile(engine, 'report.txt', REPORT);
  await addFile(engine, 'note.txt', NOTE);
  return { engine, draft: await openText(engine) };
}

describe('a newer version of a draft', () => {
  it('keeps what still holds and reopens what changed', async () => {
    const { engine, draft } = await withDraft();
    await accept(engine, draft.id, 'The county');
    await accept(engine, draft.id, 'Nobody', 'nothing');
    const next = await openText(engine, {
      text: DRAFT.replace('Nobody asked them.', 'Nobody asked them twice.').replace('in every way', ''),
      replaces: draft.id,
    });
    expect(next).toMatchObject({ version: 2, newest: true, replaces: draft.id });
    const desk = await deskOf(engine, next.id);
    expect(sentenceOf(desk, 'The county')).toMatchObject({ state: 'once', marks: [{ version: 1 }] });
    expect(sentenceOf(desk, 'Nobody')).toMatchObject({ state: 'open', marks: [] });
    expect((await engine.call('drafts.list', {})).drafts.map(({ version, newest }) => [version, newest])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect((await deskOf(engine, draft.id)).refused.map(({ kind }) => kind)).toContain('older');
    await engine.call('drafts.remove', { id: draft.id });
    expect((await engine.call('drafts.list', {})).drafts).toEqual([]);
    await engine.call('history.undo', {});
    expect((await engine.call('drafts.list', {})).drafts).toHaveLength(2);
  });

  it('has what was returned and linked of an earlier wording beside the sentence it became, and what none became by itself', async () => {
    const { engine, draft } = await withDraft();
    const { id: claim } = await engine.call('claims.create', { text: 'Nobody was asked.' });
    const said = async (beginning: string, comment: string): Promise<string> => {
      const { text, nth } = sentenceOf(await deskOf(engine, draft.id), beginning);
      await engine.call('drafts.return', { draft: draft.id, text, nth, comment });
      return text;
    };
    const asked = await said('Nobody', 'Who says so?');
    await engine.call('drafts.link', { draft: draft.id, text: asked, claims: [claim] });
    const told = await said('Teams', 'By whom?');
    await said('The county', 'Persons?');
    const next = await openText(engine, {
      text: DRAFT.replace('Nobody asked them.', 'Nobody asked them twice, it says.').replace(told, 'Nothing more.'),
      replaces: draft.id,
    });
    const desk = await deskOf(engine, next.id);
    expect(sentenceOf(desk, 'Nobody')).toMatchObject({
      state: 'open',
      marks: [],
      before: [
        {
          text: asked,
          marks: [{ state: 'returned', comment: 'Who says so?', version: 1 }],
          links: [{ to: { claim } }],
        },
      ],
    });
    expect(desk.gone).toMatchObject([{ text: told, marks: [{ comment: 'By whom?' }], links: [] }]);
    // What stands as it stood has it as its own.
    expect(sentenceOf(desk, 'The county')).toMatchObject({ before: [], marks: [{ comment: 'Persons?' }] });
    // Once something is said of the new wording, the earlier one stays beside it.
    const { text, nth } = sentenceOf(desk, 'Nobody');
    await engine.call('drafts.return', { draft: next.id, text, nth, comment: 'Still?' });
    expect(sentenceOf(await deskOf(engine, next.id), 'Nobody')).toMatchObject({ before: [{ text: asked }] });
    const first = await deskOf(engine, draft.id);
    expect([first.gone, first.sentences.flatMap(({ before }) => before)]).toEqual([[], []]);
  });
});

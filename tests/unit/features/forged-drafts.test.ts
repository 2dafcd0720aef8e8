import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newId, openProject } from '../../../electron/db/index.ts';
import { type Edit, query } from '../../../electron/db/types.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { deskOf, NOTE, openText, sentenceOf } from '../../support/draft.ts';
import { addFile, codeOf, copyFor, openFor, type TestProject, testProject } from '../../support/project.ts';
import { writeBehind } from '../../support/review.ts';
import { tempFolder } from '../../support/temp.ts';

const TEXT =
  'The setting is “pervasively coercive in every way” (County Studies, 2024).\nThey counted 12,600 workers.\nSo it goes on.';
const [WRONG, COUNTED, PLAIN] = ['The setting', 'They counted', 'So it'];

/** Ann’s project with a draft by Lindqvist, and Mallory’s copy of it, whose program writes what she likes. */
async function withDraft(author = 'A. Lindqvist') {
  const { engine: ann, person, folder } = await testProject();
  await addFile(ann, 'note.txt', NOTE);
  const draft = await openText(ann, { text: TEXT, author });
  const mallory = await copyFor(ann, 'Mallory');
  await mallory.engine.close();
  const sentence = async (beginning: string) => sentenceOf(await deskOf(ann, draft.id), beginning);
  return { ann, person, folder, draft, mallory, sentence };
}

/** What Mallory’s program writes, merged into Ann’s project. */
async function forged(ann: Engine, { folder, person }: TestProject, edits: readonly Edit[]) {
  writeBehind(folder, person, 'Edit', edits);
  return ann.call('merge.apply', { path: folder });
}

type Kind = 'draft' | 'draftmark' | 'draftrelease' | 'draftremedy';
const record = (entity: Kind, id: string, fields: Readonly<Record<string, string | number | boolean>>): Edit[] =>
  Object.entries(fields).map(([field, value]) => ({ entity, id, field, value }) as Edit);

const mergeInto = async (engine: Engine, from: Engine): Promise<void> => {
  const path = join(tempFolder(), 'back.sbk');
  await from.call('projectFile.export', { path });
  await engine.call('merge.apply', { path });
};

it('a release that nothing had been accepted for counts for nothing, and a true one can follow', async () => {
  const { ann, draft, mallory } = await withDraft();
  await forged(
    ann,
    mallory,
    record('draftrelease', newId(), {
      draft: draft.id,
      counts: '3 sentences: 3 accepted by two, 0 with nothing to prove',
      person: mallory.person.id,
      deleted: false,
    }),
  );
  expect((await ann.call('drafts.list', {})).drafts).toMatchObject([{ open: 3, released: null }]);
  expect((await deskOf(ann, draft.id)).draft.released).toBeNull();
  expect(await codeOf(ann.call('drafts.release', { id: draft.id }))).toBe('DRAFT_OPEN');
});

it('that there is nothing to prove in a sentence with figures counts for nothing, whoever signed it', async () => {
  const { ann, draft, mallory, sentence } = await withDraft();
  const { text } = await sentence(COUNTED);
  const basis = JSON.stringify({ links: [], remedies: [], citations: [] });
  const said = (words: string) =>
    record('draftmark', newId(), {
      draft: draft.id,
      version: draft.id,
      sentence: words,
      nth: 0,
      state: 'nothing',
      comment: '',
      basis,
      person: mallory.person.id,
      deleted: false,
    });
  const plain = await sentence(PLAIN);
  await forged(ann, mallory, [...said(text), ...said(plain.text)]);
  expect(await sentence(COUNTED)).toMatchObject({ state: 'open', by: [], marks: [{ notCounted: 'changed' }] });
  expect(await sentence(PLAIN)).toMatchObject({ state: 'nothing' });
});

it('an error that its author keeps, with a changed program, stays an error', async () => {
  const { ann, draft, mallory, sentence } = await withDraft('Mallory');
  const { text, findings } = await sentence(WRONG);
  const [finding = ''] = findings.map(({ key }) => key);
  const kept = (reason: string) =>
    record('draftremedy', newId(), {
      draft: draft.id,
      sentence: text,
      nth: 0,
      finding,
      remedy: 'keep',
      reason,
      deleted: false,
    });
  await forged(ann, mallory, kept('It is the gist.'));
  expect(await sentence(WRONG)).toMatchObject({ state: 'fails' });
  // Nor does anybody keep one without a reason.
  const eve = await copyFor(ann, 'Eve');
  await eve.engine.close();
  await forged(ann, eve, kept(' '));
  expect(await sentence(WRONG)).toMatchObject({ state: 'fails' });
  await ann.call('drafts.resolve', { draft: draft.id, text, finding, remedy: 'keep', reason: 'It is the gist.' });
  expect(await sentence(WRONG)).toMatchObject({ state: 'open' });
});

it('nobody gets around four eyes by taking their own name off a draft, or by opening a version under another', async () => {
  const { ann, draft } = await withDraft('Ann');
  const { text } = sentenceOf(await deskOf(ann, draft.id), PLAIN);
  const accept = (id = draft.id) => ann.call('drafts.accept', { draft: id, text, nth: 0, as: 'accepted' });
  expect(await codeOf(accept())).toBe('FOUR_EYES');
  await ann.call('drafts.change', { id: draft.id, author: 'Somebody else' });
  expect(await codeOf(accept())).toBe('FOUR_EYES');
  const next = await openText(ann, { text: `${TEXT} More.`, author: 'Somebody else', replaces: draft.id });
  expect(await codeOf(accept(next.id))).toBe('FOUR_EYES');
  await ann.call('drafts.remove', { id: draft.id });
  const again = await openText(ann, { text: TEXT, author: 'Somebody else' });
  expect(await codeOf(accept(again.id))).toBe('FOUR_EYES');
});

it('somebody else can correct who wrote a draft', async () => {
  const { ann, draft } = await withDraft('Ann');
  const cat = await copyFor(ann, 'Cat');
  await cat.engine.call('drafts.change', { id: draft.id, author: 'A. Lindqvist' });
  await mergeInto(ann, cat.engine);
  expect(await deskOf(ann, draft.id)).toMatchObject({ barred: null });
});

it('an acceptance that its person took back is not restored by anybody else', async () => {
  const { ann, draft, sentence } = await withDraft();
  const { text } = await sentence(PLAIN);
  await ann.call('drafts.accept', { draft: draft.id, text, nth: 0, as: 'accepted' });
  await ann.call('history.undo', {});
  const eve = await copyFor(ann, 'Eve');
  await eve.engine.close();
  const { marks } = await sentence(PLAIN);
  expect(marks).toEqual([]);
  const db = openProject({ folder: eve.folder, person: eve.person });
  const [mark] = db.read.all(query<Record<string, never>, { id: string }>('test', 'SELECT id FROM p_draftmark'), {});
  db.close();
  await forged(ann, eve, record('draftmark', mark?.id ?? '', { deleted: false }));
  expect(await sentence(PLAIN)).toMatchObject({ state: 'open' });
});

it('a person who takes another name stays the author of what they wrote', async () => {
  const { ann, draft, person, folder } = await withDraft('Ann');
  await ann.close();
  const anne = await openFor(folder, { ...person, name: 'Anne' });
  await anne.call('claims.create', { text: 'Here.' });
  expect(await deskOf(anne, draft.id)).toMatchObject({ barred: 'author' });
});

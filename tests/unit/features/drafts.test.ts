import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { accept, deskOf, NOTE, openText, REPORT, sentenceOf } from '../../support/draft.ts';
import { addFile, codeOf, copyFor, faultOf, mark, openFor, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

/** A project with the report and the note, and a draft on both, opened by Ann, who edits it. */
async function withDraft() {
  const project = await testProject();
  const { engine } = project;
  const report = await addFile(engine, 'report.txt', REPORT);
  const note = await addFile(engine, 'note.txt', NOTE);
  const draft = await openText(engine);
  return { ...project, report, note, draft };
}

describe('a draft that is opened', () => {
  it('is kept with its original and its text, and is no evidence: no list of sources, search, coverage or copies has it', async () => {
    const { engine, draft } = await withDraft();
    expect(draft).toMatchObject({
      title: 'Counted and exceeded',
      version: 1,
      newest: true,
      sentences: 5,
      open: 5,
      published: '2024-06-03',
    });
    expect((await engine.call('sources.list', {})).sources).toHaveLength(2);
    const found = await engine.call('search.query', { query: 'Nobody asked' });
    expect(found.hits).toEqual([]);
    expect(await codeOf(openText(engine))).toBe('EXISTS');
    expect(await engine.call('project.verify', {})).toMatchObject({ ok: true, checked: { originals: 3, layers: 3 } });
  });

  it('is refused with what a draft can be, when it is of a kind that is none', async () => {
    const { engine } = await testProject();
    const fault = await faultOf(openText(engine, { text: '\u00d0\u0000\u0001', name: 'old.doc' }));
    expect(fault).toMatchObject({ code: 'UNSUPPORTED', message: expect.stringContaining('Markdown or plain text') });
    expect((await engine.call('drafts.list', {})).drafts).toEqual([]);
  });

  it('is refused, and not kept, when it is too long to be checked', async () => {
    const { engine } = await testProject();
    for (const text of ['So it was. '.repeat(200_000), '1, '.repeat(130_000)])
      expect(await codeOf(openText(engine, { text, name: 'long.md' }))).toBe('TOO_LARGE');
    expect((await engine.call('drafts.list', {})).drafts).toEqual([]);
    expect(await engine.call('project.verify', {})).toMatchObject({ ok: true, checked: { originals: 0, layers: 0 } });
  });

  it('is called what the file calls itself, and keeps the name of the file', async () => {
    const { engine } = await testProject();
    const text =
      '---\ntitle: Counted twice\n---\n\n# Lop County, 12,600 times\n\nThe county counted 12,600 people (County News, May 3).\n';
    const draft = await openText(engine, { text, name: 'final v2.md' });
    expect(draft).toMatchObject({ title: 'Counted twice', fileName: 'final v2.md', sentences: 2 });
    expect(await openText(engine, { text: 'It was so.\n', name: 'plain.md' })).toMatchObject({ title: 'plain' });
    // The figure of the heading is cited where it stands again.
    const { sentences } = await deskOf(engine, draft.id);
    expect(
      sentences.map(({ isHeading, heading, findings }) => [isHeading, heading, findings.map(({ kind }) => kind)]),
    ).toEqual([
      [true, 0, ['figure']],
      [false, 0, ['figure', 'citation']],
    ]);
  });

  it('is refused without a day that exists, and without an author', async () => {
    const { engine } = await testProject();
    expect(
      await codeOf(engine.call('drafts.open', { path: '/nowhere.md', published: '2024-02-30', author: 'Ann' })),
    ).toBe('BAD_INPUT');
    expect(await codeOf(openText(engine, { published: 'May' }))).toBe('BAD_INPUT');
    expect(await codeOf(openText(engine, { author: ' ' }))).toBe('BAD_INPUT');
    expect(await codeOf(openText(engine, { text: '\n \n' }))).toBe('UNSUPPORTED');
  });

  it('is read sentence by sentence: quotations with the words that differ, figures, dates whose year is implied', async () => {
    const { engine, draft } = await withDraft();
    const desk = await engine.call('drafts.desk', { id: draft.id });
    expect(desk.headings.map(({ text }) => text)).toEqual(['Counted and exceeded', 'Work teams']);
    expect(desk.sentences.map(({ number, heading, state }) => [number, heading, state])).toEqual([
      [1, 0, 'open'],
      [2, 0, 'fails'],
      [3, 1, 'fails'],
      [4, 1, 'fails'],
      [5, 1, 'open'],
    ]);
    const [counted] = desk.sentences;
    expect(counted?.findings).toMatchObject([
      { kind: 'figure', text: '12,600', weight: 'unchecked' },
      {
        kind: 'citation',
        publisher: 'Liuquan County Government',
        date: '2024-01-18',
        implied: true,
        weight: 'warning',
      },
    ]);
    const quotations = desk.sentences.flatMap(({ findings }) => findings.filter((one) => one.kind === 'quotation'));
    expect(quotations.map(({ text, status, warnings }) => [text.slice(0, 12), status, warnings])).toEqual([
      ['pervasively ', 'changed', []],
      ['guide the ma', 'other-language', []],
      ['鼓励引导群众转变就业观念', 'changed', []],
      ['One worker w', 'changed', []],
    ]);
    expect(quotations[3]?.pieces).toEqual(
      expect.arrayContaining([
        { kind: 'gone', text: expect.stringContaining('twice') },
        { kind: 'new', text: expect.stringContaining('once') },
      ]),
    );
  });

  it('says which passages have its figures, and that the sentence rests on one once it is linked', async () => {
    const { engine, draft, report } = await withDraft();
    const passage = await mark(engine, report.id, '转移就业12600人次');
    const before = sentenceOf(await deskOf(engine, draft.id), 'The county');
    expect(before.findings[0]).toMatchObject({
      weight: 'unchecked',
      matches: [{ passage: passage.id, linked: false }],
    });
    await engine.call('drafts.link', { draft: draft.id, text: before.text, passages: [passage.id] });
    const after = sentenceOf(await deskOf(engine, draft.id), 'The county');
    expect(after.findings[0]).toMatchObject({ weight: 'fine', matches: [{ linked: true }] });
    expect(after.links).toMatchObject([{ to: { kind: 'passage', quote: '转移就业12600人次' } }]);
    await engine.call('drafts.unlink', { draft: draft.id, link: after.links[0]?.id ?? passage.id });
    expect(sentenceOf(await deskOf(engine, draft.id), 'The county').links).toEqual([]);
  });

  it('takes a translation as proven once a person links it to words in the other language, and not to any other', async () => {
    const { engine, draft, report, note } = await withDraft();
    const said = await mark(engine, report.id, '引导群众转变就业观念');
    const other = await mark(engine, note.id, 'pervasively coercive');
    const quotation = 'guide the masses to change their view of work';
    const { text } = sentenceOf(await deskOf(engine, draft.id), 'Teams');
    const status = async () =>
      sentenceOf(await deskOf(engine, draft.id), 'Teams').findings.find((one) => one.text === quotation);
    await engine.call('drafts.link', { draft: draft.id, text, passages: [other.id], quotation });
    expect(await status()).toMatchObject({ weight: 'error' });
    await engine.call('drafts.link', { draft: draft.id, text, passages: [said.id], quotation });
    expect(await status()).toMatchObject({ status: 'linked', weight: 'fine' });
  });

  it('has an error in a sentence whose letters are shown in another order than they are checked in, so that it is not accepted', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'note.txt', 'The county sent 12,600 workers in all.');
    const text = 'A note says “sent \u202e12,600\u202c workers in all” (County Note, 2024).\n\nNobody asked them.\n';
    const draft = await openText(engine, { text, name: 'turned.md' });
    const turned = sentenceOf(await deskOf(engine, draft.id), 'A note says');
    expect(turned.state).toBe('fails');
    expect(turned.findings.filter(({ weight }) => weight === 'error').map(({ kind }) => kind)).toEqual(['order']);
    expect(sentenceOf(await deskOf(engine, draft.id), 'Nobody').findings).toEqual([]);
  });
});

describe('a sentence of a draft', () => {
  it('is accepted by two people besides the author, of whom each counts once; a return undoes that until somebody answers it', async () => {
    const { engine, draft, person } = await withDraft();
    await engine.call('drafts.change', { id: draft.id, author: 'Bob' });
    await accept(engine, draft.id, 'The county');
    expect(sentenceOf(await deskOf(engine, draft.id), 'The county')).toMatchObject({ state: 'once', by: [person.id] });
    expect(await faultOf(accept(engine, draft.id, 'The county'))).toMatchObject({ code: 'NOT_ALLOWED' });
    const bob = await copyFor(engine, 'Bob');
    await openedAs(bob);
    expect(await codeOf(accept(bob.engine, draft.id, 'The county'))).toBe('FOUR_EYES');
    expect(await deskOf(bob.engine, draft.id)).toMatchObject({ barred: 'author' });
    const cat = await copyFor(engine, 'Cat');
    await accept(cat.engine, draft.id, 'The county');
    await mergeInto(engine, cat.engine);
    const both = sentenceOf(await deskOf(engine, draft.id), 'The county');
    expect(both).toMatchObject({ state: 'accepted', by: [person.id, cat.person.id] });
    expect((await engine.call('drafts.list', {})).drafts).toMatchObject([{ open: 4 }]);
    const { text } = both;
    expect(await codeOf(engine.call('drafts.return', { draft: draft.id, text, comment: ' ' }))).toBe('BAD_INPUT');
    await engine.call('drafts.return', { draft: draft.id, text, comment: 'Which quota?' });
    expect(sentenceOf(await deskOf(engine, draft.id), 'The county')).toMatchObject({ state: 'returned', by: [] });
    await engine.call('history.undo', {});
    expect(sentenceOf(await deskOf(engine, draft.id), 'The county')).toMatchObject({ state: 'accepted' });
  });

  it('is not accepted while an error in it is open, and the author can’t say that it stands', async () => {
    const { engine, draft } = await withDraft();
    const id = draft.id;
    const refused = await faultOf(accept(engine, id, 'A note'));
    expect(refused).toMatchObject({
      code: 'NOT_ALLOWED',
      message: expect.stringContaining('Sentence 2 has an unresolved error'),
    });
    const { text, findings } = sentenceOf(await deskOf(engine, id), 'A note');
    const [finding = ''] = findings.map(({ key }) => key);
    const keep = (reason: string) =>
      engine.call('drafts.resolve', { draft: id, text, finding, remedy: 'keep', reason });
    expect(await codeOf(keep(''))).toBe('BAD_INPUT');
    await engine.call('drafts.resolve', { draft: id, text, finding, remedy: 'change', reason: '' });
    expect(sentenceOf(await deskOf(engine, id), 'A note')).toMatchObject({ state: 'fails' });
    await keep('It is the gist.');
    await accept(engine, id, 'A note');
    expect(sentenceOf(await deskOf(engine, id), 'A note')).toMatchObject({ state: 'once' });
    await engine.call('drafts.resolve', { draft: id, text, finding, remedy: null });
    expect(sentenceOf(await deskOf(engine, id), 'A note')).toMatchObject({ state: 'fails' });
    await engine.call('drafts.change', { id, author: 'Ann' });
    expect(await codeOf(keep('It is the gist.'))).toBe('FOUR_EYES');
  });

  it('has nothing to prove only where it has no figures and quotations, as one person besides the author says', async () => {
    const { engine, draft } = await withDraft();
    expect(await codeOf(accept(engine, draft.id, 'The county', 'nothing'))).toBe('NOT_ALLOWED');
    await accept(engine, draft.id, 'Nobody', 'nothing');
    expect(sentenceOf(await deskOf(engine, draft.id), 'Nobody')).toMatchObject({ state: 'nothing' });
    expect(await codeOf(accept(engine, draft.id, 'Nobody', 'nothing'))).toBe('NOT_ALLOWED');
  });

  it('has a changed quotation compared with the source that it is nearest to, whichever is looked through first', async () => {
    const { engine } = await testProject();
    await addFile(
      engine,
      'first.txt',
      'Of a worker who leaves it is said that he is counted but once in the person-times.\n',
    );
    const second = await addFile(engine, 'second.txt', NOTE);
    await addFile(
      engine,
      'third.txt',
      'One worker who leaves often is counted often in the person-times of the report.\n',
    );
    const text =
      'It says “One worker who leaves twice is counted once in the person-times of the report” (County Studies, 2024).\n';
    const { id } = await openText(engine, { text });
    const [finding] = (await deskOf(engine, id)).sentences[0]?.findings ?? [];
    expect(finding).toMatchObject({ kind: 'quotation', status: 'changed', found: { source: second.id } });
  });

  it('is reopened when what it was accepted with has changed', async () => {
    const { engine, draft, report } = await withDraft();
    const passage = await mark(engine, report.id, '转移就业12600人次');
    await accept(engine, draft.id, 'The county');
    const { text } = sentenceOf(await deskOf(engine, draft.id), 'The county');
    await engine.call('drafts.link', { draft: draft.id, text, passages: [passage.id] });
    expect(sentenceOf(await deskOf(engine, draft.id), 'The county')).toMatchObject({
      state: 'open',
      marks: [{ notCounted: 'changed' }],
    });
    await engine.call('history.undo', {});
    expect(sentenceOf(await deskOf(engine, draft.id), 'The county')).toMatchObject({ state: 'once' });
    // The year of “January 18” is another then.
    await engine.call('drafts.change', { id: draft.id, published: '2023-06-03' });
    expect(sentenceOf(await deskOf(engine, draft.id), 'The county')).toMatchObject({ state: 'open' });
  });
});

describe('how a draft cites', () => {
  it('is kept with the draft as one edit, merges, is undone, and decides what is read as a citation', async () => {
    const { engine } = await testProject();
    const draft = await openText(engine, { text: 'They were told so (Zenz, 2020 / Byler, 2021).\n' });
    const cited = async (from: Engine = engine) =>
      (await deskOf(from, draft.id)).sentences.flatMap(({ findings }) =>
        findings.flatMap((one) => (one.kind === 'citation' ? [one.publisher] : [])),
      );
    expect(await cited()).not.toEqual(['Zenz', 'Byler']);
    const style = 'author-year -captions separators=/';
    await engine.call('drafts.change', { id: draft.id, style });
    expect(await cited()).toEqual(['Zenz', 'Byler']);
    const cat = await copyFor(engine, 'Cat');
    expect(await cited(cat.engine)).toEqual(['Zenz', 'Byler']);
    await engine.call('history.undo', {});
    expect(await cited()).not.toEqual(['Zenz', 'Byler']);
    expect(await codeOf(engine.call('drafts.change', { id: draft.id, style: 'author-year separators=a' }))).toBe(
      'BAD_INPUT',
    );
  });
});

describe('the release of a draft', () => {
  it('is refused with what stands against it and where, and nothing is written; then two people release it', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'note.txt', NOTE);
    const draft = await openText(engine, {
      text: 'The setting is “pervasively coercive” (County Studies, 2024).\nSo it goes on.',
    });
    const { head } = await engine.call('project.info', {});
    expect(await faultOf(engine.call('drafts.release', { id: draft.id }))).toMatchObject({
      code: 'DRAFT_OPEN',
      message: expect.stringContaining('2 sentences nobody accepted. (sentences 1, 2)'),
      context: { why: ['open'], sentences: ['1', '2'] },
    });
    expect((await engine.call('project.info', {})).head).toBe(head);
    const both = ['The setting', 'So it'];
    for (const one of both) await accept(engine, draft.id, one);
    const { refused } = await deskOf(engine, draft.id);
    expect(refused).toMatchObject([
      { kind: 'once', hint: expect.stringMatching(/ accepted 2 of them and can’t be the second\.$/), claim: null },
    ]);
    const cat = await copyFor(engine, 'Cat');
    for (const one of both) await accept(cat.engine, draft.id, one);
    await cat.engine.call('drafts.release', { id: draft.id });
    await mergeInto(engine, cat.engine);
    expect((await engine.call('drafts.list', {})).drafts).toMatchObject([
      { open: 0, released: { person: cat.person.id } },
    ]);
    expect(await codeOf(engine.call('drafts.release', { id: draft.id }))).toBe('EXISTS');
    expect(await engine.call('project.verify', {})).toMatchObject({ ok: true });
  });

  it('is refused while nobody answered what contradicts a claim that a sentence rests on', async () => {
    const { engine } = await testProject();
    const note = await addFile(engine, 'note.txt', NOTE);
    const passage = await mark(engine, note.id, 'pervasively coercive');
    const { id: claim } = await engine.call('claims.create', { text: 'Consent was free.' });
    await engine.call('claims.link', { id: claim, passages: [passage.id], as: 'contradicts' });
    const draft = await openText(engine, { text: 'So it goes on.' });
    await engine.call('drafts.link', { draft: draft.id, text: 'So it goes on.', claims: [claim] });
    const kinds = async () => (await deskOf(engine, draft.id)).refused.map(({ kind }) => kind);
    expect(await kinds()).toEqual(['open', 'contradicted']);
    expect((await deskOf(engine, draft.id)).refused[1]).toMatchObject({ hint: 'Sentence 1 rests on it.', claim });
    await engine.call('claims.answer', { id: claim, passage: passage.id, answer: 'It speaks of another place.' });
    expect(await kinds()).toEqual(['open']);
  });
});

describe('what people say of drafts elsewhere', () => {
  it('merges, with a conflict where two resolve a finding differently, and is in no part, no blind copy and no file with pseudonyms', async () => {
    const { engine, draft } = await withDraft();
    const cat = await copyFor(engine, 'Cat');
    const { text, findings } = sentenceOf(await deskOf(engine, draft.id), 'A note');
    const finding = findings[0]?.key ?? '';
    await engine.call('drafts.resolve', { draft: draft.id, text, finding, remedy: 'change', reason: '' });
    await cat.engine.call('drafts.resolve', { draft: draft.id, text, finding, remedy: 'keep', reason: 'The gist.' });
    await mergeInto(engine, cat.engine);
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(conflicts.map(({ entity, about }) => [entity, about])).toEqual(
      expect.arrayContaining([['draftremedy', expect.stringContaining('A note calls')]]),
    );
    const path = join(tempFolder(), 'pseudonyms.sbk');
    await engine.call('projectFile.export', { path, options: { pseudonyms: true } });
    const { importProjectFile } = await import('../../../electron/engine/import-project-file.ts');
    const [folder, dan] = [join(tempFolder(), 'Dan.sourcebook'), somebody('Dan')];
    await importProjectFile({ file: path, folder, person: dan });
    expect((await (await openFor(folder, dan)).call('drafts.list', {})).drafts).toEqual([]);
  });
});

async function mergeInto(engine: Engine, from: Engine): Promise<void> {
  const path = join(tempFolder(), 'back.sbk');
  await from.call('projectFile.export', { path });
  await engine.call('merge.apply', { path });
}

/** Signs something, so that the project knows the person by name. */
const openedAs = async ({ engine }: { engine: Engine }): Promise<void> => {
  await engine.call('claims.create', { text: 'Here.' });
};

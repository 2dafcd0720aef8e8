import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newId, openProject } from '../../../electron/db/index.ts';
import { type Edit, query } from '../../../electron/db/types.ts';
import { importProjectFile } from '../../../electron/engine/import-project-file.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { markPrivate, maskWords, wordsIn } from '../../support/masks.ts';
import { makePdf } from '../../support/pdf.ts';
import {
  addFile,
  copyFor,
  mark,
  newFolder,
  openFor,
  somebody,
  type TestProject,
  testProject,
} from '../../support/project.ts';
import { writeBehind } from '../../support/review.ts';
import { tempFolder } from '../../support/temp.ts';

const listed = (engine: Engine, source?: SourceId) => engine.call('masks.list', source === undefined ? {} : { source });

async function withText(text = '村民古丽（化名）说。古丽是第二期学员。') {
  const project = await testProject();
  return { ...project, source: await addFile(project.engine, 'news.txt', text) };
}

describe('a mask', () => {
  it('is made of words with a reason, numbered in reading order, changed and removed, each an edit without the words in its name', async () => {
    const { engine, person, source } = await withText();
    await engine.call('masks.add', {
      source: source.id,
      ...(await wordsIn(engine, source.id, '古丽', 1)),
      reason: ' Private person ',
    });
    const { id } = await maskWords(engine, source.id, '村民', 'Says where she lives');
    expect((await listed(engine)).masks).toMatchObject([
      { id, number: 1, anchor: { exact: '村民' }, reason: 'Says where she lives', person: person.id },
      { number: 2, anchor: { exact: '古丽', start: 10 }, reason: 'Private person' },
    ]);
    await expect(maskWords(engine, source.id, '村民')).rejects.toMatchObject({ data: { code: 'EXISTS' } });
    await expect(maskWords(engine, source.id, '说', '\u200b')).rejects.toThrow(/reason/);
    await engine.call('masks.change', { id, reason: 'Place' });
    await engine.call('masks.remove', { ids: [id] });
    expect((await listed(engine)).masks).toMatchObject([{ number: 1, anchor: { exact: '古丽' } }]);
    await engine.call('history.undo', {});
    await engine.call('history.undo', {});
    expect((await listed(engine)).masks).toMatchObject([{ id, reason: 'Says where she lives' }, {}]);
    const labels = (await engine.call('history.list', {})).commits.map(({ label }) => label);
    expect(labels).toContain('Mask words');
    expect(labels.filter((label) => /古丽|村民|Place|lives/.test(label))).toEqual([]);
  });

  it('says where the same words stand in the source without one, and what goes out', async () => {
    const { engine, source } = await withText('Gulnar sews. “GULNAR is quick,” they say of Gülnar.');
    const { id } = await maskWords(engine, source.id, 'Gulnar');
    expect((await listed(engine, source.id)).open).toMatchObject([
      { kind: 'sameWords', mask: id, anchor: { exact: 'GULNAR' }, refuses: false, passage: null },
      { kind: 'sameWords', mask: id, anchor: { exact: 'Gülnar' }, refuses: false },
    ]);
    await engine.call('sources.edit', { id: source.id, patch: { title: 'The seamstress Gulnar' } });
    expect(await engine.call('masks.preview', { source: source.id })).toMatchObject({
      title: 'The seamstress ██████',
      spans: [{ start: 0, end: 6, mask: 1 }],
      excerpts: [{ mask: 1, text: '██████ sews. “GULNAR is quick,” they say of Gü' }],
      warnings: ['Masked words stand in 2 other places of this source without a mask.'],
    });
  });

  it('leaves of a saved page its text alone, which what goes out says; a page without masks keeps its pictures', async () => {
    const { engine } = await testProject();
    const page = '<!doctype html><title>Sewing</title><p>Gulnar sews.</p><img alt="" src="face.png">';
    const { id: source } = await addFile(engine, 'page.html', page);
    expect(await engine.call('masks.preview', { source })).toMatchObject({ withoutPictures: false });
    await maskWords(engine, source, 'Gulnar');
    expect(await engine.call('masks.preview', { source })).toMatchObject({ withoutPictures: true, areas: [] });
    const text = await addFile(engine, 'list.txt', 'Gulnar sews.');
    await maskWords(engine, text.id, 'Gulnar');
    expect(await engine.call('masks.preview', { source: text.id })).toMatchObject({ withoutPictures: false });
  });

  it('is put on the same words everywhere in one edit, which is undone at once', async () => {
    const { engine, source } = await withText();
    const other = await addFile(engine, 'list.txt', '学员：古麗，阿依。');
    await maskWords(engine, source.id, '古丽');
    const at = await wordsIn(engine, source.id, '古丽');
    expect(await engine.call('masks.everywhere', at)).toEqual({
      words: '古丽',
      places: 2,
      masked: 1,
      sources: [
        { source: source.id, title: 'news.txt', places: 1 },
        { source: other.id, title: 'list.txt', places: 1 },
      ],
    });
    const everywhere = { ...at, reason: 'Private person' };
    expect(await engine.call('masks.addEverywhere', everywhere)).toEqual({ added: 2, sources: 2 });
    const masked = (await listed(engine)).masks.map(({ anchor }) => anchor.kind === 'text' && anchor.exact);
    expect([masked.length, new Set(masked)]).toEqual([3, new Set(['古丽', '古麗'])]);
    expect((await listed(engine)).open).toEqual([]);
    await expect(engine.call('masks.addEverywhere', everywhere)).rejects.toMatchObject({ data: { code: 'EXISTS' } });
    await engine.call('history.undo', {});
    expect((await listed(engine)).masks).toHaveLength(1);
    const letter = await wordsIn(engine, other.id, '阿');
    await expect(engine.call('masks.everywhere', letter)).rejects.toMatchObject({ data: { code: 'BAD_INPUT' } });
  });

  it('is found by its words as the search finds them', async () => {
    const { engine, source } = await withText('学员：古麗，阿依。');
    const found = await engine.call('masks.find', { source: source.id, words: '古丽' });
    expect(found).toEqual({ layer: source.layer, marked: { kind: 'text', start: 3, end: 5 } });
    await engine.call('masks.add', { source: source.id, ...found, reason: 'Private person' });
    expect((await listed(engine)).masks).toMatchObject([{ anchor: { exact: '古麗' } }]);
    await expect(engine.call('masks.find', { source: source.id, words: '不在' })).rejects.toMatchObject({
      data: { code: 'NOT_FOUND' },
    });
  });

  it('that is an area of a PDF’s page covers the words in it, and one of words the area of their boxes', async () => {
    const { engine } = await testProject();
    const pdf = await makePdf([['Worker Gulnar Tursun', 'of the third village']]);
    const { id: source, layer } = await addFile(engine, 'list.pdf', pdf);
    if (layer === null) throw new Error('The PDF has no text');
    await engine.call('masks.add', {
      source,
      layer,
      marked: { kind: 'area', page: 1, area: [95, 775, 300, 795] },
      reason: 'Private person',
    });
    const { spans, areas, excerpts } = await engine.call('masks.preview', { source });
    expect(excerpts[0]?.text).toMatch(/^Worker █{6} █{6} of the third village$|^Worker *█+ of the third village$/);
    expect(spans).toMatchObject([{ mask: 1 }]);
    expect(areas).toEqual([{ page: 1, area: [95, 775, 300, 795], mask: 1 }]);
    await maskWords(engine, source, 'third village');
    const [, words] = (await engine.call('masks.preview', { source })).areas;
    expect(words).toMatchObject({ page: 1, mask: 2 });
    expect(words?.area[1]).toBeGreaterThan(755);
    expect(words?.area[3]).toBeLessThan(776);
  });

  it('is shown once, as it goes out, where it covers words of several lines', async () => {
    const { engine } = await testProject();
    const lines = ['Worker Gulnar Tursun', 'of the third village', 'came with us.'];
    const { id: source, layer } = await addFile(engine, 'list.pdf', await makePdf([lines]));
    if (layer === null) throw new Error('The PDF has no text');
    const marked = { kind: 'area' as const, page: 1, area: [95, 735, 300, 795] as const };
    await engine.call('masks.add', { source, layer, marked: { ...marked, area: [...marked.area] }, reason: 'A face' });
    const { spans, excerpts } = await engine.call('masks.preview', { source });
    expect(spans.length).toBeGreaterThan(1);
    expect(excerpts).toEqual([{ mask: 1, text: expect.stringMatching(/^Worker█+ of the t█+ came █+$/u) }]);
  });
});

describe('a passage that names a private person', () => {
  it('is open until a mask is in it or beside it, and the masked words in it are masked each time', async () => {
    const { engine, person, source } = await withText();
    const { id } = await mark(engine, source.id, '说。古丽是第二期学员');
    await markPrivate(engine, id);
    expect((await listed(engine)).open).toMatchObject([
      { kind: 'passage', passage: id, refuses: true, markedBy: [person.id], notPrivate: [] },
    ]);
    await maskWords(engine, source.id, '古丽');
    expect((await listed(engine)).open).toMatchObject([
      { kind: 'sameWords', passage: id, refuses: true, anchor: { exact: '古丽', start: 10 } },
    ]);
    await engine.call('masks.add', {
      source: source.id,
      ...(await wordsIn(engine, source.id, '古丽', 1)),
      reason: 'Private person',
    });
    expect((await listed(engine)).open).toEqual([]);
  });

  it('stays open when a colleague puts the passage into the trash, and not when who marked it does', async () => {
    const { engine, source } = await withText();
    const { id } = await mark(engine, source.id, '古丽（化名）');
    const open = async () => (await listed(engine)).open.filter(({ refuses }) => refuses).length;
    await markPrivate(engine, id);
    const ben = await copyFor(engine, 'Ben');
    await ben.engine.call('passages.remove', { ids: [id] });
    await engine.call('merge.apply', { path: ben.folder });
    expect((await engine.call('passages.list', {})).passages).toEqual([]);
    expect(await open()).toBe(1);
    await engine.call('passages.restore', { ids: [id] });
    await engine.call('passages.remove', { ids: [id] });
    expect(await open()).toBe(0);
  });

  it('is not private once two people said so who had seen each marking', async () => {
    const { engine, folder, person, source } = await withText();
    const { id } = await mark(engine, source.id, '第二期学员');
    const say = (by: Engine, reason: string) => by.call('masks.notPrivate', { passage: id, reason });
    await expect(say(engine, 'A role')).rejects.toMatchObject({ data: { code: 'NOT_ALLOWED' } });
    await markPrivate(engine, id);
    expect(await say(engine, 'A role, no name')).toEqual({ counts: false });
    expect(await say(engine, 'A role, no name at all')).toEqual({ counts: false });
    const open = async (by: Engine) => (await listed(by)).open.filter(({ refuses }) => refuses).length;
    expect(await open(engine)).toBe(1);
    const ben = await copyFor(engine, 'Ben');
    expect(await say(ben.engine, 'I agree')).toEqual({ counts: true });
    await engine.call('merge.apply', { path: ben.folder });
    expect(await open(engine)).toBe(0);
    expect((await listed(engine)).open).toMatchObject([
      { refuses: false, notPrivate: [{ person: person.id, reason: 'A role, no name at all' }, { reason: 'I agree' }] },
    ]);
    // Somebody who marks it without having seen that is not answered.
    const dee = await copyFor(engine, 'Dee');
    await markPrivate(dee.engine, id, 'minor');
    await engine.call('merge.apply', { path: dee.folder });
    expect(await open(engine)).toBe(1);
    await say(engine, 'Of age, and not named');
    await ben.engine.call('merge.apply', { path: folder });
    await say(ben.engine, 'As above');
    await engine.call('merge.apply', { path: ben.folder });
    expect(await open(engine)).toBe(0);
    await engine.call('masks.private', { passage: id });
    expect(await open(engine)).toBe(1);
    await expect(engine.call('masks.private', { passage: id })).rejects.toMatchObject({ data: { code: 'NOT_FOUND' } });
  });

  it('is not private by the word of two keys of one installation, nor by words that another put there', async () => {
    const { engine, folder, person, source } = await withText();
    const [{ id }, { id: other }] = [
      await mark(engine, source.id, '第二期学员'),
      await mark(engine, source.id, '村民古丽'),
    ];
    for (const one of [id, other]) await markPrivate(engine, one);
    for (const one of [id, other]) await engine.call('masks.notPrivate', { passage: one, reason: 'No name' });
    await engine.call('masks.private', { passage: other });
    const open = async (by: Engine) =>
      (await listed(by)).open.flatMap(({ refuses, passage }) => (refuses ? (passage ?? []) : [])).toSorted();
    const ben = await copyFor(engine, 'Ben');
    await ben.engine.call('masks.notPrivate', { passage: id, reason: 'I agree' });
    await ben.engine.close();
    const rows = statements(ben);
    // Ben’s program puts his own word and Ann’s on the other passage, and Ann’s withdrawn one out of the trash.
    writeBehind(ben.folder, ben.person, 'Edit', [
      ...rows.filter((one) => one.passage === other).map((one) => edit(one.id, 'deleted', false)),
      ...Object.entries({ passage: other, person: ben.person.id, reason: 'I agree', deleted: false }).map(
        ([field, value]) => edit(newId(), field, value),
      ),
    ]);
    await engine.call('merge.apply', { path: ben.folder });
    expect(await open(engine)).toEqual([other]);
    // Ann’s word on one passage is none on another.
    const [own] = rows.filter((one) => one.passage === id && one.person === person.id);
    const eve = await copyFor(engine, 'Eve');
    await eve.engine.close();
    writeBehind(eve.folder, eve.person, 'Edit', [edit(own?.id ?? '', 'passage', other)]);
    await engine.call('merge.apply', { path: eve.folder });
    expect(await open(engine)).toEqual([id, other].toSorted());
    await engine.close();

    const twice = newFolder({ person });
    const installation = 'a'.repeat(16);
    const first = await openFor(twice, person, { installation });
    const text = await addFile(first, 'news.txt', '村民古丽（化名）说。');
    const passage = await mark(first, text.id, '村民古丽');
    await markPrivate(first, passage.id);
    expect(await first.call('masks.notPrivate', { passage: passage.id, reason: 'No name' })).toEqual({ counts: false });
    await first.close();
    const second = await openFor(twice, somebody('Anne'), { installation });
    expect(await second.call('masks.notPrivate', { passage: passage.id, reason: 'No name' })).toEqual({
      counts: false,
    });
    expect(await open(second)).toEqual([passage.id]);
    expect(folder).not.toBe(twice);
  });
});

const edit = (id: string, field: string, value: string | boolean) =>
  ({ entity: 'notprivate', id, field, value }) as Edit;
function statements({ folder, person }: TestProject) {
  const db = openProject({ folder, person });
  const rows = db.read.all(
    query<{}, { id: string; passage: string; person: string }>('test', 'SELECT id, passage, person FROM p_notprivate'),
    {},
  );
  db.close();
  return rows;
}

describe('masks in copies of a project', () => {
  it('are merged, and a reason that two people changed is a conflict', async () => {
    const { engine, source } = await withText();
    const { id } = await maskWords(engine, source.id, '古丽');
    const ben = await copyFor(engine, 'Ben');
    await ben.engine.call('masks.change', { id, reason: 'A minor' });
    await engine.call('masks.change', { id, reason: 'Named by a neighbour' });
    await engine.call('merge.apply', { path: ben.folder });
    expect((await engine.call('merge.conflicts', {})).conflicts).toMatchObject([{ entity: 'mask', record: id }]);
  });

  it('are in every part of the source, in blind copies without who and why, and in no pseudonymous copy', async () => {
    const { engine, source } = await withText();
    await maskWords(engine, source.id, '古丽', 'Ann knows her');
    const at = tempFolder();
    const masksIn = async (name: string, write: (path: string) => Promise<unknown>) => {
      const [file, folder] = [join(at, `${name}.sbk`), join(at, `${name}.sourcebook`)];
      await write(file);
      const person = somebody('Dee');
      await importProjectFile({ file, folder, person });
      return (await listed(await openFor(folder, person))).masks;
    };
    const exported = (options: object) => (path: string) => engine.call('projectFile.export', { path, options });
    const whole = { anchor: { exact: '古丽' }, reason: 'Ann knows her' };
    expect(await masksIn('whole', exported({}))).toMatchObject([whole]);
    expect(await masksIn('part', exported({ only: { sources: [source.id] } }))).toMatchObject([whole]);
    // One under pseudonyms has none, and neither the source: that would be in it with what is masked.
    await addFile(engine, 'other.txt', 'Land was transferred.');
    expect(await masksIn('pseudonyms', exported({ pseudonyms: true }))).toEqual([]);
    const blind = { coder: 'Ben', sample: 'sources' };
    expect(await masksIn('blind', (path) => engine.call('assignments.create', { path, ...blind }))).toMatchObject([
      { anchor: { exact: '古丽' }, reason: '', person: null },
    ]);
  });

  it('come along with a source that is added from another project', async () => {
    const { folder, engine, source } = await withText();
    await maskWords(engine, source.id, '古丽');
    const other = await testProject({ title: 'Other' });
    await other.engine.call('merge.apply', {
      path: folder,
      add: { sources: [source.id], passages: false, memos: false, categories: {} },
    });
    expect((await listed(other.engine)).masks).toMatchObject([{ source: source.id, anchor: { exact: '古丽' } }]);
  });

  it('are hidden with a source in the trash', async () => {
    const { engine, source } = await withText();
    await maskWords(engine, source.id, '古丽');
    await engine.call('sources.remove', { ids: [source.id] });
    expect((await listed(engine)).masks).toEqual([]);
  });
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { proposals } from '../../../../electron/features/merge/other-project.ts';
import { addFile, categoriesOf, codeOf, contentsOf, mark, somebody, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

const TEXT = '全县转移农村富余劳动力1234人次。\n';

describe('adding sources from another project', () => {
  it('is one commit of the chosen ones: records keep their ids and persons, a second time changes nothing, undo removes it', async () => {
    const mine = await testProject({ person: somebody('Ann') });
    const theirs = await testProject({ person: somebody('Bob'), title: 'Other county', at: tempFolder() });
    const wanted = await addFile(theirs.engine, 'wanted.txt', TEXT);
    const left = await addFile(theirs.engine, 'left.txt', 'Not this one, please.\n');
    const [transfer] = await categoriesOf(theirs.engine, 'TRF.PAIR');
    if (transfer === undefined) throw new Error('The codebook has it');
    const own = await theirs.engine.call('categories.add', {
      category: { code: 'OWN.X', name: 'Busing', definition: 'Workers carried by bus' },
      parent: null,
    });
    const passage = await mark(theirs.engine, wanted.id, '富余劳动力', {
      categories: [transfer, own.id],
      memo: 'Bob’s words',
    });

    const preview = await mine.engine.call('merge.preview', { path: theirs.folder });
    expect(preview).toMatchObject({ kind: 'other', project: { title: 'Other county' } });
    expect(preview.other?.sources.map(({ id, isHere }) => [id, isHere])).toEqual(
      expect.arrayContaining([
        [wanted.id, false],
        [left.id, false],
      ]),
    );
    expect(preview.other?.categories.map(({ incoming: one, how }) => [one.code, how])).toEqual([
      ['OWN.X', 'new'],
      ['TRF.PAIR', 'same'],
    ]);
    expect(await codeOf(mine.engine.call('merge.apply', { path: theirs.folder }))).toBe('BAD_INPUT');

    const add = { sources: [wanted.id] };
    const { commits } = await contentsOf(mine.engine);
    const report = await mine.engine.call('merge.apply', { path: theirs.folder, add });
    expect(report).toMatchObject({ conflicts: [], refused: [], id: expect.any(String) });
    const after = await contentsOf(mine.engine);
    expect(after.commits).toHaveLength(commits.length + 1);
    expect(after.sources.map(({ id }) => id)).toEqual([wanted.id]);
    const [came] = after.passages;
    expect(came).toMatchObject({ id: passage.id, person: theirs.person.id, anchor: passage.anchor });
    expect(came?.tags.map(({ category }) => category).toSorted()).toEqual([transfer, own.id].toSorted());
    expect(new Set(came?.tags.map(({ person }) => person))).toEqual(new Set([theirs.person.id]));
    expect(came?.memos).toMatchObject([{ text: 'Bob’s words', person: theirs.person.id }]);
    expect(readdirSync(join(mine.folder, 'originals'), { recursive: true })).toContainEqual(
      expect.stringContaining(wanted.sha256),
    );
    expect(await mine.engine.call('project.verify', {})).toMatchObject({ ok: true });

    expect(await mine.engine.call('merge.apply', { path: theirs.folder, add })).toMatchObject({
      adds: 0,
      changes: 0,
    });
    expect((await contentsOf(mine.engine)).head).toBe(after.head);
    // What is in the trash here stays there, unless its whole source is.
    await mine.engine.call('passages.remove', { ids: [passage.id] });
    expect(await mine.engine.call('merge.apply', { path: theirs.folder, add })).toMatchObject({ adds: 0 });
    expect((await contentsOf(mine.engine)).passages.filter((one) => !one.deleted)).toEqual([]);
    await mine.engine.call('history.undo', {});
    await mine.engine.call('history.undo', {});
    const undone = await contentsOf(mine.engine);
    expect([undone.passages, undone.sources.filter((one) => !one.deleted)]).toEqual([[], []]);
  });

  it('can be undone later, when other work was done since, and restored', async () => {
    const mine = await testProject({ person: somebody('Ann') });
    const theirs = await testProject({ person: somebody('Bob'), title: 'Other county', at: tempFolder() });
    const own = await addFile(mine.engine, 'own.txt', TEXT);
    const wanted = await addFile(theirs.engine, 'wanted.txt', `${TEXT}!`);
    await mark(theirs.engine, wanted.id, '富余劳动力');
    const add = { sources: [wanted.id] };
    const { id } = await mine.engine.call('merge.apply', { path: theirs.folder, add });
    if (id === null) throw new Error('Nothing came');
    expect(await mine.engine.call('merge.apply', { path: theirs.folder, add })).toMatchObject({ id: null });
    const list = async () => (await mine.engine.call('merge.list', {})).merges;
    await mine.engine.call('history.undo', {});
    expect(await list()).toEqual([]);
    await mine.engine.call('history.redo', {});
    const late = await mark(mine.engine, own.id, '富余劳动力');
    expect(await list()).toMatchObject([{ id, from: 'Study.sourcebook', commits: 1, people: ['Ann'], undone: false }]);

    expect(await mine.engine.call('merge.undo', { id })).toEqual({ left: [] });
    const without = await contentsOf(mine.engine);
    expect(without.passages.map((one) => one.id)).toEqual([late.id]);
    expect(without.sources.map((one) => [one.id, one.deleted])).toEqual(
      expect.arrayContaining([
        [own.id, false],
        [wanted.id, true],
      ]),
    );
    expect(await list()).toMatchObject([{ undone: true }]);
    expect(await mine.engine.call('merge.restore', { id })).toEqual({
      putBack: { records: expect.any(Number), left: 0 },
    });
    expect((await contentsOf(mine.engine)).passages).toHaveLength(2);
    expect(await list()).toMatchObject([{ undone: false }]);
    expect(await mine.engine.call('project.verify', {})).toMatchObject({ ok: true });
  });

  it('matches a category to one here only if someone confirmed it', async () => {
    const mine = await testProject({ person: somebody('Ann'), codebook: 'empty' });
    const theirs = await testProject({ person: somebody('Bob'), codebook: 'empty', at: tempFolder() });
    const definition = 'Workers are carried by bus to another province in groups';
    const category = { code: 'BUS', name: 'Group transport', definition };
    const here = await mine.engine.call('categories.add', { category, parent: null });
    const there = await theirs.engine.call('categories.add', {
      category: { ...category, definition: `${definition}.` },
      parent: null,
    });
    const { id } = await addFile(theirs.engine, 'wanted.txt', TEXT);
    await mark(theirs.engine, id, '富余劳动力', { categories: [there.id] });
    const preview = await mine.engine.call('merge.preview', { path: theirs.folder });
    expect(preview.other?.categories).toMatchObject([{ how: 'proposed', mine: [{ id: here.id }] }]);
    const unmatched = await mine.engine.call('merge.apply', { path: theirs.folder, add: { sources: [id] } });
    expect(unmatched.adds).toBeGreaterThan(0);
    const { categories } = await mine.engine.call('codebook.get', {});
    // A code names one category, however it came.
    expect(categories.map(({ code }) => code).toSorted()).toEqual(['BUS', 'BUS-2']);
    await mine.engine.call('history.undo', {});
    const add = { sources: [id], categories: { [there.id]: here.id } };
    await mine.engine.call('merge.apply', { path: theirs.folder, add });
    expect((await contentsOf(mine.engine)).passages.flatMap(({ tags }) => tags.map((one) => one.category))).toEqual([
      here.id,
    ]);
  });
});

describe('a category of another codebook', () => {
  const known = (id: string, name: string, definition: string) => ({ id, code: id, name, definition });
  const incoming = known('t', 'Labour transfer', 'Workers are moved to another county by the government');
  it('is proposed by name and definition together, never by one of them', () => {
    const both = known('both', 'Labour transfers', 'Workers are moved to another county by government');
    const name = known('name', 'Labour transfer', 'Land that passes from one farmer to the next');
    const words = known('words', 'Relocation', 'Workers are moved to another county by the government');
    const bare = known('bare', 'Labour transfer', '');
    expect(proposals(incoming, [name, words, bare, both])).toEqual([both]);
    expect(proposals({ ...incoming, definition: '' }, [both, bare])).toEqual([]);
  });
  it('is recognised in Chinese as well, best first', () => {
    const chinese = known('c', '劳动力转移', '政府组织农村富余劳动力到外县就业');
    const near = known('near', '劳动力转移就业', '政府组织农村富余劳动力到外地就业');
    const same = known('same', '劳动力转移', '政府组织农村富余劳动力到外县就业。');
    expect(proposals(chinese, [near, same])).toEqual([same, near]);
  });
});

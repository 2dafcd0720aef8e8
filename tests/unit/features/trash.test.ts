import { describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import { removals, removedPassages } from '../../../electron/features/trash/queries.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { Removed } from '../../../shared/contract/trash.ts';
import { recordId, type CategoryId } from '../../../shared/model/index.ts';
import { addFile, codeOf, mark, openFor, somebody, testProject } from '../../support/project.ts';

const TEXT = '全县农村富余劳动力转移就业，完成年度目标任务。\n';

async function withReport() {
  const project = await testProject();
  const source = await addFile(project.engine, 'report.txt', TEXT);
  return { ...project, source };
}
const listed = async (engine: Engine): Promise<Removed[]> => (await engine.call('trash.list', {})).removed;
const restore = (engine: Engine, ...things: readonly Removed[]) =>
  engine.call('trash.restore', {
    things: things.map(({ what }) => ({ kind: what.kind, id: recordId.parse(what.id) })),
  });

const adderOf =
  (engine: Engine) =>
  async (name: string, code: string, shortcut: string | null = null, parent: CategoryId | null = null) =>
    (await engine.call('categories.add', { category: { name, code, shortcut }, parent, before: null })).id;
const signsOf = async (engine: Engine): Promise<string[]> =>
  (await engine.call('codebook.get', {})).categories
    .filter((one) => !one.deleted)
    .map(({ name, code, shortcut }) => `${name} ${code} ${shortcut ?? ''}`)
    .sort();

describe('the trash', () => {
  it('lists everything that was removed, newest first, with who removed it and when; and nothing else', async () => {
    const { engine, source, person } = await withReport();
    const kept = await mark(engine, source.id, '全县');
    const gone = await mark(engine, source.id, '劳动力转移', { memo: 'Goes with it.' });
    expect(await listed(engine)).toEqual([]);
    await engine.call('memos.set', { target: { kind: 'passage', id: kept.id }, text: 'A thought' });
    await engine.call('memos.set', { target: { kind: 'passage', id: kept.id }, text: '' });
    await engine.call('passages.remove', { ids: [gone.id] });
    const { id } = await engine.call('categories.add', { category: { name: 'Mistaken' }, parent: null });
    await engine.call('categories.remove', { ids: [id] });
    await engine.call('sources.remove', { ids: [source.id] });
    const removed = await listed(engine);
    expect(removed.map(({ what }) => what.kind)).toEqual(['source', 'category', 'passage', 'memo']);
    expect(removed.map(({ by }) => by)).toEqual(Array(4).fill({ id: person.id, name: 'Ann' }));
    const times = removed.map(({ at }) => at ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const home = { id: source.id, name: 'report.txt', language: null, removed: true };
    expect(removed[0]?.what).toMatchObject({ id: source.id, name: 'report.txt', fileKind: 'text', passages: 1 });
    expect(removed[1]?.what).toMatchObject({ id, name: 'Mistaken' });
    expect(removed[2]?.what).toMatchObject({
      id: gone.id,
      source: home,
      page: 1,
      words: '劳动力转移',
      span: { start: TEXT.indexOf('劳动力'), end: TEXT.indexOf('就业') },
    });
    expect(removed[3]?.what).toMatchObject({
      text: 'A thought',
      on: 'passage',
      place: { source: home, words: '全县' },
    });
  });

  it('names who removed an item last, not who created it or removed it before', async () => {
    const { folder, engine, source } = await withReport();
    const { id } = await mark(engine, source.id, '劳动力转移');
    const category = (await engine.call('categories.add', { category: { name: 'Transfer' }, parent: null })).id;
    await engine.call('tags.change', { passages: [id], add: [category] });
    await engine.call('passages.remove', { ids: [id] });
    await engine.call('passages.restore', { ids: [id] });
    await engine.close();
    const bea = await openFor(folder, somebody('Bea'));
    await bea.call('tags.change', { passages: [id], add: [category] });
    await bea.call('passages.remove', { ids: [id] });
    const [gone] = await listed(bea);
    expect(gone?.by?.name).toBe('Bea');
    // Two people's tags with one category are two.
    expect(gone?.what).toMatchObject({ kind: 'passage', tags: 2 });
  });

  it('restores one or many in one commit that can be undone', async () => {
    const { engine, source } = await withReport();
    const passages = [await mark(engine, source.id, '全县'), await mark(engine, source.id, '劳动力转移')];
    await engine.call('passages.remove', { ids: passages.map(({ id }) => id) });
    expect(await restore(engine, ...(await listed(engine)))).toEqual({ restored: 2, letGo: [] });
    expect(await listed(engine)).toEqual([]);
    expect((await engine.call('passages.list', {})).passages).toHaveLength(2);
    expect(await engine.call('history.undo', {})).toEqual({ label: 'Restore 2 items', left: [] });
    expect(await listed(engine)).toHaveLength(2);
  });

  it('restores an item with what it belongs to: a memo with its passage and that passage’s source', async () => {
    const { engine, source } = await withReport();
    const passage = await mark(engine, source.id, '劳动力转移', { memo: 'Look again' });
    await engine.call('memos.set', { target: { kind: 'passage', id: passage.id }, text: '' });
    await engine.call('passages.remove', { ids: [passage.id] });
    await engine.call('sources.remove', { ids: [source.id] });
    const memo = (await listed(engine)).find(({ what }) => what.kind === 'memo');
    if (memo === undefined) throw new Error('no memo');
    expect(await restore(engine, memo)).toEqual({ restored: 1, letGo: [] });
    expect(await engine.call('passages.get', { id: passage.id })).toEqual(passage);
    expect((await engine.call('sources.get', { id: source.id })).deleted).toBe(false);
    expect((await engine.call('history.undo', {})).label).toBe('Restore memo');
    expect((await engine.call('sources.get', { id: source.id })).deleted).toBe(true);
  });

  it('restores a category with its parents; if its code is in use it gets a free one, and a shortcut in use is cleared', async () => {
    const { engine } = await testProject({ codebook: 'empty' });
    const add = adderOf(engine);
    const parent = await add('Family', 'fam');
    const child = await add('Child', 'FAM.CHILD', 'Q', parent);
    await engine.call('categories.remove', { ids: [child] });
    await engine.call('categories.remove', { ids: [parent] });
    const [, removedChild] = await listed(engine);
    if (removedChild === undefined) throw new Error('not listed');
    await add('Other', 'FAM', 'Q');
    expect(await restore(engine, removedChild)).toEqual({
      restored: 1,
      letGo: [
        { id: parent, name: 'Family', was: { code: 'fam', letter: null }, code: 'fam-2', letter: null },
        { id: child, name: 'Child', was: { code: 'FAM.CHILD', letter: 'Q' }, code: 'FAM.CHILD', letter: null },
      ],
    });
    expect(await signsOf(engine)).toEqual(['Child FAM.CHILD ', 'Family fam-2 ', 'Other FAM Q']);
    await engine.call('history.undo', {});
    expect(await signsOf(engine)).toEqual(['Other FAM Q']);
  });

  it('restores several categories that had the same code, each with a code of its own', async () => {
    const { engine } = await testProject({ codebook: 'empty' });
    const add = adderOf(engine);
    const ids: CategoryId[] = [];
    for (const [name, code] of [
      ['X', 'DUP'],
      ['Y', 'dup'],
      ['Z', 'DUP-2'],
    ] as const) {
      const id = await add(name, code, 'Q');
      ids.push(id);
      await engine.call('categories.remove', { ids: [id] });
    }
    await restore(engine, ...(await listed(engine)));
    expect(await signsOf(engine)).toEqual(['X DUP Q', 'Y dup-3 ', 'Z DUP-2 ']);
  });

  it('undoing a removal leaves its code and shortcut to the category that got them since, and reports that', async () => {
    const { folder, engine, person } = await testProject({ codebook: 'empty' });
    const mine = await adderOf(engine)('Mine', 'DUP', 'Q');
    await engine.call('categories.remove', { ids: [mine] });
    await engine.close();
    // On the same installation: undo follows what was done from a folder.
    const bea = await openFor(folder, somebody('Bea'), { installation: person.id });
    await adderOf(bea)('Other', 'Dup', 'Q');
    await bea.close();
    const again = await openFor(folder, person);
    const { left } = await again.call('history.undo', {});
    expect(left.map(({ field, why }) => [field, why])).toEqual([
      ['code', '“Mine” now has the code DUP-2, because DUP is in use'],
      ['shortcut', '“Mine” has lost its shortcut, because Q is in use'],
    ]);
    expect(await signsOf(again)).toEqual(['Mine DUP-2 ', 'Other Dup Q']);
    // Done again and undone again, it goes as it came.
    await again.call('history.redo', {});
    expect(await signsOf(again)).toEqual(['Other Dup Q']);
    await again.call('history.undo', {});
    expect(await signsOf(again)).toEqual(['Mine DUP-2 ', 'Other Dup Q']);
  });

  it('restoring ignores ids that don’t exist or aren’t in the trash', async () => {
    const { engine, source } = await withReport();
    const passage = await mark(engine, source.id, '全县');
    const things = (id: string) => ({ things: [{ kind: 'passage' as const, id }] });
    expect(await engine.call('trash.restore', things(passage.id))).toEqual({ restored: 0, letGo: [] });
    const nobody = '00000000-0000-7000-8000-000000000000';
    expect(await codeOf(engine.call('trash.restore', things(nobody)))).toBe('NOT_FOUND');
  });

  it('is listed from indexes among 100,000 passages, and reads only the log of its items', async () => {
    const { folder, engine, person } = await testProject();
    await engine.close();
    const db = openProject({ folder, person });
    try {
      expect(db.read.plan(removedPassages)).toMatch(
        /SEARCH p USING (COVERING )?INDEX p_passage_removed|SCAN p USING INDEX p_passage_removed/,
      );
      expect(db.read.plan(removals)).not.toMatch(/SCAN (e|h|m|r|f)\b/);
    } finally {
      db.close();
    }
  });
});

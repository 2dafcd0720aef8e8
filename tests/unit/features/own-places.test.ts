import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newId } from '../../../electron/db/index.ts';
import type { LooseEdit } from '../../../electron/db/log/write.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { commitAsNewer } from '../../support/newer-program.ts';
import { addFile, codeOf, copyFor, openFor, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const undoLabel = async (engine: Engine): Promise<unknown> => (await engine.call('history.undo', {})).label;
const placesIn = async (engine: Engine): Promise<unknown[]> =>
  (await engine.call('places.find', {})).places.map(({ text, name }) => [text, name]);

async function mergeFrom(engine: Engine, other: Engine): Promise<void> {
  const path = join(tempFolder(), 'back.sbk');
  await other.call('projectFile.export', { path });
  await engine.call('merge.apply', { path });
}

describe('a place', () => {
  it('is shown with every name, its language, how sure it is and what says so', async () => {
    const { engine } = await testProject();
    await engine.call('places.addName', { place: 'xj-yutian-co', text: '柯里雅' });
    const place = await engine.call('places.get', { id: 'xj-yutian-co' });
    expect(place).toMatchObject({ name: 'Yutian County', chinese: '于田县', type: 'county', own: null });
    expect(place.line.map(({ name }) => name)).toEqual(['Hotan Prefecture', 'Xinjiang', 'China']);
    expect(place.names.find(({ text }) => text === 'Keriye')).toMatchObject({
      lang: 'en',
      confidence: 'low',
      sources: ['written from memory, no source seen'],
      own: null,
    });
    expect(place.names.find(({ text }) => text === 'كېرىيە ناھىيىسى')).toMatchObject({
      lang: 'ug-Arab',
      kind: 'official',
      confidence: 'high',
    });
    const own = place.names.find(({ text }) => text === '柯里雅');
    expect(own).toMatchObject({ lang: 'zh-Hans', kind: null, confidence: null });
    expect(own?.own).not.toBeNull();
    expect(await codeOf(engine.call('places.get', { id: 'xj-nowhere' }))).toBe('NOT_FOUND');
  });

  it('is shown with the decisions on its names, its own and those against it, until they are taken back', async () => {
    const { engine } = await testProject();
    const one = await addFile(engine, 'one.txt', '和田的夜市');
    const two = await addFile(engine, 'two.txt', '和田的河');
    await engine.call('places.choose', { sources: [one.id], text: '和田', place: 'xj-hotan-city' });
    await engine.call('places.choose', { sources: [two.id], text: '和田', place: null });
    const { decisions } = await engine.call('places.get', { id: 'xj-hotan-pref' });
    expect(decisions.map(({ source, place, name }) => [source, place, name])).toEqual([
      [one.id, 'xj-hotan-city', 'Hotan City'],
      [two.id, null, null],
    ]);
    const [, never] = decisions;
    if (never === undefined) throw new Error('Two decisions were made.');
    await engine.call('places.unchoose', { id: never.id });
    expect((await engine.call('places.get', { id: 'xj-hotan-city' })).decisions).toHaveLength(1);
    expect(await undoLabel(engine)).toBe('Ask again what “和田” means');
    expect((await engine.call('places.get', { id: 'xj-hotan-city' })).decisions).toHaveLength(2);
  });

  it('of the team’s own is added with its kind and names in one edit, renamed and moved, each with an undo', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'a.txt', '柳泉镇、红柳镇、柳泉');
    const { id } = await engine.call('places.add', {
      name: '柳泉镇',
      parent: 'xj-lop-co',
      kind: 'township',
      names: ['柳泉', '柳泉', '柳泉鎮'],
    });
    const place = await engine.call('places.get', { id });
    // What folds to one name is one name.
    expect(place.names.map(({ text }) => text)).toEqual(['柳泉镇', '柳泉']);
    expect(place).toMatchObject({ type: null, own: { id, kind: 'township' }, parent: 'xj-lop-co' });
    expect(await placesIn(engine)).toEqual([
      ['柳泉镇', '柳泉镇'],
      ['柳泉', '柳泉镇'],
    ]);
    await engine.call('places.rename', { id, name: '红柳镇' });
    expect(await placesIn(engine)).toContainEqual(['红柳镇', '红柳镇']);
    expect(await undoLabel(engine)).toBe('Rename place “柳泉镇” to “红柳镇”');
    await engine.call('places.move', { id, parent: 'xj-hotan-pref', kind: 'county' });
    expect((await engine.call('places.list', {})).places.find((one) => one.id === id)).toMatchObject({
      parent: 'xj-hotan-pref',
      level: 'county',
    });
    expect(await undoLabel(engine)).toBe('Change place “柳泉镇”');
    expect(await undoLabel(engine)).toBe('Add place “柳泉镇”');
    expect((await engine.call('places.own', {})).places).toEqual([]);
  });

  it('can’t be in itself, nor in what is in it, nor be called like another one beside it', async () => {
    const { engine } = await testProject();
    const county = await engine.call('places.add', { name: 'Liuquan', parent: 'xj-hotan-pref' });
    const town = await engine.call('places.add', { name: 'Old Town', parent: county.id });
    const other = await engine.call('places.add', { name: 'New Town', parent: county.id });
    for (const parent of [county.id, town.id])
      expect(await codeOf(engine.call('places.move', { id: county.id, parent, kind: null }))).toBe('BAD_INPUT');
    expect(await codeOf(engine.call('places.rename', { id: other.id, name: 'old town' }))).toBe('EXISTS');
    expect(await codeOf(engine.call('places.rename', { id: other.id, name: '\u200b\u200b\u200b' }))).toBe('BAD_INPUT');
    expect(await codeOf(engine.call('places.move', { id: other.id, parent: 'nowhere', kind: null }))).toBe('NOT_FOUND');
    await engine.call('places.remove', { id: other.id });
    expect(await codeOf(engine.call('places.rename', { id: other.id, name: 'Newer Town' }))).toBe('NOT_FOUND');
    // Nothing changes, so nothing is written.
    const before = await engine.call('history.list', {});
    await engine.call('places.rename', { id: town.id, name: 'Old Town' });
    await engine.call('places.move', { id: town.id, parent: county.id, kind: null });
    expect(await engine.call('history.list', {})).toEqual(before);
  });

  it('that two people renamed is a conflict, and one moved and renamed has both', async () => {
    const { engine } = await testProject();
    const one = await engine.call('places.add', { name: 'Liuquan', parent: 'xj-hotan-pref' });
    const two = await engine.call('places.add', { name: 'Hongliu', parent: 'xj-hotan-pref' });
    const ben = await copyFor(engine, 'Ben');
    await engine.call('places.rename', { id: one.id, name: 'Liuquan Town' });
    await ben.engine.call('places.rename', { id: one.id, name: 'Liuquan Township' });
    await engine.call('places.rename', { id: two.id, name: 'Hongliu Village' });
    await ben.engine.call('places.move', { id: two.id, parent: 'xj-lop-co', kind: 'village' });
    await mergeFrom(engine, ben.engine);
    expect((await engine.call('merge.conflicts', {})).conflicts).toHaveLength(1);
    expect(await engine.call('places.get', { id: two.id })).toMatchObject({
      name: 'Hongliu Village',
      parent: 'xj-lop-co',
      own: { kind: 'village' },
    });
    await mergeFrom(ben.engine, engine);
    expect(await ben.engine.call('places.get', { id: one.id })).toEqual(
      await engine.call('places.get', { id: one.id }),
    );
  });

  it('of a colleague’s log are a chain of thousands, or one in itself: all places can still be listed', async () => {
    const { engine, folder, person } = await testProject();
    await addFile(engine, 'a.txt', '柳泉村的工厂在于田县。');
    await engine.close();
    const chain = Array.from({ length: 3000 }, () => newId());
    const place = (id: string, name: string, parent: string): LooseEdit[] => [
      { entity: 'place', id, field: 'name', value: name },
      { entity: 'place', id, field: 'parent', value: parent },
    ];
    const self = newId();
    commitAsNewer(folder, person, 'Chain', [
      ...chain.flatMap((id, at) =>
        place(id, at === 0 ? '柳泉村' : `Village ${String(at)}`, chain[at + 1] ?? 'xj-lop-co'),
      ),
      ...place(self, 'Itself', self),
    ]);
    const again = await openFor(folder, person);
    const { places } = await again.call('places.list', {});
    const byId = new Map(places.map((one) => [String(one.id), one]));
    expect(Math.max(...places.map(({ depth }) => depth))).toBeLessThan(40);
    // The last ones are where they were said to be, the first is listed by itself.
    const [third, first, ring] = [chain.at(-3), chain[0], self].map((id) => byId.get(id ?? ''));
    expect(third).toMatchObject({ parent: chain.at(-2), depth: 6 });
    expect(first).toMatchObject({ parent: null, depth: 0 });
    expect(ring).toMatchObject({ depth: 0 });
    expect(await placesIn(again)).toEqual([
      ['柳泉村', '柳泉村'],
      ['于田县', 'Yutian County'],
    ]);
  });
});

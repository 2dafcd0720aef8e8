import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { addFile, codeOf, copyFor, openFor, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const found = async (engine: Engine) =>
  (await engine.call('places.find', {})).places.map(({ text, place, name, sure }) => ({ text, place, name, sure }));
const own = async (engine: Engine) =>
  (await engine.call('places.own', {})).places.map(({ name, parent, names }) => [
    name,
    parent,
    names.map(({ text }) => text),
  ]);

async function mergeFrom(engine: Engine, other: Engine): Promise<void> {
  const path = join(tempFolder(), 'back.sbk');
  await other.call('projectFile.export', { path });
  await engine.call('merge.apply', { path });
}

describe('names of places in a project', () => {
  it('are found in one source or in all, with the date of the document, as the text of the source counts', async () => {
    const { engine } = await testProject();
    const one = await addFile(engine, 'a.txt', '吐鲁番市与于田县签约。');
    const two = await addFile(engine, 'b.txt', 'Officials in Hotan declined to comment.');
    await engine.call('sources.edit', { id: one.id, patch: { dateOfDocument: { edtf: '2012-05', implied: false } } });
    const { gazetteer, places, unread } = await engine.call('places.find', {});
    expect(gazetteer).toBe('0.1.0');
    expect(unread).toEqual([]);
    expect(places).toEqual([
      {
        source: one.id,
        start: 0,
        end: 4,
        text: '吐鲁番市',
        place: 'xj-gaochang-dist',
        name: 'Gaochang District',
        sure: true,
        asks: [],
        helped: 'date',
      },
      {
        source: one.id,
        start: 5,
        end: 8,
        text: '于田县',
        place: 'xj-yutian-co',
        name: 'Yutian County',
        sure: true,
        asks: [],
        helped: null,
      },
      {
        source: two.id,
        start: 13,
        end: 18,
        text: 'Hotan',
        place: null,
        name: null,
        sure: false,
        asks: ['xj-hotan-city', 'xj-hotan-co', 'xj-hotan-pref'],
        helped: null,
      },
    ]);
    expect((await engine.call('places.find', { source: two.id })).places).toEqual(places.slice(2));
    await engine.call('sources.remove', { ids: [two.id] });
    expect((await engine.call('places.find', {})).places).toEqual(places.slice(0, 2));
    expect(await codeOf(engine.call('places.find', { source: two.id }))).toBe('NOT_FOUND');
  });

  it('can be added to, taken back and undone; a name twice, and a place that is none, are refused', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'a.txt', '柳泉县 (Liuquan) and 柯里雅');
    expect(await found(engine)).toEqual([]);
    const { id } = await engine.call('places.add', { name: '柳泉县', parent: 'cn-xinjiang' });
    await engine.call('places.addName', { place: id, text: ' Liuquan ' });
    const added = await engine.call('places.addName', { place: 'xj-yutian-co', text: '柯里雅' });
    expect(await found(engine)).toEqual([
      { text: '柳泉县', place: id, name: '柳泉县', sure: true },
      { text: 'Liuquan', place: id, name: '柳泉县', sure: true },
      { text: '柯里雅', place: 'xj-yutian-co', name: 'Yutian County', sure: true },
    ]);
    expect(await own(engine)).toEqual([
      ['Yutian County', 'xj-hotan-pref', ['柯里雅']],
      ['柳泉县', 'cn-xinjiang', ['Liuquan']],
    ]);
    expect(await codeOf(engine.call('places.add', { name: '柳泉縣', parent: 'cn-xinjiang' }))).toBe('EXISTS');
    expect(await codeOf(engine.call('places.addName', { place: id, text: 'LIUQUAN' }))).toBe('EXISTS');
    expect(await codeOf(engine.call('places.addName', { place: 'xj-yutian-co', text: 'Keriya' }))).toBe('EXISTS');
    expect(await codeOf(engine.call('places.addName', { place: 'xj-nowhere', text: 'Nowhere' }))).toBe('NOT_FOUND');
    expect(await codeOf(engine.call('places.add', { name: 'Nowhere', parent: 'xj-nowhere' }))).toBe('NOT_FOUND');
    expect(await codeOf(engine.call('places.add', { name: '\u200b\u200b\u200b' }))).toBe('BAD_INPUT');
    await engine.call('places.removeName', { id: added.id });
    expect(await codeOf(engine.call('places.removeName', { id: added.id }))).toBe('NOT_FOUND');
    await engine.call('places.remove', { id });
    expect(await codeOf(engine.call('places.remove', { id }))).toBe('NOT_FOUND');
    // Its further name is still in the project, and says whose it was by the id alone.
    expect(await own(engine)).toEqual([[id, null, ['Liuquan']]]);
    await engine.call('history.undo', {});
    expect(await own(engine)).toEqual([['柳泉县', 'cn-xinjiang', ['Liuquan']]]);
  });

  it('of two people are merged: the same name once, and one removed here and there added again as a conflict', async () => {
    const { engine } = await testProject();
    const kept = await engine.call('places.addName', { place: 'xj-lop-co', text: '洛甫县' });
    const ben = await copyFor(engine, 'Ben');
    for (const each of [engine, ben.engine])
      await each.call('places.addName', { place: 'xj-yutian-co', text: '柯里雅' });
    await engine.call('places.removeName', { id: kept.id });
    await ben.engine.call('places.removeName', { id: kept.id });
    await ben.engine.call('places.addName', { place: 'xj-lop-co', text: '洛甫县' });
    await mergeFrom(engine, ben.engine);
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(conflicts).toMatchObject([{ about: '“洛甫县”' }]);
    await mergeFrom(ben.engine, engine);
    expect(await own(ben.engine)).toEqual(await own(engine));
    expect((await own(engine)).find(([name]) => name === 'Yutian County')).toEqual([
      'Yutian County',
      'xj-hotan-pref',
      ['柯里雅'],
    ]);
    expect((await engine.call('project.verify', {})).failures).toEqual([]);
  });

  it('that a newer program wrote are kept, exported, and shown as far as they are understood', async () => {
    const { engine, folder, person } = await testProject();
    await addFile(engine, 'a.txt', '柳泉县');
    await engine.close();
    const project = openProject({ folder, person });
    const [name, odd] = ['00000000-0000-8000-8000-000000000001', '00000000-0000-8000-8000-000000000002'];
    project.write.commit('Add place name', [
      { entity: 'placename', id: name, field: 'place', value: 'xj-of-a-newer-gazetteer' },
      { entity: 'placename', id: name, field: 'text', value: '柳泉县' },
      // A name of one letter would be found everywhere: it is listed, and not searched for.
      { entity: 'placename', id: odd, field: 'place', value: 'xj-lop-co' },
      { entity: 'placename', id: odd, field: 'text', value: '柳' },
    ]);
    project.close();
    const again = await openFor(folder, person);
    expect(await own(again)).toEqual([
      ['Lop County', 'xj-hotan-pref', ['柳']],
      ['xj-of-a-newer-gazetteer', null, ['柳泉县']],
    ]);
    const place = 'xj-of-a-newer-gazetteer';
    expect(await found(again)).toEqual([{ text: '柳泉县', place, name: place, sure: true }]);
    const ben = await copyFor(again, 'Ben');
    expect(await own(ben.engine)).toEqual(await own(again));
  });
});

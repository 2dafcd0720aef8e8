import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { Source } from '../../../shared/model/index.ts';
import { addFile, categoriesOf, codeOf, copyFor, faultOf, mark, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';
import { codedProject, giveOut, receive } from './coding/support.ts';

const TEXT = '全县流转土地4.8万亩，推进土地流轉。劳务协作协议已签订，劳务协作继续。';

const listed = async (engine: Engine, { id }: Source) => {
  const { categories } = await engine.call('codebook.get', {});
  const { suggestions } = await engine.call('suggestions.list', { source: id });
  const codeOfCategory = new Map(categories.map((one) => [one.id, one.code]));
  return suggestions.map(({ text, categories: open }) =>
    [text, ...open.map((one) => codeOfCategory.get(one))].join(' '),
  );
};
async function decide(engine: Engine, source: Source, at: number, verdict: 'accepted' | 'rejected' | 'never') {
  const { layer, suggestions } = await engine.call('suggestions.list', { source: source.id });
  const [one, category] = [suggestions[at], suggestions[at]?.categories[0]];
  if (layer === null || one === undefined || category === undefined) throw new Error('There is no such suggestion.');
  const { start, end } = one;
  return engine.call('suggestions.decide', { source: source.id, layer, start, end, category, verdict });
}

describe('terms of the codebook in a source', () => {
  it('are suggested where they stand, and are no tags', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'a.txt', TEXT);
    expect(await listed(engine, source)).toEqual(['土地流轉 LND.RIGHTS', '劳务协作 TRF.PAIR', '劳务协作 TRF.PAIR']);
    expect(await engine.call('passages.list', {})).toMatchObject({ total: 0 });
  });

  it('are left out where their words are tagged with their category already', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'a.txt', TEXT);
    const [pair, rights] = await categoriesOf(engine, 'TRF.PAIR', 'LND.RIGHTS');
    await mark(engine, source.id, '劳务协作协议', { categories: [pair, rights].filter((one) => one !== undefined) });
    expect(await listed(engine, source)).toEqual(['土地流轉 LND.RIGHTS', '劳务协作 TRF.PAIR']);
  });

  it('of a category are left out where a category below it is tagged', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'a.txt', '监测户由村里负责。');
    expect(await listed(engine, source)).toEqual(['监测 MON']);
    const income = await categoriesOf(engine, 'MON.INCOME');
    await mark(engine, source.id, '监测户', { categories: income });
    expect(await listed(engine, source)).toEqual([]);
  });

  it('become a tagged passage when somebody accepts one; the log keeps the term, and one undo takes both back', async () => {
    const { engine, person } = await testProject();
    const source = await addFile(engine, 'a.txt', TEXT);
    const { passage } = await decide(engine, source, 0, 'accepted');
    const { passages } = await engine.call('passages.list', {});
    expect(passages).toMatchObject([{ id: passage, anchor: { exact: '土地流轉' }, person: person.id }]);
    const { decided } = await engine.call('suggestions.list', { source: source.id });
    expect(decided).toMatchObject([{ term: '土地流转', verdict: 'accepted', passage, person: person.id }]);
    const [rights] = await categoriesOf(engine, 'LND.RIGHTS');
    if (rights === undefined || passage === null) throw new Error('No such category or passage.');
    // The passage says where it came from.
    const { accepted } = await engine.call('passages.foundBy', { id: passage });
    expect(accepted).toEqual([{ term: '土地流转', sure: null, category: rights, person: person.id }]);
    const { terms } = await engine.call('suggestions.terms', { category: rights });
    expect(terms.find(({ term }) => term === '土地流转')).toMatchObject({ accepted: 1, rejected: 0 });
    expect((await engine.call('history.undo', {})).label).toBe('Accept suggestion: Land-use-rights transfer');
    expect(await listed(engine, source)).toHaveLength(3);
    expect(await engine.call('passages.list', {})).toMatchObject({ total: 0 });
    expect(await engine.call('passages.foundBy', { id: passage })).toEqual({ query: null, accepted: [] });
  });

  it('tag the passage that is on those words already', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'a.txt', TEXT);
    const there = await mark(engine, source.id, '土地流轉');
    expect(await decide(engine, source, 0, 'accepted')).toMatchObject({ passage: there.id });
    expect(await engine.call('passages.list', {})).toMatchObject({ total: 1, passages: [{ tags: [{}] }] });
  });

  it('are rejected at one place, or never suggested in a source again', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'a.txt', TEXT);
    const other = await addFile(engine, 'b.txt', `${TEXT}完。`);
    await decide(engine, source, 1, 'rejected');
    expect(await listed(engine, source)).toEqual(['土地流轉 LND.RIGHTS', '劳务协作 TRF.PAIR']);
    await decide(engine, source, 1, 'never');
    expect(await listed(engine, source)).toEqual(['土地流轉 LND.RIGHTS']);
    expect(await listed(engine, other)).toHaveLength(3);
    await engine.call('history.undo', {});
    expect(await listed(engine, source)).toHaveLength(2);
  });

  it('cannot be decided twice, nor where no term of the category stands', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'a.txt', TEXT);
    const { layer, suggestions } = await engine.call('suggestions.list', { source: source.id });
    const [first, second] = suggestions;
    if (layer === null || first === undefined || second === undefined) throw new Error('Nothing was suggested.');
    const at = { source: source.id, layer, start: first.start, end: first.end, verdict: 'rejected' as const };
    const [own] = first.categories;
    const [another] = second.categories;
    if (own === undefined || another === undefined) throw new Error('A suggestion is for no category.');
    expect(await codeOf(engine.call('suggestions.decide', { ...at, category: another }))).toBe('BAD_INPUT');
    expect(await codeOf(engine.call('suggestions.decide', { ...at, end: 9999, category: own }))).toBe('BAD_INPUT');
    await engine.call('suggestions.decide', { ...at, category: own });
    expect(await faultOf(engine.call('suggestions.decide', { ...at, category: own }))).toMatchObject({
      code: 'EXISTS',
    });
  });

  it('that a colleague decided arrive with a merge, in their name', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'a.txt', TEXT);
    const ann = await copyFor(engine, 'Ann');
    await decide(ann.engine, source, 1, 'never');
    const path = join(tempFolder(), 'back.sbk');
    await ann.engine.call('projectFile.export', { path });
    await engine.call('merge.apply', { path });
    expect(await listed(engine, source)).toEqual(['土地流轉 LND.RIGHTS']);
    const { decided } = await engine.call('suggestions.list', { source: source.id });
    expect(decided).toMatchObject([{ verdict: 'never', person: ann.person.id, start: null }]);
    expect(await engine.call('project.verify', {})).toMatchObject({ ok: true });
  });

  it('are not shown to somebody who codes blind', async () => {
    const { engine } = await codedProject();
    const { path } = await giveOut(engine, {});
    const ben = await receive(path, somebody('Ben'));
    const { sources } = await ben.engine.call('sources.list', {});
    const lists = await Promise.all(sources.map(({ id }) => ben.engine.call('suggestions.list', { source: id })));
    expect(lists.map(({ blind, suggestions }) => [blind, suggestions])).toEqual(sources.map(() => [true, []]));
    const open = await Promise.all(
      (await engine.call('sources.list', {})).sources.map(({ id }) => engine.call('suggestions.list', { source: id })),
    );
    expect(open.some(({ blind, suggestions }) => !blind && suggestions.length > 0)).toBe(true);
  });
});

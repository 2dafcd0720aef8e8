import { describe, expect, it } from 'vitest';
import type { CallInput } from '../../../../shared/contract/index.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { builtInGazetteer } from '../../../../electron/project/places/gazetteer.ts';
import { placeTreeOf } from '../../../../electron/project/places/tree.ts';
import { seeded } from '../../../support/seeded.ts';
import { addFile, categoriesOf, mark, testProject } from '../../../support/project.ts';

/** What is found, as the text has it. */
async function found(engine: Engine, query: string, more: Partial<CallInput<'search.query'>> = {}): Promise<string[]> {
  const { hits, total, faults } = await engine.call('search.query', {
    query,
    whole: true,
    in: ['sources'],
    limit: 500,
    ...more,
  });
  expect(faults).toEqual([]);
  expect(total).toBe(hits.length);
  return hits.map(({ text }) => text);
}

const LINES = [
  '和田地区向广东转移就业一百人。',
  'Workers from Hotan Prefecture, and from Hetian diqu.',
  'خوتەن ۋىلايىتىدىن كەلگەن ئىشچىلار.',
  '于田县买和田玉，在和田街道。',
  '喀什地区的工厂。',
];

describe('a search for a place', () => {
  it('finds all of its names in all scripts, and those of what is in it, but nothing that only looks like them', async () => {
    const { engine } = await testProject();
    await addFile(engine, 'a.txt', LINES.join('\n'));
    const hotan = ['和田地区', 'Hotan Prefecture', 'Hetian', 'خوتەن ۋىلايىتى', '于田县'];
    for (const name of ['"Hotan Prefecture"', '和田地区', 'Hotan', 'xj-hotan-pref'])
      expect([name, await found(engine, `place:${name}`)]).toEqual([name, hotan]);
    expect(await found(engine, 'place:于田县')).toEqual(['于田县']);
    expect(await found(engine, 'place:和田市')).toEqual([]);
    expect(await found(engine, 'place:喀什地区')).toEqual(['喀什地区']);
    expect(await found(engine, 'place:新疆')).toEqual([...hotan, '喀什地区']);
    expect(await found(engine, 'place:(于田县, 喀什地区)')).toEqual(['于田县', '喀什地区']);
  });

  it('is read back with the names of the place in each script', async () => {
    const { engine } = await testProject();
    const readingOf = async (query: string): Promise<string> =>
      (await engine.call('search.query', { query })).reading.replaceAll(/[\u2068\u2069]/gu, '');
    expect(await readingOf('就业 place:于田')).toBe(
      '“就业”; place 于田 or anything in it; by the gazetteer 于田县, Yutian County, كېرىيە ناھىيىسى',
    );
    // A prefecture is said once, without its counties.
    expect(await readingOf('place:和田地区')).toMatch(/by the gazetteer 和田地区, Hotan Prefecture, [^;,]+$/u);
    expect(await readingOf('就业 NOT 转移')).not.toContain('gazetteer');
  });

  it('combines with words and other fields, and needs no passage', async () => {
    const { engine } = await testProject();
    const one = await addFile(engine, 'one.txt', '和田地区转移就业。');
    await addFile(engine, 'two.txt', '喀什地区转移就业。');
    await addFile(engine, 'three.txt', '和田地区的夜市。');
    expect(await found(engine, 'place:和田地区 AND 转移')).toEqual(['和田地区', '转移']);
    expect(await found(engine, '转移 -place:和田地区')).toEqual(['转移']);
    expect(await found(engine, '夜市 OR place:喀什地区')).toEqual(['喀什地区', '夜市']);
    const [pair] = await categoriesOf(engine, 'TRF.PAIR');
    if (pair === undefined) throw new Error('no category');
    await mark(engine, one.id, '和田地区转移', { categories: [pair] });
    expect(await found(engine, 'place:和田地区 category:TRF.PAIR')).toEqual(['和田地区']);
    expect(await found(engine, 'place:和田地区', { in: ['passages'] })).toEqual(['和田地区']);
  });

  it('knows what the team added, and what a person decided in a source', async () => {
    const { engine } = await testProject();
    const one = await addFile(engine, 'one.txt', '和田的夜市热闹非凡。玉都也是。');
    await addFile(engine, 'two.txt', '和田的夜市热闹非凡。');
    expect(await found(engine, 'place:和田市')).toEqual([]);
    expect(await found(engine, 'place:和田地区')).toEqual(['和田', '和田']);
    await engine.call('places.choose', { sources: [one.id], text: '和田', place: 'xj-hotan-city' });
    expect(await found(engine, 'place:和田市')).toEqual(['和田']);
    await engine.call('places.addName', { place: 'xj-hotan-city', text: '玉都' });
    expect(await found(engine, 'place:和田市')).toEqual(['和田', '玉都']);
    await engine.call('places.choose', { sources: [one.id], text: '和田', place: null });
    expect(await found(engine, 'place:和田市')).toEqual(['玉都']);
  });

  it('finds in random texts what the reading of places finds there', { timeout: 60_000 }, async () => {
    const names = builtInGazetteer().places.flatMap((place) => place.names.map(({ text }) => text));
    const { all } = placeTreeOf({ places: [], names: [] });
    const { engine } = await testProject();
    const random = seeded(7);
    for (let n = 0; n < 12; n++) {
      const words = Array.from({ length: 30 }, () =>
        random.pick([random.pick(names), random.pick(names), '转移', ' and ', '。', '县', '田', '\n']),
      );
      await addFile(engine, `${n}.txt`, words.join(random.pick(['', ' '])));
    }
    const { places } = await engine.call('places.find', {});
    for (const id of ['cn-xinjiang', 'xj-hotan-pref', ...Array.from({ length: 20 }, () => random.pick(all).id)]) {
      const within = new Set(all.flatMap((one) => (one.line.includes(id) ? [one.id] : [])));
      const expected = places.filter(({ place, asks }) =>
        place === null ? asks.every((one) => within.has(one)) : within.has(place),
      );
      const texts = await found(engine, `place:${id}`);
      expect([id, texts.toSorted((a, b) => (a < b ? -1 : 1))]).toEqual([
        id,
        expected.map(({ text }) => text).toSorted((a, b) => (a < b ? -1 : 1)),
      ]);
    }
  });
});

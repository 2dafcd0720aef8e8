import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import type { Source } from '../../../../shared/model/index.ts';
import { builtInGazetteer } from '../../../../electron/project/places/gazetteer.ts';
import { placeFinder } from '../../../../shared/places/find-places.ts';
import { placeTreeOf } from '../../../../electron/project/places/tree.ts';
import { addFile, copyFor, testProject } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';
import { seeded, seeds } from '../../../support/seeded.ts';
import { join } from 'node:path';

/** Highlights each of these words of a source. */
async function mark(engine: Engine, { id, layer }: Source, text: string, words: readonly string[]): Promise<void> {
  if (layer === null) throw new Error('No text');
  for (const one of words) {
    const start = text.indexOf(one);
    expect([one, start >= 0]).toEqual([one, true]);
    await engine.call('passages.create', {
      source: id,
      layer,
      marked: { kind: 'text', start, end: start + one.length },
    });
  }
}

const LINES = [
  '于田县向广东转移就业一百人。',
  '和田地区与策勒县签订协议。',
  '全县转移就业完成九成。',
  'Workers from Kashgar went to Hubei.',
  'ئۇلار كېرىيە ناھىيىسىگە باردى.',
  '和田的夜市热闹非凡。',
];

async function project() {
  const { engine, ...made } = await testProject();
  const text = LINES.join('\n');
  const source = await addFile(engine, 'a.txt', text);
  await mark(engine, source, text, LINES);
  return { engine, source, ...made };
}

const quotes = async (engine: Engine, query: string): Promise<string[]> => {
  const { rows, faults } = await engine.call('evidence.rows', { query });
  expect(faults).toEqual([]);
  return rows.map(({ quote }) => quote ?? '');
};

describe('the places of passages', () => {
  it('are what their words name in any script; a name that several bear counts for what all of them are in', async () => {
    const { engine } = await project();
    const { rows } = await engine.call('evidence.rows', { places: true });
    expect(rows.map(({ places }) => places?.map(({ name, kind }) => `${name} ${kind}`))).toEqual([
      ['Yutian County sure', 'Guangdong sure'],
      ['Hotan Prefecture sure', 'Qira County sure'],
      [],
      ['Hubei sure', 'Kashgar Prefecture among'],
      ['Yutian County sure'],
      // Another passage of the source names the prefecture.
      ['Hotan Prefecture likely'],
    ]);
  });

  it('are asked for by place:, by any name, with all that is in the place; 于田 is not 和田', async () => {
    const { engine } = await project();
    const [yutian, hotan, , kashgar, keriya, bare] = LINES;
    for (const name of ['Hotan', '和田地区', '"Hotan Prefecture"', '"خوتەن ۋىلايىتى"', 'xj-hotan-pref'])
      expect([name, await quotes(engine, `place:${name}`)]).toEqual([name, [yutian, hotan, keriya, bare]]);
    expect(await quotes(engine, 'place:于田')).toEqual([yutian, keriya]);
    expect(await quotes(engine, 'place:新疆 AND place:(广东, 湖北)')).toEqual([yutian, kashgar]);
    expect(await quotes(engine, 'NOT place:Xinjiang')).toEqual([LINES[2]]);
    const { faults } = await engine.call('evidence.rows', { query: 'place:"Yutian County"' });
    expect(faults.map(({ code, mends }) => [code, mends.length])).toEqual([['valueAmbiguous', 2]]);
    // Somebody gives the county’s name to its prefecture: that is asked about, and never taken for the whole prefecture.
    await engine.call('places.addName', { place: 'xj-hotan-pref', text: '于田' });
    const asked = await engine.call('evidence.rows', { query: 'place:于田' });
    expect(asked.faults.map(({ code, mends }) => [code, mends.length])).toEqual([['valueAmbiguous', 2]]);
    expect(await quotes(engine, 'place:和田')).toEqual([yutian, hotan, keriya, bare]);
  });

  it('of a passage that names none is that of its source, by its title or else its publisher', async () => {
    const { engine, source } = await project();
    await engine.call('sources.edit', { id: source.id, patch: { publisher: '民丰县人民政府' } });
    expect(await quotes(engine, 'place:民丰')).toEqual([LINES[2]]);
    await engine.call('sources.edit', { id: source.id, patch: { title: '皮山县2023年政府工作报告' } });
    expect(await quotes(engine, 'place:民丰')).toEqual([]);
    expect(await quotes(engine, 'place:皮山')).toEqual([LINES[2]]);
  });

  it('are decided by a person for a source: in the log, merged, and asked again once that is taken back', async () => {
    const { engine, source } = await project();
    const { engine: other } = await copyFor(engine, 'Ben');
    const choice = { sources: [source.id], text: '和田' };
    const [id] = (await other.call('places.choose', { ...choice, place: 'xj-hotan-city' })).ids;
    if (id === undefined) throw new Error('Nothing chosen');
    const path = join(tempFolder(), 'back.sbk');
    await other.call('projectFile.export', { path });
    await engine.call('merge.apply', { path });
    expect(await quotes(engine, 'place:和田市')).toEqual([LINES[5]]);
    const named = (await engine.call('places.find', { source: source.id })).places.filter(
      ({ text }) => text === '和田',
    );
    expect(named.map(({ place, sure, helped }) => [place, sure, helped])).toEqual([['xj-hotan-city', true, 'person']]);
    expect((await engine.call('places.choices', {})).choices).toMatchObject([
      { id, text: '和田', place: 'xj-hotan-city' },
    ]);
    await engine.call('places.unchoose', { id });
    expect(await quotes(engine, 'place:和田市')).toEqual([]);
    await engine.call('places.choose', { ...choice, place: null });
    expect(await quotes(engine, 'place:和田地区 AND 夜市')).toEqual([]);
  });

  it('can be places that the team added, and names it gave to others, from the moment they are added', async () => {
    const { engine } = await project();
    expect(await quotes(engine, 'place:策勒')).toHaveLength(1);
    const { id } = await engine.call('places.add', { name: '夜市', parent: 'xj-hotan-city' });
    expect(await quotes(engine, `place:${id}`)).toEqual([LINES[5]]);
    expect(await quotes(engine, 'place:和田市')).toEqual([LINES[5]]);
    await engine.call('places.addName', { place: 'xj-pishan-co', text: '全县' });
    expect(await quotes(engine, 'place:皮山')).toEqual([LINES[2]]);
  });

  it('are counted along the tree, each passage once a place; a pair is what one passage names', async () => {
    const { engine } = await project();
    const { places, pairs, asked, without, bySource } = await engine.call('evidence.places', {});
    expect(places.map(({ name, part, total, own }) => `${part} ${name} ${total} ${own}`)).toEqual([
      'xinjiang Xinjiang 5 0',
      'xinjiang Kashgar Prefecture 1 1',
      'xinjiang Hotan Prefecture 4 2',
      'xinjiang Qira County 1 1',
      'xinjiang Yutian County 2 2',
      'province Hubei 1 1',
      'province Guangdong 1 1',
      'other China 5 0',
    ]);
    expect(pairs).toEqual([{ from: 'xj-yutian-co', to: 'cn-guangdong', count: 1 }]);
    expect(asked.map(({ text, count }) => [text, count])).toEqual([['Kashgar', 1]]);
    expect([without, bySource]).toEqual([1, 0]);
    const prefectures = await engine.call('evidence.places', { level: 'prefecture' });
    expect(prefectures.pairs).toHaveLength(2);
  });

  it('have their sources counted, and copies of one text once', async () => {
    const { engine, source } = await project();
    const text = '于田县的工厂。';
    const two = await addFile(engine, 'b.txt', text);
    await mark(engine, two, text, [text]);
    const countsOf = async (): Promise<unknown[]> =>
      (await engine.call('evidence.places', {})).places
        .filter(({ place }) => ['xj-yutian-co', 'xj-qira-co'].includes(place))
        .map(({ place, total, sources, origins }) => [place, total, sources, origins]);
    const qira = ['xj-qira-co', 1, 1, 1];
    expect(await countsOf()).toEqual([qira, ['xj-yutian-co', 3, 2, 2]]);
    await engine.call('copies.confirm', { sources: [source.id, two.id] });
    expect(await countsOf()).toEqual([qira, ['xj-yutian-co', 3, 2, 1]]);
  });
});

const WORDS = [
  '于田县',
  '策勒县',
  '和田',
  '和田地区',
  '广东省',
  '湖北',
  '喀什',
  'Lop County',
  '新疆',
  '转移就业',
  '棉花',
];

it('all places are listed in the order of the tree, with all of their names', async () => {
  const { engine } = await testProject();
  await engine.call('places.addName', { place: 'xj-lop-co', text: 'Lopu' });
  const { places } = await engine.call('places.list', {});
  expect(places.slice(0, 2).map(({ id, depth }) => [id, depth])).toEqual([
    ['cn-xinjiang', 1],
    ['xj-urumqi-pcity', 2],
  ]);
  const lop = places.find(({ id }) => id === 'xj-lop-co');
  expect(lop).toMatchObject({ name: 'Lop County', chinese: '洛浦县', uyghur: 'لوپ ناھىيىسى', parent: 'xj-hotan-pref' });
  expect(lop?.names).toContain('Lopu');
});

describe('every count of places equals a naive count', () => {
  it.each(seeds(4, 1))('seed %i', async (seed) => {
    const random = seeded(seed);
    const { engine } = await testProject();
    const { byId } = placeTreeOf({ places: [], names: [] });
    for (let file = 0; file < 3; file++) {
      const lines = Array.from({ length: 8 }, (_, at) => `${at}${random.shuffle(WORDS).slice(0, 3).join('，')}。`);
      const source = await addFile(engine, `${file}.txt`, lines.join('\n'));
      await mark(engine, source, lines.join('\n'), lines);
      if (random.chance())
        await engine.call('sources.edit', { id: source.id, patch: { publisher: random.pick(WORDS) } });
    }
    // Two that nobody marked anything in, of a county and of another province; one of them was read.
    const titled = ['和田县工作报告', '湖北省工作报告'];
    const [, province] = await Promise.all(titled.map((title) => addFile(engine, `${title}.txt`, title)));
    if (province !== undefined && random.chance())
      await engine.call('sources.markRead', { ids: [province.id], read: true });
    const compare = async (): Promise<void> => {
      const { rows } = await engine.call('evidence.rows', { places: true, count: 1000 });
      const lineOf = (place: string): readonly string[] => byId.get(place)?.line ?? [];
      const has = (row: (typeof rows)[number], place: string): boolean =>
        row.places?.some((one) => lineOf(one.place).includes(place)) === true;
      const { places, pairs } = await engine.call('evidence.places', {});
      const { sources: all } = await engine.call('sources.list', {});
      const { read } = await engine.call('sources.readBy', {});
      const find = placeFinder(builtInGazetteer());
      const namedIn = (text: string | null): string[] =>
        text === null ? [] : find.find(text, { year: null }).flatMap(({ place, sure }) => (sure ? (place ?? []) : []));
      const ofSource = ({ title, fileName, publisher }: Source): string[] => {
        const byTitle = namedIn(title ?? fileName);
        return byTitle.length > 0 ? byTitle : namedIn(publisher);
      };
      const isUnread = ({ id }: Source): boolean => !read.includes(id) && !rows.some(({ source }) => source === id);
      const listed = new Set(places.map(({ place }) => place));
      expect(['xj-hotan-co', 'cn-hubei'].filter((place) => !listed.has(place))).toEqual([]);
      for (const { place, total, own, sources, ofPlace, unread } of places) {
        const there = all.filter((one) => ofSource(one).some((id) => lineOf(id).includes(place)));
        expect([place, ofPlace, unread]).toEqual([place, there.length, there.filter(isUnread).length]);
        if (total === 0) {
          expect(ofPlace).toBeGreaterThan(0);
          continue;
        }
        const within = rows.filter((row) => has(row, place));
        expect([place, total]).toEqual([place, within.length]);
        expect(sources).toBe(new Set(within.map(({ source }) => source)).size);
        expect(own).toBe(rows.filter((row) => row.places?.some((one) => one.place === place)).length);
        const drawn = await engine.call('evidence.rows', { within: [{ by: 'placesWithin', value: place }], count: 0 });
        expect(drawn.total).toBe(total);
        expect((await engine.call('evidence.rows', { query: `place:${place}`, count: 0 })).total).toBe(total);
      }
      const { pairs: inSources } = await engine.call('evidence.places', { unit: 'sources' });
      for (const { from, to, count } of pairs) {
        const both = rows.filter((row) => {
          const named = row.places?.filter(({ kind }) => kind !== 'source') ?? [];
          return [from, to].every((place) => named.some((one) => lineOf(one.place).includes(place)));
        });
        expect([from, to, count]).toEqual([from, to, both.length]);
        const sources = new Set(both.map(({ source }) => source)).size;
        expect(inSources.find((one) => one.from === from && one.to === to)?.count).toBe(sources);
        const drawn = await engine.call('evidence.rows', { within: [{ by: 'pair', value: `county ${from} ${to}` }] });
        expect(drawn.total).toBe(count);
      }
      for (const level of ['county', 'prefecture', 'province'] as const) {
        const { columns } = await engine.call('evidence.matrix', { columns: level });
        for (const { value, total } of columns)
          if (value !== '') expect([value, total]).toEqual([value, rows.filter((row) => has(row, value)).length]);
      }
    };
    await compare();
    const { passages } = await engine.call('passages.list', {});
    await engine.call('passages.remove', {
      ids: random
        .shuffle(passages)
        .slice(0, 4)
        .map(({ id }) => id),
    });
    await compare();
  });
});

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProjectReader } from '../../../../electron/db/search/project-reader.ts';
import { SearchIndex } from '../../../../electron/db/search/search-index.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { readPlaces } from '../../../../electron/features/search/read-places.ts';
import { builtInGazetteer } from '../../../../electron/project/places/gazetteer.ts';
import { ownOf } from '../../../../electron/project/places/own.ts';
import { placeTreeOf } from '../../../../electron/project/places/tree.ts';
import { seeded } from '../../../support/seeded.ts';
import { addFile, openFor, testProject } from '../../../support/project.ts';

const placeIn = (folder: string) => ({
  folder,
  cache: join(folder, 'cache', 'search.sqlite'),
  readOnly: false,
});

/** Reads all that is not read yet, as the search thread does in the background; how many layers that were. */
function readAll(folder: string): number {
  let sum = 0;
  for (let left = 1; left > 0;) {
    const read = readPlaces(placeIn(folder));
    left = read.left;
    sum += read.read;
  }
  return sum;
}
/** Everything that is to be read was. */
function isAllRead(folder: string): boolean {
  const project = openProjectReader(folder, false);
  const index = SearchIndex.read(placeIn(folder).cache, project.id);
  project.close();
  const found = index?.layers().every((layer) => index.places.keys().has(layer)) === true;
  index?.close();
  return found;
}

const ask = async (engine: Engine, query: string) => {
  const { total, hits, faults } = await engine.call('search.query', {
    query,
    whole: true,
    in: ['sources'],
    limit: 2000,
  });
  expect(faults).toEqual([]);
  expect(hits).toHaveLength(total);
  return hits.map(({ source, start, end, text }) => [source, start, end, text]);
};

/** Where the whole texts name a place or what is in it. */
async function named(engine: Engine, folder: string, id: string): Promise<unknown[]> {
  const project = openProjectReader(folder, false);
  const { all } = placeTreeOf(ownOf(project.read));
  project.close();
  const within = new Set(all.flatMap((one) => (one.line.includes(id) ? [one.id] : [])));
  const { places } = await engine.call('places.find', {});
  return places
    .filter(({ place, asks }) => (place === null ? asks.every((one) => within.has(one)) : within.has(place)))
    .map(({ source, start, end, text }) => [source, start, end, text]);
}
const sorted = (spans: readonly unknown[]): string[] => spans.map((one) => JSON.stringify(one)).toSorted();

const names = builtInGazetteer().places.flatMap((place) => place.names.map(({ text }) => text));
const random = seeded(31);
/** Longer than a piece of the index, so that names run on from one into the next. */
const longText = (pieces: number): string =>
  Array.from({ length: pieces }, () =>
    random.pick([
      random.pick(names),
      random.pick(names),
      '转移就业',
      'labour-transfer ',
      '。',
      '县',
      '田',
      '\n',
      'ﬁ',
      'é',
    ]),
  ).join(random.pick(['', ' ']));

describe('the places of texts', () => {
  it(
    'are the same whether they are read by the search, or were read before it, after every kind of change',
    { timeout: 240_000 },
    async () => {
      const { engine, folder } = await testProject();
      const sources = [];
      for (let n = 0; n < 5; n++) sources.push(await addFile(engine, `${n}.txt`, longText(n === 0 ? 6000 : 300)));
      const [first, second] = sources;
      if (first === undefined || second === undefined) throw new Error('There are five sources.');
      const all = placeTreeOf({ places: [], names: [] }).all;
      const check = async (why: string): Promise<void> => {
        const ids = ['cn-xinjiang', 'xj-hotan-pref', 'xj-lop-co', random.pick(all).id];
        for (const when of ['before', 'after']) {
          for (const id of ids)
            expect([why, when, id, sorted(await ask(engine, `place:${id}`))]).toEqual([
              why,
              when,
              id,
              sorted(await named(engine, folder, id)),
            ]);
          expect(await ask(engine, 'place:xj-hotan-pref AND 转移')).toEqual(
            await ask(engine, '转移 AND place:xj-hotan-pref'),
          );
          if (when === 'before') readAll(folder);
          else expect(isAllRead(folder)).toBe(true);
        }
      };
      await check('new');
      const own = await engine.call('places.add', { name: '转移就业', parent: 'xj-lop-co' });
      await check('place added');
      await engine.call('places.move', { id: own.id, parent: 'xj-kashgar-pref', kind: 'site' });
      await check('place moved');
      await engine.call('places.choose', { sources: [first.id], text: '和田', place: 'xj-lop-co' });
      await check('decided');
      await engine.call('sources.edit', { id: second.id, patch: { title: '和田地区', publisher: '洛浦县' } });
      await check('record of a source changed');
      await engine.call('sources.edit', {
        id: second.id,
        patch: { dateOfDocument: { edtf: '2012-05', implied: false } },
      });
      await check('date of a source changed');
      await addFile(engine, 'more.txt', longText(200));
      await check('source added');
      await engine.call('sources.remove', { ids: [first.id] });
      await check('source removed');
      for (let n = 0; n < 3; n++) await engine.call('history.undo', {});
      await check('undone');
    },
  );

  it('are read again only where a name that was added or taken back stands, in a text or in the record of its source', async () => {
    const { engine, folder, person } = await testProject();
    const one = await addFile(engine, 'one.txt', '和田地区的玉都。转移');
    await addFile(engine, 'two.txt', '喀什地区。转移');
    const three = await addFile(engine, 'three.txt', '和田的夜市。转移');
    await engine.call('sources.edit', { id: three.id, patch: { publisher: '玉都日报社' } });
    await engine.call('search.query', { query: '转移', whole: true });
    // Then nothing is read in the background.
    await engine.close();
    readAll(folder);
    expect(readAll(folder)).toBe(0);
    const again = await openFor(folder, person);
    const { id } = await again.call('places.addName', { place: 'xj-hotan-city', text: '玉都' });
    expect(readAll(folder)).toBe(2);
    const city = [
      [one.id, 5, 7, '玉都'],
      [three.id, 0, 2, '和田'],
    ];
    expect(await ask(again, 'place:xj-hotan-city')).toEqual(city);
    await again.call('places.removeName', { id });
    expect(await ask(again, 'place:xj-hotan-city')).toEqual([]);
    readAll(folder);
    expect(await ask(again, 'place:xj-hotan-city')).toEqual([]);
  });
});

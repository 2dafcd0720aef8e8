import { describe, expect, it } from 'vitest';
import type { CallInput, CallOutput } from '../../../../shared/contract/index.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { recordId } from '../../../../shared/model/index.ts';
import { addFile, categoriesOf, mark, testProject } from '../../../support/project.ts';

type Found = CallOutput<'search.query'>;
const search = (engine: Engine, query: string, more: Partial<CallInput<'search.query'>> = {}): Promise<Found> =>
  engine.call('search.query', { query, whole: true, in: ['sources', 'passages', 'memos', 'codebook'], ...more });

/** Two sources with zebras in and outside of passages. */
async function withFields() {
  const { engine } = await testProject();
  const one = await addFile(engine, 'one.txt', 'A zebra in the field. A zebra on the road, with a quota.');
  const two = await addFile(engine, 'two.txt', 'No zebra crosses here.');
  const [pair, family] = await categoriesOf(engine, 'TRF.PAIR', 'TRF');
  if (pair === undefined || family === undefined) throw new Error('no categories');
  const road = await mark(engine, one.id, 'zebra on the road', { categories: [pair], memo: 'Which zebra?' });
  const crossing = await mark(engine, two.id, 'zebra crosses');
  await engine.call('memos.set', { target: { kind: 'category', id: recordId.parse(pair) }, text: 'zebra' });
  const patch = {
    publisher: '柳泉县人民政府',
    language: 'zh-Hans',
    documentType: 'gazette',
    grade: 'B' as const,
    gradeReason: 'An official site',
    dateOfAct: { edtf: '2021', implied: false },
    dateOfPublication: { edtf: '2023-05', implied: false },
  };
  await engine.call('sources.edit', { id: two.id, patch });
  await engine.call('collections.create', { name: 'Crossings', sources: [two.id] });
  const { dimensions } = await engine.call('codebook.get', {});
  const voice = dimensions.find(({ code }) => code === 'voice');
  const official = voice?.values.find(({ code }) => code === 'official');
  if (voice === undefined || official === undefined) throw new Error('no dimension');
  await engine.call('settings.set', { passage: crossing.id, dimension: voice.id, values: [official.id] });
  const told = async (query: string): Promise<string[]> => {
    const { hits, faults } = await search(engine, query);
    if (faults.length > 0) return faults.map(({ code, span }) => `${code} ${query.slice(span.start, span.end)}`);
    return hits.map(({ kind, source, start }) =>
      [kind, source === one.id ? 1 : source === two.id ? 2 : '-', start].join(' '),
    );
  };
  return { engine, told, road };
}

describe('fields of a query', () => {
  it('narrow a search as the filters do, and combine with words and operators', async () => {
    const { told } = await withFields();
    expect(await told('zebra')).toEqual([
      'text 1 2',
      'text 1 24',
      'passage 1 24',
      'memo 1 6',
      'text 2 3',
      'passage 2 3',
      'memo - 0',
    ]);
    const tagged = ['text 1 24', 'passage 1 24', 'memo 1 6', 'memo - 0'];
    expect(await told('zebra category:TRF.PAIR')).toEqual(tagged);
    expect(await told('category:TRF zebra')).toEqual(tagged);
    expect(await told('zebra -category:TRF.PAIR')).toEqual(['text 1 2', 'text 2 3', 'passage 2 3']);
    expect(await told('zebra source:one')).toEqual(['text 1 2', 'text 1 24', 'passage 1 24', 'memo 1 6']);
    const second = ['text 2 3', 'passage 2 3'];
    expect(await told('zebra publisher:柳泉')).toEqual(second);
    expect(await told('zebra lang:zh')).toEqual(second);
    expect(await told('zebra published:2022..2023')).toEqual(second);
    expect(await told('zebra published:2024')).toEqual([]);
    expect(await told('zebra type:gazette')).toEqual(second);
    expect(await told('zebra grade:B')).toEqual(second);
    expect(await told('zebra act:2021')).toEqual(second);
    expect(await told('zebra act:2020')).toEqual([]);
    expect(await told('zebra collection:Crossings')).toEqual(second);
    expect(await told('zebra person:Ann -source:two')).toEqual(tagged);
    expect(await told('zebra origin:one')).toEqual(['text 1 2', 'text 1 24', 'passage 1 24', 'memo 1 6']);
    expect(await told('zebra voice:official')).toEqual(second);
    expect(await told('zebra state:coded')).toEqual(['text 1 24', 'passage 1 24', 'memo 1 6']);
    expect(await told('zebra (voice:official OR category：TRF.PAIR)')).toEqual([
      'text 1 24',
      'passage 1 24',
      'memo 1 6',
      ...second,
      'memo - 0',
    ]);
    // The words have to be on the page, the place in the passage.
    expect(await told('zebra AND quota category:TRF.PAIR')).toEqual(['text 1 24']);
    expect(await told('(zebra NEAR/3 road) category:TRF.PAIR')).toEqual(['text 1 24', 'passage 1 24']);
  });

  it('that name nothing here, or several things, are at fault at their place', async () => {
    const { told } = await withFields();
    expect(await told('zebra category:nothing')).toEqual(['valueUnknown nothing']);
    expect(await told('zebra source:.txt')).toEqual(['valueAmbiguous .txt']);
    expect(await told('zebra colour:red')).toEqual(['fieldUnknown colour']);
    expect(await told('category:TRF')).toEqual(['nothingToFind category:TRF']);
  });

  it('follow what is written', async () => {
    const { engine, told, road } = await withFields();
    const found = await told('zebra category:TRF.PAIR');
    await engine.call('passages.remove', { ids: [road.id] });
    expect(await told('zebra category:TRF.PAIR')).toEqual(['memo - 0']);
    await engine.call('history.undo', {});
    expect(await told('zebra category:TRF.PAIR')).toEqual(found);
  });
});

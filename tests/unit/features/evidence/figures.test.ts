import { describe, expect, it } from 'vitest';
import { addFile, categoriesOf, mark, testProject } from '../../../support/project.ts';

/** A report of May 2023 with two passages, a plan over two years with one, and a gazette of 2021 that nobody has opened. */
async function county() {
  const project = await testProject();
  const { engine, person } = project;
  const details = async (
    name: string,
    text: string,
    patch: Parameters<typeof engine.call<'sources.edit'>>[1]['patch'],
  ) => {
    const { id } = await addFile(engine, name, text);
    await engine.call('sources.edit', { id, patch });
    return id;
  };
  const implied = false;
  const report = await details('report.txt', '流转土地4.8万亩。转移就业1.2万人次。', {
    publisher: 'Liuquan',
    documentType: 'gwr',
    dateOfAct: { edtf: '2023-05', implied },
  });
  const plan = await details('plan.txt', '三年行动计划', {
    publisher: 'Prefecture',
    documentType: 'fyp',
    dateOfAct: { edtf: '2019/2020', implied },
  });
  const gazette = await details('gazette.txt', '公报', { dateOfAct: { edtf: '2021-03-04', implied } });
  const [rights, family, act] = await categoriesOf(engine, 'LND.RIGHTS', 'LND', 'FIG.ACT');
  if (rights === undefined || family === undefined || act === undefined) throw new Error('No such categories');
  await mark(engine, report, '流转土地4.8万亩', { categories: [rights, family] });
  await mark(engine, report, '转移就业1.2万人次', { categories: [act] });
  await mark(engine, plan, '三年行动计划', { categories: [rights] });
  return { ...project, person, report, plan, gazette, rights, family, act };
}

describe('the matrix', () => {
  it('counts a passage once in a cell and once in a total, and tells no passage from no source', async () => {
    const { engine, rights, family, act } = await county();
    const { columns, rows, untagged, total } = await engine.call('evidence.matrix', { columns: 'actYear' });
    expect({ total, untagged }).toEqual({ total: 3, untagged: 0 });
    expect(columns).toEqual([
      // The gazette is there and was not read; in 2022 there is no source at all.
      { value: '2021', label: '2021', total: 0, sources: 1, read: 0 },
      { value: '2022', label: '2022', total: 0, sources: 0, read: 0 },
      { value: '2023', label: '2023', total: 2, sources: 1, read: 1 },
      { value: 'several', label: 'several years', total: 1, sources: 1, read: 1 },
    ]);
    const of = (id: string) => rows.find(({ category }) => category === id);
    expect(of(family)).toEqual({ category: family, total: 2, ownTotal: 1, cells: [0, 0, 1, 1], own: [0, 0, 1, 0] });
    expect(of(rights)).toEqual({ category: rights, total: 2, ownTotal: 2, cells: [0, 0, 1, 1], own: [0, 0, 1, 1] });
    expect(of(act)).toMatchObject({ total: 1, cells: [0, 0, 1, 0] });
    const within = [
      { by: 'below' as const, value: family },
      { by: 'actYear' as const, value: 'several' },
    ];
    const cell = await engine.call('evidence.rows', { within });
    expect(cell.rows.map(({ quote }) => quote)).toEqual(['三年行动计划']);
  });

  it('has categories with each other, and in a column of a person what they tagged', async () => {
    const { engine, person, rights, act, family } = await county();
    const pairs = await engine.call('evidence.matrix', { columns: 'below' });
    const columnOf = (id: string) => pairs.columns.findIndex(({ value }) => value === id);
    const cells = pairs.rows.find(({ category }) => category === rights)?.cells ?? [];
    expect([cells[columnOf(family)], cells[columnOf(act)] ?? 0]).toEqual([2, 0]);
    const people = await engine.call('evidence.matrix', { columns: 'tagger' });
    expect(people.columns).toMatchObject([{ value: person.id, label: 'Ann', total: 3, sources: null, read: null }]);
    const tag = [{ by: 'tag' as const, value: `${family} ${person.id}` }];
    expect((await engine.call('evidence.rows', { within: tag })).total).toBe(2);
  });
});

describe('the timeline', () => {
  it('draws each date as it is known, and has the sources without passages for its gaps', async () => {
    const { engine, family } = await county();
    const { lanes, all, sources, undated } = await engine.call('evidence.timeline', { date: 'act', lanes: 'family' });
    expect(undated).toBe(0);
    const span = { value: '2019/2020', precision: 'span', from: '2019-01-01', to: '2020-12-31' };
    const month = { value: '2023-05', precision: 'month', from: '2023-05-01', to: '2023-05-31' };
    expect(all).toEqual([
      { ...span, count: 1 },
      { ...month, count: 2 },
    ]);
    expect(lanes.find(({ value }) => value === family)).toMatchObject({
      label: 'Land mechanism',
      total: 2,
      undated: 0,
      marks: [
        { ...span, count: 1 },
        { ...month, count: 1 },
      ],
    });
    expect(sources.map(({ value, precision }) => [value, precision])).toEqual([
      ['2019/2020', 'span'],
      ['2021-03-04', 'day'],
      ['2023-05', 'month'],
    ]);
    const published = await engine.call('evidence.timeline', { date: 'published', lanes: 'publisher' });
    expect(published).toMatchObject({ undated: 3, all: [], sourcesUndated: 3 });
  });

  it('has the sources of a collection as policy documents, whatever the query, and marks of months', async () => {
    const { engine, gazette } = await county();
    const { id } = await engine.call('collections.create', { name: 'Policy documents', sources: [gazette] });
    const asked = { query: 'publisher:Prefecture', date: 'act', lanes: 'family', documents: id } as const;
    const { documents } = await engine.call('evidence.timeline', asked);
    expect(documents).toMatchObject([{ source: gazette, date: { value: '2021-03-04', precision: 'day' } }]);
    const within = [{ by: 'actMonth' as const, value: '2023-05' }];
    expect(await engine.call('evidence.rows', { within, count: 0 })).toMatchObject({ total: 2 });
    const groups = async (query: string) =>
      (await engine.call('evidence.rows', { query, group: 'actMonth', count: 0 })).groups;
    expect((await groups('')).map(({ value, count }) => [value, count])).toEqual([
      ['2023-05', 2],
      ['several', 1],
    ]);
  });
});

it('a text that papers reprinted on several days is one origin in the timeline, at the first of them', async () => {
  const { engine } = await testProject();
  const [land] = await categoriesOf(engine, 'LND');
  if (land === undefined) throw new Error('No such category');
  const sources = [];
  for (const [name, edtf] of Object.entries({
    evening: '2022-04-02',
    daily: '2022-03',
    weekly: '2022-05',
    other: '2023',
  })) {
    const source = await addFile(engine, `${name}.txt`, `${name}：流转土地4.8万亩。`);
    await engine.call('sources.edit', { id: source.id, patch: { dateOfPublication: { edtf, implied: false } } });
    await mark(engine, source.id, '流转土地', { categories: [land] });
    sources.push(source.id);
  }
  await engine.call('copies.confirm', { sources: sources.slice(0, 3) });
  const asked = { date: 'published', lanes: 'family', unit: 'origins' } as const;
  const { units, undated, all, lanes } = await engine.call('evidence.timeline', asked);
  expect([units, undated, lanes.length]).toEqual([2, 0, 1]);
  for (const marks of [all, lanes[0]?.marks])
    expect(marks?.map(({ value, count }) => [value, count])).toEqual([
      ['2022-03', 1],
      ['2023', 1],
    ]);
});

describe('the coverage', () => {
  it('says how far sources are read, what a category rests on, and which conditions say nothing of sources', async () => {
    const { engine, gazette, rights, family } = await county();
    const unread = await engine.call('evidence.coverage', { query: 'state:coded' });
    expect(unread).toMatchObject({ unused: ['state'], read: { total: 3, tagged: 2, read: 0, unread: 1 } });
    expect(unread.bars.map(({ value, total }) => [value, total])).toEqual([
      ['fyp', 1],
      ['gwr', 1],
      ['', 1],
    ]);
    await engine.call('sources.markRead', { ids: [gazette], read: true });
    const { read, categories } = await engine.call('evidence.coverage', { query: 'act:2021..2023' });
    expect(read).toEqual({ total: 2, tagged: 1, read: 1, unread: 0 });
    const of = (id: string) => categories.find(({ category }) => category === id);
    expect(of(rights)?.own).toEqual({ passages: 1, sources: 1, origins: 1, publishers: 1 });
    const all = await engine.call('evidence.coverage', {});
    const land = all.categories.find(({ category }) => category === family);
    expect(land).toMatchObject({
      own: { passages: 1, sources: 1, origins: 1, publishers: 1 },
      below: { passages: 2, sources: 2, origins: 2, publishers: 2 },
    });
  });
});

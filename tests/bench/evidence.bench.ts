import { join } from 'node:path';
import { newId, openProject } from '../../electron/db/index.ts';
import type { Edit, Person } from '../../electron/db/types.ts';
import { type Engine, openEngine } from '../../electron/engine/engine.ts';
import type { PassageId } from '../../shared/model/index.ts';
import { seeded } from '../support/seeded.ts';
import { amount, bench, figure, peakMemory } from './harness.ts';
import { makeLargeProject } from './large-project.ts';
import { benchAlone } from './prepared.ts';

const LARGE = 'Large.sourcebook';

/**
 * The evidence of a project of 1,000 sources and 100,000 passages, a fifth of them moved in review, with publishers, dates, types
 * and grades; most quotations name a county, some a province, too. Goals: first rows 100 ms, sort or filter 200 ms, matrix, timeline and
 * places 300 ms, 5,000 rows tagged in 1 s, 20 MB.
 */
const COUNTIES = ['于田县', '洛浦县', '策勒县', '皮山县', '墨玉县', '疏附县', '莎车县', '阿克苏市'];
const PROVINCES = ['湖北省', '广东省', '浙江省'];
/** Each report is about its own counties. */
const textOf = (source: number): string => {
  const sentence = (at: number): string => {
    const county = COUNTIES[(source + at) % COUNTIES.length] ?? '';
    const province = at % 4 === 0 ? `赴${PROVINCES[(source + at) % PROVINCES.length] ?? ''}` : '';
    return `2023年${county}农村富余劳动力${province}转移就业，完成“百日攻坚”行动目标任务。`;
  };
  return `报告 ${source}\n${Array.from({ length: 100 }, (_, at) => sentence(at)).join('')}\n`;
};
await benchAlone(import.meta.filename, {
  async make(folder, person) {
    await makeLargeProject(join(folder, LARGE), person, textOf);
    await describeSources(join(folder, LARGE), person);
  },
  async measure(folder, person) {
    await measure(join(folder, LARGE), person);
    await measureBeforeReading(join(folder, LARGE), person);
  },
});

/** Gives the sources their details, and moves a fifth of the passages in review. */
async function describeSources(folder: string, person: Person): Promise<void> {
  const engine = await openEngine({ folder, person });
  const { sources } = await engine.call('sources.list', {});
  const { passages } = await engine.call('passages.list', {});
  await engine.close();
  const random = seeded(12);
  const db = openProject({ folder, person });
  const date = () => {
    const [year, month, day] = [random.int(2016, 2024), random.int(1, 12), random.int(1, 28)].map((one) =>
      String(one).padStart(2, '0'),
    );
    return random.pick([`${year}`, `${year}-${month}`, `${year}-${month}-${day}`, `${year}/${Number(year) + 1}`]);
  };
  db.write.commit(
    'Describe the sources',
    sources.flatMap(({ id }): Edit[] => [
      { entity: 'source', id, field: 'publisher', value: `Publisher ${random.int(1, 90)}` },
      { entity: 'source', id, field: 'language', value: random.pick(['zh', 'ug', 'en']) },
      { entity: 'source', id, field: 'documentType', value: random.pick(['fyp', 'gwr', 'conf']) },
      { entity: 'source', id, field: 'grade', value: random.pick(['A', 'B', 'C']) },
      { entity: 'source', id, field: 'dateOfAct', value: { edtf: date(), implied: false } },
      { entity: 'source', id, field: 'dateOfPublication', value: { edtf: date(), implied: false } },
    ]),
  );
  for (let at = 0; at < passages.length; at += 1000)
    db.write.commit(
      'Move passages',
      passages.slice(at, at + 200).flatMap(({ id }): Edit[] => {
        const review = newId();
        const state = random.pick(['coded', 'translated', 'returned']);
        return [
          { entity: 'passage', id, field: 'state', value: state },
          { entity: 'review', id: review, field: 'passage', value: id },
          { entity: 'review', id: review, field: 'state', value: state },
          { entity: 'review', id: review, field: 'comment', value: '' },
          { entity: 'review', id: review, field: 'person', value: person.id },
        ];
      }),
    );
  db.close();
}

async function measure(folder: string, person: Person): Promise<void> {
  const engine = await openEngine({ folder, person });
  await engine.call('project.info', {});
  globalThis.gc?.();
  const before = process.memoryUsage();
  // The first rows of the whole table don’t wait for the set.
  const all = { query: 'NOT act:3000', count: 0 };
  await bench('evidence set, read once', () => engine.call('evidence.rows', all), { warmUp: 0, runs: 1 });
  globalThis.gc?.();
  const after = process.memoryUsage();
  const used = (memory: NodeJS.MemoryUsage): number => (memory.heapUsed + memory.arrayBuffers) / 1e6;
  figure('memory of the set, with its order', used(after) - used(before), 'MB', { atMost: 20 });
  let turn = 1;
  /** A query that was not asked before, and leaves out nothing: what was kept for another is of no use. */
  const fresh = (query = ''): string => `${query} NOT act:${3000 + ++turn}`.trim();
  /** A query with a fault is answered at once, with nothing: no figure may be that of one. */
  const counted = async (asked: Promise<{ readonly faults: readonly unknown[]; readonly total: number }>) => {
    const { faults, total } = await asked;
    if (faults.length > 0 || total === 0) throw new Error('The query finds nothing');
  };
  await bench('places of all passages, read once', () => engine.call('evidence.places', {}), { warmUp: 0, runs: 1 });
  const path = `${folder}.xlsx`;
  await bench(
    'all rows written as an Excel workbook',
    () => engine.call('evidence.write', { path, format: 'xlsx', replace: true }),
    { warmUp: 0, runs: 1, goal: { atMost: 10_000 } },
  );
  // With the worker's memory and the set's, which is of the whole process: it only grows.
  figure('memory of the process after that, at most', peakMemory(), 'MB', { atMost: 500 });
  await bench('first 100 rows', () => counted(engine.call('evidence.rows', { query: fresh() })), {
    goal: { atMost: 100 },
  });
  await bench('next 100 rows', () => counted(engine.call('evidence.rows', { from: 60_000 })), { goal: { atMost: 10 } });
  const sorts = [
    ['act', 'publisher'],
    ['category', 'state'],
    ['created', 'source'],
  ] as const;
  for (const [first, second] of sorts) {
    const sort = [{ column: first, descending: true }, { column: second }];
    await bench(
      `sorted by ${first} and ${second}`,
      () => counted(engine.call('evidence.rows', { query: fresh(), sort })),
      {
        goal: { atMost: 200 },
      },
    );
  }
  await bench('sorted by quotation', () =>
    counted(engine.call('evidence.rows', { query: fresh(), sort: [{ column: 'quote' }] })),
  );
  const group = 'category' as const;
  await bench('grouped by category', () => counted(engine.call('evidence.rows', { query: fresh(), group })), {
    goal: { atMost: 200 },
  });
  const filter = 'category:LND AND act:2020..2023 AND';
  await bench('filtered by category and date', () => counted(engine.call('evidence.rows', { query: fresh(filter) })), {
    goal: { atMost: 200 },
  });
  await bench(
    'filtered by words',
    () => counted(engine.call('evidence.rows', { query: `就业 AND "百日${++turn % 2 === 0 ? '' : '攻'}"` })),
    {
      warmUp: 0,
      runs: 2,
      goal: { atMost: 200 },
    },
  );
  for (const columns of ['actYear', 'source', 'tagger', 'below'] as const)
    await bench(`matrix by ${columns}`, () => counted(engine.call('evidence.matrix', { query: fresh(), columns })), {
      goal: { atMost: 300 },
    });
  await bench(
    'timeline',
    () => counted(engine.call('evidence.timeline', { query: fresh(), date: 'act', lanes: 'family' })),
    {
      goal: { atMost: 300 },
    },
  );
  await bench('places', () => counted(engine.call('evidence.places', { query: fresh() })), { goal: { atMost: 300 } });
  await bench(
    'matrix by county',
    () => counted(engine.call('evidence.matrix', { query: fresh(), columns: 'county' })),
    {
      goal: { atMost: 300 },
    },
  );
  await bench(
    'timeline with a lane for each county',
    () => counted(engine.call('evidence.timeline', { query: fresh(), date: 'captured', lanes: 'county' })),
    { goal: { atMost: 300 } },
  );
  await bench('coverage', () => counted(engine.call('evidence.coverage', { query: fresh() })), {
    goal: { atMost: 300 },
  });
  const { categories } = await engine.call('codebook.get', {});
  const [next] = categories.filter(({ archived }) => !archived);
  if (next === undefined) throw new Error('The codebook is empty');
  const some = await idsOf(engine, amount(5000, 500));
  await bench('tagging 5,000 rows', () => engine.call('evidence.change', { passages: some, add: [next.id] }), {
    warmUp: 0,
    runs: 1,
    goal: { atMost: 1000 },
  });
  await bench('  the table after that', () => engine.call('evidence.rows', {}), { warmUp: 0, runs: 1 });
  await bench('  its undo', () => engine.call('history.undo', {}), { warmUp: 0, runs: 1 });
  await bench(
    'moving 5,000 rows in review',
    () => engine.call('evidence.change', { passages: some, move: { to: 'coded' } }),
    {
      warmUp: 0,
      runs: 1,
    },
  );
  let at = 0;
  const tagOne = async () => {
    await engine.call('tags.change', { passages: some.slice(at, ++at), add: [next.id] });
    return engine.call('evidence.rows', {});
  };
  await bench('the table after one tag', tagOne, { goal: { atMost: 100 } });
  await engine.close();
}

/** Each time a project that was just opened. */
async function measureBeforeReading(folder: string, person: Person): Promise<void> {
  for (const [name, asked] of [
    ['first 100 rows, before the set is read', {}],
    ['  the totals alone', { count: 0 }],
  ] as const) {
    const engine = await openEngine({ folder, person });
    await engine.call('project.info', {});
    await bench(name, () => engine.call('evidence.rows', asked), { warmUp: 0, runs: 1, goal: { atMost: 100 } });
    await engine.close();
  }
}

/** The first passages in reading order. */
async function idsOf(engine: Engine, count: number): Promise<PassageId[]> {
  const ids: PassageId[] = [];
  while (ids.length < count) {
    const { rows } = await engine.call('evidence.rows', {
      from: ids.length,
      count: Math.min(1000, count - ids.length),
    });
    ids.push(...rows.map(({ passage }) => passage));
    if (rows.length === 0) break;
  }
  return ids;
}

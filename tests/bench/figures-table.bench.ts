import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../../electron/db/index.ts';
import type { Edit, Json, Person } from '../../electron/db/types.ts';
import { newProject } from '../../electron/engine/create-project.ts';
import { type Engine, openEngine } from '../../electron/engine/engine.ts';
import { checkIdOf } from '../../electron/project/figures/cards.ts';
import { quoteSpan } from '../../shared/anchoring/anchor.ts';
import type { FigureInText } from '../../shared/contract/figure-cards.ts';
import type { Source } from '../../shared/model/index.ts';
import { seeded } from '../support/seeded.ts';
import { amount, bench, figure, peakMemory } from './harness.ts';
import { benchAlone } from './prepared.ts';

/**
 * The table of figures of 200 sources with 20,000 cards, all of them confirmed, and 20,000 more figures that the rules find: of eight
 * counties over ten years, so that sources differ in most of what they say. Goals: first rows 100 ms, sort or filter 200 ms, chart 300 ms.
 */
const SOURCES = amount(200, 4);
const PROJECT = 'Figures.sourcebook';
const SENTENCES = 100;
const COUNTIES = ['于田县', '洛浦县', '策勒县', '皮山县', '墨玉县', '疏附县', '莎车县', '阿克苏市'];
const textOf = (source: number): string => {
  const random = seeded(source + 1);
  const sentence = (at: number): string => {
    const [county, year] = [COUNTIES[(source + at) % COUNTIES.length] ?? '', 2014 + ((source + at) % 10)];
    return `${year}年${county}转移就业${random.int(1000, 40_000)}人次，流转土地${random.int(100, 90_000)}亩。`;
  };
  return `报告 ${source}\n${Array.from({ length: SENTENCES }, (_, at) => sentence(at)).join('\n')}\n`;
};
await benchAlone(import.meta.filename, {
  make: (folder, person) => make(join(folder, PROJECT), person),
  measure: (folder, person) => measure(join(folder, PROJECT), person),
});

/** Each source is one passage; a person confirmed every number of persons in it. */
async function make(folder: string, person: Person): Promise<void> {
  newProject({ folder, person, title: 'Figures', codebook: 'xinjiang-labour' });
  const files = join(folder, '..', 'files');
  mkdirSync(files);
  for (let source = 0; source < SOURCES; source++) writeFileSync(join(files, `${source}.txt`), textOf(source));
  const engine = await openEngine({ folder, person });
  await engine.call('import.run', { job: 'figures', paths: [files] });
  const { sources } = await engine.call('sources.list', {});
  const found = new Map<Source, readonly FigureInText[]>();
  for (const source of sources) {
    const { layer, id, fileName } = source;
    if (layer === null) throw new Error(`${fileName} has no text`);
    const end = textOf(Number(fileName.replace('.txt', ''))).length - 1;
    await engine.call('passages.create', { source: id, layer, marked: { kind: 'text', start: 0, end } });
    found.set(source, (await engine.call('figures.ofSource', { source: id })).figures);
  }
  await engine.close();
  const db = openProject({ folder, person });
  for (const [{ id, fileName }, figures] of found) {
    const text = textOf(Number(fileName.replace('.txt', '')));
    const persons = figures.filter(({ unit }) => unit === 'person-time');
    db.write.commit(
      'Confirm figures',
      persons.flatMap((one) => cardEdits(one, id, text, person.id)),
    );
  }
  db.close();
}

function cardEdits(one: FigureInText, source: string, text: string, person: string): Edit[] {
  const { id, layer, start, end, value, interval, unit, qualifier, kind, period, place, source: by } = one;
  const quoted = quoteSpan(text, { start, end });
  if (!quoted.ok) throw new Error(quoted.error.message);
  const readings: Record<string, Json> = {
    value: { value, ...interval, by: by.value },
    unit: { unit, by: by.unit },
    qualifier: { qualifier, by: by.qualifier },
    kind: { kind, by: by.kind },
    period: { period: period === null ? null : { ...period }, by: by.period },
    place: { place, by: by.place },
  };
  const card = { entity: 'figure', id } as const;
  const check = { entity: 'figurecheck', id: checkIdOf(id, person) } as const;
  return [
    { ...card, field: 'source', value: source },
    { ...card, field: 'layer', value: layer },
    { ...card, field: 'anchor', value: { kind: 'text', ...quoted.value, page: 1, quads: [] } },
    ...(['value', 'unit', 'qualifier', 'kind', 'period', 'place'] as const).map((field): Edit => ({
      ...card,
      field,
      value: readings[field] ?? null,
    })),
    { ...card, field: 'subject', value: '转移就业' },
    { ...card, field: 'deleted', value: false },
    { ...check, field: 'figure', value: id },
    { ...check, field: 'verdict', value: 'confirmed' },
    { ...check, field: 'reason', value: '' },
    { ...check, field: 'basis', value: { v: 1, ...readings } },
    { ...check, field: 'subject', value: '转移就业' },
    { ...check, field: 'person', value: person },
    { ...check, field: 'deleted', value: false },
  ];
}

async function measure(folder: string, person: Person): Promise<void> {
  const engine = await openEngine({ folder, person });
  const { sources } = await engine.call('sources.list', {});
  await bench('all texts read, once after opening', () => rows(engine), { warmUp: 0, runs: 1 });
  const { total, of } = await engine.call('figures.table', { where: { state: 'confirmed' }, count: 0 });
  if (total !== SOURCES * SENTENCES || of !== 2 * total) throw new Error(`${total} cards of ${of} figures`);
  let turn = 0;
  /** Conditions that were not asked before, and leave out nothing: what was kept for others is of no use. */
  const fresh = () => ({ from: 1000 + ++turn });
  await bench('first 100 rows', () => rows(engine, { where: fresh() }), { goal: { atMost: 100 } });
  await bench('next 100 rows', () => rows(engine, { where: { from: 1000 + turn }, from: 10_000 }), {
    goal: { atMost: 10 },
  });
  for (const column of ['value', 'printed', 'period', 'place', 'source'] as const)
    await bench(`sorted by ${column}`, () => rows(engine, { where: fresh(), sort: { column, descending: true } }), {
      goal: { atMost: 200 },
    });
  await bench(
    'filtered by unit, place and years',
    () => rows(engine, { where: { ...fresh(), unit: 'person-time', place: 'xj-hotan-pref', to: 2020 } }),
    { goal: { atMost: 200 } },
  );
  await bench('filtered by words, and compared', () => rows(engine, { where: { ...fresh(), words: '转移就业' } }), {
    goal: { atMost: 200 },
  });
  await bench(
    'the chart of those: as it goes out',
    () => rows(engine, { where: { ...fresh(), words: '转移就业' }, count: 1000, outgoing: true }),
    { goal: { atMost: 300 } },
  );
  await bench(
    'in passages of a filter',
    () => rows(engine, { query: `act:${2000 + ++turn} OR NOT act:1900`, where: fresh() }),
    { goal: { atMost: 200 } },
  );
  await engine.call('references.add', {
    quantity: 'Resident population',
    place: 'xj-yutian-co',
    period: '2020',
    value: '30000',
    unit: 'person',
    isWhole: true,
    source: null,
    citation: 'Census',
  });
  await bench('with a reference value', () => rows(engine, { where: fresh() }), { goal: { atMost: 200 } });
  const [source] = sources;
  if (source === undefined) throw new Error('There is no source');
  const { figures } = await engine.call('figures.ofSource', { source: source.id });
  const open = figures.filter(({ state }) => state === 'found');
  let at = 0;
  await bench(
    'the table after one figure is confirmed',
    async () => {
      const { layer, start, end } = open[at++] ?? { layer: null, start: 0, end: 0 };
      if (layer === null) throw new Error('No figure is left');
      await engine.call('figures.confirm', { at: { source: source.id, layer, start, end } });
      return rows(engine);
    },
    { goal: { atMost: 200 } },
  );
  await bench('relations suggested across sources', () => engine.call('relations.across', {}), { runs: 3 });
  let next = 0;
  await bench('the figures of a source, read anew', () =>
    engine.call('figures.ofSource', { source: (sources[++next % sources.length] ?? source).id }),
  );
  await bench('the figures of a source, once more', () =>
    engine.call('figures.ofSource', { source: (sources[next % sources.length] ?? source).id }),
  );
  figure('memory of the process, at most', peakMemory(), 'MB', { atMost: 500 });
  await engine.close();
}

/** A filter with a fault is answered at once, with nothing: no figure may be that of one. */
async function rows(engine: Engine, input: Parameters<typeof engine.call<'figures.table'>>[1] = {}): Promise<void> {
  const { faults, total } = await engine.call('figures.table', input);
  if (faults.length > 0 || total === 0) throw new Error('Nothing is listed');
}

import { describe, expect, it } from 'vitest';
import { newId, openProject } from '../../../../electron/db/index.ts';
import type { Edit } from '../../../../electron/db/types.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { dateBounds } from '../../../../shared/model/dates.ts';
import type { Category, Passage, Source } from '../../../../shared/model/index.ts';
import { addFile, newFolder, openFor, somebody } from '../../../support/project.ts';
import { type Seeded, seeded, seeds } from '../../../support/seeded.ts';

const DATES = ['2019', '2021-05', '2021-05-17', '2020/2022', '2022-03?', '202X', '../2018', null];
const TEXT = 'Transfer 转移就业 of 300 people; land 流转土地, training, TRANSFER again.';

/** A project of seeded sources, passages, tags, settings, steps and removals, some of which no window would write. */
async function randomProject(random: Seeded) {
  const person = somebody('Ann');
  const folder = newFolder({ person });
  const engine = await openFor(folder, person);
  const files = await Promise.all(Array.from({ length: 4 }, (_, at) => addFile(engine, `${at}.txt`, `${at} ${TEXT}`)));
  const { categories, dimensions } = await engine.call('codebook.get', {});
  await engine.close();
  const some = random.shuffle(categories).slice(0, 12);
  const people = [person.id, newId(), newId()];
  const dimension = dimensions.find(({ on, values }) => on === 'passage' && values.length > 2);
  if (dimension === undefined) throw new Error('No dimension of passages');
  const db = openProject({ folder, person, installation: person.id });
  const edits: Edit[] = [];
  for (const { id } of files) {
    const date = random.pick(DATES);
    edits.push({ entity: 'source', id, field: 'publisher', value: random.pick(['A', 'B', null]) });
    edits.push({ entity: 'source', id, field: 'documentType', value: random.pick(['gwr', 'fyp', null]) });
    if (date !== null) edits.push({ entity: 'source', id, field: 'dateOfAct', value: { edtf: date, implied: false } });
  }
  const passages = Array.from({ length: 30 }, () => newId());
  for (const id of passages) edits.push(...passageEdits(random, id, random.pick(files), people, some));
  for (const id of random.shuffle(passages).slice(0, 8)) {
    const setting = newId();
    edits.push({ entity: 'setting', id: setting, field: 'passage', value: id });
    edits.push({ entity: 'setting', id: setting, field: 'dimension', value: dimension.id });
    edits.push({ entity: 'setting', id: setting, field: 'value', value: random.pick(dimension.values.slice(0, 3)).id });
    edits.push({ entity: 'setting', id: setting, field: 'person', value: random.pick(people) });
  }
  for (let count = random.int(0, 3); count > 0; count--) {
    const [one, other] = random.shuffle(files);
    if (one === undefined || other === undefined) break;
    const id = newId();
    edits.push({ entity: 'copy', id, field: 'one', value: one.id });
    edits.push({ entity: 'copy', id, field: 'other', value: other.id });
    edits.push({
      entity: 'copy',
      id,
      field: 'verdict',
      value: random.pick(['same', 'same', 'different', 'unheard of']),
    });
    edits.push({ entity: 'copy', id, field: 'origin', value: random.pick([one.id, other.id, null]) });
    edits.push({ entity: 'copy', id, field: 'deleted', value: random.chance(0.2) });
  }
  if (random.chance()) edits.push({ entity: 'source', id: random.pick(files).id, field: 'deleted', value: true });
  db.write.commit('At random', edits);
  db.close();
  return { engine: await openFor(folder, person), open: () => openFor(folder, person), some, dimension };
}

function passageEdits(
  random: Seeded,
  id: string,
  { id: source, layer }: Source,
  people: readonly string[],
  categories: readonly Category[],
): Edit[] {
  const start = random.int(0, TEXT.length - 20);
  const end = start + random.int(1, 20);
  const exact = `0 ${TEXT}`.slice(start, end);
  const anchor = { kind: 'text', start, end, exact, prefix: '', suffix: '', page: 1, quads: [] };
  return [
    { entity: 'passage', id, field: 'source', value: source },
    { entity: 'passage', id, field: 'layer', value: layer },
    { entity: 'passage', id, field: 'anchor', value: anchor },
    { entity: 'passage', id, field: 'person', value: random.pick(people) },
    { entity: 'passage', id, field: 'deleted', value: random.chance(0.1) },
    ...Array.from({ length: random.int(0, 3) }).flatMap((): Edit[] => {
      const tag = newId();
      return [
        { entity: 'tag', id: tag, field: 'passage', value: id },
        { entity: 'tag', id: tag, field: 'category', value: random.pick(categories).id },
        { entity: 'tag', id: tag, field: 'person', value: random.pick(people) },
        { entity: 'tag', id: tag, field: 'deleted', value: random.chance(0.1) },
      ];
    }),
  ];
}

/** What the other calls say, and counting it by hand. */
async function naive(engine: Engine) {
  const { passages } = await engine.call('passages.list', {});
  const { sources } = await engine.call('sources.list', {});
  const { categories } = await engine.call('codebook.get', {});
  const byId = new Map(categories.map((one) => [one.id, one]));
  const sourceOf = new Map(sources.map((one) => [one.id, one]));
  const live = passages.filter(({ source }) => sourceOf.has(source));
  const isBelow = (id: Category['id'], above: string): boolean => {
    for (let at = byId.get(id); at !== undefined; at = at.parent === null ? undefined : byId.get(at.parent))
      if (at.id === above) return true;
    return false;
  };
  const has = (passage: Passage, category: string): boolean =>
    passage.tags.some((tag) => isBelow(tag.category, category));
  const yearOf = ({ source }: Passage): string => {
    const bounds = dateBounds(sourceOf.get(source)?.dateOfAct?.edtf ?? null);
    if (bounds === null) return '';
    const [from, to] = [bounds.from, bounds.to].map((day) => (day === null ? null : Math.floor(day / 10_000)));
    return from === to && from !== null ? String(from) : 'several';
  };
  const { groups } = await engine.call('copies.list', {});
  /** Copies of one text have one name. */
  const originOf = ({ source }: Passage): string =>
    String(groups.find((group) => group.sources.includes(source))?.sources.toSorted() ?? source);
  return { live, sources, categories, sourceOf, has, yearOf, originOf };
}

const ascending = (a: number, b: number): number => a - b;
const sorted = (ids: readonly string[]): string[] => ids.toSorted();

describe('every number of the evidence equals a naive count', () => {
  it.each(seeds(6, 1))('seed %i', async (seed) => {
    const random = seeded(seed);
    const { engine, open, some, dimension } = await randomProject(random);
    for (let round = 0; round < 3; round++) {
      await compareAll(engine, some, dimension.code);
      const { live, sources } = await naive(engine);
      const passages = random
        .shuffle(live)
        .slice(0, 5)
        .map(({ id }) => id);
      const [source] = sources;
      if (passages.length === 0 || source === undefined || source.layer === null) return;
      await engine.call('tags.change', { passages, add: [random.pick(some).id] });
      const start = random.int(0, 30);
      const marked = { kind: 'text' as const, start, end: start + 5 };
      await engine.call('passages.create', { source: source.id, layer: source.layer, marked });
      if (round === 1) await engine.call('passages.remove', { ids: passages.slice(0, 2) });
    }
    await compareAll(engine, some, dimension.code);
    // Brought up to date all along: it equals one that is read anew, in its order, too.
    const upToDate = await engine.call('evidence.rows', { count: 1000 });
    await engine.close();
    expect(upToDate).toEqual(await (await open()).call('evidence.rows', { count: 1000 }));
  });
});

async function compareAll(engine: Engine, some: readonly Category[], dimension: string): Promise<void> {
  const { live, sources, categories, sourceOf, has, yearOf, originOf } = await naive(engine);
  const ids = async (query: string): Promise<string[]> => {
    const { rows, total, faults } = await engine.call('evidence.rows', { query, count: 1000 });
    expect({ faults, total }).toEqual({ faults: [], total: rows.length });
    return sorted(rows.map(({ passage }) => passage));
  };
  const where = (test: (passage: Passage) => boolean): string[] => sorted(live.filter(test).map(({ id }) => id));
  const publisherOf = ({ source }: Passage) => sourceOf.get(source)?.publisher ?? null;
  const [first, second] = some;
  if (first === undefined || second === undefined) throw new Error('Too few categories');
  expect(await ids('')).toEqual(where(() => true));
  expect(await ids(`category:"${first.code}"`)).toEqual(where((one) => has(one, first.id)));
  expect(await ids(`category:"${first.code}" OR NOT category:"${second.code}"`)).toEqual(
    where((one) => has(one, first.id) || !has(one, second.id)),
  );
  // A publisher that no source has is a fault.
  if (sources.some(({ publisher }) => publisher === 'A'))
    expect(await ids('publisher:a AND NOT state:draft')).toEqual(
      where((one) => publisherOf(one) === 'A' && one.state !== 'draft'),
    );
  expect(await ids('act:2020..2021')).toEqual(
    where(({ source }) => {
      const bounds = dateBounds(sourceOf.get(source)?.dateOfAct?.edtf ?? null);
      return bounds !== null && (bounds.from ?? 0) <= 20_211_231 && (bounds.to ?? 1e9) >= 20_200_101;
    }),
  );
  expect(await ids('transfer')).toEqual(
    where(({ anchor }) => anchor.kind === 'text' && anchor.exact.toLowerCase().includes('transfer')),
  );
  const [asked] = sources;
  if (asked !== undefined)
    expect(await ids(`origin:"${asked.id}"`)).toEqual(
      where((one) => originOf(one) === originOf({ source: asked.id } as Passage)),
    );
  const byOrigin = await engine.call('evidence.rows', { group: 'origin', count: 0 });
  expect(byOrigin.groups.map(({ count }) => count).toSorted(ascending)).toEqual(
    [...Map.groupBy(live, originOf).values()].map(({ length }) => length).toSorted(ascending),
  );
  expect(byOrigin.origins).toBe(byOrigin.groups.length);
  const grouped = await engine.call('evidence.rows', { group: `dimension:${dimension}`, count: 1000 });
  const chosen = live.map(({ settings }) => new Set(settings.map(({ value }) => value)));
  expect(grouped.positions).toBe(chosen.reduce((sum, { size }) => sum + Math.max(1, size), 0));
  expect(grouped.total).toBe(live.length);

  const years = await engine.call('evidence.matrix', { columns: 'actYear' });
  for (const [at, { value, total, sources: there }] of years.columns.entries()) {
    const inYear = live.filter((one) => yearOf(one) === value);
    expect([value, total]).toEqual([value, inYear.length]);
    const dated = sources.filter(({ id }) => yearOf({ source: id } as Passage) === value);
    expect(there).toBe(dated.length);
    for (const { category, cells, own } of years.rows) {
      expect(cells[at]).toBe(inYear.filter((one) => has(one, category)).length);
      expect(own[at]).toBe(inYear.filter(({ tags }) => tags.some((tag) => tag.category === category)).length);
    }
  }
  expect(years.untagged).toBe(live.filter(({ tags }) => tags.length === 0).length);
  expect(years.columns.reduce((sum, { total }) => sum + total, 0)).toBe(live.length);

  const months = await engine.call('evidence.rows', { group: 'actMonth', count: 0 });
  for (const { value, count } of months.groups) {
    const monthOf = ({ source }: Passage): string => {
      const bounds = dateBounds(sourceOf.get(source)?.dateOfAct?.edtf ?? null);
      if (bounds === null) return '';
      const [from, to] = [bounds.from, bounds.to].map((day) => (day === null ? null : String(day).slice(0, 6)));
      return from === to && typeof from === 'string' ? `${from.slice(0, 4)}-${from.slice(4)}` : 'several';
    };
    expect([value, count]).toEqual([value, live.filter((one) => monthOf(one) === value).length]);
  }

  const people = await engine.call('evidence.matrix', { columns: 'tagger' });
  for (const [at, { value }] of people.columns.entries())
    for (const { category, cells } of people.rows)
      if (value !== '')
        expect(cells[at]).toBe(
          live.filter((one) => has({ ...one, tags: one.tags.filter(({ person }) => person === value) }, category))
            .length,
        );

  const pairs = await engine.call('evidence.matrix', { columns: 'below' });
  for (const [at, { value }] of pairs.columns.entries())
    for (const { category, cells } of pairs.rows)
      if (value !== '') expect(cells[at]).toBe(live.filter((one) => has(one, category) && has(one, value)).length);

  const timeline = await engine.call('evidence.timeline', { date: 'act', lanes: 'family' });
  const dates = Map.groupBy(live, ({ source }) => sourceOf.get(source)?.dateOfAct?.edtf ?? '');
  expect(timeline.undated).toBe(dates.get('')?.length ?? 0);
  for (const { value, count } of timeline.all) expect(count).toBe(dates.get(value)?.length);
  expect(timeline.all.reduce((sum, { count }) => sum + count, 0) + timeline.undated).toBe(live.length);
  for (const lane of timeline.lanes) {
    const own = live.filter((one) => (lane.value === '' ? one.tags.length === 0 : has(one, lane.value)));
    expect(lane.total).toBe(own.length);
    expect(lane.marks.reduce((sum, { count }) => sum + count, 0) + lane.undated).toBe(own.length);
  }

  const coverage = await engine.call('evidence.coverage', {});
  const tagged = new Set(live.filter(({ tags }) => tags.length > 0).map(({ source }) => source));
  const read = new Set(live.map(({ source }) => source));
  expect(coverage.read).toEqual({
    total: sources.length,
    tagged: tagged.size,
    read: read.size - tagged.size,
    unread: sources.length - read.size,
  });
  expect(coverage.categories.length).toBe(categories.length);
  for (const { category, below } of coverage.categories) {
    const own = live.filter((one) => has(one, category));
    expect(below).toEqual({
      passages: own.length,
      sources: new Set(own.map(({ source }) => source)).size,
      origins: new Set(own.map(originOf)).size,
      publishers: new Set(own.flatMap((one) => publisherOf(one) ?? [])).size,
    });
  }
}

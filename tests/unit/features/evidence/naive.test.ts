import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { dateBounds } from '../../../../shared/model/dates.ts';
import type { Category, Passage } from '../../../../shared/model/index.ts';
import { naiveEvidence, randomEvidence } from '../../../support/random-evidence.ts';
import { seeded, seeds } from '../../../support/seeded.ts';

const ascending = (a: number, b: number): number => a - b;
const sorted = (ids: readonly string[]): string[] => ids.toSorted();

describe('every number of the evidence equals a naive count', () => {
  it.each(seeds(6, 1))('seed %i', async (seed) => {
    const random = seeded(seed);
    const { engine, open, some, dimension } = await randomEvidence(random);
    for (let round = 0; round < 3; round++) {
      await compareAll(engine, some, dimension.code);
      const { live, sources } = await naiveEvidence(engine);
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
  const { live, sources, categories, sourceOf, has, yearOf, originOf } = await naiveEvidence(engine);
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
  for (const by of ['publisher', 'actYear'] as const)
    for (const group of (await engine.call('evidence.rows', { group: by, count: 0 })).groups) {
      const valueOf = { publisher: publisherOf, actYear: yearOf }[by];
      const own = live.filter((one) => (valueOf(one) ?? '') === group.value);
      const numberOf = (each: (one: Passage) => string | null): number =>
        new Set(own.map(each).filter((one) => one !== null)).size;
      expect(group).toMatchObject({
        count: own.length,
        sources: numberOf((one) => one.source),
        publishers: numberOf(publisherOf),
        origins: numberOf(originOf),
      });
    }
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

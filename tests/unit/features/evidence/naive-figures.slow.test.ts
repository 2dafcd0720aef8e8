import { expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { placeTreeOf } from '../../../../electron/project/places/tree.ts';
import type { EvidenceMark } from '../../../../shared/contract/evidence.ts';
import {
  COUNTED,
  type CountedUnit,
  COVERAGE_BY,
  TOGETHER,
  type Together,
} from '../../../../shared/contract/view-figures.ts';
import { contract } from '../../../../shared/contract/index.ts';
import { dateOrder } from '../../../../shared/model/dates.ts';
import type { Passage } from '../../../../shared/model/index.ts';
import { naiveEvidence, randomEvidence } from '../../../support/random-evidence.ts';
import { seeded, seeds } from '../../../support/seeded.ts';

/** All that can be asked for: one that is added to the contract is counted by hand, too. */
const COLUMNS = contract['evidence.matrix'].input.shape.columns.options;
const LANES = contract['evidence.timeline'].input.shape.lanes.options;
const DATES = { act: 'dateOfAct', published: 'dateOfPublication', captured: 'dateOfCapture' } as const;
type By = (typeof COLUMNS)[number] | (typeof LANES)[number];

/** The values of a passage, as the lists of the other calls have them; empty where it has none. */
async function valuesOf(engine: Engine) {
  const naive = await naiveEvidence(engine);
  const { rows } = await engine.call('evidence.rows', { places: true, count: 1000 });
  const { byId: places } = placeTreeOf({ places: [], names: [] });
  const placesOf = new Map(rows.map((row) => [row.passage, (row.places ?? []).map(({ place }) => place)]));
  const family = (category: string): string => {
    const one = naive.categories.find(({ id }) => id === category);
    return one === undefined || one.parent === null ? category : family(one.parent);
  };
  const of = (passage: Passage, by: By): string[] => {
    const source = naive.sourceOf.get(passage.source);
    const own = placesOf.get(passage.id) ?? [];
    switch (by) {
      case 'actYear':
        return [naive.yearIn(passage, 'dateOfAct')];
      case 'publishedYear':
        return [naive.yearIn(passage, 'dateOfPublication')];
      case 'source':
        return [passage.source];
      case 'type':
        return [source?.documentType ?? ''];
      case 'language':
        return [source?.language ?? ''];
      case 'publisher':
        return [source?.publisher ?? ''];
      case 'tagger':
        return passage.tags.map(({ person }) => person);
      case 'below':
        return passage.tags.flatMap(({ category }) =>
          naive.categories.filter(({ id }) => naive.isBelow(category, id)).map(({ id }) => id),
        );
      case 'family':
        return passage.tags.map(({ category }) => family(category));
      case 'places':
        return own;
      case 'county':
      case 'prefecture':
      case 'province':
        return own.flatMap((place) => (places.get(place)?.line ?? []).filter((one) => places.get(one)?.level === by));
    }
  };
  return {
    ...naive,
    has: (passage: Passage, by: By, value: string): boolean => {
      const own = of(passage, by);
      return value === '' ? own.every((one) => one === '') : own.includes(value);
    },
    inCategory: naive.has,
  };
}

it.each(seeds(4, 1))(
  'every column of a matrix and every lane of a timeline equals a naive count; seed %i',
  async (seed) => {
    const random = seeded(seed);
    const { engine } = await randomEvidence(random);
    const { live, has, inCategory, sourceOf, originOf } = await valuesOf(engine);
    /** How many passages, sources or origins some passages are. */
    const unitOf = (one: Passage, unit: CountedUnit): string =>
      unit === 'passages' ? one.id : unit === 'sources' ? one.source : originOf(one);
    const counted = (some: readonly Passage[], unit: CountedUnit): number =>
      new Set(some.map((one) => unitOf(one, unit))).size;
    const found = async (...within: EvidenceMark[]): Promise<number> =>
      (await engine.call('evidence.rows', { within, count: 0 })).total;

    for (const [columns, unit] of COLUMNS.flatMap((one) => COUNTED.map((what) => [one, what] as const))) {
      const matrix = await engine.call('evidence.matrix', { columns, unit });
      for (const [at, { value, total }] of matrix.columns.entries()) {
        const inColumn = live.filter((one) => has(one, columns, value));
        expect([columns, value, total]).toEqual([columns, value, counted(inColumn, unit)]);
        for (const { category, cells } of matrix.rows) {
          // Of a person only what they tagged counts.
          const inCell = inColumn.filter((one) =>
            columns === 'tagger'
              ? inCategory({ ...one, tags: one.tags.filter(({ person }) => person === value) }, category)
              : inCategory(one, category),
          );
          expect([columns, value, category, cells[at]]).toEqual([columns, value, category, counted(inCell, unit)]);
        }
      }
      for (const { category, total } of matrix.rows)
        expect([unit, category, total]).toEqual([
          unit,
          category,
          counted(
            live.filter((one) => inCategory(one, category)),
            unit,
          ),
        ]);
      if (unit !== 'passages') continue;
      const named = new Set(matrix.columns.map(({ value }) => value));
      // Every passage is in a column.
      expect(live.filter((one) => ![...named].some((value) => has(one, columns, value)))).toEqual([]);
      // A cell opens the passages that it counts.
      const row = random.pick(matrix.rows);
      const [at, column] = random.pick([...matrix.columns.entries()]);
      const marks: EvidenceMark[] =
        columns === 'tagger'
          ? [{ by: 'tag', value: `${row.category} ${column.value}` }]
          : [
              { by: 'below', value: row.category },
              { by: columns, value: column.value },
            ];
      expect([columns, await found(...marks)]).toEqual([columns, row.cells[at]]);
    }

    for (const date of ['act', 'published', 'captured'] as const)
      for (const [lanes, unit] of LANES.flatMap((one) => COUNTED.map((what) => [one, what] as const))) {
        const timeline = await engine.call('evidence.timeline', { date, lanes, unit });
        const dateOf = ({ source }: Pick<Passage, 'source'>): string =>
          (sourceOf.get(source)?.[DATES[date]]?.edtf ?? '').replace(/T.*$/, '');
        for (const { value, total, undated, marks } of timeline.lanes) {
          const own = live.filter((one) => has(one, lanes, value));
          // Once, at the first date of its copies: of several of one day, the shortest.
          const firsts = [...Map.groupBy(own, (one) => unitOf(one, unit)).values()].flatMap((some) =>
            [...new Set(some.map(dateOf))]
              .filter((edtf) => edtf !== '')
              .toSorted((a, b) => (dateOrder(a) ?? Infinity) - (dateOrder(b) ?? Infinity) || (a < b ? -1 : 1))
              .slice(0, 1),
          );
          const counts = [...Map.groupBy(firsts, (edtf) => edtf)].map(
            ([edtf, some]) => `${edtf} ${String(some.length)}`,
          );
          // Undated is an origin none of whose copies has a date.
          const dated = counted(
            own.filter((one) => dateOf(one) !== ''),
            unit,
          );
          const drawn = marks.map((mark) => `${mark.value} ${String(mark.count)}`);
          expect([lanes, value, total, undated, drawn.toSorted()]).toEqual([
            lanes,
            value,
            counted(own, unit),
            counted(own, unit) - dated,
            counts.toSorted(),
          ]);
        }
        if (unit !== 'passages') continue;
        const lane = timeline.lanes.length === 0 ? null : random.pick(timeline.lanes);
        const mark = lane === null || lane.marks.length === 0 ? null : random.pick(lane.marks);
        if (lane !== null && mark !== null)
          expect(await found({ by: lanes, value: lane.value }, { by: date, value: mark.value })).toBe(mark.count);
      }
  },
);

it.each(seeds(6, 9))(
  'categories together in a passage, paragraph or source equal a naive count; seed %i',
  async (seed) => {
    const random = seeded(seed);
    const { engine } = await randomEvidence(random);
    const { live, has } = await naiveEvidence(engine);
    const texts = new Map<string, string>();
    for (const { layer } of live) {
      if (layer === null || texts.has(layer)) continue;
      texts.set(layer, (await engine.call('layers.text', { id: layer })).text);
    }
    const unitOf = ({ id, source, layer, anchor }: Passage, together: Together): string => {
      if (together === 'source') return source;
      if (together === 'passage' || anchor.kind !== 'text' || layer === null) return id;
      // In these texts every line is a paragraph.
      const before = texts.get(layer)?.slice(0, anchor.start) ?? '';
      return `${layer} ${String(before.split('\n').length)}`;
    };
    for (const together of TOGETHER) {
      const { rows, columns } = await engine.call('evidence.matrix', { columns: 'below', together });
      const units = [...Map.groupBy(live, (one) => unitOf(one, together)).values()];
      const hasAny = (unit: readonly Passage[], category: string): boolean => unit.some((one) => has(one, category));
      for (const { category, total, cells } of rows) {
        expect([together, total]).toEqual([together, units.filter((unit) => hasAny(unit, category)).length]);
        for (const [at, { value }] of columns.entries()) {
          if (value === '') continue;
          const both = units.filter((unit) => hasAny(unit, category) && hasAny(unit, value));
          expect([together, category, value, cells[at]]).toEqual([together, category, value, both.length]);
        }
      }
      // A cell opens the passages with one of the two in what has both.
      const filled = rows.flatMap(({ category, cells }) =>
        columns.flatMap(({ value }, at) => ((cells[at] ?? 0) > 0 && value !== '' ? [[category, value] as const] : [])),
      );
      const [one, other] = random.pick(filled);
      const within: EvidenceMark[] = [{ by: 'together', value: `${together} ${one} ${other}` }];
      const found = await engine.call('evidence.rows', { within, count: 1000 });
      const expected = units
        .filter((unit) => hasAny(unit, one) && hasAny(unit, other))
        .flatMap((unit) => unit.filter((passage) => has(passage, one) || has(passage, other)));
      expect(found.rows.map(({ passage }) => passage).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    }
  },
);

/** The only name of a place in a title of `randomEvidence` is that of Lop county; publishers have none. */
function placesOfTitles() {
  const { byId } = placeTreeOf({ places: [], names: [] });
  const [lop] = [...byId.values()].filter(({ chinese }) => chinese === '洛浦县');
  return (title: string, level: 'county' | 'prefecture' | 'province'): string =>
    title.includes('洛浦县') ? (lop?.line.find((one) => byId.get(one)?.level === level) ?? '') : '';
}

it.each(seeds(4, 5))(
  'every bar of the coverage equals a naive count, also of what a person only read; seed %i',
  async (seed) => {
    const random = seeded(seed);
    const { engine } = await randomEvidence(random);
    const naive = await naiveEvidence(engine);
    const ids = naive.sources.filter(() => random.chance()).map(({ id }) => id);
    if (ids.length > 0) await engine.call('sources.markRead', { ids, read: true });
    const [hasTag, hasPassage] = [true, false].map(
      (isTagged) =>
        new Set(naive.live.filter(({ tags }) => !isTagged || tags.length > 0).map(({ source }) => String(source))),
    );
    const howOf = (source: string): 'tagged' | 'read' | 'unread' => {
      if (hasTag?.has(source) === true) return 'tagged';
      return hasPassage?.has(source) === true || ids.some((id) => id === source) ? 'read' : 'unread';
    };
    const placesOf = placesOfTitles();
    for (const by of COVERAGE_BY) {
      const { bars, read } = await engine.call('evidence.coverage', { by });
      const counted = new Map<string, Record<'total' | 'tagged' | 'read' | 'unread', number>>();
      for (const source of naive.sources) {
        const value =
          by === 'county' || by === 'prefecture' || by === 'province'
            ? placesOf(source.title ?? '', by)
            : by === 'actYear' || by === 'publishedYear'
              ? naive.yearIn({ source: source.id }, by === 'actYear' ? 'dateOfAct' : 'dateOfPublication')
              : ((by === 'type' ? source.documentType : source[by]) ?? '');
        const there = counted.get(value) ?? { total: 0, tagged: 0, read: 0, unread: 0 };
        there.total += 1;
        there[howOf(source.id)] += 1;
        counted.set(value, there);
      }
      expect(
        Object.fromEntries(
          bars.map(({ value, total, tagged, read: opened, unread }) => [
            value,
            { total, tagged, read: opened, unread },
          ]),
        ),
      ).toEqual(Object.fromEntries(counted));
      expect(read.total).toBe(naive.sources.length);
    }
  },
);

it.each(seeds(4, 21))(
  'what each category rests on, and what the filter’s line counts, equal a naive count; seed %i',
  async (seed) => {
    const { engine } = await randomEvidence(seeded(seed));
    const naive = await naiveEvidence(engine);
    const countsOf = (some: readonly Passage[]) => ({
      passages: some.length,
      sources: new Set(some.map(({ source }) => source)).size,
      origins: new Set(some.map(naive.originOf)).size,
      publishers: new Set(some.flatMap(({ source }) => naive.sourceOf.get(source)?.publisher ?? [])).size,
    });
    // The generator makes what this is about: one origin that is several sources with passages.
    expect(countsOf(naive.live).origins).toBeLessThan(countsOf(naive.live).sources);
    const { total, sources, origins, publishers } = await engine.call('evidence.rows', { count: 0 });
    expect({ passages: total, sources, origins, publishers }).toEqual(countsOf(naive.live));
    const { categories } = await engine.call('evidence.coverage', { by: 'type' });
    expect(categories.length).toBeGreaterThan(0);
    for (const { category, below } of categories)
      expect({ category, ...below }).toEqual({
        category,
        ...countsOf(naive.live.filter((one) => naive.has(one, category))),
      });
  },
);

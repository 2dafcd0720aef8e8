import { describe, expect, it } from 'vitest';
import { fillSegments, LANES, strokeLanes, type Span } from '../../../renderer/viewer/passages/fills.ts';
import { nextPassage, PassageIndex } from '../../../renderer/viewer/passages/index-of-passages.ts';
import type { DrawnPassage } from '../../../renderer/viewer/types.ts';
import { seeded, seeds } from '../../support/seeded.ts';
import { share } from '../../support/share.ts';

const span = (id: string, start: number, end: number): Span => ({ id, start, end });
const drawn = ({ id, start, end }: Span): DrawnPassage => ({
  id,
  kind: 'text',
  start,
  end,
  page: 1,
  area: null,
  families: [],
  codes: [],
});

/** The rule without optimisation: at each unit, the current passage, else the shortest one over it. */
function naive(spans: readonly Span[], current: string | null, length: number): (string | null)[] {
  return Array.from({ length }, (_, unit) => {
    const over = spans.filter(({ start, end }) => start <= unit && unit < end);
    const own = over.find(({ id }) => id === current);
    const [first] = [...over].sort(
      (a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start || (a.id < b.id ? -1 : 1),
    );
    return own?.id ?? first?.id ?? null;
  });
}

const LENGTH = 60;
function randomSpans(seed: number): { spans: Span[]; current: string | null } {
  const random = seeded(seed);
  const spans = Array.from({ length: random.int(0, 12) }, (_, at) => {
    const start = random.int(0, LENGTH - 1);
    return span(`p${at}`, start, random.int(start, LENGTH));
  });
  return { spans, current: random.chance() && spans.length > 0 ? random.pick(spans).id : null };
}

describe('one fill a character', () => {
  it('shows the shorter of two passages, and the rest of the longer around it', () => {
    expect(fillSegments([span('long', 0, 20), span('short', 5, 9)], null)).toEqual([
      span('long', 0, 5),
      span('short', 5, 9),
      span('long', 9, 20),
    ]);
  });

  it('shows the current passage over all others', () => {
    expect(fillSegments([span('long', 0, 20), span('short', 5, 9)], 'long')).toEqual([span('long', 0, 20)]);
  });

  it.each(seeds(share(400)))('agrees with looking at every character (seed %i)', (seed) => {
    const { spans, current } = randomSpans(seed);
    const shown = Array.from({ length: LENGTH }, (): string | null => null);
    for (const { id, start, end } of fillSegments(spans, current)) {
      for (let unit = start; unit < end; unit++) {
        expect(shown[unit]).toBeNull();
        shown[unit] = id;
      }
    }
    expect(shown).toEqual(naive(spans, current, LENGTH));
  });
});

describe('lanes of strokes', () => {
  it('puts the longer passage’s stroke one lane below the shorter one’s', () => {
    const lanes = strokeLanes([span('long', 0, 20), span('short', 5, 9), span('apart', 30, 40)]);
    expect(Object.fromEntries(lanes)).toEqual({ apart: 0, long: 1, short: 0 });
  });

  it.each(seeds(share(100)))(
    'never draws two overlapping strokes in one lane while there is a free one (seed %i)',
    (seed) => {
      // An empty passage has no stroke.
      const spans = randomSpans(seed).spans.filter(({ start, end }) => end > start);
      const lanes = strokeLanes(spans);
      const over = (one: Span): Span[] =>
        spans.filter((other) => other !== one && other.start < one.end && one.start < other.end);
      for (const one of spans) {
        const sharing = over(one).filter((other) => lanes.get(other.id) === lanes.get(one.id));
        // Two passages may share a lane only if no lane was free: if one overlaps at least as many others as there are lanes.
        for (const other of sharing)
          expect(Math.max(over(one).length, over(other).length)).toBeGreaterThanOrEqual(LANES);
      }
    },
  );
});

describe('finding passages', () => {
  it.each(seeds(share(200)))('finds the same as looking at every passage (seed %i)', (seed) => {
    const { spans } = randomSpans(seed);
    const passages = spans.map(drawn);
    const index = new PassageIndex(passages);
    const random = seeded(seed + 1_000_000);
    for (let turn = 0; turn < 20; turn++) {
      const start = random.int(0, LENGTH);
      const end = random.int(start, LENGTH);
      const wanted = passages.filter((one) => one.end > one.start && one.start < end && one.end > start && end > start);
      expect(new Set(index.within(start, end).map(({ id }) => id))).toEqual(new Set(wanted.map(({ id }) => id)));
    }
  });

  it('selects the shortest passage first, and the next longer on another click', () => {
    const index = new PassageIndex([span('a', 0, 30), span('b', 4, 20), span('c', 6, 9)].map(drawn));
    const under = index.at(7);
    expect(nextPassage(under, null)?.id).toBe('c');
    expect(nextPassage(under, 'c')?.id).toBe('b');
    expect(nextPassage(under, 'b')?.id).toBe('a');
    expect(nextPassage(under, 'a')?.id).toBe('c');
    expect(nextPassage(index.at(40), null)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import type { NearPart, Query, Words } from '../../shared/query/ast.ts';
import { trimmed } from '../../shared/query/characters.ts';
import { mended } from '../../shared/query/faults.ts';
import { readQuery } from '../../shared/query/parse.ts';
import { printQuery } from '../../shared/query/print.ts';
import { processorTime } from '../support/processor-time.ts';
import { seeded, seeds, type Seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';

const DIMENSIONS = ['voice', 'srcrel'];
const NOWHERE = { start: 0, end: 0 };

/** A query without its places. */
const bare = (query: Query | null): unknown =>
  JSON.parse(JSON.stringify(query, (key, value: unknown) => (key === 'span' ? undefined : value)));

const TEXTS = [
  '流转',
  'labour',
  'état',
  'ئەمگەك كۈچى',
  'a (b)',
  'AND',
  'NEAR/3',
  '-x',
  '+ y',
  'x + y',
  '5"',
  '“z”',
  '\\',
  'a\\',
  '\\ b',
];
const MORE = [
  '*',
  'a*',
  '*a',
  'category:LND',
  '总则：一',
  'voice:x',
  '10:30',
  'a  b\nc',
  '\u200eAND\u200f',
  '😀*',
  '\ud800',
  '，',
  'NOT NOT',
];
const CODES = ['LND', 'LND.RIGHTS', '2022..2024', 'a b', 'x,y', '（一）', '"', '\\', 'AND', '-', '*', ':'];

const words = (random: Seeded): Words => ({
  kind: 'words',
  text: trimmed(
    Array.from({ length: random.int(1, 2) }, () => random.pick(random.chance(0.5) ? TEXTS : MORE)).join(' '),
  ),
  openStart: random.chance(0.6),
  openEnd: random.chance(0.6),
  span: NOWHERE,
});

/** A query as the parser builds it: brackets leave no trace in it. */
function made(random: Seeded, depth: number, not: Query['kind'] | null = null): Query {
  const kind =
    depth === 0
      ? random.pick(['words', 'condition'] as const)
      : random.pick(['words', 'condition', 'and', 'or', 'not', 'near'] as const);
  if (kind === not) return made(random, 0);
  switch (kind) {
    case 'words':
      return words(random);
    case 'condition': {
      const values = Array.from({ length: random.int(1, 3) }, () => ({ text: random.pick(CODES), span: NOWHERE }));
      return { kind, field: random.pick(['category', 'person', 'voice']), values, span: NOWHERE };
    }
    case 'not':
      return { kind, part: made(random, depth - 1, 'not'), span: NOWHERE };
    case 'near': {
      const part = (): NearPart =>
        random.chance(0.7) ? words(random) : { kind: 'or', parts: [words(random), words(random)], span: NOWHERE };
      return { kind, distance: random.int(1, 100), parts: [part(), part()], span: NOWHERE };
    }
    case 'and':
    case 'or':
      return {
        kind,
        parts: Array.from({ length: random.int(2, 4) }, () => made(random, depth - 1, kind)),
        span: NOWHERE,
      };
  }
}

const PIECES = [
  'AND',
  'OR',
  'NOT',
  'NEAR/5',
  'NEAR',
  '(',
  ')',
  '（',
  '）',
  '"',
  '“',
  '”',
  '«',
  '»',
  '*',
  '-',
  '+',
  '＋',
  '\\',
  ',',
  '，',
];
const OTHERS = [
  'category:',
  'voice：',
  'foo:',
  'date:2023-13',
  'type:x',
  ' ',
  ' ',
  '\n',
  '\u3000',
  '\u200f',
  '\u202e',
  '流转',
  'labour',
  'ئەمگەك',
  '😀',
  '\ud83d',
  '\ude00',
  'e\u0301',
  '\0',
  '\u200d',
  '\ufeff',
];
const scrap = (random: Seeded, pieces: number): string =>
  Array.from(
    { length: pieces },
    () => random.pick(random.chance(0.5) ? PIECES : OTHERS) + (random.chance(0.3) ? ' ' : ''),
  ).join('');

describe('the query language', () => {
  it.each(seeds(share(60)))('reads every query as it was printed (seed %i)', (seed) => {
    const random = seeded(seed);
    for (let at = 0; at < 60; at++) {
      const query = made(random, random.int(0, 3));
      const printed = printQuery(query);
      const { query: again, faults } = readQuery(printed, DIMENSIONS);
      expect([printed, faults, bare(again)]).toEqual([printed, [], bare(query)]);
    }
  });

  it.each(seeds(share(60)))(
    'answers whatever is typed with a query or with faults in their places (seed %i)',
    (seed) => {
      const random = seeded(seed);
      for (let at = 0; at < 100; at++) {
        const text = scrap(random, random.int(1, 30));
        const { query, faults } = readQuery(text, DIMENSIONS);
        for (const { span, sentence, mends } of faults) {
          expect([text, span.start >= 0 && span.end > span.start && span.end <= text.length]).toEqual([text, true]);
          expect(sentence).toMatch(/[.]$/);
          for (const mend of mends)
            expect([text, mend.label, mended(text, mend) !== text]).toEqual([text, mend.label, true]);
        }
        if (query === null) {
          expect(faults.length).toBeGreaterThan(0);
          continue;
        }
        const printed = printQuery(query);
        expect([text, printed, bare(readQuery(printed, DIMENSIONS).query)]).toEqual([text, printed, bare(query)]);
      }
    },
  );

  it.each([
    ['opening brackets', '('],
    ['closing brackets', ')'],
    ['brackets with words', '(a AND (b OR '],
    ['operators', 'AND '],
    ['minuses', '-'],
    ['nots', 'NOT '],
    ['quotation marks', '"'],
    ['quotation marks of all kinds', '“"«'],
    ['quotation marks without end', '“„"a'],
    ['backslashes', '\\'],
    ['stars', '*'],
    ['words with stars', 'a* '],
    ['unknown fields', 'categry:x '],
    ['values', 'category:a,'],
    ['values in brackets', 'category:(a '],
    ['nears', 'a NEAR/3 '],
    ['letters', '流'],
    ['alternatives', 'a OR '],
    ['controls', '\u202e AND\u200f'],
    ['spaces', '\u3000'],
    ['halves of characters', '\ud83d'],
  ])('answers 10,000 characters of %s within 100 ms of processor time', (_, piece) => {
    for (const text of [piece.repeat(10_000).slice(0, 10_000), `${piece.repeat(10_000).slice(0, 9_999)}a`]) {
      expect(processorTime(() => void readQuery(text, DIMENSIONS))).toBeLessThan(100);
    }
  });

  it('answers 10,000 characters of anything within 100 ms of processor time', () => {
    const random = seeded(1);
    for (let at = 0; at < 20; at++) {
      const text = scrap(random, 6000).slice(0, 10_000);
      expect(processorTime(() => void readQuery(text, DIMENSIONS))).toBeLessThan(100);
    }
  });
});

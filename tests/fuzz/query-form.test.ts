import { describe, expect, it } from 'vitest';
import type { Query } from '../../shared/query/ast.ts';
import {
  EMPTY_FORM,
  formOf,
  textOf,
  valuesAsText,
  valuesFromText,
  wordsAsText,
  wordsFromText,
  exactFromText,
  type FormCondition,
  type FormWords,
  type QueryForm,
} from '../../shared/query/form.ts';
import { trimmed } from '../../shared/query/characters.ts';
import { readQuery } from '../../shared/query/parse.ts';
import { timed } from '../support/processor-time.ts';
import { seeded, seeds, type Seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';

const DIMENSIONS = ['voice'];
const TEXTS = [
  '流转',
  '劳动力',
  'a b',
  'état',
  'ئەمگەك كۈچى',
  'AND',
  'OR',
  '-x',
  '5"',
  '“z”',
  '\\',
  'a\\',
  '(b',
  '*',
  'x, y',
  '，',
  '、，',
];
const MORE = [
  'category:LND',
  '总则：一',
  'NEAR/3',
  '\u200eAND\u200f',
  '\u2067نۇر\u2069',
  '😀*',
  '\ud800',
  'NOT NOT',
  'a  b',
  '+',
];
const VALUES = ['LND', 'LND.RIGHTS', 'a b', 'x,y', '（一）', '"', '\\', 'AND', '-', '*', ':', '人社厅', 'كەڭ'];

const words = (random: Seeded, open: boolean): FormWords => ({
  text: trimmed(random.pick(random.chance(0.6) ? TEXTS : MORE)),
  ...(open
    ? random.pick([
        { openStart: true, openEnd: true },
        { openStart: false, openEnd: true },
        { openStart: true, openEnd: false },
      ])
    : { openStart: false, openEnd: false }),
});
const several = <T>(random: Seeded, least: number, most: number, one: () => T): T[] =>
  Array.from({ length: random.int(least, most) }, one);
const anyWords = (random: Seeded): FormWords => words(random, random.chance(0.7));

/** A form as it is read from a query: `any` has no single word, which would be one of `all`. */
function made(random: Seeded): QueryForm {
  const any = several(random, 2, 3, () => anyWords(random));
  return {
    all: several(random, 0, 2, () => words(random, true)),
    any: random.chance(0.5) ? any : [],
    none: several(random, 0, 2, () => anyWords(random)),
    exact: several(random, 0, 2, () => words(random, false)),
    near: random.chance(0.6)
      ? null
      : {
          distance: random.int(1, 40),
          sides: [several(random, 1, 2, () => anyWords(random)), several(random, 1, 2, () => anyWords(random))],
        },
    conditions: several(random, 0, 3, (): FormCondition => {
      const isDate = random.chance(0.3);
      return {
        field: isDate ? 'date' : random.pick(['category', 'person', 'publisher', 'voice']),
        values: several(random, 1, 2, () => (isDate ? random.pick(['2023', '2022..2024']) : random.pick(VALUES))),
        not: random.chance(0.3),
      };
    }),
    rest: [],
  };
}

const spanless = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, one: unknown) => (key === 'span' ? undefined : one)));

describe('the form of a query', () => {
  it('says the same as its text, and is read from it as it was', () => {
    for (const seed of seeds(share(4000))) {
      const form = made(seeded(seed));
      const text = textOf(form);
      const { query, faults } = readQuery(text, DIMENSIONS);
      expect(faults, `seed ${seed}: ${text}`).toEqual([]);
      expect(query === null ? null : formOf(query), `seed ${seed}: ${text}`).toEqual(form);
    }
  });

  it('keeps of any query what it asks: its text, read and printed again, is the same', () => {
    const signs = [
      '(',
      ')',
      ' OR ',
      ' AND ',
      ' NOT ',
      ' NEAR/3 ',
      '"',
      '*',
      ' ',
      'lang:zh',
      'voice:x',
      ...TEXTS,
      ...MORE,
    ];
    let read = 0;
    for (const seed of seeds(share(4000))) {
      const random = seeded(seed);
      const text = several(random, 1, 9, () => random.pick(signs)).join('');
      const { query } = readQuery(text, DIMENSIONS);
      if (query === null) continue;
      read++;
      const printed = textOf(formOf(query));
      const again = readQuery(printed, DIMENSIONS);
      expect(again.faults, `${text} → ${printed}`).toEqual([]);
      expect(spanless(formOf(again.query as Query)), `${text} → ${printed}`).toEqual(spanless(formOf(query)));
    }
    expect(read).toBeGreaterThan(share(1000));
  });

  it('shows words and values so that typing the same gives the same', () => {
    for (const seed of seeds(share(4000))) {
      const random = seeded(seed);
      const some = several(random, 0, 3, () => anyWords(random));
      expect(wordsFromText(wordsAsText(some)), `seed ${seed}: ${wordsAsText(some)}`).toEqual(some);
      const values = several(random, 0, 3, () => random.pick(VALUES));
      expect(valuesFromText(valuesAsText(values)), `seed ${seed}`).toEqual(values);
    }
  });

  it('takes whatever is typed into a field as words, within 100 ms of processor time also for 10,000 characters', () => {
    const odd = ['AND OR NOT', '(((', '"', '*', ',,,', '\\', '\u202eNOT\u202c', ':', '，、', '\ud800', '😀', 'ئە', ' '];
    for (const seed of seeds(share(300))) {
      const random = seeded(seed);
      let typed = '';
      const length = random.chance(0.1) ? 10_000 : random.int(1, 60);
      while (typed.length < length) typed += random.pick(odd);
      const { outcome: form, ms } = timed((): QueryForm => {
        const all = wordsFromText(typed).slice(0, 20);
        return { ...EMPTY_FORM, all, exact: exactFromText(typed).slice(0, 5) };
      });
      const read = timed(() => readQuery(textOf(form)));
      expect(ms + read.ms, `seed ${seed}`).toBeLessThan(100);
      const { query, faults } = read.outcome;
      expect(faults, `seed ${seed}: ${textOf(form)}`).toEqual([]);
      expect(query).not.toBeNull();
    }
  });
});

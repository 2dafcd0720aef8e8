import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { category, dimension, type Category, type CategoryId } from '../../../shared/model/index.ts';
import {
  rankCategories,
  type FoundGroup,
  type RankContext,
  rankValues,
  toggledValues,
} from '../../../renderer/features/palette/rank.ts';

const uuid = (kind: number, at: number): string => `00000000-0000-7000-8${kind}00-${String(at).padStart(12, '0')}`;

/** A small codebook that is hard to rank: codes inside codes, terms inside other terms. */
const CODES: readonly (readonly [code: string, name: string, zh: readonly string[], en: readonly string[]])[] = [
  ['SYS', 'Coercive labour system', [], ['state-imposed forced labor']],
  ['SYS.PALT', 'Poverty Alleviation Through Labour Transfer', ['转移就业脱贫'], ['labor transfer']],
  ['SYS.VSETC', 'VSETC-linked coerced work', ['教培中心'], []],
  ['SYS.VSETC.FILTER', 'Filtration and sentencing', [], []],
  ['TRF', 'Transfer mechanism', ['转移就业'], []],
  ['TRF.ORG', 'Organised transfer', ['有组织转移就业'], []],
  ['TRF.ORDER', 'Order-oriented placement', ['订单式'], ['order-based']],
  ['MAN.FYP', 'Five-year plan mandate', ['十四五'], []],
  ['FIG', 'Figure', [], []],
  ['FIG.ACT', 'Reported actual', ['实现转移就业'], []],
];
const categories: Category[] = CODES.map(([code, name, zh, en], at) =>
  category.parse({
    id: uuid(1, at),
    code,
    parent: null,
    name,
    definition: '',
    include: '',
    exclude: '',
    termsZh: zh.map((term) => ({ term, origin: 'lookup' })),
    termsEn: en.map((term) => ({ term, origin: 'lookup' })),
    colour: '#000000',
    shortcut: null,
    mergedInto: null,
    position: at,
    archived: false,
    deleted: false,
    passages: 0,
    deepPassages: 0,
  }),
);
const idOf = (code: string): CategoryId => {
  const found = categories.find((one) => one.code === code);
  if (found === undefined) throw new Error(`There is no ${code}.`);
  return found.id;
};
const PLAIN: RankContext = { tagged: [], pinned: [], recent: [] };
const rank = (query: string, context: Partial<RankContext> = {}): FoundGroup[] =>
  rankCategories(categories, query, { ...PLAIN, ...context });
const codes = (groups: readonly FoundGroup[]): string[] =>
  groups.flatMap(({ found }) => found.map((one) => one.category.code));

describe('two letters and Enter', () => {
  it('match a code before a name, and a parent’s code before a subcategory’s', () => {
    expect(codes(rank('fi'))[0]).toBe('FIG');
    expect(codes(rank('or'))[0]).toBe('TRF.ORG');
    expect(codes(rank('org'))[0]).toBe('TRF.ORG');
    expect(codes(rank('act'))[0]).toBe('FIG.ACT');
  });

  it('match a code however it is typed', () => {
    for (const query of ['trf.org', 'TRF.ORG', 'trforg', 'trf org', 'ｔｒｆ．ｏｒｇ'])
      expect(codes(rank(query))[0]).toBe('TRF.ORG');
  });

  it('find names by the beginning of any word, and several words in any order', () => {
    expect(codes(rank('sent'))).toEqual(['SYS.VSETC.FILTER']);
    expect(codes(rank('transfer organised'))[0]).toBe('TRF.ORG');
  });

  it('find Chinese and English terms, and say where they matched', () => {
    const [group] = rank('转移');
    expect(group?.kind).toBe('zh');
    expect(codes(rank('转移'))).toEqual(['SYS.PALT', 'TRF', 'TRF.ORG', 'FIG.ACT']);
    const org = group?.found.find((one) => one.category.code === 'TRF.ORG');
    expect(org?.text.slice(org.from, org.to)).toBe('转移');
    expect(codes(rank('order-ba'))).toEqual(['TRF.ORDER']);
    expect(codes(rank('nothing of the kind'))).toEqual([]);
  });

  it('mark the letters that matched, through case and marks', () => {
    const [group] = rank('mechan');
    const [first] = group?.found ?? [];
    expect(first?.text.slice(first.from, first.to)).toBe('mechan');
    expect(group?.kind).toBe('names');
  });

  it('put pinned and recent categories first among equals', () => {
    expect(codes(rank('tr', { pinned: [idOf('TRF.ORDER')] }))[0]).toBe('TRF.ORDER');
    expect(codes(rank('sys', { recent: [idOf('SYS.VSETC')] }))[0]).toBe('SYS');
  });

  it('show tags the passage already has at the end', () => {
    const groups = rank('tr', { tagged: [idOf('TRF.ORG')] });
    expect(groups.at(-1)).toMatchObject({ kind: 'on', found: [{ category: { code: 'TRF.ORG' } }] });
    expect(codes(groups.slice(0, -1))).not.toContain('TRF.ORG');
  });
});

describe('before anything is typed', () => {
  it('lists tags of the passage, pinned and recent categories, then all others, each once', () => {
    const groups = rank('', {
      tagged: [idOf('TRF')],
      pinned: [idOf('TRF.ORG')],
      recent: [idOf('TRF.ORG'), idOf('FIG')],
    });
    expect(groups.map(({ kind }) => kind)).toEqual(['on', 'pinned', 'recent', 'all']);
    expect(codes(groups).sort()).toEqual(CODES.map(([code]) => code).sort());
  });

  it('leaves out archived categories and those in the trash', () => {
    const gone = categories.map((one) =>
      one.code === 'FIG' ? { ...one, archived: true } : one.code === 'TRF' ? { ...one, deleted: true } : one,
    );
    expect(codes(rankCategories(gone, '', PLAIN))).not.toContain('FIG');
    expect(codes(rankCategories(gone, 'tr', PLAIN))).not.toContain('TRF');
  });
});

describe('dimensions', () => {
  const value = (at: number, label: string, names: readonly string[] = []) => ({
    id: uuid(3, at),
    code: label.slice(0, 3).toLowerCase(),
    label,
    note: '',
    names: [...names],
    parent: null,
  });
  const dimensions = [
    {
      id: uuid(2, 0),
      code: 'doctype',
      name: 'Document type',
      single: true,
      on: 'source',
      note: '',
      values: [value(0, 'Gazette')],
    },
    {
      id: uuid(2, 1),
      code: 'geo',
      name: 'Geography',
      single: false,
      on: 'passage',
      note: '',
      values: [value(1, 'Hotan Prefecture', ['和田地区']), value(2, 'Yutian County', ['于田县', 'Keriye'])],
    },
    {
      id: uuid(2, 2),
      code: 'voice',
      name: 'Whose claim',
      single: true,
      on: 'passage',
      note: '',
      values: [value(3, 'Official source speaking'), value(4, 'Author of the source')],
    },
  ].map((one) => dimension.parse(one));
  const labels = (query: string): string[] =>
    rankValues(dimensions, query).flatMap(({ values }) => values.map((one) => one.value.label));

  it('are offered for passages only', () => {
    expect(labels('')).toEqual([
      'Hotan Prefecture',
      'Yutian County',
      'Official source speaking',
      'Author of the source',
    ]);
    expect(labels('gaz')).toEqual([]);
  });

  it('are found by label, by another name in any script, and by the dimension', () => {
    expect(labels('hot')).toEqual(['Hotan Prefecture']);
    expect(labels('于田')).toEqual(['Yutian County']);
    expect(labels('keri')).toEqual(['Yutian County']);
    expect(labels('whose')).toEqual(['Official source speaking', 'Author of the source']);
    // 于田 (Yutian) must not match 和田 (Hotan).
    expect(labels('和田')).toEqual(['Hotan Prefecture']);
  });

  it('take one value or several, and remove one that is selected again', () => {
    const [, geo, voice] = dimensions;
    if (geo === undefined || voice === undefined) throw new Error('There are three dimensions.');
    const [hotan, yutian] = geo.values.map(({ id }) => id);
    const [official, author] = voice.values.map(({ id }) => id);
    if (hotan === undefined || yutian === undefined || official === undefined || author === undefined)
      throw new Error('Two values each.');
    expect(toggledValues(geo, [hotan], yutian)).toEqual([hotan, yutian]);
    expect(toggledValues(geo, [hotan, yutian], hotan)).toEqual([yutian]);
    expect(toggledValues(voice, [official], author)).toEqual([author]);
    expect(toggledValues(voice, [official], official)).toEqual([]);
  });
});

it('no string of the reader is unused or missing', () => {
  const empty: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node === 'string') {
      if (node.trim() === '') empty.push(path);
    } else if (typeof node === 'object' && node !== null) {
      for (const [key, below] of Object.entries(node)) walk(below, `${path}.${key}`);
    }
  };
  for (const feature of ['reader', 'inspector', 'palette'])
    walk(
      JSON.parse(
        readFileSync(resolve(import.meta.dirname, `../../../renderer/features/${feature}/strings.en.json`), 'utf8'),
      ),
      feature,
    );
  expect(empty).toEqual([]);
});

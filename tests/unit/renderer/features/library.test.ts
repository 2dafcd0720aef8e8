import { describe, expect, it } from 'vitest';
import { isLanguage } from '../../../../shared/model/language.ts';
import { isMoment } from '../../../../renderer/features/library/RecordFields.tsx';
import { type CopyMarks, copyMarks } from '../../../../renderer/common/sources/copies.ts';
import { FIRST_COLUMNS, shownColumns, withColumn } from '../../../../renderer/features/library/columns.ts';
import { countShelves, isOnShelf, matchesText, sortSources } from '../../../../renderer/features/library/filter.ts';
import { sourceName } from '../../../../renderer/common/sources/sources.ts';
import type { Source } from '../../../../shared/model/index.ts';
import { fakeSources } from '../../../support/shell/fixtures.ts';

const sources = fakeSources(9);
const source = (over: Partial<Source>): Source => ({ ...firstOf(sources), ...over });
const firstOf = (list: readonly Source[]): Source => {
  const [first] = list;
  if (first === undefined) throw new Error('no source');
  return first;
};

describe('shelves', () => {
  it('count their sources; deleted ones count only as trash', () => {
    expect(countShelves(sources, new Set([firstOf(sources).id]))).toEqual({
      all: 8,
      notRead: 7,
      notCoded: 1,
      withGaps: 5,
      removed: 1,
    });
    expect(isOnShelf(source({ deleted: true, passages: 0 }), 'notCoded', new Set())).toBe(false);
  });
});

describe('the text filter', () => {
  const found = (text: string): number => sources.filter((one) => matchesText(one, text)).length;

  it('looks for every word in title, file name, author and publisher', () => {
    expect(found('')).toBe(9);
    expect(found('seasonal oasis')).toBe(1);
    expect(found('seasonal statistics')).toBe(0);
    expect(found('COMMUNIQUE.pdf')).toBe(1);
    expect(found('媒体')).toBe(0);
    expect(found('柳泉县')).toBe(2);
    expect(matchesText(source({ author: 'José Ángel' }), 'jose angel')).toBe(true);
    expect(matchesText(source({ title: '２０２３年' }), '2023')).toBe(true);
  });
});

const NO_COPIES: CopyMarks = new Map();

describe('sorting', () => {
  const order = (
    ...args: Parameters<typeof sortSources> extends [unknown, ...infer R, unknown] ? R : never
  ): (string | null)[] => sortSources(sources, ...args, NO_COPIES).map(({ dateOfAct }) => dateOfAct?.edtf ?? null);

  it('puts missing values last in both directions', () => {
    expect(order('dateOfAct', false).slice(0, 3)).toEqual(['2020?', '2022-09', '2023-02-11']);
    expect(order('dateOfAct', false).slice(-2)).toEqual([null, null]);
    expect(order('dateOfAct', true)[0]).toBe('2024-03');
    expect(order('dateOfAct', true).slice(-2)).toEqual([null, null]);
  });

  it('uses the file name of a source without a title, and sorts numbers as numbers', () => {
    expect(sourceName(source({ title: null, fileName: 'a.pdf' }))).toBe('a.pdf');
    const named = ['page 10', 'page 9', 'Page 1'].map((title, n) =>
      source({ title, id: firstOf(fakeSources(n + 1).slice(n)).id }),
    );
    expect(sortSources(named, 'title', false, NO_COPIES).map(({ title }) => title)).toEqual([
      'Page 1',
      'page 9',
      'page 10',
    ]);
  });

  it('keeps equal sources in the order they were added, newest first', () => {
    const same = [1, 3, 2].map((addedAt) => source({ addedAt, grade: 'B' }));
    expect(sortSources(same, 'grade', true, NO_COPIES).map(({ addedAt }) => addedAt)).toEqual([3, 2, 1]);
    expect(sortSources(same, 'grade', false, NO_COPIES).map(({ addedAt }) => addedAt)).toEqual([3, 2, 1]);
  });
});

describe('fields of the details', () => {
  it('take a time only with its zone', () => {
    expect(isMoment('2024-02-06T14:20+08:00')).toBe(true);
    expect(isMoment('2024-02-06T14:20:11.5Z')).toBe(true);
    for (const wrong of ['2024-02-06T14:20', '2024-02-06', '2024-13-06T14:20Z', '14:20Z', 'yesterday'])
      expect(isMoment(wrong)).toBe(false);
  });

  it('take a language as BCP 47 writes it', () => {
    for (const right of ['zh-Hans', 'ug', 'ug-Arab-CN', 'en-GB']) expect(isLanguage(right)).toBe(true);
    for (const wrong of ['Chinese', 'zh_Hans', '中文', 'e']) expect(isLanguage(wrong)).toBe(false);
  });
});

describe('copies of one text', () => {
  it('are named after their origin, sorted together, and have a column while there are any', () => {
    const [a, b, c] = ['Daily', 'Evening', 'Other'].map((title, n) =>
      source({ title, id: firstOf(fakeSources(n + 1).slice(n)).id }),
    );
    if (a === undefined || b === undefined || c === undefined) throw new Error('There are three sources.');
    const group = { sources: [a.id, b.id], origin: b.id, disputed: [], apart: [], person: null, at: 0 };
    const marks = copyMarks([group], [a, b, c]);
    expect(marks.get(a.id)).toEqual({ origin: b, text: 'Evening', others: 1 });
    expect(marks.get(c.id)).toBeUndefined();
    expect(copyMarks([{ ...group, origin: null }], [a, b, c]).get(b.id)).toEqual({
      origin: null,
      text: 'Daily',
      others: 1,
    });
    expect(sortSources([c, a, b], 'copies', false, marks).at(-1)).toBe(c);
    const chosen = withColumn([], 'copies', true);
    expect(shownColumns(chosen, [a, b, c], marks)).toEqual(['copies']);
    expect(shownColumns(chosen, [a, b, c], NO_COPIES)).toEqual([]);
  });
});

describe('the columns of the table', () => {
  it('are those a person chose, without those in which no source has anything', () => {
    const bare = { author: null, publisher: null, language: null, documentType: null, grade: null };
    const dates = { dateOfAct: null, dateOfDocument: null, dateOfPublication: null, dateOfCapture: null };
    const empty = source({ ...bare, ...dates, passages: 0, gaps: [] });
    expect(shownColumns(FIRST_COLUMNS, [empty], NO_COPIES)).toEqual(['passages', 'gaps']);
    expect(shownColumns(FIRST_COLUMNS, [empty, { ...empty, grade: 'B' }], NO_COPIES)).toEqual([
      'grade',
      'passages',
      'gaps',
    ]);
    expect(shownColumns(FIRST_COLUMNS, [empty, { ...empty, grade: 'B', deleted: true }], NO_COPIES)).toEqual([
      'passages',
      'gaps',
    ]);
    const chosen = withColumn(withColumn(FIRST_COLUMNS, 'author', true), 'gaps', false);
    expect(shownColumns(chosen, [{ ...empty, author: 'Li Si' }], NO_COPIES)).toEqual(['author', 'passages']);
  });
});

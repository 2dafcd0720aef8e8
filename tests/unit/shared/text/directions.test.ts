import { expect, test } from 'vitest';
import {
  countDirections,
  isCostlyInOrder,
  isReordered,
  MOST_DIRECTION_CHANGES,
} from '../../../../shared/text/directions.ts';

test('changes of direction are counted from one text of a paragraph to the next; signs and spaces change nothing', () => {
  const paragraph = { isRightToLeft: null, changes: 0 };
  countDirections(paragraph, '…');
  countDirections(paragraph, 'Hotan, ');
  expect(paragraph).toEqual({ isRightToLeft: false, changes: 0 });
  countDirections(paragraph, 'خوتەن ۋىلايىتى (');
  countDirections(paragraph, '和田 ئا');
  expect(paragraph).toEqual({ isRightToLeft: true, changes: 3 });
});

test('only a line of more changes than a browser can order is costly', () => {
  expect(isCostlyInOrder('اa'.repeat(MOST_DIRECTION_CHANGES))).toBe(true);
  expect(isCostlyInOrder('اa'.repeat(MOST_DIRECTION_CHANGES / 2))).toBe(false);
  expect(isCostlyInOrder('ئا'.repeat(MOST_DIRECTION_CHANGES))).toBe(false);
  expect(isCostlyInOrder('a '.repeat(MOST_DIRECTION_CHANGES))).toBe(false);
});

test('counts in a run of letters of any length', () => {
  const paragraph = { isRightToLeft: null, changes: 0 };
  countDirections(paragraph, `${'ئا'.repeat(3_000_000)}abc`);
  expect(paragraph.changes).toBe(1);
  expect(isCostlyInOrder('ئا'.repeat(3_000_000))).toBe(false);
});

test('a change is found at each letter that is written from right to left', () => {
  const scripts = /[\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}\p{Script=Adlm}]/u;
  const missed: string[] = [];
  let letters = 0;
  for (let code = 0; code <= 0x10ffff; code++) {
    const letter = String.fromCodePoint(code);
    if (!scripts.test(letter)) continue;
    letters += 1;
    const paragraph = { isRightToLeft: false, changes: 0 };
    countDirections(paragraph, `a ${letter}`);
    if (paragraph.changes !== 1) missed.push(code.toString(16));
  }
  expect(missed).toEqual([]);
  expect(letters).toBeGreaterThan(1500);
});

test('knows marks that show letters or numbers in another order than they are stored in, and none that a script needs', () => {
  const [ltr, rtl, ends] = ['\u202d', '\u202e', '\u202c'];
  for (const text of [
    `sent ${rtl}12,600${ends} workers`,
    'from \u206712–13\u2069',
    '\u200f12–13',
    `ئىش ${ltr}ئىش${ends}`,
  ])
    expect(isReordered(text)).toBe(true);
  for (const text of [
    '12,600 workers',
    'ئىشچى \u200f12–13',
    '\u206812–13\u2069',
    `sent ${ltr}12,600${ends}`,
    '\u200e于田县',
  ])
    expect(isReordered(text)).toBe(false);
});

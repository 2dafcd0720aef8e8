import { describe, expect, it } from 'vitest';
import {
  canonicalCodePoint,
  directionOf,
  isRightToLeft,
  joinSurrogates,
} from '../../../../electron/formats/pdf/code-points.ts';

const canonical = (text: string) => String.fromCodePoint(canonicalCodePoint(text.codePointAt(0) ?? 0));

describe('a character in canonical text', () => {
  it('becomes an ideograph if it is a radical of the same shape', () => {
    // What a browser's PDF writes for 一, 人, 工 and 長.
    expect(['⼀', '⼈', '⼯', '⾧'].map(canonical)).toEqual(['一', '人', '工', '長']);
    // A radical without an ideograph of its shape stays.
    expect(canonical('⺀')).toBe('⺀');
  });

  it('is never a control, a lone surrogate or a non-character', () => {
    for (const code of [
      0, 1, 0x0b, 0x1f, 0x7f, 0x9f, 0xd800, 0xdfff, 0xfdd0, 0xfffe, 0xffff, 0x1ffff, 0x110000, 0xffffffff,
    ]) {
      expect(canonicalCodePoint(code)).toBe(0xfffd);
    }
    expect([9, 0xa0].map(canonicalCodePoint)).toEqual([0x20, 0x20]);
  });

  it('is joined from its two surrogates in either order', () => {
    expect(joinSurrogates(0xd840, 0xdc00)).toBe(0x20000);
    expect(joinSurrogates(0xdc00, 0xd840)).toBe(0x20000);
    expect(joinSurrogates(0xd840, 0x41)).toBeNull();
  });

  it('runs right to left in Arabic script, except digits and separators', () => {
    expect(Array.from('ئۇيھعﻻ').every((letter) => isRightToLeft(letter.codePointAt(0) ?? 0))).toBe(true);
    expect(Array.from('٣۴٪،').some((sign) => isRightToLeft(sign.codePointAt(0) ?? 0))).toBe(false);
    expect(Array.from('a業٣').map((sign) => directionOf(sign.codePointAt(0) ?? 0))).toEqual([1, 1, 1]);
    expect(Array.from(' .،').map((sign) => directionOf(sign.codePointAt(0) ?? 0))).toEqual([0, 0, 0]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  formatAll,
  formatAny,
  formatBytes,
  formatCaptured,
  formatCapturedHere,
  formatLanguage,
  formatNumber,
  formatPeriod,
  formatShare,
  formatWhen,
  formatWhenShort,
  inOneDirection,
  isolated,
  lowerFirst,
  shortHash,
} from '../../../../renderer/common/format.ts';
import { formatMoment } from '../../../../shared/text/moment.ts';

const at = (...parts: [number, number, number, number?, number?]): number => new Date(...parts).getTime();

describe('formats', () => {
  it('do not let a name reverse the sentence it is in', () => {
    const rlo = String.fromCodePoint(0x202e);
    const isolate = String.fromCodePoint(0x2067);
    expect(inOneDirection(`Rename “${rlo}gnidaer${isolate}” to “ئوقۇش”`)).toBe('Rename “gnidaer” to “ئوقۇش”');
  });

  it('isolates what would reorder the words beside it, and leaves the rest as it is', () => {
    expect(isolated('Ann Chen, 李')).toBe('Ann Chen, 李');
    expect(isolated('ئوقۇش')).toBe('\u2068ئوقۇش\u2069');
    // An override is removed, and so is an end mark without a beginning; an isolate that begins inside the text is closed inside it.
    expect(isolated('\u202eAnn\u2069')).toBe('\u2068Ann\u2069');
    expect(isolated('\u2067Ann')).toBe('\u2068\u2067Ann\u2069\u2069');
    expect(isolated('by \u2068ئوقۇش\u2069')).toBe('\u2068by \u2068ئوقۇش\u2069\u2069');
  });

  it('say when something was, as far back as it matters', () => {
    const now = at(2025, 5, 3, 14, 0);
    expect(formatWhen(now, now)).toBe('now');
    expect(formatWhen(now - 59_999, now)).toBe('now');
    expect(formatWhen(at(2025, 5, 3, 13, 59), now)).toBe('1 minute ago');
    expect(formatWhenShort(at(2025, 5, 3, 13, 18), now)).toBe('42 min ago');
    expect(formatWhen(at(2025, 5, 3, 9, 12), now)).toBe('4 hours ago');
    expect(formatWhen(at(2025, 5, 2, 23, 59), now)).toBe('yesterday');
    expect(formatWhen(at(2025, 4, 28, 18, 0), now)).toBe('6 days ago');
    expect(formatWhen(at(2025, 4, 27, 18, 0), now)).toBe('27 May 2025');
    expect(formatWhen(at(2022, 4, 28), now)).toBe('28 May 2022');
    expect(formatWhenShort(at(2022, 4, 28), now)).toBe('28 May 2022');
  });

  it('give both ends of a period in one form', () => {
    const now = at(2025, 5, 3, 14, 0);
    expect(formatPeriod(at(2025, 5, 1, 9), at(2025, 5, 3, 13), now)).toBe('2 days ago\u2009–\u20091 hour ago');
    expect(formatPeriod(at(2025, 5, 3, 13, 10), at(2025, 5, 3, 13, 10), now)).toBe('50 minutes ago');
    expect(formatPeriod(at(2024, 9, 25), at(2025, 5, 1, 9), now)).toBe('25 Oct 2024\u2009–\u20091 Jun 2025');
    expect(formatPeriod(at(2025, 4, 1), at(2025, 4, 20), now)).toBe('1\u2009–\u200920 May 2025');
  });

  it('give a time beyond this computer’s clock as a date', () => {
    const now = at(2025, 5, 3, 14, 0);
    expect(formatWhen(at(2025, 5, 3, 17, 0), now)).toBe('3 Jun 2025');
    expect(formatWhen(at(2025, 5, 3, 14, 0) + 30_000, now)).toBe('now');
  });

  it('lower the first word of an edit’s label, but no name, code or abbreviation', () => {
    expect(lowerFirst('Tag passage with FIG.ACT')).toBe('tag passage with FIG.ACT');
    expect(lowerFirst('Rename “Ürümqi” to “Urumqi”')).toBe('rename “Ürümqi” to “Urumqi”');
    expect(lowerFirst('Énumérer')).toBe('énumérer');
    for (const label of [
      'PDF restored',
      'FIG.ACT removed',
      '“Land” renamed',
      'McKay’s edits',
      'Ann’s tags',
      'A',
      '1 tag',
      '',
    ])
      expect(lowerFirst(label)).toBe(label);
  });

  it('join names, and say a share as whole percents that never round up', () => {
    expect(formatAll(['A', 'B', 'C'])).toBe('A, B and C');
    expect(formatAny(['A', 'B'])).toBe('A or B');
    expect(formatShare(0.999)).toBe('99%');
    for (let percent = 0; percent <= 100; percent += 1) expect(formatShare(percent / 100)).toBe(`${percent}%`);
    expect(formatLanguage('ug')).toBe('Uyghur');
    expect(formatLanguage('no tag')).toBeUndefined();
  });

  it('count bytes in thousands', () => {
    expect(formatBytes(0)).toBe('0 bytes');
    expect(formatBytes(1)).toBe('1 byte');
    expect(formatBytes(2_400_000)).toBe('2.4 MB');
    expect(formatBytes(1.3e9)).toBe('1.3 GB');
  });

  it('say when a page was captured in its own time zone, and leave alone what is no such moment', () => {
    expect(formatCaptured('2024-02-06T14:20:11+08:00')).toBe('2024-02-06 14:20 +08:00');
    expect(formatCaptured('2024-02-06T06:20:11.250Z')).toBe('2024-02-06 06:20 UTC');
    expect(formatCaptured('2024-02-06T14:20')).toBe('2024-02-06 14:20');
    expect(formatCaptured('2024-02-06')).toBe('2024-02-06');
    expect(formatCaptured('spring 2024')).toBe('spring 2024');
  });

  it('give a moment of a record with its zone', () => {
    const offset = -new Date(2022, 4, 28).getTimezoneOffset();
    const sign = offset < 0 ? '-' : '+';
    const two = (value: number): string => String(Math.floor(Math.abs(value))).padStart(2, '0');
    const zone = offset === 0 ? 'UTC' : `${sign}${two(offset / 60)}:${two(offset % 60)}`;
    expect(formatMoment(at(2022, 4, 28, 9, 12))).toBe(`28 May 2022, 09:12 ${zone}`);
  });

  it('keep both ends of a hash', () => {
    expect(shortHash('5f3a9c02'.padEnd(56, '0') + 'b71ec91e')).toBe('5f3a9c02…b71ec91e');
    expect(formatNumber(1902)).toBe('1,902');
  });

  it('give a captured moment in this computer’s zone, if it has a zone', () => {
    const time = '2024-02-06T23:20:05+08:00';
    const [, written = '', zone = ''] = /^(.*) (\S+)$/.exec(formatCapturedHere(time)) ?? [];
    expect(Date.parse(`${written.replace(' ', 'T')}${zone === 'UTC' ? 'Z' : zone}`)).toBe(
      Date.parse('2024-02-06T15:20:00Z'),
    );
    expect(formatCapturedHere('2024-02-06T14:20')).toBe('2024-02-06 14:20');
    expect(formatCapturedHere('last spring')).toBe('last spring');
  });
});

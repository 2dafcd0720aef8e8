import { describe, expect, it } from 'vitest';
import { commonBlocks, differencesBetween, wordPieces } from '../../../shared/text/diff.ts';
import { seeds } from '../../support/seeded.ts';
import { RandomVersions, textOf } from '../../support/versions.ts';
import { processorTime } from '../../support/processor-time.ts';

/** The newer text, made of the older and the differences. */
function applied(older: string, newer: string): string {
  const differences = differencesBetween(commonBlocks(older, newer), older.length, newer.length);
  return differences.reduceRight(
    (text, one) =>
      text.slice(0, one.older.start) + newer.slice(one.newer.start, one.newer.end) + text.slice(one.older.end),
    older,
  );
}
const line = (pieces: ReturnType<typeof wordPieces>): string =>
  pieces.map(({ kind, text }) => ({ same: text, gone: `[-${text}-]`, new: `[+${text}+]` })[kind]).join('');

describe('the common parts of two texts', () => {
  it('together with the differences turn the older text into the newer exactly', () => {
    for (const seed of seeds(200)) {
      const versions = new RandomVersions(seed);
      const [older, newer] = [textOf(versions.older), textOf(versions.newer)];
      expect(applied(older, newer)).toBe(newer);
    }
    for (const [older, newer] of [
      ['', ''],
      ['', 'a'],
      ['a', ''],
      ['aaaa', 'aaaaa'],
      ['ab'.repeat(9), 'ba'.repeat(9)],
    ] as const)
      expect(applied(older, newer)).toBe(newer);
  });

  it('are found in limited time on texts made to take long, and are correct there too', () => {
    const rows = (n: number, other: string): string => `转移就业 row\n`.repeat(n) + other;
    for (const [older, newer] of [
      [rows(20_000, 'x'), `y${rows(19_000, 'z')}`],
      ['a '.repeat(100_000), 'b a '.repeat(50_000)],
    ] as const) {
      expect(processorTime(() => expect(applied(older, newer) === newer).toBe(true))).toBeLessThan(20_000);
    }
  });

  it('read as words in English and Uyghur, and as characters in Chinese, without tiny pieces', () => {
    expect(line(wordPieces('全年流转土地4.8万亩，转移就业', '全年流转土地5.1万亩，组织转移就业'))).toBe(
      '全年流转土地[-4.8-][+5.1+]万亩，[+组织+]转移就业',
    );
    expect(line(wordPieces('labourers were transferred to factories', 'labourers were moved to factories'))).toBe(
      'labourers were [-transferred-][+moved+] to factories',
    );
    expect(line(wordPieces('ئەمگەك كۈچى يۆتكەش نىشانى', 'ئەمگەك كۈچى تەربىيەلەش نىشانى'))).toBe(
      'ئەمگەك كۈچى [-يۆتكەش-][+تەربىيەلەش+] نىشانى',
    );
    expect(wordPieces('天地玄黄宇宙洪荒', '日月盈昃辰宿列张').map(({ kind }) => kind)).toEqual(['gone', 'new']);
  });

  it('split no character', () => {
    const [family, farmer] = ['👨‍👩‍👧', '👩‍🌾'];
    expect(line(wordPieces(`a ${family} b`, `a ${farmer} b`))).toBe(`a [-${family}-][+${farmer}+] b`);
    expect(line(wordPieces('cafe x', 'cafe\u0301 x'))).toBe('[-cafe-][+cafe\u0301+] x');
    expect(line(wordPieces('𠮷田', '𠮵田'))).toBe('[-𠮷-][+𠮵+]田');
  });
});

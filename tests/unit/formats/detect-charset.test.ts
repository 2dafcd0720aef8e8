import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeAs } from '../../../electron/formats/charset.ts';
import { detectCharset } from '../../../electron/formats/detect-charset.ts';
import { seeded } from '../../support/seeded.ts';
import { pieceOf, type Language } from '../../support/languages.ts';

const WRITTEN: readonly (readonly [Language, string])[] = [
  ['simplified', 'gb18030'],
  ['simplified', 'utf-8'],
  ['traditional', 'big5'],
  ['traditional', 'gb18030'],
  ['russian', 'windows-1251'],
  ['russian', 'koi8-r'],
  ['uyghur', 'utf-8'],
];
const PIECES = 40;

/** How many of 40 pieces, half of them the title of an English page, are not read as they were written. */
function wrong(language: Language, charset: string, length: number): number {
  const random = seeded(length);
  let count = 0;
  for (let one = 0; one < PIECES; one++) {
    const piece = pieceOf(language, length, random);
    const text = one % 2 === 0 ? piece : `<html><head><title>${piece}</title></head><body><p class=a>x</body></html>`;
    const bytes = iconv.encode(text, charset);
    // As far as the encoding can say it at all.
    if (decodeAs(bytes, detectCharset(bytes).charset) !== decodeAs(bytes, charset)) count++;
  }
  return count;
}

describe('an undeclared encoding', () => {
  // 40 pieces of each length in each of seven ways of writing.
  it.each(WRITTEN)('%s in %s is detected: headlines nearly always, a sentence always', (language, charset) => {
    expect(wrong(language, charset, 8)).toBeLessThanOrEqual(2);
    expect(wrong(language, charset, 20)).toBe(0);
    expect(wrong(language, charset, 100)).toBe(0);
    expect(wrong(language, charset, 1000)).toBe(0);
  });

  it.each([
    ['windows-1252', 'Où êtes-vous allé cet été, à la forêt ?'],
    ['windows-1252', 'Die Größe der Städte wächst für Müller über Österreich.'],
    ['shift_jis', '日本国民は、正当に選挙された国会における代表者を通じて行動し'],
    ['euc-jp', '日本国民は、正当に選挙された'],
    ['euc-kr', '모든 인간은 태어날 때부터 자유로우며'],
    ['windows-1256', 'يولد جميع الناس أحرارا متساوين'],
  ])('of other languages is not taken for Chinese or Russian: %s', (charset, text) => {
    const bytes = iconv.encode(text, charset);
    expect(decodeAs(bytes, detectCharset(bytes).charset)).toBe(text);
  });

  it('is detected after a long beginning in ASCII', () => {
    const text = `${'<script>x</script>\n'.repeat(30_000)}农村劳动力转移就业工作`;
    expect(detectCharset(iconv.encode(text, 'gb18030')).charset).toBe('gb18030');
  });

  it('of a long UTF-8 text with damage in it is still that', () => {
    const bytes = Buffer.concat([Buffer.from(pieceOf('uyghur', 500, seeded(1))), Buffer.from([0xd8])]);
    expect(detectCharset(bytes)).toEqual({ charset: 'utf-8', known: true });
  });

  it('is unknown if nothing suggests one', () => {
    expect(detectCharset(iconv.encode('café', 'windows-1252'))).toMatchObject({ known: false });
  });
});

import { describe, expect, it } from 'vitest';
import { BLACK, blackened, isTooShort, withoutWords, wordsFinder } from '../../../../shared/masks/words.ts';
import { seeded } from '../../../support/seeded.ts';

const found = (text: string, ...words: string[]): string[] =>
  wordsFinder(words)(text).map(({ start, end }) => text.slice(start, end));

describe('masked words', () => {
  it('are found in any case, width, script variant and across line ends, and inside longer words', () => {
    expect(found('GÜLNAR, Gul-\nnar and Ｇｕｌｎａｒ', 'Gulnar')).toEqual(['GÜLNAR', 'Gul-\nnar', 'Ｇｕｌｎａｒ']);
    expect(found('古麗、古\n丽说', '古丽')).toEqual(['古麗', '古\n丽']);
    expect(found('گۈلنارنىڭ', 'گۈلنار')).toEqual(['گۈلنار']);
    expect(found('Gulnar’s, Gulnars, unGulnar', 'Gulnar')).toHaveLength(3);
  });

  it('are found with other signs between them, or none, and without the signs around them', () => {
    const joinedUp = [
      'Gulnar_Ahmat',
      'gulnar.ahmat',
      'Gulnar-Ahmat',
      'Gulnar\u2003Ahmat',
      'Gulnar, Ahmat',
      'GulnarAhmat',
    ];
    expect(found(joinedUp.join('|'), 'Gulnar Ahmat')).toEqual(joinedUp);
    expect(found('Gul-nar, Gulnar, Gul‐nar (Gulnar/Ahmat)', 'Gul-nar')).toEqual([
      'Gul-nar',
      'Gulnar',
      'Gul‐nar',
      'Gulnar',
    ]);
    expect(found('Gulnar says', '“Gulnar,”')).toEqual(['Gulnar']);
    const dots = ['买买提•古丽', '买买提・古丽', '买买提.古丽', '买买提古丽', '买买提 古丽'];
    expect(found(dots.join('、'), '买买提·古丽')).toEqual(dots);
    expect(found('138 1234 5678, 138-1234-5678', '13812345678')).toHaveLength(2);
    expect(found('Carolina, linas, lina, Li Na', 'Li Na')).toEqual(['lina', 'Li Na']);
  });

  it('are found with what nobody sees inside them: variation selectors, joiners, fillers, tags and control characters', () => {
    const unseen = [
      '\ufe0f',
      '\u{e0100}',
      '\u034f',
      '\u180b',
      '\u2061',
      '\u115f',
      '\u3164',
      '\u{e0061}',
      '\u206a',
      '\u0001',
      '\ufff9',
    ];
    for (const sign of unseen) {
      expect(found(`so Gul${sign}nar said`, 'Gulnar')).toEqual([`Gul${sign}nar`]);
      expect(found(`说张${sign}伟说`, '张伟')).toEqual([`张${sign}伟`]);
    }
    expect(found('说葛城说', '葛\u{e0100}城')).toEqual(['葛城']);
    expect(withoutWords(wordsFinder(['葛城']))('说葛\u{e0100}城 here')).toBe(`说${BLACK.repeat(4)} here`);
    // Line ends are seen, and what stands between words.
    expect(found('Gulnar\nAhmat\tsaid', 'Gulnar Ahmat')).toEqual(['Gulnar\nAhmat']);
  });

  it('with each sign of the keyboard are found as they stand', () => {
    for (const sign of '\\^$.*+?()[]{}|/-#&~!@%=<>:;,\'"`_ ')
      expect(found(`to ab${sign}cd now`, `ab${sign}cd`)).toEqual([`ab${sign}cd`]);
  });

  it('in a long text full of their beginnings are found in time that grows with it', () => {
    const text = `${'Gulnar, Gulnar --- 138 1234 '.repeat(40_000)}Gulnar Ahmat`;
    expect(found(text, 'Gulnar Ahmat', '13812345678')).toEqual(['Gulnar Ahmat']);
  });

  it('of up to three letters of an alphabet stand alone, and of one are not looked for', () => {
    expect(found('Ann’s annual plan. ANN!', 'Ann')).toEqual(['Ann', 'ANN']);
    expect([isTooShort('李'), isTooShort('X.'), isTooShort('古丽')]).toEqual([true, true, false]);
    expect(found('李四', '李')).toEqual([]);
  });

  it('are black in an address where they are percent-encoded', () => {
    const out = withoutWords(wordsFinder(['古丽']));
    expect(out('https://a.example/%E5%8F%A4%E4%B8%BD')).toBe('https://a.example/██');
    expect(out('https://a.example/?q=100%&of=%E5%8F%A4%E4%B8%BD')).toBe('https://a.example/?q=100%&of=██');
    expect(out('https://a.example/%E5%8F%A4%E4%B8%BD%FF')).not.toContain('%E5%8F%A4');
    expect(out(`https://a.example/?to=${encodeURIComponent('https://b.example/%E5%8F%A4%E4%B8%BD')}`)).not.toContain(
      '8F%25A4',
    );
    expect(out('100% of it')).toBe('100% of it');
  });
});

describe('a text with masks', () => {
  it('is as long as before, the same outside of them, and has nothing inside but black and line ends', () => {
    const random = seeded(20261129);
    const alphabet = ['a', 'B', '古', '丽', '𠮷', 'ü', 'گ', ' ', '\n', '-', '1'];
    for (let run = 0; run < 2000; run++) {
      const text = Array.from({ length: random.int(0, 60) }, () => random.pick(alphabet)).join('');
      const spans = Array.from({ length: random.int(0, 5) }, () => {
        const start = random.int(0, text.length);
        return { start, end: random.int(start, text.length) };
      });
      const out = blackened(text, spans);
      expect(out).toHaveLength(text.length);
      expect(out.isWellFormed()).toBe(true);
      const naive = Array.from({ length: text.length }, (_, at) =>
        spans.some(({ start, end }) => start <= at && at < end),
      );
      for (const [at, isMasked] of naive.entries()) {
        const unit = out.charAt(at);
        if (isMasked) expect([BLACK, '\n']).toContain(unit);
        // Half of a character is not left alone.
        else if (unit !== text.charAt(at)) expect(text.charAt(at)).toMatch(/[\ud800-\udfff]/);
      }
      for (const { start, end } of spans) {
        const letters = text.slice(start, end).match(/\p{L}{3,}/gu) ?? [];
        for (const fragment of letters) expect(out.slice(start, end)).not.toContain(fragment);
      }
    }
  });
});

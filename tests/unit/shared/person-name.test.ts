import { expect, test } from 'vitest';
import { hasUnseen, looksLike, sameName, visibleName } from '../../../shared/model/person-name.ts';

test('case, spaces and compatibility forms do not make a different name; other letters do', () => {
  expect(sameName(' Ann  Chen ', 'ann\u00a0chen')).toBe(true);
  expect(sameName('Ａｎｎ', 'Ann')).toBe(true);
  expect(sameName('IPEK', 'ipek')).toBe(true);
  expect(sameName('Jose\u0301', 'José')).toBe(true);
  expect(sameName('Jose', 'José')).toBe(false);
  expect(sameName('Ann Chen', 'AnnChen')).toBe(false);
});

test('a name that looks like another is no new name: other scripts, invisible characters, case', () => {
  for (const [a, b] of [
    ['Ann', 'Аnn'],
    ['Ann', 'Ann\u200b'],
    ['Ann', 'A\u00adnn'],
    ['Ann', '\u202eAnn\u202c'],
    ['Ann', 'ann'],
    ['Paul', 'Раul'],
    ['Ola', '0la'],
    ['Dee', 'Dee\ufe0f'],
    ['Ann', 'Ann\u2800'],
    ['Ann', 'Ann.'],
    ['Ann', '“Ann”'],
    ['Ann', '‹Ann›'],
    ['Ann', 'A nn'],
    ['Ann Chen', 'AnnChen'],
    ['Ann', 'Ann\u0332'],
    ['José', 'Jose\u0332\u0301'],
    ['...', '…'],
  ] as const)
    expect([a, b, looksLike(a, b), looksLike(b, a)]).toEqual([a, b, true, true]);
  for (const [a, b] of [
    ['Ann', 'Anna'],
    ['Ben', 'Bea'],
    ['李伟', '李强'],
    ['阿卜杜拉', '阿不都拉'],
    ['Jose', 'José'],
    ['राम', 'रामु'],
    ['Coder 1', 'Coder 2'],
    ['...', '!?'],
  ] as const)
    expect([a, b, looksLike(a, b)]).toEqual([a, b, false]);
});

test('what can’t be seen in a name is written out', () => {
  expect(visibleName('Ann\u200b')).toBe('Ann⟨U+200B⟩');
  expect(visibleName('Ann\u2800')).toBe('Ann⟨U+2800⟩');
  expect(['A\u{1d159}', 'A\u{13441}', 'A\u{13442}', 'A\u{16fe4}'].map(hasUnseen)).toEqual([true, true, true, true]);
  expect(visibleName('\u202eeeD')).toBe('⟨U+202E⟩eeD');
  expect(visibleName('ئابدۇللا 李伟 José')).toBe('ئابدۇللا 李伟 José');
  expect(['Ann', 'ئابدۇللا', '李伟', 'Jose\u0301'].map(hasUnseen)).toEqual([false, false, false, false]);
});

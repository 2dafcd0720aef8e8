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
  ] as const)
    expect([a, b, looksLike(a, b), looksLike(b, a)]).toEqual([a, b, true, true]);
  for (const [a, b] of [
    ['Ann', 'Anna'],
    ['Ben', 'Bea'],
    ['李伟', '李强'],
    ['阿卜杜拉', '阿不都拉'],
    ['Jose', 'José'],
  ] as const)
    expect([a, b, looksLike(a, b)]).toEqual([a, b, false]);
});

test('what can’t be seen in a name is written out', () => {
  expect(visibleName('Ann\u200b')).toBe('Ann⟨U+200B⟩');
  expect(visibleName('\u202eeeD')).toBe('⟨U+202E⟩eeD');
  expect(visibleName('ئابدۇللا 李伟 José')).toBe('ئابدۇللا 李伟 José');
  expect(['Ann', 'ئابدۇللا', '李伟', 'Jose\u0301'].map(hasUnseen)).toEqual([false, false, false, false]);
});

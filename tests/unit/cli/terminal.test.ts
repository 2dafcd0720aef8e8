import { describe, expect, it } from 'vitest';
import { columns, harmless, oneLine } from '../../../electron/cli/terminal.ts';

const isolated = (text: string): string => `\u2068${text}\u2069`;

describe('text from outside, printed in a terminal', () => {
  it('keeps its words and its length, without control sequences', () => {
    expect(harmless('a\u001b[2Jb')).toBe('a␛[2Jb');
    expect(harmless('a\u007f\u009b31m\r')).toBe('a␡\ufffd31m␍');
    expect(harmless('tab\tand\nline end, 转移就业 😀')).toBe('tab\tand\nline end, 转移就业 😀');
    for (let code = 0; code < 0x300; code++) expect(harmless(String.fromCharCode(code))).toHaveLength(1);
  });

  it('does not reorder the text beside it', () => {
    expect(oneLine('ئەمگەك\u202e كۈچى\u202c\n')).toBe(isolated('ئەمگەك كۈچى'));
  });

  it('is one line, cut between characters', () => {
    expect(oneLine(' two\r\n lines\u2028 of it ')).toBe(isolated('two lines of it'));
    expect(oneLine('ab😀cd', 3)).toBe(isolated('ab…'));
    expect(oneLine('ab😀cd', 4)).toBe(isolated('ab😀…'));
    expect(oneLine('ab😀cd', 6)).toBe(isolated('ab😀cd'));
  });
});

describe('columns', () => {
  it('are aligned for characters of two columns, or none', () => {
    expect(
      columns([
        ['a', 'x'],
        [isolated('就业'), 'y'],
        ['e\u0301e', 'z'],
      ]),
    ).toEqual(['a     x', `${isolated('就业')}  y`, 'e\u0301e    z']);
    expect(columns([])).toEqual([]);
  });
});

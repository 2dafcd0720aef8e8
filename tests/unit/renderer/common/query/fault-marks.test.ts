import { describe, expect, it } from 'vitest';
import { partsOf } from '../../../../../renderer/common/query/FaultMarks.tsx';
import { readQuery } from '../../../../../shared/query/parse.ts';

/** Each fault in angle brackets with its number. */
const marked = (text: string): string =>
  partsOf(text, readQuery(text, []).faults)
    .map(({ from, to, number }) => (number === null ? text.slice(from, to) : `<${number} ${text.slice(from, to)}>`))
    .join('');

describe('the field of a query', () => {
  it('marks each fault where it stands, with its number in the list', () => {
    expect(marked('(转移 就业')).toBe('<1 (>转移 就业');
    expect(marked('transfer AND')).toBe('transfer <1 AND>');
    expect(marked('a NEAR/0 b date:2023-13')).toBe('a <1 NEAR/0> b date:<2 2023-13>');
    expect(marked('转移 就业')).toBe('转移 就业');
  });

  it('shows all of the text once, also where faults overlap or lie beyond it', () => {
    const text = 'abcdef';
    const spans = [
      { start: 2, end: 5 },
      { start: 1, end: 3 },
      { start: 4, end: 9 },
      { start: 7, end: 8 },
    ];
    const parts = partsOf(
      text,
      spans.map((span) => ({ span })),
    );
    expect(parts.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text);
    expect(parts.map(({ number }) => number)).toEqual([null, 2, 1, 3]);
  });
});

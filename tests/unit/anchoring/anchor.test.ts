import { describe, expect, it } from 'vitest';
import { CONTEXT, pageAt, quoteSpan } from '../../../shared/anchoring/anchor.ts';
import { findQuote } from '../../../shared/anchoring/quote.ts';
import { seeded, seeds } from '../../support/seeded.ts';

const TEXT = `${'前'.repeat(40)}转移就业${'后'.repeat(40)}`;

describe('the quote selector of a span', () => {
  it('is the text’s own slice, with its context', () => {
    expect(quoteSpan(TEXT, { start: 40, end: 44 })).toEqual({
      ok: true,
      value: { start: 40, end: 44, exact: '转移就业', prefix: '前'.repeat(CONTEXT), suffix: '后'.repeat(CONTEXT) },
    });
    const whole = quoteSpan('land', { start: 0, end: 4 });
    expect(whole.ok && whole.value).toMatchObject({ exact: 'land', prefix: '', suffix: '' });
  });

  it('never contains half a character', () => {
    const emoji = '👩'.repeat(40);
    const quoted = quoteSpan(`x${emoji}land${emoji}y`, { start: 81, end: 85 });
    expect(quoted.ok && quoted.value.prefix).toBe('👩'.repeat(CONTEXT / 2));
    // One unit further the context would begin and end inside a character: it is cut one short.
    const odd = quoteSpan(`${emoji}.land.${emoji}`, { start: 81, end: 85 });
    expect(odd.ok && odd.value.prefix).toBe(`${'👩'.repeat(CONTEXT / 2 - 1)}.`);
    expect(odd.ok && odd.value.suffix).toBe(`.${'👩'.repeat(CONTEXT / 2 - 1)}`);
  });

  it.each([
    ['is empty', 3, 3],
    ['is backwards', 4, 3],
    ['begins before the text', -1, 3],
    ['ends behind it', 80, 85],
  ])('is rejected if the span %s', (_what, start, end) => {
    const refused = quoteSpan(TEXT, { start, end });
    expect(refused.ok ? 'taken' : refused.error.code).toBe('BAD_INPUT');
  });

  it('is rejected if the span cuts a character in two', () => {
    for (const [start, end] of [
      [1, 3],
      [0, 2],
    ] as const) {
      const refused = quoteSpan('x𠀀y', { start: start === 1 ? 2 : start, end: end === 2 ? 2 : end });
      expect(refused.ok ? 'taken' : refused.error.message).toContain('splits a character');
    }
  });

  it.each(seeds(50))(
    'leads back to its span, or reports that the same words are in several places (seed %i)',
    (seed) => {
      const random = seeded(seed);
      const text = Array.from({ length: 300 }, () => random.pick(['转', '移', 'a', 'b', ' ', '\n', '𠀀']))
        .join('')
        .toWellFormed();
      const cuts = [...text].reduce<number[]>((all, one) => [...all, (all.at(-1) ?? 0) + one.length], [0]);
      const from = random.int(0, cuts.length - 2);
      const span = {
        start: cuts[from] ?? 0,
        end: cuts[random.int(from + 1, Math.min(cuts.length - 1, from + 30))] ?? 0,
      };
      const quoted = quoteSpan(text, span);
      if (!quoted.ok || quoted.value.exact.trim() === '') return;
      const back = findQuote(text, quoted.value);
      if (back.ok) expect(back.value).toEqual(span);
      else expect(back.error.code).toBe('AMBIGUOUS');
    },
  );
});

describe('the page of an offset', () => {
  const pages = [
    { page: 1, start: 0, end: 10 },
    { page: 2, start: 11, end: 11 },
    { page: 3, start: 12, end: 30 },
  ];
  it('is the page whose text it is in; the line feed between two belongs to the earlier', () => {
    expect([0, 9, 10, 11, 12, 29, 30].map((offset) => pageAt(pages, offset))).toEqual([1, 1, 1, 2, 3, 3, 3]);
    expect(pageAt([], 5)).toBe(1);
  });
});

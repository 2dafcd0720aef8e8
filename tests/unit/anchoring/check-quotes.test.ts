import { describe, expect, it } from 'vitest';
import { quoteSpan } from '../../../shared/anchoring/anchor.ts';
import { checkQuotes, type QuoteToCheck } from '../../../shared/anchoring/check-quotes.ts';
import { seeded, seeds } from '../../support/seeded.ts';

const TEXT =
  'Work teams called on every household in the village. 柳泉县组织农村富余劳动力转移就业2300人。 Land was transferred to a company that nobody had heard of. The teams came back in spring.';

function quoteOf(text: string, exact: string, id = '1'): QuoteToCheck {
  const start = text.indexOf(exact);
  const quoted = quoteSpan(text, { start, end: start + exact.length });
  if (!quoted.ok) throw new Error(quoted.error.message);
  return { id, ...quoted.value };
}
const LAND = quoteOf(TEXT, 'Land was transferred to a company');

describe('checking a quotation', () => {
  it('finds it at its place, and there only', () => {
    expect(checkQuotes(TEXT, null, [LAND])).toMatchObject([{ is: 'found', isAround: true }]);
    const [off] = checkQuotes(TEXT, { text: TEXT, isSameReader: true }, [
      { ...LAND, start: 3, end: 3 + LAND.exact.length },
    ]);
    expect(off).toMatchObject({ is: 'moved', at: { start: LAND.start, end: LAND.end } });
    expect(checkQuotes(TEXT, null, [{ ...LAND, prefix: 'other words ' }])).toMatchObject([
      { is: 'found', isAround: false },
    ]);
  });

  it('finds it where another version of the reader put other white space, which the same version never does', () => {
    const other = `\n\n${TEXT.replaceAll('. ', '.\n')}`;
    const to = { start: other.indexOf(LAND.exact), end: other.indexOf(LAND.exact) + LAND.exact.length };
    expect(checkQuotes(other, { text: TEXT, isSameReader: false }, [LAND])).toMatchObject([{ is: 'found', at: to }]);
    expect(checkQuotes(other, { text: TEXT, isSameReader: true }, [LAND])).toMatchObject([{ is: 'moved', at: to }]);
  });

  it('shows the similar words at its place, and elsewhere', () => {
    const altered = TEXT.replace('was transferred', 'was never given');
    for (const before of [null, { text: TEXT, isSameReader: true }])
      expect(checkQuotes(altered, before, [LAND])).toMatchObject([
        { is: 'changed', instead: 'Land was never given to a company' },
      ]);
    const far = `${'x '.repeat(2000)}${altered}`;
    expect(checkQuotes(far, null, [LAND])).toMatchObject([
      { is: 'changed', instead: 'Land was never given to a company' },
    ]);
  });

  it('says that it is missing, for whatever is claimed', () => {
    const nothing = { start: 0, end: 0, exact: '', prefix: '', suffix: '' };
    const foreign = { start: 1e9, end: 2e9, exact: '没有人说过这样的话，也没有人写过', prefix: '', suffix: '' };
    expect(
      checkQuotes(TEXT, { text: '', isSameReader: true }, [
        { id: 'a', ...nothing },
        { id: 'b', ...foreign },
      ]).map(({ id, is }) => [id, is]),
    ).toEqual([
      ['a', 'missing'],
      ['b', 'missing'],
    ]);
    expect(checkQuotes('', null, [LAND])).toMatchObject([{ is: 'missing', at: null }]);
  });

  it.each(seeds(200))('says found for exactly those whose words are at their place (seed %i)', (seed) => {
    const random = seeded(seed);
    const letters = ['a', 'b', ' ', '转', '移', '. ', '😀'];
    const text = Array.from({ length: random.int(0, 200) }, () => random.pick(letters)).join('');
    const quotes = Array.from({ length: 10 }, (_, at): QuoteToCheck => {
      const start = random.int(0, text.length);
      const exact = random.chance() ? text.slice(start, start + random.int(0, 20)) : random.pick(letters).repeat(3);
      const from = random.chance(0.7) ? start : random.int(0, 300);
      return { id: String(at), exact, start: from, end: from + exact.length, prefix: '', suffix: '' };
    });
    const before = random.chance() ? null : { text: random.chance() ? text : `${text} b`, isSameReader: true };
    const checked = checkQuotes(text, before, quotes);
    expect(checked.map(({ id }) => id)).toEqual(quotes.map(({ id }) => id));
    for (const [at, { is, at: to }] of checked.entries()) {
      const quote = quotes[at];
      if (quote === undefined) throw new Error('No quotation');
      const { exact, start } = quote;
      expect(is === 'found').toBe(exact !== '' && text.startsWith(exact, start) && start + exact.length <= text.length);
      if (is === 'moved' && to !== null) expect(text.slice(to.start, to.end)).toBe(exact);
      if (is === 'missing' && exact !== '') expect(text).not.toContain(exact);
    }
  });
});

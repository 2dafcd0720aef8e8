import { expect, it } from 'vitest';
import { askedTerm, startsOf } from '../../../../electron/db/search/phrase-search.ts';
import { parseQuery } from '../../../../shared/text/search-query.ts';

it('a phrase of a thousand equal characters or words reads the lists of each once', () => {
  for (const [query, different] of [
    ['就业'.repeat(500), 2],
    [`"${'land '.repeat(500)}"`, 3],
  ] as const) {
    const looked: string[] = [];
    const words = new Map<string, number>();
    const [term] = parseQuery(query);
    if (term === undefined) throw new Error('No term');
    const asked = askedTerm(term, (part) => {
      looked.push(part.text);
      // How a word may go on depends on whether it is the first, the last or between.
      const id = words.get(part.text) ?? 1_000_000 + words.size;
      words.set(part.text, id);
      return [{ term: id, at: 0 }];
    });
    if (asked === null) throw new Error('Nothing asked');
    expect(asked.tokens.length).toBeGreaterThanOrEqual(500);
    const read: number[] = [];
    const one = (which: number): Uint8Array => {
      read.push(which);
      return new Uint8Array([1]);
    };
    startsOf(asked, { one, all: () => [] });
    expect(read.length).toBeLessThanOrEqual(different);
    expect(looked.length).toBeLessThanOrEqual(different);
  }
});

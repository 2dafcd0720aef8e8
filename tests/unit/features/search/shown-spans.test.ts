import { expect, it } from 'vitest';
import { encodeMap } from '../../../../electron/db/search/offset-map.ts';
import { spansInWindow, unitAt } from '../../../../electron/features/search/chunks.ts';
import { foldForSearch } from '../../../../shared/text/search-fold.ts';
import { seeded, seeds } from '../../../support/seeded.ts';

const PIECES = ['就业', '轉移', 'labour', 'e\u0301tat', 'ﬁn', 'æ', 'ئەمگەك', '𠮷', '₂', 'カﾞ', '، ', 're-', '\u00ad'];
const GAPS = ['', '', ' ', '\n', '-\n', ' \n \n', '\u200b', '   '];

it.each(seeds(30))('a match is where folding has it, also if it runs on into the next piece (seed %i)', (seed) => {
  const random = seeded(seed);
  const text = Array.from({ length: 60 }, () => random.pick(PIECES) + random.pick(GAPS)).join('');
  const { starts, ends } = foldForSearch(text, 'ignored');
  // The map ends with the piece; what follows was read for matches that run on.
  const length = unitAt(starts, random.int(1, text.length));
  const found = Array.from({ length: 50 }, () => {
    const start = random.int(0, Math.max(0, length - 1));
    return { start, length: random.int(1, starts.length - start) };
  });
  const matches = {
    starts: Uint32Array.from(found, (one) => one.start),
    lengths: Uint32Array.from(found, (one) => one.length),
  };
  const window = { text, folded: null, readings: null };
  const spanAt = spansInWindow(window, encodeMap(starts.subarray(0, length)), matches, length);
  for (const [n, one] of found.entries())
    expect(spanAt(n)).toEqual({ start: starts[one.start], end: ends[one.start + one.length - 1] });
});

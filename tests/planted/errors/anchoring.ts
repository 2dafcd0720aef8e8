import type { PlantedError } from '../planted-error.ts';

const ANCHOR = ['tests/unit/anchoring/anchor.test.ts'];
const APPROXIMATE = ['tests/unit/anchoring/approximate.test.ts'];
const QUOTE = ['tests/unit/anchoring/quote.test.ts'];
const READ = ['tests/unit/anchoring/read-anchor.test.ts'];
const REANCHOR = ['tests/unit/anchoring/reanchor.test.ts'];
const PASSAGES = ['tests/unit/features/passages.test.ts'];

/** Where a passage is in its text, where a quotation is found, and where a passage is in a newer text. */
export const anchoring: readonly PlantedError[] = [
  {
    file: 'shared/anchoring/approximate.ts',
    from: 'distance(span, expected) >= distance(chosen, expected)',
    to: 'distance(span, expected) > distance(chosen, expected)',
    why: 'of two places that are equally near the passage moves to the later',
    tests: APPROXIMATE,
  },
  {
    file: 'shared/anchoring/approximate.ts',
    from: 'chosen !== null && up === least && distance(span, expected) >= distance(chosen, expected)',
    to: 'chosen !== null && up === least',
    why: 'a passage goes to the first of several like places, not to the nearest',
    tests: APPROXIMATE,
  },
  {
    file: 'shared/anchoring/quote.ts',
    from: ' || !needle.isWellFormed()',
    to: '',
    why: 'a quotation that begins with half a character is found inside a whole one',
    tests: QUOTE,
  },
  {
    file: 'shared/anchoring/quote.ts',
    from: 'text.endsWith(prefix, span.start) && text.startsWith(suffix, span.end)',
    to: 'text.endsWith(prefix, span.start)',
    why: 'what stands after a quotation does not decide which of its places is meant',
    tests: QUOTE,
  },
  {
    file: 'shared/anchoring/quote.ts',
    from: 'before.endsWith(prefix) && after.startsWith(suffix)',
    to: 'after.startsWith(suffix)',
    why: 'what stands before a quotation does not decide which of its places is meant',
    tests: QUOTE,
  },
  {
    file: 'shared/anchoring/quote.ts',
    from: 'at = text.indexOf(needle, at + 1)',
    to: 'at = text.indexOf(needle, at + needle.length)',
    why: 'of two places that overlap the second is not counted, and the first is taken for sure',
    tests: QUOTE,
  },
  {
    file: 'shared/anchoring/quote.ts',
    from: 'if (fitting.length === 1) return',
    to: 'if (fitting.length >= 1) return',
    why: 'of several places the first is taken, though nobody knows which was meant',
    tests: QUOTE,
  },
  {
    file: 'shared/anchoring/quote.ts',
    from: 'a.start - b.start || b.end - a.end',
    to: 'a.start - b.start || a.end - b.end',
    why: 'one place that is found in two ways counts as two',
    tests: QUOTE,
  },
  {
    file: 'shared/anchoring/anchor.ts',
    from: 'splitsPair(text, start) || splitsPair(text, end)',
    to: 'splitsPair(text, start)',
    why: 'a passage may end in half a character',
    tests: ANCHOR,
  },
  {
    file: 'shared/anchoring/anchor.ts',
    from: 'splitsPair(text, to) ? to - 1 : to',
    to: 'to',
    why: 'what is kept of the text after a passage ends in half a character, which the log refuses',
    tests: ANCHOR,
  },
  {
    file: 'shared/anchoring/anchor.ts',
    from: '?? Infinity) <= offset) low = middle;',
    to: '?? Infinity) < offset) low = middle;',
    why: 'a passage at the top of a page is cited with the page before it',
    tests: ANCHOR,
  },
  {
    file: 'shared/anchoring/read-anchor.ts',
    from: "exact === '' ||",
    to: '',
    why: 'a passage without words out of a bent file is shown as evidence',
    tests: READ,
  },
  {
    file: 'shared/anchoring/reanchor.ts',
    from: 'if (block === null || passage.end > block.older + block.length) return null;',
    to: 'if (block === null) return null;',
    why: 'a passage whose end has changed counts as found, with words that are not its own',
    tests: REANCHOR,
  },
  {
    file: 'shared/anchoring/reanchor.ts',
    from: 'if (this.alignment.takenBy(place, passage) * 2 > length) continue;',
    to: '',
    why: 'a deleted passage is put on its twin, which was always there',
    tests: REANCHOR,
  },
  {
    file: 'shared/anchoring/reanchor.ts',
    from: 'if (length < LEAST_KNOWN && beside < BESIDE_SHORT && start !== aligned) continue;',
    to: '',
    why: 'a word of two characters is put on the same word among strangers',
    tests: REANCHOR,
  },
  {
    file: 'shared/anchoring/reanchor.ts',
    from: 'if (!isWholeWhere(this.here.text, place, this.there.text, passage)) continue;',
    to: '',
    why: 'a passage is put on a part of a longer word',
    tests: REANCHOR,
  },
  {
    file: 'shared/anchoring/reanchor.ts',
    from: 'beside > best.beside ||',
    to: 'beside < best.beside ||',
    why: 'of several same words those are taken that stand among others',
    tests: REANCHOR,
  },
  {
    file: 'shared/anchoring/reanchor.ts',
    from: 'Math.abs(start - expected) < Math.abs(best.start - expected)',
    to: 'Math.abs(start - expected) > Math.abs(best.start - expected)',
    why: 'of several same words the farthest is taken',
    tests: REANCHOR,
  },
  {
    file: 'shared/anchoring/reanchor.ts',
    from: '=== words && wide.start >= 0 ? wide : to',
    to: "!== '' && wide.start >= 0 ? wide : to",
    why: 'a passage that was marked with a space takes in a letter of its neighbour',
    tests: REANCHOR,
  },
  {
    file: 'shared/anchoring/in-place.ts',
    from: 'all * 3 < length ||',
    to: '',
    why: 'a passage of which hardly a word is left counts as changed, and is put on other words',
    tests: REANCHOR,
  },
  {
    file: 'shared/anchoring/spaces.ts',
    from: 'isWide(original, from - 1) || isWide(original, at)) continue;',
    to: 'isWide(original, from - 1)) continue;',
    why: 'a line that breaks before a Chinese character makes the passage another one',
    tests: REANCHOR,
  },
  {
    file: 'shared/anchoring/spaces.ts',
    from: '(starts[end - 1] ?? original.length - 1) + 1 };',
    to: '(starts[end - 1] ?? original.length - 1) };',
    why: 'a passage loses its last character in every new version of its source',
    tests: REANCHOR,
  },
  {
    file: 'electron/project/passages/anchors.ts',
    from: 'page.start < end && page.end > start',
    to: 'page.start <= start && page.end > start',
    why: 'a passage over two pages is marked on the first alone',
    tests: PASSAGES,
  },
  {
    file: 'electron/project/passages/anchors.ts',
    from: '!(left < right && bottom < top) ||',
    to: '',
    why: 'an area without any extent is kept as a passage',
    tests: PASSAGES,
  },
  {
    file: 'electron/project/passages/passages.ts',
    from: 'one.category === tag.category && one.person === tag.person',
    to: 'one.category === tag.category',
    why: 'of two people who gave the same tag only one is shown',
    tests: PASSAGES,
  },
  {
    file: 'electron/project/passages/passages.ts',
    from: 'startOf(a.anchor) - startOf(b.anchor) ||',
    to: '',
    why: 'the passages of a page are not in reading order',
    tests: PASSAGES,
  },
];

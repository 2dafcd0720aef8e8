import type { Stretch } from '../text/blocks.ts';

/** A quotation is no longer than this, in UTF-16 code units: an open mark without its close is a slip, or an apostrophe. */
const LONGEST = 1200;

/** Marks that open and close, and may stand within each other: “…“…”…”, 「…『…』…」, «…». */
const PAIRS = [
  { marks: /[“”]/g, opens: '“' },
  { marks: /[「」『』]/g, opens: '「『' },
  { marks: /[«»]/g, opens: '«' },
] as const;
const STRAIGHT = /(?<![\w"])"([^"\n]{1,1200})"(?!\w)/g;

/** Returns the words between quotation marks, in order; of nested marks the outer ones. Single marks count only outside double ones. */
export function betweenMarks(text: string): Stretch[] {
  const double = [
    ...PAIRS.flatMap(({ marks, opens }) => paired(text, marks, opens)),
    ...Array.from(text.matchAll(STRAIGHT), ({ index, 1: words = '' }) => ({
      start: index + 1,
      end: index + 1 + words.length,
    })),
  ].toSorted(inOrder);
  return [...double, ...singleIn(text, double)].toSorted(inOrder);
}
const inOrder = (one: Stretch, other: Stretch): number => one.start - other.start;

function paired(text: string, marks: RegExp, opens: string): Stretch[] {
  const found: Stretch[] = [];
  /** Where the words after each open mark begin, and what was closed within the first of them. */
  let open: number[] = [];
  let within: Stretch[] = [];
  const dropUnclosed = (before: number): void => {
    while (open[0] !== undefined && open[0] < before) {
      found.push(...within);
      within = [];
      open.shift();
    }
  };
  for (const { index, 0: mark } of text.matchAll(marks)) {
    dropUnclosed(index - LONGEST);
    const [first] = open;
    if (opens.includes(mark)) {
      if (first !== undefined && beginsParagraph(text, index)) {
        found.push({ start: first, end: first + text.slice(first, index).trimEnd().length });
        open = [];
        within = [];
      }
      open.push(index + 1);
      continue;
    }
    const start = open.pop();
    if (start === undefined) continue;
    if (open.length > 0) {
      // A quotation that was closed within this one is part of it.
      while ((within.at(-1)?.start ?? -1) >= start) within.pop();
      within.push({ start, end: index });
    } else {
      found.push({ start, end: index });
      within = [];
    }
  }
  dropUnclosed(text.length + 1);
  return found;
}

/** Whether an open mark only begins a further paragraph of a long quotation, whose last paragraph alone has a closing mark. */
function beginsParagraph(text: string, at: number): boolean {
  const before = /(\S?)([^\S\n]*\n[\s>]*)$/.exec(text.slice(Math.max(0, at - 40), at));
  return before !== null && (/[.!?。！？…:：]/.test(before[1] ?? '') || (before[2]?.match(/\n/g)?.length ?? 0) > 1);
}

const LETTER = '(?!\\p{sc=Han})[\\p{L}\\p{N}]';
const OPEN = `(?<!${LETTER}|[’'])(?:‘|'(?=\\p{L}))`;
const SINGLE_OPEN = new RegExp(OPEN, 'gu');
const SINGLE_MARK = new RegExp(`(?<stop>\\n\\s*\\n|${OPEN})|[’'](?!${LETTER})`, 'gu');

/** Quotations in single marks, as British drafts use: ‘…’. */
function singleIn(text: string, double: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  let at = 0;
  for (const { index } of text.matchAll(SINGLE_OPEN)) {
    while ((double[at]?.end ?? Infinity) <= index) at++;
    if (index < (found.at(-1)?.end ?? 0) || (double[at]?.start ?? Infinity) <= index) continue;
    const length = closeOf(text.slice(index + 1, index + 1 + LONGEST));
    if (length !== null) found.push({ start: index + 1, end: index + 1 + length });
  }
  return found;
}

/** Returns where a single quotation closes. An apostrophe after an s closes it only if no other mark follows: ‘the workers’ rights are ignored’. */
function closeOf(words: string): number | null {
  let first: number | null = null;
  for (const { index, groups } of words.matchAll(SINGLE_MARK)) {
    if (groups?.['stop'] !== undefined) break;
    if (!/^s['’] \p{Ll}/u.test(words.slice(Math.max(0, index - 1), index + 3))) return index;
    first ??= index;
  }
  return first;
}

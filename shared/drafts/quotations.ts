import { nearest, wholeWords } from '../anchoring/approximate.ts';
import type { Span } from '../anchoring/quote.ts';
import { seededPlaces } from '../anchoring/seeds.ts';
import type { WordPiece } from '../contract/versions.ts';
import { wordPieces } from '../text/diff.ts';
import { type Folded, foldWithMap } from '../text/fold.ts';
import { betweenMarks } from './quote-marks.ts';

/** Words in quotation marks in a draft. The offsets are those of the words between the marks. */
export interface Quotation {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface QuotationFound {
  readonly status: 'exact' | 'changed';
  /** UTF-16 code units in the text it was found in. */
  readonly start: number;
  readonly end: number;
  /** Words that only the text has and words that only the draft has; empty if nothing differs. */
  readonly words: readonly WordPiece[];
  /** The words of the text in place of the draft’s ellipsis or brackets. */
  readonly hidden: readonly string[];
  /** The kinds of differing or hidden words: with a number, or a word such as “not”. */
  readonly warnings: readonly ('number' | 'negation')[];
}

/** Shorter quotations are terms, which may stand anywhere. */
const LEAST_WORDS = 3;
const LEAST_HAN = 4;
const HAN = /[\u3400-\u9fff]/g;

/** The quotations of a draft, in order, without terms of one or two words. */
export function quotationsIn(text: string): Quotation[] {
  return betweenMarks(text)
    .map(({ start, end }) => ({ start, end, text: text.slice(start, end) }))
    .filter(({ text: words }) => isQuotation(words))
    .flatMap((one) => [one, ...originalOf(text, one)])
    .sort((one, other) => one.start - other.start);
}

const ORIGINAL_ALONE = /^[”"]?[,.]?[”"]? ?[（(](?=[\u3400-\u9fff])([\u3400-\u9fff，、；：。·… ]{4,400})[)）]/;
/** The original in brackets after a quotation is a quotation, too: “House to house” (挨家挨户). */
function originalOf(text: string, { end, text: words }: Quotation): Quotation[] {
  const found = isChinese(words) ? null : ORIGINAL_ALONE.exec(text.slice(end, end + 420));
  const original = found?.[1] ?? '';
  if (found === null || !isQuotation(original)) return [];
  const start = end + found[0].length - 1 - original.length;
  return [{ start, end: start + original.length, text: original }];
}

function isQuotation(words: string): boolean {
  const han = words.match(HAN)?.length ?? 0;
  return han >= LEAST_HAN || (words.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) - han >= LEAST_WORDS;
}

/** Whether most letters are Han: a quotation in another script than a text is a translation, and is linked by hand. */
export const isChinese = (text: string): boolean => {
  const start = text.slice(0, 20_000);
  return (start.match(HAN)?.length ?? 0) * 2 > (start.match(/[A-Za-z]/g)?.length ?? 0);
};

const ORIGINAL = /^[”"]?[,.，。]?[”"]?\s?[（(][“"「]?[^()（）\n]{0,20}?[\u3400-\u9fff]{4}/;
/** Whether Chinese words stand in brackets right after a quotation in another script: it is then their translation. */
export const hasOriginal = (text: string, { end, text: words }: Quotation): boolean =>
  !isChinese(words) && ORIGINAL.test(text.slice(end, end + 60));

/** A text that quotations are looked for in, folded once. */
export class QuotedText {
  readonly isChinese: boolean;
  private readonly text: string;
  private readonly folded: Folded;

  constructor(text: string) {
    this.text = text;
    const folded = foldWithMap(text);
    this.folded = { ...folded, text: withOneMark(folded.text) };
    this.isChinese = isChinese(text);
  }

  /** Finds each quotation word for word or with changes; null where the text has nothing like it. */
  find(quotations: readonly Quotation[]): (QuotationFound | null)[] {
    const pieces = quotations.map(({ text }) => literalPieces(text));
    const exact = pieces.map((literals) => this.inOrder(literals));
    const open = pieces.map((literals, at) => (exact[at] === null ? literals.join(' ') : ''));
    const seeded = seededPlaces(this.folded.text, open);
    return quotations.map((_, at): QuotationFound | null => {
      const spans = exact[at] ?? null;
      if (spans !== null) return this.exactly(spans, quotations[at]?.text ?? '');
      const words = open[at] ?? '';
      const [best] = seeded(at).places;
      return (best === undefined ? null : this.changed(words, best.at)) ?? this.shortChanged(words);
    });
  }

  /** The first places where all literal pieces stand in order. Returns null if there are none. */
  private inOrder(literals: readonly string[]): (readonly [number, number])[] | null {
    const [first = ''] = literals;
    if (first === '') return null;
    let tried = 0;
    for (let at = this.indexOf(first, 0); at >= 0 && tried < MOST_TRIED; at = this.indexOf(first, at + 1), tried++) {
      const spans: (readonly [number, number])[] = [[at, at + first.length]];
      let end = at + first.length;
      for (const literal of literals.slice(1)) {
        const next = this.indexOf(literal, end);
        if (next < 0 || next - end > LONGEST_GAP) break;
        spans.push([next, next + literal.length]);
        end = next + literal.length;
      }
      if (spans.length === literals.length) return spans;
    }
    return null;
  }

  /** Finds words whether their first letter is capital or small: quotations begin in mid-sentence. */
  private indexOf(words: string, from: number): number {
    const first = words.charAt(0);
    const other = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
    const one = this.wholeAt(words, from);
    if (other === first) return one;
    const two = this.wholeAt(other + words.slice(1), from);
    return one < 0 ? two : two < 0 ? one : Math.min(one, two);
  }

  /** Finds words that are not inside a word or number: “600 workers” isn’t in “1,600 workers”, nor 五百人 (“500 people”) in 一千五百人 (“1,500 people”). */
  private wholeAt(words: string, from: number): number {
    const { text, starts, ends } = this.folded;
    for (let at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + 1)) {
      const end = at + words.length;
      const before = text.slice(Math.max(0, at - 2), at + 1);
      const after = text.slice(end - 1, end + 2);
      // “2020, 12 percent”: folding drops the space, which is there.
      const isNumber =
        (/\d[.,]\d$/.test(before) && starts[at] === ends[at - 1]) ||
        (/^\d[.,]\d/.test(after) && starts[end + 1] === ends[end]);
      if (!isNumber && !JOINED_BEFORE.test(before) && !JOINED_AFTER.test(after)) return at;
    }
    return -1;
  }

  private exactly(spans: readonly (readonly [number, number])[], quoted: string): QuotationFound {
    const source = spans.map(([from, to]) => this.raw(from, to)).join(' ');
    // Folded, 10² is 102 and ①② is 12.
    if (digitsApart(source) !== digitsApart(quoted)) {
      const [from, to] = [spans[0]?.[0] ?? 0, spans.at(-1)?.[1] ?? 0];
      const words = [
        { kind: 'gone' as const, text: this.raw(from, to) },
        { kind: 'new' as const, text: quoted },
      ];
      return { status: 'changed', ...this.back(from, to), words, hidden: [], warnings: ['number'] };
    }
    const hidden = spans.slice(1).map(([from], at) => this.folded.text.slice(spans[at]?.[1] ?? 0, from).trim());
    const [first, last] = [spans[0]?.[0] ?? 0, spans.at(-1)?.[1] ?? 0];
    return {
      status: 'exact',
      ...this.back(first, last),
      words: [],
      hidden: hidden.filter((words) => words !== ''),
      warnings: warningsFor(hidden.join(' ')),
    };
  }

  private changed(words: string, expected: number): QuotationFound | null {
    const window = { start: expected - words.length, end: expected + 2 * words.length };
    const span = nearest(this.folded.text, window, words, expected);
    if (span === null) return null;
    const whole = this.withReplaced(wholeWords(this.folded.text, span), words);
    const kept = withinSentence(this.folded.text.slice(whole.start, whole.end), words);
    const near = withoutNeighbours(this.folded.text.slice(whole.start + kept.start, whole.start + kept.end), words);
    const start = whole.start + kept.start + near.start;
    return this.asChanged(start, start + near.end - near.start, words);
  }

  private asChanged(start: number, end: number, words: string): QuotationFound {
    const pieces = wordPieces(this.folded.text.slice(start, end), words);
    const different = pieces.filter(({ kind }) => kind !== 'same').map(({ text }) => text);
    return {
      status: 'changed',
      ...this.back(start, end),
      words: pieces,
      hidden: [],
      warnings: warningsFor(different.join(' ')),
    };
  }

  /** Finds a short Chinese quotation with one character replaced, added or missing; half of it must be unchanged. Returns null if there is none. */
  private shortChanged(words: string): QuotationFound | null {
    if (!SHORT.test(words)) return null;
    const half = Math.floor(words.length / 2);
    for (const [from, to] of [
      [0, half],
      [half, words.length],
    ] as const) {
      const kept = words.slice(from, to);
      let tried = 0;
      for (let at = this.wholeAt(kept, 0); at >= 0 && tried < MOST_TRIED; at = this.wholeAt(kept, at + 1), tried++) {
        const span = from === 0 ? this.besideEnd(words, at) : this.besideStart(words, at + kept.length);
        if (span !== null) return this.asChanged(span.start, span.end, words);
      }
    }
    return null;
  }
  /** The span from `start` that matches the words except for one character. */
  private besideEnd(words: string, start: number): Span | null {
    const ends = LENGTHS.map((by) => start + words.length + by);
    const end = ends.find((one) => isOneApart(this.folded.text.slice(start, one), words));
    return end === undefined ? null : { start, end };
  }
  private besideStart(words: string, end: number): Span | null {
    const starts = LENGTHS.map((by) => end - words.length - by).filter((one) => one >= 0);
    const start = starts.find((one) => isOneApart(this.folded.text.slice(one, end), words));
    return start === undefined ? null : { start, end };
  }

  /** Widens a span whose first or last words differ, by as many words of the text as may stand for them. */
  private withReplaced({ start, end }: Span, words: string): Span {
    const { text } = this.folded;
    const pieces = wordPieces(text.slice(start, end), words);
    const [first, last] = [pieces[0], pieces.at(-1)];
    const before = first?.kind === 'new' ? (wordsUpTo(first.text, 'before').exec(text.slice(0, start))?.[0] ?? '') : '';
    const isAdded = last?.kind === 'new' && pieces.at(-2)?.kind !== 'gone';
    const after = isAdded ? (wordsUpTo(last.text, 'after').exec(text.slice(end))?.[0] ?? '') : '';
    return { start: start - before.trimStart().length, end: end + after.trimEnd().length };
  }

  private raw(from: number, to: number): string {
    const { start, end } = this.back(from, to);
    return this.text.slice(start, end);
  }
  private back(from: number, to: number): { start: number; end: number } {
    const { starts, ends } = this.folded;
    return { start: starts[from] ?? this.text.length, end: ends[to - 1] ?? this.text.length };
  }
}

/** Raised, lowered, circled and other non-decimal digits beside a digit. In m² there is no number. */
const DIGITS_APART = /(?<=\p{N}[.,]?)\p{No}|\p{No}(?=[.,]?\p{N})/gu;
const digitsApart = (text: string): string => text.match(DIGITS_APART)?.join('') ?? '';

/** Makes all quotation marks alike, since a draft uses other marks inside a quotation than its source. The length stays. */
const withOneMark = (folded: string): string => folded.replace(/["「」『』]/g, "'");

/** Whether a place is the better one for a quotation: word for word, or with fewer characters that differ. Of equals the first stays. */
export function isBetter(one: QuotationFound, than: QuotationFound | null): boolean {
  if (than === null || than.status === 'exact') return than === null;
  return one.status === 'exact' || differing(one) < differing(than);
}
const differing = ({ words }: Pick<QuotationFound, 'words'>): number =>
  words.reduce((sum, { kind, text }) => (kind === 'same' ? sum : sum + text.length), 0);

/**
 * Short Chinese quotations are compared by character: longer ones have unchanged pieces, and in shorter ones a difference of one character is
 * chance.
 */
const SHORT = /^[\u3400-\u9fff]{6,10}$/;
/** Lengths of a match relative to the quotation: equal, one character more, one less. */
const LENGTHS = [0, 1, -1] as const;
/**
 * Whether the words match with one character replaced, added or missing. A character added at an end of a clause makes another phrase: 全区常住人口
 * (“residents of the region”) stands in any report, and does not match 全区常住人口为 (“residents of the region are”).
 */
function isOneApart(source: string, words: string): boolean {
  const [longer, shorter] = source.length >= words.length ? [source, words] : [words, source];
  if (longer.length - shorter.length > 1 || !HAN_ONLY.test(source)) return false;
  if (longer === words && (words.startsWith(source) || words.endsWith(source))) return false;
  let at = 0;
  while (at < shorter.length && longer.charAt(at) === shorter.charAt(at)) at++;
  return longer.slice(at + 1) === shorter.slice(longer.length === shorter.length ? at + 1 : at);
}
const HAN_ONLY = /^[\u3400-\u9fff]+$/;

/** The most characters that an ellipsis may stand for, and the most places of the first words that are tried. */
const LONGEST_GAP = 400;
const MOST_TRIED = 200;

const NUMERAL = '[零一二三四五六七八九十百千万亿]';
const LETTER = '(?![\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}])[\\p{L}\\p{N}]';
const JOINED_BEFORE = new RegExp(`(?:${LETTER}${LETTER}|${NUMERAL}{2})$`, 'u');
const JOINED_AFTER = new RegExp(`^(?:${LETTER}${LETTER}|${NUMERAL}{2})`, 'u');

/** What an author marks as left out or added: `[x]`, also with brackets inside, `…`, and `…` in brackets. */
const LEFT_OUT = /\[(?:[^[\]]|\[[^[\]]{0,60}\]){0,120}\]|[(（]\s?(?:…+|\.{3,}|\. \. \.)\s?[)）]|…+|\.{3,}|\. \. \./u;

/** The words between an author’s marks, folded as texts are, without the draft’s closing punctuation. `[x]` and `…` stand for other words. */
function literalPieces(quotation: string): string[] {
  return quotation
    .replace(/\[(\p{L})\](?=\p{L})/gu, '$1')
    .split(LEFT_OUT)
    .map((piece) =>
      withOneMark(foldWithMap(piece).text)
        .trim()
        .replace(/[.,;:!?，。；：！？]+$/u, ''),
    )
    .filter((piece) => piece !== '');
}

const SENTENCE_END = /(?<!\d)[.!?](?!\d)|[。！？；]/u;
/** Trims missing words at the ends, up to the end of a sentence: they belong to another sentence of the source. */
function withinSentence(source: string, words: string): Span {
  const pieces = wordPieces(source, words);
  let [start, end] = [0, source.length];
  const last = pieces.findLast(({ kind }) => kind !== 'new');
  const cut = last?.kind === 'gone' ? SENTENCE_END.exec(last.text) : null;
  if (last !== undefined && cut !== null) end -= last.text.length - cut.index;
  const first = pieces.find(({ kind }) => kind !== 'new');
  const before = first?.kind === 'gone' && first !== last ? /^.*[.!?。！？；]/su.exec(first.text) : null;
  if (before !== null) start += before[0].length;
  return { start, end };
}

/** How many sentence ends are tried at either end of a place. */
const MOST_ENDS = 3;
/** Trims the sentence before or after a place if the draft is closer to the rest. Words or characters in common with it are chance. */
function withoutNeighbours(source: string, words: string): Span {
  const whole = { start: 0, end: source.length };
  const ends = Array.from(source.matchAll(new RegExp(SENTENCE_END, 'gu')), ({ index }) => index);
  const before = ends.slice(0, MOST_ENDS).map((at): Span => {
    const rest = source.slice(at + 1);
    return { start: source.length - rest.trimStart().length, end: source.length };
  });
  const after = ends.slice(-MOST_ENDS).map((end): Span => ({ start: 0, end }));
  return [...before, ...after]
    .filter(({ start, end }) => end > start)
    .reduce(
      (best, span) => {
        const differs = differing({ words: wordPieces(source.slice(span.start, span.end), words) });
        return differs < best.differs ? { span, differs } : best;
      },
      { span: whole, differs: differing({ words: wordPieces(source, words) }) },
    ).span;
}

/** A pattern for as many words or Han characters as a text has, at the end of the words before a place or at the start of those after it. */
function wordsUpTo(text: string, where: 'before' | 'after'): RegExp {
  const han = text.match(HAN)?.length ?? 0;
  const most = Math.min(han > 0 ? han : (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 12);
  const word = han > 0 ? '[\\u3400-\\u9fff]' : where === 'before' ? "[\\p{L}\\p{N}'-]+ ?" : " ?[\\p{L}\\p{N}'-]+";
  return new RegExp(where === 'before' ? `(?:${word}){0,${most}}$` : `^(?:${word}){0,${most}}`, 'u');
}

const NEGATION = /\b(?:not|no|never|without|nor|cannot|less|may|must|should|only|few)\b|n't\b|[不没未无非勿]/iu;
function warningsFor(words: string): QuotationFound['warnings'] {
  return [
    ...(/\p{N}|[一二三四五六七八九十百千万亿]/u.test(words) ? (['number'] as const) : []),
    ...(NEGATION.test(words) ? (['negation'] as const) : []),
  ];
}

/**
 * Text folded for finding a quotation as typed or pasted, with a map back. Folded: kinds of white space and line breaks,
 * compatibility forms (NFKC: width, ligatures, Kangxi radicals), curly quotes, kinds of dashes, soft hyphens, zero-width
 * and bidi marks, and spaces that do not separate words: beside Han and kana (a PDF breaks lines inside Chinese words)
 * and beside punctuation. Kept: case, accents, and everything else that makes a different word.
 */
export interface Folded {
  readonly text: string;
  /** For each code unit of `text`: start and end of its source in the original, in UTF-16 code units. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Where in `text` hyphens between letters were dropped. */
  readonly joins: readonly number[];
}

/**
 * A hyphen at the end of a line is either part of the word or was added by the line break; both are tried. `ignored`
 * drops every hyphen between letters, for a quotation with both kinds.
 */
export type LineEndHyphen = 'dropped' | 'kept' | 'ignored';

/** Soft hyphens, zero-width and bidi marks, and the tatweel that only stretches an Arabic-script word. */
const INVISIBLE = '\\u00ad\\u0640\\u200b-\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff';
/** Characters that NFKC can join to the one before: marks, vowels and finals of Hangul, half-width kana marks. */
const JOINS = '\\p{M}\\u1160-\\u11ff\\u314f-\\u3163\\uff9e\\uff9f\\uffc2-\\uffdc';
/** One piece to fold: invisible characters; white space; a character with its marks. */
const PIECE = new RegExp(
  `(?<invisible>[${INVISIBLE}]+)|(?<space>\\s[\\s${INVISIBLE}]*)|[^](?:[${INVISIBLE}]*[${JOINS}])*`,
  'uy',
);
const INVISIBLES = new RegExp(`[${INVISIBLE}]`, 'gu');
/** Letters and figures of a script that writes spaces between words, at the end and at the start of a folded text. */
const WORD = '(?![\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}])[\\p{L}\\p{N}]';
const ENDS_WORD = new RegExp(`(?:${WORD}\\p{M}*|^\\p{M}+)$`, 'u');
const STARTS_WORD = new RegExp(`^(?:${WORD}|\\p{M})`, 'u');
const LETTER = /^\p{L}/u;
const ENDS_LETTERS = /\p{L}\p{M}*$/u;
const HYPHEN = /^[-\u2010\u2011]$/;

const SINGLE: ReadonlyMap<string, string> = new Map([
  ...Array.from('‘’‚‛ʼ′').map((mark): [string, string] => [mark, "'"]),
  ...Array.from('“”„‟″«»').map((mark): [string, string] => [mark, '"']),
  ...Array.from('‐‑‒–—―−﹘﹣－').map((mark): [string, string] => [mark, '-']),
]);
const SINGLES = new RegExp(`[${[...SINGLE.keys()].join('')}]`, 'gu');
const unified = (text: string): string => text.replace(SINGLES, (mark) => SINGLE.get(mark) ?? mark);

/** Quotes and dashes first: NFKC would write ″ as two primes. */
const foldCharacters = (raw: string): string =>
  unified(unified(raw.replace(INVISIBLES, '')).normalize('NFKC')).replace(/\s/gu, '');

/** What is known of a code unit, as bits. */
const KNOWN = 1;
/** It is a piece of its own if no character that joins it follows. */
const ALONE = 2;
/** It may belong to the piece before it. */
const JOINER = 4;
const ENDS = 8;
const STARTS = 16;
/** What `units` holds for a code unit that does not fold to exactly one. */
const LONGER = 0xffff;

const NO_SINGLE = new RegExp(`[-\\u2010\\u2011\\s\\ud800-\\udfff${INVISIBLE}]`);
const JOINER_OR_HALF = new RegExp(`[${JOINS}${INVISIBLE}\\ud800-\\udbff]`, 'u');

/** How single code units fold, each looked up once: nearly all of any text. */
class Alphabet {
  readonly further: (folded: string) => string;
  readonly units = new Uint16Array(0x10000);
  readonly longer = new Map<number, string>();
  private readonly flags = new Uint8Array(0x10000);

  constructor(further: (folded: string) => string) {
    this.further = further;
  }
  /** The bits of a code unit; none at the end of a text. */
  of(code: number): number {
    const flags = this.flags[code] ?? 0;
    return flags === 0 && code >= 0 ? this.learn(code) : flags;
  }
  private learn(code: number): number {
    const character = String.fromCharCode(code);
    const folded = foldCharacters(character);
    const made = this.further(folded);
    this.units[code] = made.length === 1 ? made.charCodeAt(0) : LONGER;
    if (made.length !== 1 || made.charCodeAt(0) === LONGER) this.longer.set(code, made);
    const flags =
      KNOWN |
      (NO_SINGLE.test(character) ? 0 : ALONE) |
      (JOINER_OR_HALF.test(character) ? JOINER : 0) |
      (ENDS_WORD.test(folded) ? ENDS : 0) |
      (STARTS_WORD.test(folded) ? STARTS : 0);
    this.flags[code] = flags;
    return flags;
  }
}

interface Piece {
  readonly kind: 'invisible' | 'space' | 'visible';
  readonly at: number;
  readonly end: number;
}

/** Collects folded text. */
class Builder {
  length = 0;
  private units: Uint16Array<ArrayBuffer>;
  private starts: Uint32Array<ArrayBuffer>;
  private ends: Uint32Array<ArrayBuffer>;

  constructor(size: number) {
    this.units = new Uint16Array(size);
    this.starts = new Uint32Array(size);
    this.ends = new Uint32Array(size);
  }
  unit(code: number, start: number, end: number): void {
    if (this.length === this.units.length) this.grow();
    this.units[this.length] = code;
    this.starts[this.length] = start;
    this.ends[this.length] = end;
    this.length++;
  }
  add(folded: string, start: number, end: number): void {
    for (let at = 0; at < folded.length; at++) this.unit(folded.charCodeAt(at), start, end);
  }
  /** `isWellFormed`: the text has no half of a surrogate pair, which the decoder would replace. */
  done(isWellFormed: boolean): Omit<Folded, 'joins'> {
    const { length } = this;
    const units = this.units.subarray(0, length);
    const text = isWellFormed ? UTF_16.decode(units) : Array.from(units, (unit) => String.fromCharCode(unit)).join('');
    return { text, starts: this.starts.subarray(0, length), ends: this.ends.subarray(0, length) };
  }
  private grow(): void {
    const size = this.length * 2 + 16;
    const [units, starts, ends] = [new Uint16Array(size), new Uint32Array(size), new Uint32Array(size)];
    units.set(this.units);
    starts.set(this.starts);
    ends.set(this.ends);
    [this.units, this.starts, this.ends] = [units, starts, ends];
  }
}
/** Measured: 1 ns a character; `String.fromCharCode` takes 33. */
const UTF_16 = new TextDecoder('utf-16le', { ignoreBOM: true });

const AS_WRITTEN = new Alphabet((folded) => folded);

/** Folds `text`. Measured: 0.02 µs a character of Chinese and English. */
export const foldWithMap = (text: string, hyphens: LineEndHyphen = 'dropped'): Folded =>
  fold(text, hyphens, AS_WRITTEN);

/** A folding that goes further: each folded piece (a character with its marks) is then folded by `further`. */
export function folding(further: (folded: string) => string): (text: string, hyphens: LineEndHyphen) => Folded {
  const alphabet = new Alphabet(further);
  return (text, hyphens) => fold(text, hyphens, alphabet);
}

function fold(text: string, hyphens: LineEndHyphen, alphabet: Alphabet): Folded {
  const out = new Builder(text.length + 16);
  const joins: number[] = [];
  /** The last visible piece, folded: in `before`, or the single code unit at `single`. */
  let before = '';
  let single = -1;
  const last = (): string => (single < 0 ? before : foldCharacters(text.charAt(single)));
  let between: 'nothing' | 'soft hyphen' | 'space' = 'nothing';
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    const flags = alphabet.of(code);
    if ((flags & ALONE) !== 0 && (at + 1 === text.length || (alphabet.of(text.charCodeAt(at + 1)) & JOINER) === 0)) {
      const unit = alphabet.units[code] ?? LONGER;
      if (unit === LONGER) out.add(alphabet.longer.get(code) ?? '', at, at + 1);
      else out.unit(unit, at, at + 1);
      single = at;
      between = 'nothing';
      at++;
      continue;
    }
    if ((code === SPACE || code === LINE_FEED) && single === at - 1 && single >= 0 && at + 2 < text.length) {
      // One space between two single code units: what follows is read next, whatever joins it.
      const next = alphabet.of(text.charCodeAt(at + 1));
      if ((next & ALONE) !== 0 && (alphabet.of(text.charCodeAt(at + 2)) & JOINER) === 0) {
        if ((alphabet.of(text.charCodeAt(single)) & ENDS) !== 0 && (next & STARTS) !== 0) out.unit(SPACE, at, at + 1);
        between = 'space';
        at++;
        continue;
      }
    }
    const piece = pieceAt(text, at);
    at = piece.end;
    if (piece.kind === 'space') {
      const next = visibleFrom(text, at);
      const after = next === null ? '' : foldedPiece(text, next);
      const isWord = between === 'soft hyphen' && breaksLine(text, piece) && LETTER.test(after);
      if (!isWord && ENDS_WORD.test(last()) && STARTS_WORD.test(after)) out.unit(SPACE, piece.at, piece.end);
      between = 'space';
    } else if (piece.kind === 'invisible') {
      if (between === 'nothing' && text.slice(piece.at, piece.end).includes('\u00ad')) between = 'soft hyphen';
    } else {
      const folded = foldedPiece(text, piece);
      const isHyphen = folded === '-' && HYPHEN.test(text.charAt(piece.at));
      const hyphen = isHyphen && between !== 'space' ? readHyphen(text, last(), at, hyphens) : null;
      at = hyphen?.next ?? at;
      between = 'nothing';
      if (hyphen?.drops === true) {
        joins.push(out.length);
        continue;
      }
      out.add(alphabet.further(folded), piece.at, piece.end);
      before = folded;
      single = -1;
    }
  }
  return { ...out.done(text.isWellFormed()), joins };
}
const SPACE = 0x20;
const LINE_FEED = 0x0a;

const breaksLine = (text: string, { at, end }: Piece): boolean => text.slice(at, end).includes('\n');
const foldedPiece = (text: string, { at, end }: Piece): string => foldCharacters(text.slice(at, end));

function pieceAt(text: string, at: number): Piece {
  PIECE.lastIndex = at;
  const match = PIECE.exec(text);
  const end = at + (match?.[0].length ?? 1);
  if (match?.groups?.['invisible'] !== undefined) return { kind: 'invisible', at, end };
  return { kind: match?.groups?.['space'] === undefined ? 'visible' : 'space', at, end };
}

/**
 * Where the original of a folded unit ends, given where it begins: what {@link Folded.ends} has, without folding the text. The text has
 * to go on as it did when it was folded.
 */
export const endOfUnit = (text: string, start: number): number => pieceAt(text, start).end;

/** The next visible piece from `at` on. */
function visibleFrom(text: string, at: number): Piece | null {
  for (let from = at; from < text.length;) {
    const piece = pieceAt(text, from);
    if (piece.kind !== 'invisible') return piece;
    from = piece.end;
  }
  return null;
}

/** Whether a hyphen is dropped, and where to continue after a line break; null for a hyphen that is kept. */
function readHyphen(
  text: string,
  before: string,
  at: number,
  hyphens: LineEndHyphen,
): { drops: boolean; next: number } | null {
  const after = visibleFrom(text, at);
  const breaks = after?.kind === 'space' && breaksLine(text, after);
  const next = breaks ? visibleFrom(text, after.end) : after;
  if (next === null || next.kind === 'space') return null;
  const between = ENDS_LETTERS.test(before) && LETTER.test(foldedPiece(text, next));
  return { drops: between && hyphens !== 'kept' && (breaks || hyphens === 'ignored'), next: next.at };
}

/**
 * Folds text for filtering a list: compatibility forms, width, case and diacritics. Searching sources folds more and
 * keeps a map back (search-fold.ts); a filter needs none.
 */
export const foldText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .normalize('NFC')
    .toLowerCase();

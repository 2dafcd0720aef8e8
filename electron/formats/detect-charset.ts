import { detect } from 'chardet';
import { byteOrderMark, decodeAs, encodingOf, isUtf8 } from './charset.ts';
import { SIMPLIFIED, TRADITIONAL } from './common-han.ts';

/** How much of a file is looked at by statistics, from its first byte that is not ASCII. */
const SAMPLE = 128 * 1024;
/** Of the characters of real text nearly all are of these; of wrongly paired bytes hardly half. */
const ORDINARY =
  /[\t\n\r -~\u00a0-\u02ff\u2010-\u203b\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Tibetan}]/gu;
const NEARLY_ALL = 0.95;

export interface Detected {
  /** Name of the encoding (Encoding standard). */
  readonly charset: string;
  /** `false`: nothing speaks for it, it is what is read where nothing is known. */
  readonly known: boolean;
}

/**
 * The encoding of a text that declares none: mark, UTF-16 by its zeros, UTF-8 where the bytes are valid as that (even with
 * some damage), then statistics.
 */
export function detectCharset(bytes: Uint8Array): Detected {
  const mark = byteOrderMark(bytes) ?? utf16WithoutMark(bytes.subarray(0, SAMPLE));
  if (mark !== null) return { charset: mark, known: true };
  if (isUtf8(bytes) || isNearlyUtf8(bytes)) return { charset: 'utf-8', known: true };
  const sample = sampleOf(bytes);
  const scored = bestScored(sample);
  if (scored !== null) return { charset: scored, known: true };
  const guess = detect(sample)?.toLowerCase() ?? '';
  const name = encodingOf(guess);
  if (name !== null && name !== 'utf-8' && !name.startsWith('utf-16')) return { charset: name, known: true };
  return { charset: 'windows-1252', known: false };
}

/** From before the first byte that says something: a page may begin with kilobytes of ASCII scripts. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte >= 0x80);
  const from = Math.max(0, first - 64);
  return bytes.subarray(from, from + SAMPLE);
}

/** Text in an 8-bit encoding has no zero bytes; UTF-16 has one in every line feed, space and Latin letter. */
function utf16WithoutMark(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (!sample.includes(0)) return null;
  const even = sample.subarray(0, sample.length & ~1);
  for (const charset of ['utf-16le', 'utf-16be'] as const) {
    const text = decodeAs(even, charset);
    if ((text.match(ORDINARY)?.length ?? 0) > text.length * NEARLY_ALL) return charset;
  }
  return null;
}

/** A long UTF-8 text with a cut or damaged character in it is still that. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const good = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  return good > 20 * broken;
}

/** What a character (and the one before it) says for an encoding under which it was read: 2 for much, below 0 against it. */
type Score = (character: string, before: string) => number;

const HAN = /[\u4e00-\u9fff]/;
const HAN_MARKS = /[\u3001\u3002\uff0c\uff1a\uff1b\uff08\uff09\u300a\u300b\u201c\u201d]/;
const UNREADABLE = -6;

const chinese =
  (...common: readonly ReadonlySet<string>[]): Score =>
  (character) =>
    common.some((set) => set.has(character)) ? 2 : HAN_MARKS.test(character) ? 1 : HAN.test(character) ? 0.1 : -1;
const japanese: Score = (character) =>
  /[\u3041-\u3093]/.test(character)
    ? 2
    : /[\u30a1-\u30fe\u3001\u3002]/.test(character)
      ? 1
      : HAN.test(character)
        ? 0.1
        : -1;
const COMMON_HANGUL = new Set(
  '이의는을가에다고하지한로기사은를도서리대인자어나시정해일그아스게수들부장있과보전만와제국주상조여회라으된할되모든간',
);
const korean: Score = (character) =>
  COMMON_HANGUL.has(character) ? 2 : /[\uac00-\ud7a3]/.test(character) ? 0.1 : HAN.test(character) ? -0.5 : -1;

const COMMON_CYRILLIC = new Set('оеаинтсрвлкмдпу');
/** Letters in words: no capital after a small one, no Latin letter beside it. */
const cyrillic: Score = (character, before) => {
  if (/[A-Za-z]/.test(before)) return -1;
  if (/[\u0410-\u042f]/.test(character)) return /[\u0430-\u044f]/.test(before) ? -2 : 0.6;
  if (/[\u0430-\u044f\u0451]/.test(character)) return COMMON_CYRILLIC.has(character) ? 1.4 : 0.6;
  return /[\u00ab\u00bb\u2013\u2014\u2116\u00a0\u2019\u201c-\u201e]/.test(character) ? 0.5 : -1;
};

/**
 * Each with what its mean must reach: below, nothing speaks for it. Real text of these has 1.0 and more; Greek and Arabic
 * read as Cyrillic have up to 0.8.
 */
const CANDIDATES: readonly (readonly [charset: string, score: Score, convincing: number])[] = [
  ['gb18030', chinese(SIMPLIFIED, TRADITIONAL), 0.45],
  ['big5', chinese(TRADITIONAL), 0.45],
  ['shift_jis', japanese, 0.45],
  ['euc-jp', japanese, 0.45],
  ['euc-kr', korean, 0.45],
  ['windows-1251', cyrillic, 0.85],
  ['koi8-r', cyrillic, 0.85],
];

function bestScored(sample: Uint8Array): string | null {
  let best: string | null = null;
  let highest = 0;
  for (const [charset, score, convincing] of CANDIDATES) {
    const mean = meanScore(decodeAs(sample, charset), score);
    if (mean > highest && mean >= convincing) [best, highest] = [charset, mean];
  }
  return best;
}

function meanScore(text: string, score: Score): number {
  let sum = 0;
  let count = 0;
  let before = '';
  for (const character of text) {
    if (character > '\u007f') {
      count++;
      sum +=
        character === '\ufffd' || (character >= '\ue000' && character <= '\uf8ff')
          ? UNREADABLE
          : score(character, before);
    }
    before = character;
  }
  return count === 0 ? 0 : sum / count;
}

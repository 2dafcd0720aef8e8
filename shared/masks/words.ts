import type { Span } from '../anchoring/quote.ts';
import { readings } from '../text/search-fold.ts';

/** What stands for each code unit of what is masked. */
export const BLACK = '█';

/** Spans in order, those that touch or overlap as one. */
export function joined(spans: readonly Span[]): Span[] {
  const all: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else if (start < end) all.push({ start, end });
  }
  return all;
}

/**
 * The text with these spans black, as long as before: an offset in it is one in the text it was. Line ends stay, so that paragraphs
 * do. A span that begins or ends inside a character takes all of it.
 */
export function blackened(text: string, spans: readonly Span[]): string {
  let [done, from] = ['', 0];
  for (const { start, end } of joined(spans.map((span) => whole(text, span)))) {
    done += text.slice(from, start) + text.slice(start, end).replace(/[^\r\n]/g, BLACK);
    from = end;
  }
  return done + text.slice(from);
}

function whole(text: string, { start, end }: Span): Span {
  const low = Math.max(0, start);
  const high = Math.min(text.length, end);
  return { start: isHalf(text, low) ? low - 1 : low, end: isHalf(text, high) ? high + 1 : high };
}
const isHalf = (text: string, at: number): boolean => (text.codePointAt(at - 1) ?? 0) > 0xffff;

/** Finds words in a text, wherever they stand. */
export type FindWords = (text: string) => Span[];

/**
 * A finder of words that are masked, for texts that people wrote: as the search finds them, whatever their case, width, accents,
 * traditional or simplified characters, and line breaks inside them. It errs towards finding: words match inside others too, as names
 * do that take endings. Only up to three letters of an alphabet must stand alone: “Ann” is no part of “annual”. Words of a single
 * letter or figure, as {@link isTooShort} says, are not looked for.
 */
export function wordsFinder(words: readonly string[]): FindWords {
  const forms = new Map<string, boolean>();
  for (const word of words) {
    if (isTooShort(word)) continue;
    for (const { text } of readings(word)) if (text.trim() !== '') forms.set(text.trim(), standsAlone(text.trim()));
  }
  if (forms.size === 0) return () => [];
  const any = new RegExp([...forms.keys()].map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'u');
  return (text) => {
    const found: Span[] = [];
    for (const folded of readings(text)) {
      // Most texts have none of them.
      if (!any.test(folded.text)) continue;
      for (const [form, isAlone] of forms)
        for (let at = folded.text.indexOf(form); at !== -1; at = folded.text.indexOf(form, at + 1)) {
          const end = at + form.length;
          if (isAlone && (LETTER_AT_END.test(folded.text.slice(0, at)) || LETTER_AT_START.test(folded.text.slice(end))))
            continue;
          found.push({ start: folded.starts[at] ?? 0, end: folded.ends[end - 1] ?? text.length });
        }
    }
    return joined(found);
  };
}

const LETTER_AT_END = /[\p{L}\p{N}]$/u;
const LETTER_AT_START = /^[\p{L}\p{N}]/u;

/** A single letter or figure is in nearly every text. */
export const isTooShort = (word: string): boolean => (word.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < 2;

const standsAlone = (word: string): boolean => {
  const letters = word.match(/[\p{L}\p{N}]/gu) ?? [];
  return (
    letters.length <= 3 && !letters.some((letter) => /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u.test(letter))
  );
};

/** Percent-encoded text, as in the address of a saved page. */
const ENCODED = /%[0-9a-f]{2}/i;
const ENCODED_RUN = /(?:%[0-9a-f]{2})+/gi;

/** The text with these words black wherever they stand, in an address also where they are percent-encoded. */
export function withoutWords(find: FindWords): (text: string) => string {
  return (text) => {
    const plain = blackened(text, find(text));
    if (!ENCODED.test(plain)) return plain;
    const decoded = plain.replace(ENCODED_RUN, decodedOf);
    const found = find(decoded);
    return found.length === 0 ? plain : blackened(decoded, found);
  };
}

function decodedOf(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not UTF-8: only what is written is looked at.
    return text;
  }
}

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
 * do that take endings, and with other signs between them, or none, as in file names and addresses (gulnar_ahmat.pdf). Signs around
 * them don’t count. Only up to three letters of an alphabet must stand alone: “Ann” is no part of “annual”; so must a few words
 * written as one. Words of a single letter or figure, as {@link isTooShort} says, are not looked for.
 */
export function wordsFinder(words: readonly string[]): FindWords {
  const forms = new Map<string, string>();
  for (const word of words) {
    if (isTooShort(word)) continue;
    for (const { text } of readings(seen(word).text)) {
      const parts = text.split(BETWEEN).filter((part) => part !== '');
      if (parts.length > 0) forms.set(parts.join(' '), parts.map(patternOf).join(GAP));
    }
  }
  if (forms.size === 0) return () => [];
  const any = new RegExp([...forms.values()].join('|'), 'u');
  const patterns = [...forms].map(([form, pattern]) => ({ form, pattern: new RegExp(pattern, 'gu') }));
  return (given) => {
    const found: Span[] = [];
    const { text, at: places } = seen(given);
    for (const folded of readings(text)) {
      // Most texts have none of them.
      if (!any.test(folded.text)) continue;
      for (const { form, pattern } of patterns)
        for (const { at, end } of matchesOf(pattern, folded.text)) {
          const isAlone = standsAlone(form, folded.text.slice(at, end));
          if (
            isAlone &&
            (LETTER_AT_END.test(folded.text.slice(Math.max(0, at - 2), at)) ||
              LETTER_AT_START.test(folded.text.slice(end, end + 2)))
          )
            continue;
          const [from, to] = [folded.starts[at] ?? 0, folded.ends[end - 1] ?? text.length];
          found.push(
            places === null ? { start: from, end: to } : { start: places[from] ?? 0, end: (places[to - 1] ?? 0) + 1 },
          );
        }
    }
    return joined(found);
  };
}

/**
 * What nobody sees: variation selectors, joiners, fillers, tags, control characters. They make no other word, and whoever writes them inside
 * a name would get it past its mask.
 */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?!\s)\p{Cc}/u;
const EACH_UNSEEN = new RegExp(UNSEEN.source, 'gu');

/** What is seen of a text, and where each of its code units stands in it; null: all of it is seen. */
function seen(text: string): { readonly text: string; readonly at: readonly number[] | null } {
  if (!UNSEEN.test(text)) return { text, at: null };
  let [kept, from] = ['', 0];
  const at: number[] = [];
  const keep = (end: number): void => {
    kept += text.slice(from, end);
    for (let unit = from; unit < end; unit++) at.push(unit);
  };
  for (const { index, 0: found } of text.matchAll(EACH_UNSEEN)) {
    keep(index);
    from = index + found.length;
  }
  keep(text.length);
  return { text: kept, at };
}

/** What is no part of a word. */
const BETWEEN = /[^\p{L}\p{N}\p{M}]+/u;
/** So many signs may stand between two words of what is masked. */
const GAP = '[^\\p{L}\\p{N}\\p{M}]{0,3}';
/** A long number, such as that of a telephone or an identity card, is written in groups too; and Chinese names have dots of many kinds. */
const patternOf = (part: string): string =>
  /^\d{6,40}$/.test(part) || (part.length <= 40 && HAN.test(part)) ? [...part].join(GROUPED) : part;
const GROUPED = '[\\s.•‧∙⋅・_-]?';
const HAN = /^\p{sc=Han}+$/u;

/** Where a pattern matches, also where matches overlap. */
function* matchesOf(pattern: RegExp, text: string): Generator<{ readonly at: number; readonly end: number }> {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    yield { at: match.index, end: pattern.lastIndex };
    pattern.lastIndex = match.index + ((text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1);
  }
}

const LETTER_AT_END = /[\p{L}\p{N}]$/u;
const LETTER_AT_START = /^[\p{L}\p{N}]/u;

/** A single letter or figure is in nearly every text. */
export const isTooShort = (word: string): boolean => (word.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < 2;

/** Words that are written as one must stand alone up to so many letters: “Li Na” is no part of “Carolina”. */
const WRITTEN_AS_ONE = 7;

/** `form`: words as they are masked, with a space between two. `found`: as they stand in a text. */
function standsAlone(form: string, found: string): boolean {
  const letters = found.match(/[\p{L}\p{N}]/gu) ?? [];
  const isOne = form.includes(' ') && !BETWEEN.test(found);
  return letters.length <= (isOne ? WRITTEN_AS_ONE : 3) && !letters.some((letter) => NO_ALPHABET.test(letter));
}
const NO_ALPHABET = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u;

/** Percent-encoded text, as in the address of a saved page. */
const ENCODED = /%[0-9a-f]{2}/i;
const ENCODED_RUN = /(?:%[0-9a-f]{2})+/gi;
/** An address within an address is encoded again. */
const ENCODINGS = 3;

/** The text with these words black wherever they stand, in an address also where they are percent-encoded. */
export function withoutWords(find: FindWords): (text: string) => string {
  return (text) => {
    let out = blackened(text, find(text));
    for (let [decoded, times] = [out, 0]; times < ENCODINGS && ENCODED.test(decoded); times++) {
      decoded = decoded.replace(ENCODED_RUN, decodedOf);
      const found = find(decoded);
      if (found.length > 0) out = decoded = blackened(decoded, found);
    }
    return out;
  };
}

/** What isn’t UTF-8 among it becomes U+FFFD. */
const decodedOf = (run: string): string =>
  UTF_8.decode(Uint8Array.from(run.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16)));
const UTF_8 = new TextDecoder();

import type { Near, NearPart, Query, Words } from '../../../shared/query/ast.ts';
import { readings } from '../../../shared/text/search-fold.ts';
import { findPhrase, isWord, type Phrase, type Span, tokensOf } from '../../../shared/text/search-query.ts';
import type { Readable } from '../../db/types.ts';
import type { Evidence } from './read-set.ts';
import { BETWEEN, textsOf } from './texts.ts';

/** For each row 1 if its quotation, or one of its translations, contains the words, folded as search folds them; else 0. */
export function rowsWith(db: Readable, { set, order }: Evidence, asked: Words | Near): Uint8Array {
  const { quotes, translations } = textsOf(db, set);
  const found = new Uint8Array(set.length);
  const has = asked.kind === 'words' ? wordsIn(asked) : nearIn(asked);
  for (const row of order) if (has(quotes[row] ?? '') || has(translations[row] ?? '')) found[row] = 1;
  return found;
}

function wordsIn(words: Words): (folded: string) => boolean {
  const phrases = phrasesOf(words);
  return (folded) => phrases.some((phrase) => findPhrase(folded, phrase).next().done !== true);
}

/** Returns a test whether both parts occur in one text, in either order, with at most `distance` words between them. */
function nearIn({ distance, parts }: Near): (folded: string) => boolean {
  const [first, second] = parts.map((part) => partPhrases(part));
  const isIn = (text: string): boolean => {
    const [one, other] = [spansOf(text, first ?? []), spansOf(text, second ?? [])];
    return one.some((a) =>
      other.some((b) => {
        if (a.start < b.end && b.start < a.end) return false;
        const between = a.end <= b.start ? text.slice(a.end, b.start) : text.slice(b.end, a.start);
        return isAtMost(between, distance);
      }),
    );
  };
  return (folded) => folded.split(BETWEEN).some(isIn);
}

/** Whether a text has at most `most` words. */
function isAtMost(text: string, most: number): boolean {
  let count = 0;
  for (const _ of tokensOf(text)) if (++count > most) return false;
  return true;
}

const spansOf = (text: string, phrases: readonly Phrase[]): Span[] =>
  phrases.flatMap((phrase) => [...findPhrase(text, phrase)]);

const partPhrases = (part: NearPart | Query): Phrase[] =>
  part.kind === 'words' ? phrasesOf(part) : part.kind === 'or' ? part.parts.flatMap(partPhrases) : [];

function phrasesOf({ text, openStart, openEnd }: Words): Phrase[] {
  return readings(text).flatMap((folded): Phrase[] => {
    const tokens = Array.from(tokensOf(folded.text), (token) => token.text);
    const [first, last] = [tokens[0], tokens.at(-1)];
    if (first === undefined || last === undefined) return [];
    return [
      { tokens, text: folded.text.trim(), openStart: openStart || !isWord(first), openEnd: openEnd || !isWord(last) },
    ];
  });
}

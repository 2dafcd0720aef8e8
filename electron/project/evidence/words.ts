import { parsed } from '../../../shared/changes/canonical.ts';
import { translationDraft } from '../../../shared/model/index.ts';
import type { Near, NearPart, Query, Words } from '../../../shared/query/ast.ts';
import { type Folded, readings } from '../../../shared/text/search-fold.ts';
import { findPhrase, isWord, type Phrase, type Span, tokensOf } from '../../../shared/text/search-query.ts';
import type { Readable } from '../../db/types.ts';
import { allDrafts, allQuotes } from './queries.ts';
import type { Evidence } from './read-set.ts';

/** The rows whose quotation or one of whose translations has the words, folded as search folds them: 1 for each. */
export function rowsWith(db: Readable, { set }: Evidence, asked: Words | Near): Uint8Array {
  const found = new Uint8Array(set.length);
  const has = asked.kind === 'words' ? wordsIn(asked) : nearIn(asked);
  const test = (passage: string, text: string): void => {
    const row = set.rowOf(passage);
    if (row !== undefined && found[row] === 0 && readings(text).some(has)) found[row] = 1;
  };
  for (const { id, text } of db.all(allQuotes, {})) if (typeof text === 'string') test(id, text);
  for (const { passage, draft } of db.all(allDrafts, {})) {
    const text = translationDraft.safeParse(parsed(draft)).data?.text;
    if (text !== undefined) test(passage, text);
  }
  return found;
}

function wordsIn(words: Words): (folded: Folded) => boolean {
  const phrases = phrasesOf(words);
  return ({ text }) => phrases.some((phrase) => findPhrase(text, phrase).next().done !== true);
}

/** Whether both parts occur with at most so many words between them, in either order. */
function nearIn({ distance, parts }: Near): (folded: Folded) => boolean {
  const [first, second] = parts.map((part) => partPhrases(part));
  return ({ text }) => {
    const [one, other] = [spansOf(text, first ?? []), spansOf(text, second ?? [])];
    return one.some((a) =>
      other.some((b) => {
        if (a.start < b.end && b.start < a.end) return false;
        const between = a.end <= b.start ? text.slice(a.end, b.start) : text.slice(b.end, a.start);
        return isAtMost(between, distance);
      }),
    );
  };
}

/** Whether a text has at most so many words. */
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

import type { Phrase, SearchTerm } from '../../../shared/text/search-query.ts';
import { near, readPostings, union } from './postings.ts';
import { eachToken } from './tokens.ts';
import type { Contains, PartOfWord } from './vocabulary.ts';

/** A token of a phrase: the words of the index that contain it, and how far into each word it begins. */
interface Asked {
  readonly terms: readonly Contains[];
  /** Where in the phrase it begins, in UTF-16 code units. */
  readonly at: number;
  readonly isSpaced: boolean;
  /** By how many units the token may come earlier: the text may lack hyphens that the phrase has before it. */
  readonly slack: number;
}

/** How a term of a query is looked up. */
export interface AskedTerm {
  readonly tokens: readonly Asked[];
  /** The length of its matches in folded text. */
  readonly length: number;
  /** Whether each position found is a match. Otherwise the text has to be read. */
  readonly isExact: boolean;
  /** How far before its position a match may begin: a hyphen takes no room in the index. */
  readonly before: number;
}

type Containing = (part: PartOfWord) => Contains[];

/** Returns null for a term that has nothing to look for. */
export function askedTerm({ phrases }: SearchTerm, containing: Containing): AskedTerm | null {
  const [phrase] = phrases;
  if (phrase === undefined) return null;
  const isExact = phrases.length === 1 && !phrase.text.includes('-');
  const tokens = isExact ? tokensOf(phrase, containing) : partsOf(phrase, containing);
  return { tokens, length: phrase.text.length, isExact, before: isExact ? 0 : phrase.text.search(/[^-]/) };
}

/** Each token as the phrase has it: only the first may begin within a word, and only the last end within one. */
function tokensOf({ text, openStart, openEnd }: Phrase, containing: Containing): Asked[] {
  const asked: Asked[] = [];
  // A token that occurs a thousand times in a phrase is looked up, and its lists read, once.
  const known = new Map<string, Contains[]>();
  eachToken(text, ({ at, end, character, isSpaced }) => {
    const isFirst = at === 0;
    const isLast = end === text.length;
    const reaches = isFirst ? (isLast ? 'nothing' : 'end') : isLast ? 'start' : 'both';
    const part = { text: text.slice(at, end), openStart: !isFirst || openStart, openEnd: !isLast || openEnd, reaches };
    const key =
      character === 0 ? `${reaches} ${String(part.openStart)} ${String(part.openEnd)} ${part.text}` : part.text;
    const terms = known.get(key) ?? (character === 0 ? containing(part as PartOfWord) : [{ term: character, at: 0 }]);
    known.set(key, terms);
    asked.push({ terms, at, isSpaced, slack: 0 });
  });
  return asked;
}

/**
 * The parts of a phrase between its hyphens: they may be within one word, in two words, or missing in the text. Matches found this way have to
 * be confirmed in the text.
 */
function partsOf({ text }: Phrase, containing: Containing): Asked[] {
  const asked: Asked[] = [];
  const first = text.search(/[^-]/);
  // A part may occur a thousand times in a phrase, and a single letter is in most words.
  const known = new Map<string, Contains[]>();
  let hyphens = 0;
  let counted = first;
  eachToken(text, ({ at, end, character }) => {
    if (character === HYPHEN) return;
    for (; counted < at; counted++) if (text.charCodeAt(counted) === HYPHEN) hyphens++;
    const part = { text: text.slice(at, end), openStart: true, openEnd: true, reaches: 'nothing' } as const;
    const terms = known.get(part.text) ?? (character === 0 ? containing(part) : [{ term: character, at: 0 }]);
    known.set(part.text, terms);
    asked.push({ terms, at: at - first, isSpaced: false, slack: hyphens });
  });
  return asked;
}
const HYPHEN = 0x2d;

/** Reads the lists of one segment. */
export interface Lists {
  one(term: number): Uint8Array | null;
  /** The lists of all words: many lists are read more quickly this way than one by one. */
  all(): Iterable<{ readonly term: number; readonly data: Uint8Array }>;
}

/** If a token is in more words than this, the lists of all words of a segment are read. */
const MANY = 1000;

/** Where a term begins in a segment, ascending. */
export function startsOf({ tokens, isExact }: AskedTerm, lists: Lists): Uint32Array {
  const found: { token: Asked; data: readonly Found[]; size: number }[] = [];
  const known = new Map<readonly Contains[], readonly Found[]>();
  // Tokens with the fewest words first: if one has no list here, those of the others are not read.
  for (const token of tokens.toSorted((a, b) => a.terms.length - b.terms.length)) {
    const { terms } = token;
    const data = known.get(terms) ?? (terms.length > MANY ? manyLists(token, lists) : eachList(token, lists));
    known.set(terms, data);
    if (data.length === 0) return new Uint32Array();
    found.push({ token, data, size: data.reduce((sum, one) => sum + one.data.length, 0) });
  }
  // Shortest lists first; but in the phrase's order if the positions of later tokens are not certain.
  const ordered = found.sort((a, b) => (isExact ? a.size - b.size : a.token.at - b.token.at));
  let starts: Uint32Array | null = null;
  for (const { token, data } of ordered) {
    const aligned = union(data.map((one) => readPostings(one.data, one.at - token.at + token.slack, token.isSpaced)));
    starts = starts === null ? aligned : near(starts, aligned, token.slack);
    if (starts.length === 0) break;
  }
  return starts ?? new Uint32Array();
}

interface Found {
  readonly at: number;
  readonly data: Uint8Array;
}
function eachList({ terms }: Asked, lists: Lists): Found[] {
  return terms.flatMap(({ term, at }) => {
    const data = lists.one(term);
    return data === null ? [] : [{ at, data }];
  });
}
function manyLists({ terms }: Asked, lists: Lists): Found[] {
  const places = Map.groupBy(terms, ({ term }) => term);
  const found: Found[] = [];
  for (const { term, data } of lists.all()) for (const { at } of places.get(term) ?? []) found.push({ at, data });
  return found;
}

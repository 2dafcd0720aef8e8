import type { Category, CategoryId } from '../model/index.ts';
import { foldForSearch } from '../text/search-fold.ts';
import { isWord, tokensOf } from '../text/search-query.ts';

/** A place in a text where a term of the codebook stands. UTF-16 code units of the text, end exclusive. */
export interface TermFound {
  readonly start: number;
  readonly end: number;
  /** The term as the codebook writes it. */
  readonly term: string;
  /** The categories that have it, in the order of the codebook; not one above another of them. */
  readonly categories: readonly CategoryId[];
  /** How many shorter terms it was chosen over: those within or across it. */
  readonly over: number;
}

export interface TermFinder {
  /** The number of different terms it looks for. */
  readonly terms: number;
  /** The terms in a text, in its order, none across another: of terms that overlap, the longest, then the first. */
  find(text: string): TermFound[];
  /** The term of a category that these words are, folded as the finder folds; null if they are none. */
  termAt(words: string, category: CategoryId): string | null;
}

export type TermsOf = Pick<Category, 'id' | 'parent' | 'termsZh' | 'termsEn' | 'deleted' | 'archived'>;

interface Entry {
  readonly term: string;
  /** All categories that have it. */
  readonly categories: CategoryId[];
  /** Of them, those with no other of them below. */
  lowest: readonly CategoryId[];
  /** The term begins or ends with a word of a script with spaces: no letter may stand beside it there. */
  readonly closedStart: boolean;
  readonly closedEnd: boolean;
}

/**
 * Finds the codebook's terms in texts, all at once (Aho and Corasick, 1975), folded as search folds: traditional to simplified
 * characters, width, case, line ends within words. A term of one character is left out, since it stands inside of too many words.
 * Of a term with its Chinese in brackets, `person-times (人次)`, the brackets are left out. Categories that are archived or in the
 * trash suggest nothing.
 */
export function termFinder(categories: readonly TermsOf[]): TermFinder {
  const entries = entriesOf(categories);
  const automaton = new Automaton([...entries.keys()]);
  return {
    terms: entries.size,
    find(text) {
      const folded = foldForSearch(text);
      const all = automaton.find(folded.text).flatMap(({ start, end, word }) => {
        const entry = entries.get(word);
        return entry === undefined || !standsAlone(folded.text, start, end, entry) ? [] : [{ start, end, entry }];
      });
      return chosen(all, folded.text.length).map(({ start, end, entry, over }) => ({
        start: folded.starts[start] ?? 0,
        end: folded.ends[end - 1] ?? 0,
        term: entry.term,
        categories: entry.lowest,
        over,
      }));
    },
    termAt(words, category) {
      const entry = entries.get(foldedTerm(words));
      return entry?.categories.includes(category) === true ? entry.term : null;
    },
  };
}

const BRACKETED = /[(（]\s*\p{Script=Han}+\s*[)）]/gu;
/** A term as the finder compares it: two that only differ in writing are one. */
export const foldedTerm = (term: string): string => foldForSearch(term.replace(BRACKETED, ' ')).text.trim();

function entriesOf(categories: readonly TermsOf[]): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const { id, termsZh, termsEn, deleted, archived } of categories) {
    if (deleted || archived) continue;
    for (const { term } of [...termsZh, ...termsEn]) {
      const folded = foldedTerm(term);
      const tokens = Array.from(tokensOf(folded), ({ text }) => text);
      const [first, last] = [tokens[0], tokens.at(-1)];
      if (first === undefined || last === undefined || Array.from(folded).length < 2) continue;
      const known = entries.get(folded);
      if (known === undefined)
        entries.set(folded, {
          term,
          categories: [id],
          lowest: [],
          closedStart: isWord(first),
          closedEnd: isWord(last),
        });
      else if (!known.categories.includes(id)) known.categories.push(id);
    }
  }
  const parents = new Map(categories.map(({ id, parent }) => [id, parent]));
  for (const entry of entries.values()) {
    const above = new Set(entry.categories.flatMap((id) => ancestorsOf(id, parents)));
    entry.lowest = entry.categories.filter((id) => !above.has(id));
  }
  return entries;
}

/** A merge can leave categories in a circle: each is met once. */
function ancestorsOf(id: CategoryId, parents: ReadonlyMap<CategoryId, CategoryId | null>): CategoryId[] {
  const met = new Set([id]);
  for (let one = parents.get(id); one !== undefined && one !== null && !met.has(one); one = parents.get(one))
    met.add(one);
  met.delete(id);
  return [...met];
}

const WORD_ENDS = /[\p{L}\p{M}\p{N}]$/u;
const WORD_BEGINS = /^[\p{L}\p{M}\p{N}]/u;

function standsAlone(text: string, start: number, end: number, { closedStart, closedEnd }: Entry): boolean {
  // Any character fits in two units.
  if (closedStart && isInWord(WORD_ENDS.exec(text.slice(Math.max(0, start - 2), start)))) return false;
  return !closedEnd || !isInWord(WORD_BEGINS.exec(text.slice(end, end + 2)));
}

/** Of letters beside a term: whether they make it part of a longer word. A Chinese character beside an English word does not. */
const isInWord = (beside: RegExpExecArray | null): boolean => beside !== null && isWord(beside[0]);

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly entry: Entry;
}

/** Of candidates that overlap, the longest, then the first; with the number of those it was chosen over. */
function chosen(all: readonly Candidate[], length: number): (Candidate & { over: number })[] {
  /** By folded unit: one more than the index of the chosen candidate there. */
  const taken = new Uint32Array(length);
  const won: (Candidate & { over: number })[] = [];
  for (const one of all.toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    const others = new Set(taken.subarray(one.start, one.end));
    others.delete(0);
    for (const other of others) {
      const winner = won[other - 1];
      if (winner !== undefined) winner.over += 1;
    }
    if (others.size > 0) continue;
    won.push({ ...one, over: 0 });
    taken.fill(won.length, one.start, one.end);
  }
  return won.toSorted((a, b) => a.start - b.start);
}

interface Node {
  readonly next: Map<number, Node>;
  /** Where to go on when no letter fits: the longest proper suffix that begins a word. */
  fallback: Node | null;
  word: string | null;
  /** The nearest node on the way of fallbacks that ends a word. */
  shorter: Node | null;
}
const newNode = (): Node => ({ next: new Map(), fallback: null, word: null, shorter: null });

class Automaton {
  readonly #root = newNode();

  constructor(words: readonly string[]) {
    for (const word of words) {
      let node = this.#root;
      for (let at = 0; at < word.length; at += 1) {
        const unit = word.charCodeAt(at);
        const next = node.next.get(unit) ?? newNode();
        node.next.set(unit, next);
        node = next;
      }
      node.word = word;
    }
    const queue = [...this.#root.next.values()];
    for (const node of queue) node.fallback = this.#root;
    for (const node of queue)
      for (const [unit, next] of node.next) {
        next.fallback = this.#after(node.fallback ?? this.#root, unit);
        next.shorter = next.fallback.word === null ? next.fallback.shorter : next.fallback;
        queue.push(next);
      }
  }

  #after(from: Node, unit: number): Node {
    let node: Node | null = from;
    while (node !== null) {
      const next = node.next.get(unit);
      if (next !== undefined) return next;
      node = node.fallback;
    }
    return this.#root;
  }

  /** All words in a text, also those within others, by their ends. */
  find(text: string): { readonly start: number; readonly end: number; readonly word: string }[] {
    const found: { start: number; end: number; word: string }[] = [];
    let node = this.#root;
    for (let at = 0; at < text.length; at += 1) {
      node = this.#after(node, text.charCodeAt(at));
      for (let one: Node | null = node.word === null ? node.shorter : node; one !== null; one = one.shorter)
        if (one.word !== null) found.push({ start: at + 1 - one.word.length, end: at + 1, word: one.word });
    }
    return found;
  }
}

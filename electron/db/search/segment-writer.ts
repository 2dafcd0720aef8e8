import { PostingWriter } from './postings.ts';
import { eachToken } from './tokens.ts';
import { FIRST_WORD, spelled } from './vocabulary.ts';

/** How much folded text a segment covers, in UTF-16 code units: some 60 MB of memory, and 0.1 ms for a list of a common character. */
export const SEGMENT_UNITS = 2 ** 22;

/** Folded text without the hyphens between letters, in one or more documents. */
export interface IndexedText {
  readonly text: string;
  /** Where a hyphen was. */
  readonly joins: readonly number[];
  /** In order; the first begins at 0. */
  readonly docs: readonly { readonly doc: number; readonly at: number }[];
  /** Where lines of tables of contents begin and end, one after the other. */
  readonly contents: readonly number[];
}

/** Numbers of words; unknown ones get the next. */
export interface WordNumbers {
  numberOf(word: string): number;
}

/** A segment as it is stored. */
export interface Segment {
  readonly units: number;
  readonly docs: Float64Array;
  readonly bases: Uint32Array;
  readonly contents: Uint32Array;
  readonly postings: Iterable<{ readonly term: number; readonly data: Uint8Array<ArrayBuffer> }>;
}

/** Collects the tokens of texts, and sorts them by term at the end. */
export class SegmentWriter {
  units = 0;
  private readonly docs: number[] = [];
  private readonly bases: number[] = [];
  private readonly contents: number[] = [];
  private terms = new Uint32Array(1 << 16);
  /** Position, doubled, plus one if a space follows. */
  private places = new Uint32Array(1 << 16);
  private tokens = 0;
  private readonly words: WordNumbers;

  constructor(words: WordNumbers) {
    this.words = words;
  }
  get isEmpty(): boolean {
    return this.docs.length === 0;
  }
  add({ text, joins, docs, contents }: IndexedText): void {
    const base = this.units;
    for (const { doc, at } of docs) {
      this.docs.push(doc);
      this.bases.push(base + at);
    }
    for (const at of contents) this.contents.push(base + at);
    let join = 0;
    eachToken(text, ({ at, end, character, isSpaced }) => {
      let term = character;
      if (term === 0) {
        while (join < joins.length && (joins[join] ?? 0) <= at) join++;
        const within: number[] = [];
        for (; join < joins.length && (joins[join] ?? 0) < end; join++) within.push((joins[join] ?? 0) - at);
        const word = text.slice(at, end);
        term = FIRST_WORD + this.words.numberOf(within.length === 0 ? word : spelled(word, within));
      }
      this.put(term, base + at, isSpaced);
    });
    // One unit between texts, so that no phrase runs from one into the next.
    this.units = base + text.length + 1;
  }
  put(term: number, position: number, isSpaced: boolean): void {
    if (this.tokens === this.terms.length) this.grow();
    this.terms[this.tokens] = term;
    this.places[this.tokens] = position * 2 + (isSpaced ? 1 : 0);
    this.tokens++;
  }
  /** Adds a document of an older segment, whose tokens are then `put`. Returns where it begins. */
  addDoc(doc: number, length: number): number {
    const base = this.units;
    this.docs.push(doc);
    this.bases.push(base);
    this.units = base + length;
    return base;
  }
  addContents(from: number, to: number): void {
    this.contents.push(from, to);
  }
  done(): Segment {
    const { units } = this;
    return {
      units,
      docs: Float64Array.from(this.docs),
      bases: Uint32Array.from(this.bases),
      contents: Uint32Array.from(this.contents),
      postings: this.postings(),
    };
  }

  /** In order of terms, by a counting sort, which keeps the order of positions. */
  private *postings(): Generator<{ term: number; data: Uint8Array<ArrayBuffer> }> {
    const terms = this.terms.subarray(0, this.tokens);
    let [character, word] = [-1, FIRST_WORD - 1];
    for (const term of terms) {
      if (term >= FIRST_WORD) word = Math.max(word, term);
      else character = Math.max(character, term);
    }
    // No term lies between the last character and the first word: counting those numbers took most of the time of a small segment.
    const gap = FIRST_WORD - (character + 1);
    const ends = new Uint32Array(word + 1 - gap);
    const slotOf = (term: number): number => (term < FIRST_WORD ? term : term - gap);
    for (const term of terms) ends[slotOf(term)] = (ends[slotOf(term)] ?? 0) + 1;
    let sum = 0;
    for (let slot = 0; slot < ends.length; slot++) {
      const count = ends[slot] ?? 0;
      ends[slot] = sum;
      sum += count;
    }
    const sorted = new Uint32Array(this.tokens);
    for (let token = 0; token < this.tokens; token++) {
      const slot = slotOf(terms[token] ?? 0);
      const at = ends[slot] ?? 0;
      sorted[at] = this.places[token] ?? 0;
      ends[slot] = at + 1;
    }
    const writer = new PostingWriter();
    let from = 0;
    for (let slot = 0; slot < ends.length; slot++) {
      const to = ends[slot] ?? 0;
      if (to === from) continue;
      for (; from < to; from++) {
        const place = sorted[from] ?? 0;
        writer.add(Math.floor(place / 2), place % 2 === 1);
      }
      yield { term: slot <= character ? slot : slot + gap, data: writer.take() };
    }
  }
  private grow(): void {
    const [terms, places] = [new Uint32Array(this.terms.length * 2), new Uint32Array(this.terms.length * 2)];
    terms.set(this.terms);
    places.set(this.places);
    [this.terms, this.places] = [terms, places];
  }
}

/** Terms from here on are words; those before are code points. */
export const FIRST_WORD = 0x110000;

/** A word with its hyphens, as it is stored. Indexed text has no hyphens. */
export function spelled(text: string, hyphens: readonly number[]): string {
  let from = 0;
  let word = '';
  for (const at of hyphens) {
    word += `${text.slice(from, at)}-`;
    from = at;
  }
  return word + text.slice(from);
}

/** A word that contains the text looked for, and where in it. */
export interface Contains {
  readonly term: number;
  readonly at: number;
}
/** Where in a word a part of it has to be. A word begins and ends at its hyphens, too. */
export interface PartOfWord {
  readonly text: string;
  /** It may begin anywhere in the word, not only at the start. */
  readonly openStart: boolean;
  /** Likewise for its end. */
  readonly openEnd: boolean;
  /** Which ends of the whole word the part has to reach, hyphens or not. */
  readonly reaches: 'nothing' | 'start' | 'end' | 'both';
}

/** Words in one text, so that all of them are looked through at once. */
class WordList {
  private text = '\n';
  private parts: string[] = [];
  private ids: number[] = [];
  private starts: number[] = [];
  private length = 1;

  add(id: number, word: string): void {
    this.ids.push(id);
    this.starts.push(this.length);
    this.parts.push(word, '\n');
    this.length += word.length + 1;
  }
  /** Calls `take` with the number of each word that contains the text, and where. */
  find(wanted: string, take: (id: number, at: number, length: number) => void): void {
    if (this.parts.length > 0) {
      this.text += this.parts.join('');
      this.parts = [];
    }
    for (let found = this.text.indexOf(wanted); found >= 0; found = this.text.indexOf(wanted, found + 1)) {
      const word = this.wordAt(found + (wanted.startsWith('\n') ? 1 : 0));
      const start = this.starts[word] ?? 0;
      const end = (this.starts[word + 1] ?? this.length) - 1;
      take(this.ids[word] ?? 0, found - start, end - start);
    }
  }
  private wordAt(at: number): number {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

const isNarrow = (word: string): boolean => !/[^\u0000-\u00ff]/.test(word);

/** All words of an index, without their hyphens. In memory: as a table it took a hundred times as long to look through. */
export class Vocabulary {
  /** The highest number so far. */
  last = 0;
  /** Strings of Latin letters take half of the memory and time, so they are kept apart. */
  private readonly narrow = new WordList();
  private readonly wide = new WordList();
  private readonly hyphens = new Map<number, readonly number[]>();

  add(id: number, stored: string): void {
    this.last = Math.max(this.last, id);
    const parts = stored.split('-');
    const word = parts.join('');
    (isNarrow(word) ? this.narrow : this.wide).add(id, word);
    let at = 0;
    if (parts.length > 1)
      this.hyphens.set(
        id,
        parts.slice(0, -1).map((part) => (at += part.length)),
      );
  }
  /** Words that contain the part. */
  containing({ text, openStart, openEnd, reaches }: PartOfWord): Contains[] {
    const toStart = reaches === 'start' || reaches === 'both';
    const toEnd = reaches === 'end' || reaches === 'both';
    const found: Contains[] = [];
    const take = (id: number, from: number, length: number): void => {
      const at = toStart ? from + 1 : from;
      const end = at + text.length;
      const isWhole = (openStart || this.isEdge(id, at, length)) && (openEnd || this.isEdge(id, end, length));
      if (isWhole) found.push({ term: FIRST_WORD + id, at });
    };
    const wanted = `${toStart ? '\n' : ''}${text}${toEnd ? '\n' : ''}`;
    this.wide.find(wanted, take);
    if (isNarrow(text)) this.narrow.find(wanted, take);
    return found;
  }
  private isEdge(id: number, at: number, length: number): boolean {
    return at === 0 || at === length || this.hyphens.get(id)?.includes(at) === true;
  }
}

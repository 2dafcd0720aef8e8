import type { BibFault } from './model.ts';

/** An entry as it is written: names of type and fields in lower case, values without their outermost braces or quotes. */
export interface RawEntry {
  readonly type: string;
  readonly key: string | null;
  readonly fields: ReadonlyMap<string, string>;
}

/** The months that every style defines. */
const MACROS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The entries of a BibTeX file, by the grammar of “Tame the BeaST” (N. Markey, 2009): what is outside of entries is a comment,
 * `@string` defines names, and values are joined by `#`. An entry that cannot be read is a fault with its line; reading goes on
 * with the next `@` at the beginning of a line.
 */
export function splitFields(text: string, faults: BibFault[]): RawEntry[] {
  const macros = new Map(MACROS.map((name) => [name, name]));
  const entries: RawEntry[] = [];
  const begin = /@[ \t]*([A-Za-z]+)[ \t\r\n]*([{(])/g;
  const lines = new LineCounter(text);
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const type = (found[1] ?? '').toLowerCase();
    const reader = new EntryReader(text, begin.lastIndex, found[2] === '(' ? ')' : '}', macros);
    try {
      if (type === 'comment' || type === 'preamble') reader.skip();
      else if (type === 'string') for (const [name, value] of reader.fields()) macros.set(name, value);
      else entries.push({ type, key: reader.key(), fields: reader.fields() });
      begin.lastIndex = reader.at;
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      faults.push({ line: lines.at(found.index), why: thrown.message });
      const next = /^[ \t]*@/gm;
      next.lastIndex = begin.lastIndex;
      const again = next.exec(text);
      if (again === null) break;
      begin.lastIndex = again.index;
    }
  }
  return entries;
}

class Unreadable extends Error {}

/** Counts lines up to offsets that only grow. */
class LineCounter {
  private readonly text: string;
  private line = 1;
  private seen = 0;
  constructor(text: string) {
    this.text = text;
  }
  at(place: number): number {
    for (; this.seen < place; this.seen++) if (this.text.charCodeAt(this.seen) === 10) this.line += 1;
    return this.line;
  }
}

/** The most code units of a value. `@string` names that stand for others can double with every line. */
const LONGEST = 1_000_000;

const NAME = /[^\s"#%'(),={}]+/y;
const SPACE = /(?:\s|%[^\n]*\n)*/y;

class EntryReader {
  at: number;
  private readonly text: string;
  private readonly end: string;
  private readonly macros: ReadonlyMap<string, string>;

  constructor(text: string, at: number, end: string, macros: ReadonlyMap<string, string>) {
    this.text = text;
    this.at = at;
    this.end = end;
    this.macros = macros;
  }

  /** The entry's key; null if it has none, as some programs write. */
  key(): string | null {
    this.space();
    const key = /[^\s,={}"]*/y;
    key.lastIndex = this.at;
    const found = key.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    this.space();
    if (this.text[this.at] === ',') this.at += 1;
    else if (this.text[this.at] !== this.end) throw new Unreadable('Its key isn’t followed by a comma.');
    return found === '' ? null : found;
  }

  /** The fields up to the end of the entry. If a name is given twice, the first counts, as in BibTeX. */
  fields(): Map<string, string> {
    const found = new Map<string, string>();
    for (;;) {
      this.space();
      const sign = this.text[this.at];
      if (sign === this.end) {
        this.at += 1;
        return found;
      }
      if (sign === undefined) throw new Unreadable('It has no end: the file may be cut off.');
      if (sign === ',') {
        this.at += 1;
        continue;
      }
      const name = this.name();
      this.space();
      if (this.text[this.at] !== '=') throw new Unreadable(`Its field “${name.slice(0, 40)}” has no value.`);
      this.at += 1;
      const value = this.value();
      if (!found.has(name)) found.set(name, value);
    }
  }

  skip(): void {
    this.braced(this.end === '}' ? '{' : '(', this.end);
  }

  private space(): void {
    SPACE.lastIndex = this.at;
    this.at += SPACE.exec(this.text)?.[0].length ?? 0;
  }

  private name(): string {
    NAME.lastIndex = this.at;
    const found = NAME.exec(this.text)?.[0];
    if (found === undefined)
      throw new Unreadable(`It has “${this.text[this.at] ?? ''}” where a field’s name should be.`);
    this.at += found.length;
    return found.toLowerCase();
  }

  private value(): string {
    const parts: string[] = [];
    let length = 0;
    for (;;) {
      this.space();
      const sign = this.text[this.at];
      if (sign === '{') {
        this.at += 1;
        parts.push(this.braced('{', '}'));
      } else if (sign === '"') {
        this.at += 1;
        parts.push(this.quoted());
      } else {
        const word = this.name();
        parts.push(this.macros.get(word) ?? word);
      }
      length += parts.at(-1)?.length ?? 0;
      if (length > LONGEST) throw new Unreadable('A value in it is longer than any that a bibliography has.');
      this.space();
      if (this.text[this.at] !== '#') return parts.join('');
      this.at += 1;
    }
  }

  /** The text up to the closing brace; the reader then stands after it. Escaped braces are not counted. */
  private braced(open: string, close: string): string {
    const from = this.at;
    for (let depth = 1; this.at < this.text.length; this.at++) {
      const sign = this.text[this.at];
      if (this.isNextEntry()) break;
      if (sign === '\\') this.at += 1;
      else if (sign === open) depth += 1;
      else if (sign === close && (depth -= 1) === 0) {
        this.at += 1;
        return this.text.slice(from, this.at - 1);
      }
    }
    throw new Unreadable('A brace in it is never closed.');
  }

  /**
   * Whether a new entry begins here. An `@` at the beginning of a line is never in a value: what is open there was never closed, so one fault
   * costs one entry.
   */
  private isNextEntry(): boolean {
    return this.text[this.at] === '\n' && this.text[this.at + 1] === '@';
  }

  private quoted(): string {
    const from = this.at;
    for (let depth = 0; this.at < this.text.length; this.at++) {
      const sign = this.text[this.at];
      if (this.isNextEntry()) break;
      if (sign === '\\') this.at += 1;
      else if (sign === '{') depth += 1;
      else if (sign === '}') depth -= 1;
      else if (sign === '"' && depth === 0) {
        this.at += 1;
        return this.text.slice(from, this.at - 1);
      }
    }
    throw new Unreadable('A quotation mark in it is never closed.');
  }
}

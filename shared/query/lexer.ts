import type { Condition, QuerySpan, Words } from './ast.ts';
import { beginsWithLetter, closersOf, CLOSES, endsInLetter, isSpace, OPENS, PLUSES, STARS } from './characters.ts';
import { conditionAt } from './conditions.ts';
import { remove, replaceBy, type Faults } from './faults.ts';
import type { FieldNames } from './fields.ts';
import { quoted } from './print.ts';
import { chunkAt, isBoundary, quotedAt, startsQuote, unescaped, type Chunk } from './scan.ts';

export type Token =
  | { readonly kind: 'open' | 'close'; readonly span: QuerySpan }
  | OperatorToken
  | NearToken
  /** `isBare`: words without quotation marks. */
  | { readonly kind: 'operand'; readonly span: QuerySpan; readonly node: Words | Condition; readonly isBare: boolean };
export interface OperatorToken {
  readonly kind: 'and' | 'or' | 'not';
  readonly span: QuerySpan;
}
export interface NearToken {
  readonly kind: 'near';
  readonly distance: number;
  readonly span: QuerySpan;
}

/** The most words that `NEAR` allows between two places. */
const MOST_NEAR = 100;
const NEAR = /^NEAR(?:[/／](?<number>.*))?$/su;

/** Words without quotation marks, which go on over spaces. */
interface BareWords {
  readonly start: number;
  end: number;
  text: string;
  readonly isStarred: boolean;
}

/** Cuts a query into tokens, in one pass. */
export class Lexer {
  private readonly query: string;
  private readonly names: FieldNames;
  private readonly faults: Faults;
  private readonly tokens: Token[] = [];
  private at = 0;
  private bare: BareWords | null = null;

  constructor(query: string, names: FieldNames, faults: Faults) {
    this.query = query;
    this.names = names;
    this.faults = faults;
  }

  read(): readonly Token[] {
    while (this.at < this.query.length) {
      const character = this.query.charAt(this.at);
      if (isSpace(character)) this.at++;
      else if (OPENS.has(character)) this.put({ kind: 'open', span: this.take(1) });
      else if (CLOSES.has(character)) this.put({ kind: 'close', span: this.take(1) });
      else if (startsQuote(this.query, this.at)) this.quotation();
      else this.chunk();
    }
    this.endBare(false);
    return this.tokens;
  }

  private take(units: number): QuerySpan {
    const start = this.at;
    this.at += units;
    return { start, end: this.at };
  }
  private put(token: Token): void {
    this.endBare(false);
    this.tokens.push(token);
  }

  private quotation(): void {
    const start = this.at;
    const openStart = STARS.has(this.query.charAt(start));
    const found = quotedAt(this.query, openStart ? start + 1 : start);
    if (found === null) return this.quoteNotClosed(openStart ? start + 1 : start);
    const openEnd = STARS.has(this.query.charAt(found.end));
    this.at = openEnd ? found.end + 1 : found.end;
    const span = { start, end: this.at };
    this.put({
      kind: 'operand',
      span,
      isBare: false,
      node: { kind: 'words', text: found.text, openStart, openEnd, span },
    });
  }

  /** A quotation mark without its other one. What follows is read as words, so that the rest of the query is checked, too. */
  private quoteNotClosed(at: number): void {
    const mark = { start: at, end: at + 1 };
    this.at = mark.end;
    if (this.faults.isFull) return;
    const { bare } = this;
    if (bare?.end === at && (mark.end === this.query.length || isBoundary(this.query, mark.end))) {
      const all = { start: bare.start, end: mark.end };
      const text = bare.text.trim();
      this.faults.add('quoteNotClosed', mark, `The quotation mark after ${this.faults.at(bare)} is never opened.`, [
        replaceBy(all, quoted(text)),
        replaceBy(all, `*${quoted(text)}`),
        remove(mark),
      ]);
      return;
    }
    const rest = { start: mark.start, end: this.query.trimEnd().length };
    const text = this.query
      .slice(mark.end)
      .replace(/[\\"“”„«»()（）]/gu, ' ')
      .trim();
    const isLetter = endsInLetter(text);
    this.faults.add(
      'quoteNotClosed',
      mark,
      text === ''
        ? 'The quotation mark has nothing after it.'
        : `The quotation mark before ${this.faults.at({ start: mark.end, end: rest.end })} is never closed.`,
      [
        ...(text === '' ? [] : [replaceBy(rest, quoted(text))]),
        ...(isLetter ? [replaceBy(rest, `${quoted(text)}*`)] : []),
        remove(mark),
      ],
    );
  }

  private chunk(): void {
    const chunk = chunkAt(this.query, this.at);
    const isFirst = this.at === 0 || isBoundary(this.query, this.at - 1);
    if (isFirst && (this.minus(chunk) || this.operator(chunk) || this.condition(chunk))) return;
    this.words(chunk);
  }

  private minus({ raw, start }: Chunk): boolean {
    const next = this.query.charAt(start + 1);
    const isMinus =
      raw === '-'
        ? OPENS.has(next) || closersOf(next) !== undefined
        : raw.startsWith('-') && (beginsWithLetter(raw.slice(1)) || raw[1] === '\\');
    if (!isMinus) return false;
    this.put({ kind: 'not', span: this.take(1) });
    const rest = chunkAt(this.query, this.at);
    if (rest.raw !== '' && !this.condition(rest)) this.words(rest);
    return true;
  }

  private operator({ raw, start, end }: Chunk): boolean {
    const span = { start, end };
    // A plus counts only between spaces.
    const isPlus = PLUSES.has(raw) && isSpace(this.query.charAt(start - 1)) && isSpace(this.query.charAt(end));
    const kind = raw === 'AND' || isPlus ? 'and' : raw === 'OR' ? 'or' : raw === 'NOT' ? 'not' : null;
    const near = kind === null ? NEAR.exec(raw) : null;
    if (kind !== null) this.put({ kind, span: this.take(raw.length) });
    else if (near !== null)
      this.put({ kind: 'near', span: this.take(raw.length), distance: this.nearNumber(span, near.groups?.['number']) });
    return kind !== null || near !== null;
  }
  private nearNumber(span: QuerySpan, text: string | undefined): number {
    const written = (text ?? '').normalize('NFKC');
    const number = /^\d{1,9}$/.test(written) ? Number(written) : null;
    if (number !== null && number >= 1 && number <= MOST_NEAR) return number;
    const nearest = number === null ? 10 : number < 1 ? 1 : MOST_NEAR;
    this.faults.add(
      'nearNumber',
      span,
      `${this.faults.at(span)} needs a whole number from 1 to ${MOST_NEAR}: how many words or Chinese characters may stand between.`,
      [replaceBy(span, `NEAR/${nearest}`)],
    );
    return nearest;
  }

  private condition(chunk: Chunk): boolean {
    const found = conditionAt(this.query, chunk, this.names, this.faults);
    if (found === null) return false;
    this.at = found.end;
    // One at fault stands there all the same, so that nobody is told that the AND beside it has nothing before it.
    const { node, end } = found;
    const span = { start: chunk.start, end };
    const standIn: Condition = { kind: 'condition', field: '', values: [], span };
    this.put({ kind: 'operand', span: node?.span ?? span, isBare: false, node: node ?? standIn });
    return true;
  }

  /** Words go on from chunk to chunk. A star at an edge begins or ends them. */
  private words({ raw, start, end }: Chunk): void {
    this.at = end;
    const isStarred = STARS.has(raw.charAt(0)) && beginsWithLetter(raw.slice(1));
    const closes = STARS.has(raw.slice(-1)) && endsInLetter(raw.slice(0, -1));
    if (isStarred) this.endBare(false);
    const text = unescaped(raw.slice(isStarred ? 1 : 0, closes ? -1 : undefined));
    if (this.bare === null) this.bare = { start, end, text, isStarred };
    else {
      this.bare.text += this.query.slice(this.bare.end, start) + text;
      this.bare.end = end;
    }
    if (closes) this.endBare(true);
  }
  private endBare(isStarred: boolean): void {
    const { bare } = this;
    if (bare === null) return;
    this.bare = null;
    const span = { start: bare.start, end: bare.end };
    const isOpen = !bare.isStarred && !isStarred;
    const edges = isOpen ? { openStart: true, openEnd: true } : { openStart: bare.isStarred, openEnd: isStarred };
    this.tokens.push({ kind: 'operand', span, isBare: true, node: { kind: 'words', text: bare.text, ...edges, span } });
  }
}

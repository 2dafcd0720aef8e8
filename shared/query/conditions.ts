import type { Condition, QuerySpan, QueryValue } from './ast.ts';
import { closersOf, CLOSES, COMMAS, isSpace, OPENS } from './characters.ts';
import { addDateFault, datesOf } from './dates.ts';
import { remove, replaceBy, type Faults } from './faults.ts';
import { isFixedField, QUERY_FIELDS, type FieldNames } from './fields.ts';
import { quoted } from './print.ts';
import { chunkAt, quotedAt, skipSpace, unescaped, type Chunk } from './scan.ts';

/** `node` is null where the condition is at fault. */
interface Read {
  readonly node: Condition | null;
  readonly end: number;
}

/** What is meant as a field. A Chinese word before a colon may be a heading (总则：…), and a number a time. */
const NAME = /^[A-Za-z][\w.-]*(?=[:：])/;

/** The condition that begins with this chunk, `field:value`; null if these are words. */
export function conditionAt(query: string, { start, raw, end }: Chunk, names: FieldNames, faults: Faults): Read | null {
  const name = NAME.exec(raw)?.[0];
  if (name === undefined) return null;
  const from = start + name.length + 1;
  const field = names.named(name);
  const isFollowed = from < query.length && !isSpace(query.charAt(from)) && !CLOSES.has(query.charAt(from));
  if (field === null) {
    if (!isFollowed || query.startsWith('//', from)) return null;
    const values = new Values(query, from, null);
    values.read();
    unknownField(faults, names, { start, end: from - 1 }, { start, end: Math.max(end, values.end) });
    return { node: null, end: Math.max(end, values.end) };
  }
  const values = new Values(query, from, faults);
  values.read();
  const span = { start, end: values.end };
  if (values.all.length === 0) {
    if (!values.isFaulty) noValue(faults, query, field, { start, end: Math.max(from, values.end) });
    return { node: null, end: Math.max(from, values.end) };
  }
  if (isFixedField(field) && QUERY_FIELDS[field] === 'date')
    for (const value of values.all) if (datesOf(value.text) === null) addDateFault(faults, value.span, value.text);
  return { node: { kind: 'condition', field, values: values.all, span }, end: values.end };
}

function unknownField(faults: Faults, names: FieldNames, name: QuerySpan, all: QuerySpan): void {
  if (faults.isFull) return;
  const shown = faults.at(name);
  const text = unescaped(faults.query.slice(all.start, all.end)).replace(/["“”„«»]/gu, '');
  faults.add('fieldUnknown', name, `There is no field ${shown}. To find it as words, put it in quotation marks.`, [
    ...names.like(faults.query.slice(name.start, name.end)).map((field) => replaceBy(name, field)),
    replaceBy(all, quoted(text)),
  ]);
}

function noValue(faults: Faults, query: string, field: string, span: QuerySpan): void {
  const next = skipSpace(query, span.end);
  const value = next === span.end ? chunkAt(query, next + 1) : chunkAt(query, next);
  const joined = value.raw === '' ? [] : [replaceBy({ start: span.start, end: value.end }, `${field}:${value.raw}`)];
  faults.add('valueMissing', span, `${field}: needs a value right after the colon.`, [...joined, remove(span)]);
}

/** The values after a colon: one, several with commas between, or several in brackets. */
class Values {
  readonly all: QueryValue[] = [];
  /** Whether a fault was added. */
  isFaulty = false;
  end: number;
  private readonly query: string;
  /** Null: faults are not told. */
  private readonly faults: Faults | null;

  constructor(query: string, start: number, faults: Faults | null) {
    this.query = query;
    this.end = start;
    this.faults = faults;
  }

  read(): void {
    if (OPENS.has(this.query.charAt(this.end))) return this.readBracket();
    while (this.value() && COMMAS.has(this.query.charAt(this.end))) {
      const next = skipSpace(this.query, this.end + 1);
      // A comma at the end is punctuation.
      if (next === this.query.length || CLOSES.has(this.query.charAt(next))) return void this.end++;
      this.end = next;
    }
  }

  private readBracket(): void {
    const open = { start: this.end, end: this.end + 1 };
    this.end++;
    for (;;) {
      this.end = skipSpace(this.query, this.end);
      const character = this.query.charAt(this.end);
      if (COMMAS.has(character)) this.end++;
      else if (CLOSES.has(character)) {
        this.end++;
        return;
      } else if (character === '' || OPENS.has(character) || !this.value()) break;
    }
    const last = this.all.at(-1)?.span.end ?? open.end;
    const label = this.all.length === 0 ? 'Close it' : `Close it after ${this.at(this.all.at(-1)?.span ?? open)}`;
    this.fault('bracketNotClosed', open, 'The bracket with the values is never closed.', [
      { label, span: { start: last, end: last }, text: ')' },
    ]);
  }

  /** Reads a value; false if there is none. */
  private value(): boolean {
    const start = this.end;
    if (closersOf(this.query.charAt(start)) !== undefined) {
      const found = quotedAt(this.query, start);
      if (found === null) {
        const end = this.query.trimEnd().length;
        const text = this.query.slice(start + 1, end).replace(/[\\"“”„«»()（）]/gu, ' ');
        this.fault('quoteNotClosed', { start, end: start + 1 }, 'The quotation mark of the value is never closed.', [
          ...(text.trim() === '' ? [] : [replaceBy({ start, end }, quoted(text.trim()))]),
          remove({ start, end: start + 1 }),
        ]);
        this.end = this.query.length;
        return false;
      }
      this.end = found.end;
      if (found.text !== '') this.all.push({ text: found.text, span: { start, end: found.end } });
      return true;
    }
    const { raw, end } = chunkAt(this.query, start, COMMAS);
    this.end = end;
    if (raw !== '') this.all.push({ text: unescaped(raw), span: { start, end } });
    return raw !== '';
  }

  private at(span: QuerySpan): string {
    return this.faults?.at(span) ?? '';
  }
  private fault(...fault: Parameters<Faults['add']>): void {
    this.isFaulty = true;
    this.faults?.add(...fault);
  }
}

import type { NearPart, Query, Words } from './ast.ts';
import { COMMAS, trimmed } from './characters.ts';
import { isFixedField, QUERY_FIELDS } from './fields.ts';
import { MOST_LEAVES, readQuery } from './parse.ts';
import { bare, printQuery } from './print.ts';
import { datesOf } from './dates.ts';
import { quotedAt, startsQuote, unescaped } from './scan.ts';

/** Words as a form keeps them. */
export type FormWords = Pick<Words, 'text' | 'openStart' | 'openEnd'>;
export interface FormCondition {
  /** A field of the query language, or the code of a dimension. */
  readonly field: string;
  readonly values: readonly string[];
  /** What has one of the values is left out. */
  readonly not: boolean;
}
export interface FormNear {
  readonly distance: number;
  /** Any of the words on one side, near any of those on the other. */
  readonly sides: readonly [readonly FormWords[], readonly FormWords[]];
}

/** A query by the fields of a form. All of what the fields say has to hold. */
export interface QueryForm {
  readonly all: readonly FormWords[];
  readonly any: readonly FormWords[];
  readonly none: readonly FormWords[];
  /** Whole words, as they are written. */
  readonly exact: readonly FormWords[];
  readonly near: FormNear | null;
  readonly conditions: readonly FormCondition[];
  /** What has no field, such as conditions with OR between them. It stays as it is. */
  readonly rest: readonly Query[];
}
export const EMPTY_FORM: QueryForm = { all: [], any: [], none: [], exact: [], near: null, conditions: [], rest: [] };

/** The form of a query. {@link textOf} it is a query with the same meaning. */
export function formOf(query: Query): QueryForm {
  const form = { all: [], any: [], none: [], exact: [], near: null, conditions: [], rest: [] } as {
    -readonly [K in keyof QueryForm]: QueryForm[K] extends readonly (infer One)[] ? One[] : QueryForm[K];
  };
  for (const part of query.kind === 'and' ? query.parts : [query]) {
    switch (part.kind) {
      case 'all':
        break;
      case 'and':
        form.rest.push(part);
        break;
      case 'words':
        // Empty quotation marks ask nothing.
        if (!isEmpty(part)) (part.openStart || part.openEnd ? form.all : form.exact).push(kept(part));
        break;
      case 'condition':
        form.conditions.push({ field: part.field, values: part.values.map(({ text }) => text), not: false });
        break;
      case 'or': {
        const words = wordsOf(part);
        if (words === null || form.any.length > 0) form.rest.push(part);
        else form.any.push(...words);
        break;
      }
      case 'near': {
        const near = form.near === null ? nearOf(part.distance, part.parts) : null;
        if (near === null) form.rest.push(part);
        else form.near = near;
        break;
      }
      case 'not': {
        const words = wordsOf(part.part);
        if (words !== null) form.none.push(...words);
        else if (part.part.kind === 'condition')
          form.conditions.push({
            field: part.part.field,
            values: part.part.values.map(({ text }) => text),
            not: true,
          });
        else form.rest.push(part);
      }
    }
  }
  return form;
}

/** The query that a form asks, as text. */
export function textOf({ all, any, none, exact, near, conditions, rest }: QueryForm): string {
  const parts: Query[] = [
    ...filled(all),
    ...filled(exact),
    ...orOf(filled(any)),
    ...(near === null ? [] : nearParts(near)),
    ...filled(none).map((part): Query => ({ kind: 'not', part, span: NOWHERE })),
    ...rest,
    ...conditions.flatMap((one) => conditionOf(one)),
  ];
  const [only, ...others] = parts;
  if (only === undefined) return '';
  return printQuery(others.length === 0 ? only : { kind: 'and', parts, span: NOWHERE });
}

const NOWHERE = { start: 0, end: 0 };
const kept = ({ text, openStart, openEnd }: Words): FormWords => ({ text, openStart, openEnd });
const filled = (words: readonly FormWords[]): Words[] =>
  words.flatMap((one): Words[] => {
    const text = trimmed(one.text);
    return text === '' ? [] : [{ kind: 'words', ...one, text, span: NOWHERE }];
  });

/** The words of which one has to be there; null if there is something else among them. */
function wordsOf(query: Query): FormWords[] | null {
  const parts = query.kind === 'or' ? query.parts : [query];
  const words = parts.filter((part): part is Words => part.kind === 'words');
  return words.length === parts.length && !words.some(isEmpty) ? words.map(kept) : null;
}
const isEmpty = ({ text }: FormWords): boolean => trimmed(text) === '';
function nearOf(distance: number, parts: readonly [NearPart, NearPart]): FormNear | null {
  const [one, other] = [wordsOf(parts[0]), wordsOf(parts[1])];
  return one === null || other === null ? null : { distance, sides: [one, other] };
}
function orOf(words: readonly Words[]): (Words | NearPart)[] {
  const [only, ...others] = words;
  if (only === undefined) return [];
  return others.length === 0 ? [only] : [{ kind: 'or', parts: words, span: NOWHERE }];
}
/** While one side is empty, the words of the other. */
function nearParts({ distance, sides }: FormNear): Query[] {
  const [one, other] = sides.map((words) => orOf(filled(words))[0]);
  if (one === undefined || other === undefined) return [one, other].filter((side) => side !== undefined);
  return [{ kind: 'near', distance, parts: [one, other], span: NOWHERE }];
}
function conditionOf({ field, values, not }: FormCondition): Query[] {
  const given = values.map(trimmed).filter((text) => text !== '');
  if (given.length === 0) return [];
  const part: Query = {
    kind: 'condition',
    field,
    values: given.map((text) => ({ text, span: NOWHERE })),
    span: NOWHERE,
  };
  return [not ? { kind: 'not', part, span: NOWHERE } : part];
}

/** Splits what is typed into a field at its commas, but not in quotation marks or after a backslash. */
function split(text: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0; at <= text.length;) {
    const character = text.charAt(at);
    if (character === '' || COMMAS.has(character)) {
      pieces.push(trimmed(text.slice(from, at)));
      from = at + 1;
    }
    const mark = startsQuote(text, at) ? quotedAt(text, at + (/[*＊]/u.test(character) ? 1 : 0)) : null;
    at = mark?.end ?? at + (character === '\\' ? 2 : 1);
  }
  return pieces.filter((piece) => piece !== '');
}

/** Words as they are typed into a field of a form, with commas between: `relocat*, “土地”`. */
export const wordsAsText = (words: readonly FormWords[]): string =>
  filled(words)
    .map((one) => {
      const printed = printQuery(one);
      return printed.startsWith('"') || printed.startsWith('*"') ? printed : printed.replace(/(?=[,，、])/gu, '\\');
    })
    .join(', ');

/** What was typed into a field for words. Operators are words there. Never fails. */
export const wordsFromText = (text: string): FormWords[] =>
  split(text).map((piece, at) => {
    // A query has no more words than this, so the rest need not be read.
    const query = at < MOST_LEAVES ? readQuery(piece).query : null;
    if (query?.kind === 'words') return kept(query);
    return { text: unescaped(piece), openStart: true, openEnd: true };
  });

/** Values as they are typed into a field of a form, with commas between. */
export const valuesAsText = (values: readonly string[]): string =>
  values.map((value) => value.replace(/(?=[\\,，、"“”„«»])/gu, '\\')).join(', ');
export const valuesFromText = (text: string): string[] => split(text).map(unescaped);

/** Whole words of a field, which needs no quotation marks. */
export const exactFromText = (text: string): FormWords[] =>
  valuesFromText(text).map((one) => ({ text: one, openStart: false, openEnd: false }));

/** The values of the first condition on a field that is asked for. */
export const valuesOf = ({ conditions }: QueryForm, field: string): readonly string[] =>
  conditions.find((one) => one.field === field && !one.not)?.values ?? [];

/** The form with these values of a field, instead of those that were asked for. */
export function withValues(form: QueryForm, field: string, values: readonly string[]): QueryForm {
  const at = form.conditions.findIndex((one) => one.field === field && !one.not);
  const made = values.length === 0 ? [] : [{ field, values, not: false }];
  const conditions = at < 0 ? [...form.conditions, ...made] : form.conditions.toSpliced(at, 1, ...made);
  return { ...form, conditions };
}

/** The first value of a date field that is no date; null if all are. */
export function wrongDate({ field, values }: Pick<FormCondition, 'field' | 'values'>): string | null {
  if (!isFixedField(field) || QUERY_FIELDS[field] !== 'date') return null;
  return values.find((value) => datesOf(value) === null) ?? null;
}

/** A part that has no field, as text. */
export const restText = (part: Query): string => printQuery(part);

/** Words as a chip shows them. */
export const wordsText = ({ text, openStart, openEnd }: FormWords): string =>
  openStart && openEnd ? bare(text) : printQuery({ kind: 'words', text, openStart, openEnd, span: NOWHERE });

import { isWord, tokensOf } from '../text/search-query.ts';
import { leavesOf, type Condition, type Query, type Words } from './ast.ts';
import { datesOf } from './dates.ts';
import { isFixedField, QUERY_FIELDS } from './fields.ts';

/**
 * A query in words, without a full stop: “流转” within 12 characters of “劳动力” or “解放”; date from 2022 to 2024. Empty for a query of
 * nothing else than words that are found as they are typed.
 */
export function readBack(query: Query): string {
  if (query.kind === 'all' || (query.kind === 'words' && query.openStart && query.openEnd)) return '';
  if (query.kind !== 'and') return said(query, false);
  const isOutside = (part: Query): boolean =>
    part.kind === 'condition' || (part.kind === 'not' && part.part.kind === 'condition');
  const words = query.parts.filter((part) => !isOutside(part));
  const all = words.map((part) => said(part, part.kind === 'or' && words.length > 1)).join(' and ');
  return [...(all === '' ? [] : [all]), ...query.parts.filter(isOutside).map((part) => said(part, false))].join('; ');
}

function said(query: Query, isBracketed: boolean): string {
  if (isBracketed) return `(${said(query, false)})`;
  switch (query.kind) {
    case 'all':
      return 'everything';
    case 'words':
      return saidWords(query);
    case 'condition':
      return saidCondition(query);
    case 'not':
      return `not ${said(query.part, query.part.kind === 'and' || query.part.kind === 'or')}`;
    case 'near': {
      const [one, other] = query.parts;
      return `${said(one, false)} within ${query.distance} ${unitOf(query)} of ${said(other, false)}`;
    }
    case 'and':
      return query.parts.map((part) => said(part, part.kind === 'or')).join(' and ');
    case 'or':
      return query.parts.map((part) => said(part, part.kind === 'and')).join(' or ');
  }
}

function saidWords({ text, openStart, openEnd }: Words): string {
  const quoted = `“${text.trim().replace(/\s+/gu, ' ')}”`;
  if (openStart && openEnd) return quoted;
  if (openEnd) return `words that begin with ${quoted}`;
  if (openStart) return `words that end with ${quoted}`;
  return hasSpaces(text) ? `the whole words ${quoted}` : quoted;
}

/** Whether a text has words of a script that sets spaces between them. */
const hasSpaces = (text: string): boolean => [...tokensOf(text)].some((token) => isWord(token.text));

function unitOf(query: Query): string {
  const texts = leavesOf(query).flatMap((leaf) => (leaf.kind === 'words' ? [leaf.text] : []));
  const spaced = texts.filter(hasSpaces).length;
  return spaced === 0 ? 'characters' : spaced === texts.length ? 'words' : 'words or characters';
}

function saidCondition({ field, values }: Condition): string {
  const isDate = isFixedField(field) && QUERY_FIELDS[field] === 'date';
  if (field === 'missing') return `missing ${values.map(({ text }) => NAMES[text] ?? text).join(' or ')}`;
  const all = values.map(({ text }) => (isDate ? saidDate(text) : text)).join(' or ');
  return field === 'place' ? `place ${all} or anything in it` : `${NAMES[field] ?? field} ${all}`;
}
const NAMES: Readonly<Record<string, string>> = {
  lang: 'language',
  act: 'date of the act',
  published: 'date of publication',
};

function saidDate(text: string): string {
  const [from, to] = text.split('..');
  if (datesOf(text) === null || to === undefined) return text;
  if (from === '') return `up to ${to}`;
  return to === '' ? `from ${from ?? ''} on` : `from ${from ?? ''} to ${to}`;
}

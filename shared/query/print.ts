import type { Condition, Query, Words } from './ast.ts';
import { beginsWithLetter, COMMAS, endsInLetter, isSpace, SPACES, trimmed } from './characters.ts';
import { chunkAt } from './scan.ts';

/** The query as text. Parsed again, it is the same query. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case 'all':
      return '';
    case 'words':
      return printWords(query);
    case 'condition':
      return printCondition(query);
    case 'not':
      return `NOT ${within(query.part, query.part.kind === 'and' || query.part.kind === 'or')}`;
    case 'near':
      return query.parts.map((part) => within(part, part.kind === 'or')).join(` NEAR/${query.distance} `);
    case 'and':
      return query.parts
        .map((part, at) => `${joint(query.parts[at - 1], part)}${within(part, part.kind === 'or')}`)
        .join('');
    case 'or':
      return query.parts.map((part) => within(part, false)).join(' OR ');
  }
}

const within = (part: Query, isBracketed: boolean): string =>
  isBracketed ? `(${printQuery(part)})` : printQuery(part);

/** What stands between two parts that both have to hold. */
function joint(before: Query | undefined, part: Query): string {
  if (before === undefined) return '';
  const isPlain = before.kind === 'condition' || part.kind === 'condition' || part.kind === 'not';
  return isPlain ? ' ' : ' AND ';
}

/** A text in quotation marks. */
export const quoted = (text: string): string => `"${text.replace(/(?=[\\"])/gu, '\\')}"`;

function printWords({ text, openStart, openEnd }: Words): string {
  if (openStart && openEnd) return bare(text);
  const isSimple = ![...text].some(isSpace) && beginsWithLetter(text) && endsInLetter(text) && bare(text) === text;
  const words = isSimple && (openStart || openEnd) ? text : quoted(text);
  return `${openStart ? '*' : ''}${words}${openEnd ? '*' : ''}`;
}

/** Text as it is found literally: signs of the language get a backslash. */
export const bare = (text: string): string =>
  trimmed(text)
    .split(SPACES)
    .map((piece) => {
      const plain = piece.replace(/(?=[\\()（）"“”„«»*＊])/gu, '\\');
      const isSign = /^(?:AND|OR|NOT|NEAR(?:[/／].*)?|[+＋]|-.*)$/su.test(plain) || /^[A-Za-z][\w.-]*[:：]/.test(plain);
      return isSign ? `\\${plain}` : plain;
    })
    .join('');

/** A value of a condition, in quotation marks where it needs them. */
export function printValue(text: string): string {
  const isSimple = text !== '' && chunkAt(text, 0, COMMAS).end === text.length && !text.includes('\\');
  return isSimple ? text : quoted(text);
}

function printCondition({ field, values }: Condition): string {
  const printed = values.map(({ text }) => printValue(text));
  return `${field}:${printed.length === 1 ? (printed[0] ?? '') : `(${printed.join(' ')})`}`;
}

import type { QuerySpan } from './ast.ts';
import { closersOf, CLOSES, ESCAPED, isSpace, OPENS, STARS, trimmed } from './characters.ts';

/** A stretch of a query without spaces, brackets and quotation marks. */
export interface Chunk extends QuerySpan {
  readonly raw: string;
}

/** Whether a backslash before this place makes the character there plain. */
const isPlain = (query: string, at: number): boolean => at < query.length && !isSpace(query.charAt(at));

/** Whether a chunk ends before this place: what stands there is no part of one. */
export function isBoundary(query: string, at: number): boolean {
  const character = query.charAt(at);
  return isSpace(character) || OPENS.has(character) || CLOSES.has(character) || closersOf(character) !== undefined;
}

/** The chunk that begins here; empty if none does. `also` end it, too. */
export function chunkAt(query: string, start: number, also?: ReadonlySet<string>): Chunk {
  let end = start;
  while (end < query.length && !isBoundary(query, end) && also?.has(query.charAt(end)) !== true)
    end += query[end] === '\\' && isPlain(query, end + 1) ? 2 : 1;
  return { start, end, raw: query.slice(start, end) };
}

/** A text without the backslashes that make characters plain. */
export const unescaped = (raw: string): string => raw.replace(ESCAPED, '$1');

/** The quotation that begins here: its text without marks and backslashes, and where it ends; null if it does not end. */
export function quotedAt(query: string, start: number): { readonly text: string; readonly end: number } | null {
  const closers = closersOf(query.charAt(start)) ?? '';
  for (let at = start + 1; at < query.length; at++) {
    const character = query.charAt(at);
    if (closers.includes(character)) return { text: trimmed(unescaped(query.slice(start + 1, at))), end: at + 1 };
    if (character === '\\' && isPlain(query, at + 1)) at++;
  }
  return null;
}

/** Whether a quotation begins here: a quotation mark, or a star before one. */
export function startsQuote(query: string, at: number): boolean {
  const character = query.charAt(at);
  return closersOf(character) !== undefined || (STARS.has(character) && closersOf(query.charAt(at + 1)) !== undefined);
}

/** The first place from `at` on that is no space. */
export function skipSpace(query: string, at: number): number {
  let next = at;
  while (next < query.length && isSpace(query.charAt(next))) next++;
  return next;
}

import { counted } from '../../shared/text/counted.ts';

/** Names in an undo label: “A”, “A and B”, “A and 2 more”. */
export function listed(names: readonly string[]): string {
  const [first = '', second] = names;
  if (second === undefined) return first;
  return names.length === 2 ? `${first} and ${second}` : `${first} and ${String(names.length - 1)} more`;
}

/** “1 tag”, “3 tags”; an empty list for zero, so that parts of a sentence can be joined. */
export const countedIfAny = (count: number, one: string, many?: string): string[] =>
  count === 0 ? [] : [counted(count, one, many)];

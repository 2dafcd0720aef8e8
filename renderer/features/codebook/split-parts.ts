import type { Carrier } from '../../../shared/contract/codebook.ts';
import type { PassageId } from '../../../shared/model/index.ts';

/** Which parts (by number, from 0) each passage is given to. */
export type Given = ReadonlyMap<PassageId, ReadonlySet<number>>;

/** Gives a passage to a part, or takes it back from it. */
export function toggle(given: Given, passage: PassageId, part: number): Given {
  const parts = new Set(given.get(passage));
  if (!parts.delete(part)) parts.add(part);
  return new Map(given).set(passage, parts);
}

export const addPart = (parts: readonly string[]): string[] => [...parts, ''];

/** A part goes; those after it move up, and what was given to it stays where it was. */
export function removePart(given: Given, gone: number): Given {
  return new Map(
    [...given].map(([passage, parts]) => [
      passage,
      new Set([...parts].flatMap((part) => (part === gone ? [] : [part > gone ? part - 1 : part]))),
    ]),
  );
}

/** The names of the parts that are to be made: one without a name is none yet. */
export const namedParts = (parts: readonly string[]): string[] =>
  parts.map((name) => name.trim()).filter((name) => name !== '');

/** What the split is asked for: numbers count the parts that have names. */
export function givenOf(
  given: Given,
  parts: readonly string[],
  carriers: readonly Carrier[],
): { passage: PassageId; parts: number[] }[] {
  const number = new Map<number, number>();
  parts.forEach((name, part) => (name.trim() === '' ? undefined : number.set(part, number.size)));
  const there = new Set(carriers.map(({ id }) => id));
  return [...given].flatMap(([passage, to]) => {
    const named = [...to].sort((a, b) => a - b).flatMap((part) => number.get(part) ?? []);
    return named.length === 0 || !there.has(passage) ? [] : [{ passage, parts: named }];
  });
}

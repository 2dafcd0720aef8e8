import type { Entity } from '../../../shared/changes/registry.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { ReadContext } from '../../project/context.ts';

export type Difference = ReviewDetail['differences'][number];
export interface Who {
  readonly person: string | null;
  readonly at: number | null;
}

/** Puts the differences of one passage into words. */
export interface Teller {
  readonly context: ReadContext;
  readonly id: string;
  readonly nameOf: (person: string) => string;
}

/** Who was the last to say something of these fields of these records. */
export function last(
  { context, nameOf }: Teller,
  entity: Entity,
  ids: readonly string[],
  fields: readonly string[],
): Who {
  const said = ids.length === 0 ? undefined : context.project.log.said(entity, ids, fields).at(-1);
  return said === undefined ? { person: null, at: null } : { person: nameOf(said.person), at: said.at };
}

/** Rows that are gone, then those that are new. */
export function changedRows<T extends readonly string[]>(
  before: readonly T[],
  now: readonly T[],
): [row: T, isNew: boolean][] {
  const key = (row: T): string => row.join(' ');
  const [old, current] = [new Set(before.map(key)), new Set(now.map(key))];
  return [
    ...before.filter((row) => !current.has(key(row))).map((row): [T, boolean] => [row, false]),
    ...now.filter((row) => !old.has(key(row))).map((row): [T, boolean] => [row, true]),
  ];
}

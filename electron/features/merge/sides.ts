import { z } from 'zod';
import type { ConflictSide } from '../../../shared/contract/merge.ts';
import { commitHash, personId } from '../../../shared/model/index.ts';
import { query, type Readable, type Signed } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { recordWords, valueWords } from './words.ts';

/** Whether it removes its record. */
export const isGone = (one: Signed): boolean => one.field === 'deleted' && one.value === true;

/** In the order in which commits came into this folder. */
const arrivalOf = query<{ hash: string }, { c: number }>(
  'merge.arrival',
  `SELECT c FROM commit_ WHERE hash = unhex($hash)`,
);
/** What was here first: of two that others wrote, theirs is the one that a merge brought. */
export function firstHere(db: Readable, changes: readonly Signed[]): Signed | undefined {
  const arrival = (one: Signed): number => db.get(arrivalOf, { hash: one.commit })?.c ?? Number.POSITIVE_INFINITY;
  return changes
    .map((one) => ({ one, c: arrival(one) }))
    .sort((a, b) => a.c - b.c)
    .map(({ one }) => one)[0];
}

/**
 * Mine is what the acting person said last, else what was said in this folder, else what was here first; of a deletion
 * against edits, the others are those of the other kind.
 */
export function chosen(
  { db, person }: Pick<ReadContext, 'db' | 'person'>,
  changes: readonly Signed[],
  sides: readonly Signed[][],
): [Signed | undefined, Signed[]] {
  const last = [...changes].sort((a, b) => b.at - a.at);
  const own =
    last.find((one) => one.person === person.id && one.here) ??
    last.find((one) => one.person === person.id) ??
    last.find((one) => one.here) ??
    firstHere(db, changes);
  if (own === undefined) return [undefined, []];
  const side =
    sides.find((one) => one.includes(own)) ?? sides.find((one) => one.some((two) => isGone(two) === isGone(own)));
  const mine = side?.includes(own) === true ? own : side?.[0];
  const isDeletion = changes.some(isGone);
  const others = sides.flatMap((one) => {
    const [first] = one;
    if (one === side || first === undefined) return [];
    return isDeletion && mine !== undefined && isGone(first) === isGone(mine) ? [] : [first];
  });
  return [mine, others];
}

/** Made once: to make it takes longer than to use it. */
const anyJson = z.json();

/** One value of a conflict, in words. */
export function sideOf(db: Readable, entity: string, record: string, one: Signed): ConflictSide {
  const deleted = isGone(one);
  const last = deleted ? recordWords(db, entity, record) : '';
  return {
    commit: commitHash.parse(one.commit),
    field: one.field,
    value: anyJson.parse(one.value),
    text: deleted ? (last === '' ? 'Deleted.' : `In trash. Last text: ${last}`) : keptWords(db, entity, record, one),
    deleted,
    person: nameOf(db, one.person),
    personId: personId.safeParse(one.person).data ?? null,
    at: one.at,
  };
}

function keptWords(db: Readable, entity: string, record: string, one: Signed): string {
  if (one.field !== 'deleted') return valueWords(db, entity, one.field, one.value);
  const text = recordWords(db, entity, record);
  return text === '' ? 'Kept.' : `Kept: ${text}`;
}

/** The name a person gave themselves here. */
export const nameOf = (db: Readable, person: string): string => {
  const name = recordWords(db, 'person', person);
  return name === '' ? `Unknown person ${person.slice(-8)}` : name;
};

import type { StateRow } from '../../db/types.ts';

/** A record that two states do not have alike; null where one does not have it, or has it removed. */
export interface Difference {
  readonly before: StateRow | null;
  readonly after: StateRow | null;
}

/** What differs between two states, both in the order of entity and id: one pass, whatever their size. */
export function* differencesOf(a: Iterable<StateRow>, b: Iterable<StateRow>): Generator<Difference> {
  const [left, right] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  let [one, other] = [left.next(), right.next()];
  while (one.done !== true || other.done !== true) {
    const order = one.done === true ? 1 : other.done === true ? -1 : compare(one.value, other.value);
    const before = order <= 0 && one.done !== true ? live(one.value) : null;
    const after = order >= 0 && other.done !== true ? live(other.value) : null;
    if (differ(before, after)) yield { before, after };
    if (order <= 0) one = left.next();
    if (order >= 0) other = right.next();
  }
}

const compare = (a: StateRow, b: StateRow): number =>
  a.entity === b.entity ? order(a.id, b.id) : order(a.entity, b.entity);
const order = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

const live = (one: StateRow): StateRow | null => (one.row['deleted'] === 1 ? null : one);

/** A record that never was but removed, or was brought back as it had been, differs in nothing. */
function differ(before: StateRow | null, after: StateRow | null): boolean {
  if (before === null || after === null) return before !== after;
  return changedColumns(before, after).length > 0;
}

/** The columns in which two rows differ, in the registry's order. */
export const changedColumns = (before: StateRow | null, after: StateRow | null): string[] =>
  Object.keys((after ?? before)?.row ?? {}).filter(
    (name) => !BESIDES.has(name) && (before?.row[name] ?? null) !== (after?.row[name] ?? null),
  );
/** No fields of anybody's: when a record was first named, and its removal, which is told as such. */
const BESIDES: ReadonlySet<string> = new Set(['id', 'createdAt', 'deleted']);

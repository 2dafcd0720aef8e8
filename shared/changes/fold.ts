import { parsed } from './canonical.ts';

/**
 * Where a commit stands: the chain it is on (one replica's unforked line of commits), its number there from 1, and the
 * version vector of what else it had seen. All three are local numbers derived from signed parents; they never travel.
 */
export interface Place {
  readonly chain: number;
  readonly seq: number;
  readonly vv: number;
}

/** Whether the author of `later` had seen `earlier` (or they are the same commit). */
export type Saw = (later: Place, earlier: Place) => boolean;

/** One change as the rules see it. `value` is canonical JSON, `wall` milliseconds of its commit. */
export interface FieldChange extends Place {
  /** The commit's local number, and the change's place in it. */
  readonly c: number;
  readonly i: number;
  readonly value: string;
  readonly clock: number;
  readonly hash: Uint8Array;
  readonly wall: number;
}

export interface FoldedField {
  /** Whose value the field has. */
  readonly winner: FieldChange;
  /** Empty, or the changes that stand against each other until somebody who has seen them all writes again. */
  readonly conflict: readonly FieldChange[];
}
export interface FoldedRecord {
  readonly fields: ReadonlyMap<string, FoldedField>;
  /** Wall milliseconds of the first commit that named the record: least clock, then least hash. */
  readonly createdAt: number;
}

/**
 * What an undo writes beside a field whose conflict it opens again: a list of the commits (hex) whose values conflicted. No
 * field of a record has a hyphen in its name. It is no field itself: it is never shown, never conflicts and is never undone.
 */
export const openMark = (field: string): string => `${field}${MARK}`;
export const isOpenMark = (field: string): boolean => field.endsWith(MARK);
const MARK = '-open';

/** Winner first: greatest clock, then greatest hash. */
export function byWinner(a: FieldChange, b: FieldChange): number {
  return b.clock - a.clock || compareBytes(b.hash, a.hash) || a.i - b.i;
}

/** The changes that nobody who wrote the same field had seen. `sorted` comes winner first. */
export function maximal(sorted: readonly FieldChange[], saw: Saw): FieldChange[] {
  const out: FieldChange[] = [];
  for (const said of sorted) if (!out.some((other) => saw(other, said))) out.push(said);
  return out;
}

/**
 * A record's state from everything said of it, by field. The result depends on the set of changes only, never on the
 * order in which they came.
 */
export function foldRecord(said: ReadonlyMap<string, readonly FieldChange[]>, saw: Saw): FoldedRecord {
  const fields = new Map<string, FoldedField>();
  let first: FieldChange | null = null;
  for (const [field, changes] of said) {
    const sorted = changes.length > 1 ? [...changes].sort(byWinner) : changes;
    const oldest = sorted.at(-1);
    const winner = sorted[0];
    if (oldest === undefined || winner === undefined) continue;
    if (first === null || byWinner(first, oldest) < 0) first = oldest;
    const open = sorted.length > 1 ? maximal(sorted, saw) : sorted;
    const conflict = isOpenMark(field) ? [] : conflictOf(field, openedAgain(field, open, said, saw), said, saw);
    fields.set(field, { winner, conflict });
  }
  return { fields, createdAt: first?.wall ?? 0 };
}

/**
 * The same, where an undo opened a conflict again: instead of the undo's own value, those of the commits that it names, as far
 * as its author had seen them; its own, too, where none of them has it. So the conflict is what it was before it was resolved,
 * and a later change by somebody who has seen the undo resolves it.
 */
function openedAgain(
  field: string,
  open: readonly FieldChange[],
  said: ReadonlyMap<string, readonly FieldChange[]>,
  saw: Saw,
): readonly FieldChange[] {
  const marks = said.get(openMark(field));
  if (marks === undefined) return open;
  const sides = open.flatMap((one) => {
    const named = hashesIn(marks.find(({ c }) => c === one.c)?.value);
    if (named.size === 0) return [one];
    const before = (said.get(field) ?? [])
      .filter((other) => other.c !== one.c && named.has(hexOf(other.hash)) && saw(one, other))
      .sort(byWinner);
    return before[0]?.value === one.value ? before : [one, ...before];
  });
  return [...new Set(sides)];
}

/** A log may come from anybody: a value that is not a list of hashes names no commit. */
function hashesIn(text: string | undefined): ReadonlySet<string> {
  const value = text === undefined ? undefined : parsed(text);
  return new Set(Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
}
const hexOf = (hash: Uint8Array): string => Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * The open conflict of one field: its maximal changes where their values differ. A deletion also conflicts with every
 * change of another field that was made without knowing of it: edit against delete is two fields, so plain registers
 * would show nothing.
 */
function conflictOf(
  field: string,
  open: readonly FieldChange[],
  said: ReadonlyMap<string, readonly FieldChange[]>,
  saw: Saw,
): readonly FieldChange[] {
  const differ = open.some((one) => one.value !== open[0]?.value);
  const deletions = field === 'deleted' ? open.filter((one) => one.value === 'true') : [];
  if (deletions.length === 0) return differ ? open : [];
  const edits: FieldChange[] = [];
  for (const [other, changes] of said) {
    if (other === field || isOpenMark(other)) continue;
    for (const edit of changes) if (deletions.some((d) => !saw(d, edit) && !saw(edit, d))) edits.push(edit);
  }
  return differ || edits.length > 0 ? [...open, ...edits] : [];
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let k = 0; k < shared; k++) {
    const difference = (a[k] ?? 0) - (b[k] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

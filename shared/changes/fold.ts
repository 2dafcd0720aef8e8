import { parsed } from './canonical.ts';

/**
 * A commit's place in the log: its chain (one replica's unforked line of commits), its number in that chain from 1, and the
 * number of the version vector of what else it had seen. All three are local, derived from the signed parents and never exported.
 */
export interface Place {
  readonly chain: number;
  readonly seq: number;
  readonly vv: number;
}

/** Whether the author of `later` had seen `earlier` (or they are the same commit). */
export type Saw = (later: Place, earlier: Place) => boolean;

/** One change of a field, as the merge rules need it. `value` is canonical JSON, `wall` milliseconds of its commit. */
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
  /** The change whose value the field has. */
  readonly winner: FieldChange;
  /** The changes in conflict, until someone who has seen them all sets the field again; empty for none. */
  readonly conflict: readonly FieldChange[];
}
export interface FoldedRecord {
  readonly fields: ReadonlyMap<string, FoldedField>;
  /** Wall milliseconds of the first commit that named the record: least clock, then least hash. */
  readonly createdAt: number;
}

/**
 * An undo that reopens a conflict on a field also writes this marker: a list of the commits (hex) whose values were in conflict.
 * It is not a field (no field's name has a hyphen), and is never shown, in conflict or undone.
 */
export const openMark = (field: string): string => `${field}${MARK}`;
export const isOpenMark = (field: string): boolean => field.endsWith(MARK);
const MARK = '-open';

/** Winner first: greatest clock, then greatest hash. */
export function byWinner(a: FieldChange, b: FieldChange): number {
  return b.clock - a.clock || compareBytes(b.hash, a.hash) || a.i - b.i;
}

/** The changes that no other change of the field had seen. `sorted`: winner first. */
export function maximal(sorted: readonly FieldChange[], saw: Saw): FieldChange[] {
  const out: FieldChange[] = [];
  for (const change of sorted) if (!out.some((other) => saw(other, change))) out.push(change);
  return out;
}

/**
 * A record's state from all its changes, by field. The result depends on the set of changes only, never on the
 * order in which they came.
 */
export function foldRecord(changesByField: ReadonlyMap<string, readonly FieldChange[]>, saw: Saw): FoldedRecord {
  const fields = new Map<string, FoldedField>();
  let first: FieldChange | null = null;
  for (const [field, changes] of changesByField) {
    const sorted = changes.length > 1 ? [...changes].sort(byWinner) : changes;
    const oldest = sorted.at(-1);
    const winner = sorted[0];
    if (oldest === undefined || winner === undefined) continue;
    if (first === null || byWinner(first, oldest) < 0) first = oldest;
    const open = sorted.length > 1 ? maximal(sorted, saw) : sorted;
    const conflict = isOpenMark(field)
      ? []
      : conflictOf(field, withReopened(field, open, changesByField, saw), changesByField, saw);
    fields.set(field, { winner, conflict });
  }
  return { fields, createdAt: first?.wall ?? 0 };
}

/**
 * Replaces each undo that reopened a conflict by the changes it names, as far as its author had seen them, and keeps its own value
 * if that differs. So the conflict is as it was before it was resolved, and a later change that has seen the undo resolves it.
 */
function withReopened(
  field: string,
  open: readonly FieldChange[],
  changesByField: ReadonlyMap<string, readonly FieldChange[]>,
  saw: Saw,
): readonly FieldChange[] {
  const marks = changesByField.get(openMark(field));
  if (marks === undefined) return open;
  const changes = open.flatMap((one) => {
    const named = hashesIn(marks.find(({ c }) => c === one.c)?.value);
    if (named.size === 0) return [one];
    const before = (changesByField.get(field) ?? [])
      .filter((other) => other.c !== one.c && named.has(hexOf(other.hash)) && saw(one, other))
      .sort(byWinner);
    return before[0]?.value === one.value ? before : [one, ...before];
  });
  return [...new Set(changes)];
}

/** A log may come from anyone: a value that is not a list names no commits. */
function hashesIn(text: string | undefined): ReadonlySet<string> {
  const value = text === undefined ? undefined : parsed(text);
  return new Set(Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);
}
const hexOf = (hash: Uint8Array): string => Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * The open conflict of one field: its maximal changes where their values differ. A deletion also conflicts with every
 * concurrent change of another field. Edit against delete sets two different fields, so comparing each field by
 * itself would not find it.
 */
function conflictOf(
  field: string,
  open: readonly FieldChange[],
  changesByField: ReadonlyMap<string, readonly FieldChange[]>,
  saw: Saw,
): readonly FieldChange[] {
  const differ = open.some((one) => one.value !== open[0]?.value);
  const deletions = field === 'deleted' ? open.filter((one) => one.value === 'true') : [];
  if (deletions.length === 0) return differ ? open : [];
  const edits: FieldChange[] = [];
  for (const [other, changes] of changesByField) {
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

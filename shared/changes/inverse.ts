import { parse, type Json } from './canonical.ts';

/** One field of a record that the undone commit changed. */
export interface ChangedField {
  readonly field: string;
  /** Whether the undone commit set it. */
  readonly wasSet: boolean;
  /** Whether its current value was set by the undone commit, or by a later one that is already undone. */
  readonly isOwn: boolean;
  /** The value before, as canonical JSON; null if the field had never been set. */
  readonly before: string | null;
  /** Commits (hex) whose values of it are in conflict again without the undone commit; empty for none. */
  readonly open: readonly string[];
}
export interface ChangedRecord {
  readonly entity: string;
  readonly id: string;
  /** Every field the log has of it, touched or not. */
  readonly fields: readonly ChangedField[];
}

/** A record that belongs to another (a tag to its passage). `seen`: the author of the undone commit had seen that it does. */
export interface Dependent {
  readonly id: string;
  /** Its field that names the record it belongs to. */
  readonly field: string;
  readonly seen: boolean;
}

export interface InverseEdit {
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  readonly value: Json;
  /** As in {@link ChangedField}: the conflict that is open again. */
  readonly open?: readonly string[];
}
export interface InverseLeft {
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  readonly why: 'changed since' | 'built upon';
}
export interface Inverse {
  readonly edits: readonly InverseEdit[];
  readonly left: readonly InverseLeft[];
}

/** Records that an undo never deletes: the person who signed, and the project itself. */
const LASTING = new Set(['person', 'project']);

/**
 * What undoes a commit. Fields that were changed since are left as they are and reported; so are records that others depend
 * on. A record the commit created is deleted; any other field gets its value from before. `dependentsOf` lists the live records
 * that belong to one.
 */
export function inverse(
  records: readonly ChangedRecord[],
  dependentsOf: (entity: string, id: string) => readonly Dependent[],
): Inverse {
  const edits: InverseEdit[] = [];
  const left: InverseLeft[] = [];
  for (const record of records) {
    const { entity, id } = record;
    if (record.fields.every((one) => one.before === null)) {
      if (LASTING.has(entity)) continue;
      const since = record.fields.filter((one) => !one.isOwn);
      for (const { field } of since) left.push({ entity, id, field, why: 'changed since' });
      if (since.length === 0) edits.push({ entity, id, field: 'deleted', value: true });
      continue;
    }
    for (const { field, wasSet, isOwn, before, open } of record.fields) {
      if (!wasSet) continue;
      const value = previous(field, before);
      if (isOwn) edits.push({ entity, id, field, value, ...(open.length === 0 ? {} : { open }) });
      else left.push({ entity, id, field, why: 'changed since' });
    }
  }
  return withoutBuiltUpon(edits, left, dependentsOf);
}

const previous = (field: string, before: string | null): Json =>
  before !== null ? parse(before) : field === 'deleted' ? false : null;

/**
 * Leaves out the deletion of a record that others depend on: records added after the undone commit, and records this undo leaves.
 * Each deletion left out can prevent another, so this repeats until nothing changes.
 */
function withoutBuiltUpon(
  edits: readonly InverseEdit[],
  left: readonly InverseLeft[],
  dependentsOf: (entity: string, id: string) => readonly Dependent[],
): Inverse {
  let kept = [...edits];
  const named = [...left];
  for (;;) {
    const going = new Set(kept.filter(isDeletion).map((edit) => edit.id));
    // A record that this undo moves elsewhere (a tag that a split had moved) no longer depends on this one.
    const elsewhere = new Map(kept.map((edit) => [`${edit.id} ${edit.field}`, edit.value]));
    const isMovedAway = ({ id, field }: Dependent, on: string): boolean =>
      elsewhere.has(`${id} ${field}`) && elsewhere.get(`${id} ${field}`) !== on;
    const staying = new Set(named.map((one) => one.id));
    const held = kept.filter(
      (edit) =>
        isDeletion(edit) &&
        dependentsOf(edit.entity, edit.id).some(
          (one) => !going.has(one.id) && !isMovedAway(one, edit.id) && (!one.seen || staying.has(one.id)),
        ),
    );
    if (held.length === 0) return { edits: kept, left: named };
    const stays = new Set(held);
    kept = kept.filter((edit) => !stays.has(edit));
    for (const { entity, id, field } of held) named.push({ entity, id, field, why: 'built upon' });
  }
}

const isDeletion = (edit: InverseEdit): boolean => edit.field === 'deleted' && edit.value === true;

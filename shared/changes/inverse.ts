import { parse, type Json } from './canonical.ts';

/** One field of a record that an undone commit is about. */
export interface ChangedField {
  readonly field: string;
  /** The undone commit set it. */
  readonly wasSet: boolean;
  /** The value standing now was set by the undone commit, or by later ones that are undone already. */
  readonly isOwn: boolean;
  /** Canonical JSON of what stood before; null where the field had never been set. */
  readonly before: string | null;
  /** Commits (hex) whose values of it conflict once the undone commit is gone; none where there is no conflict then. */
  readonly open: readonly string[];
}
export interface ChangedRecord {
  readonly entity: string;
  readonly id: string;
  /** Every field the log has of it, touched or not. */
  readonly fields: readonly ChangedField[];
}

/** Something that hangs on a record (a tag on its passage). `seen`: its author's link was there when the undone commit was made. */
export interface Dependent {
  readonly id: string;
  /** Its field that names the record it depends on. */
  readonly field: string;
  readonly seen: boolean;
}

export interface InverseEdit {
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  readonly value: Json;
  /** As in {@link ChangedField}: the question that was open before is open again. */
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

/** Records that an undo never takes away: who signed stays named, and a project stays a project. */
const LASTING = new Set(['person', 'project']);

/**
 * What undoes a commit, given what became of everything it wasSet. Fields that somebody changed since are left and
 * named; so are records that others built upon. A record the commit made is deleted; any other field gets back what
 * stood before. `dependentsOf` lists the live records that hang on one.
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
  return leaveWhatIsBuiltUpon(edits, left, dependentsOf);
}

const previous = (field: string, before: string | null): Json =>
  before !== null ? parse(before) : field === 'deleted' ? false : null;

/**
 * Nothing is deleted that a record which stays depends on: one that came after the undone commit, or one that this undo
 * itself had to leave. To leave one can require another to be left, so this repeats until nothing changes.
 */
function leaveWhatIsBuiltUpon(
  edits: readonly InverseEdit[],
  left: readonly InverseLeft[],
  dependentsOf: (entity: string, id: string) => readonly Dependent[],
): Inverse {
  let kept = [...edits];
  const named = [...left];
  for (;;) {
    const going = new Set(kept.filter(isDeletion).map((edit) => edit.id));
    // Whatever this undo puts elsewhere (a tag that a split had moved) hangs here no longer.
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

import { kindsOf } from '../../../shared/changes/fields.ts';
import type { Entity, FieldKind } from '../../../shared/changes/kinds.ts';
import type { FieldChangeRow, Log } from '../log/log.ts';
import type { SqlValue } from '../types.ts';
import { toColumn } from './projection.ts';

/** A change's record, field, commit, place in it, and value. */
export type Stored = readonly [ent: number, field: number, c: number, i: number, value: string];

/** What folding needs of a commit. */
export type CommitOf = Omit<FieldChangeRow, 'c' | 'i' | 'field' | 'value'>;

/** Where an entity's fields are in its row. Names that this version does not know come after the last column. */
interface Layout {
  readonly kinds: readonly FieldKind[];
  /** A row without values: id, fields and `createdAt`. */
  readonly empty: readonly SqlValue[];
  /** Slots by the field's name; in a damaged log one name can have two numbers. */
  readonly slots: Map<string, number>;
  readonly byNumber: Map<number, number>;
  /** By slot: the last record that set this field. */
  readonly seen: number[];
  readonly deleted: number;
}

/**
 * Folds records of which every field was set once and that were not removed, as most are: nothing can conflict. The same result as
 * {@link foldRows}, in a fifth of the time, since no object is made for a change.
 */
export class SetOnce {
  private readonly log: Log;
  private readonly commitOf: (c: number) => CommitOf | null;
  private readonly layouts = new Map<Entity, Layout>();
  private record = 0;

  /** `commitOf` returns null for a commit whose changes are not counted. */
  constructor(log: Log, commitOf: (c: number) => CommitOf | null) {
    this.log = log;
    this.commitOf = commitOf;
  }

  /**
   * A record's columns, in the order of {@link columnList}, from the changes at `from` up to `to`. Null if it must be folded by
   * the rules for any record, or if none of its changes counts.
   */
  columns(entity: Entity, id: string, rows: readonly Stored[], from: number, to: number): SqlValue[] | null {
    const { kinds, empty, seen, byNumber, deleted } = this.layout(entity);
    const record = ++this.record;
    const row: SqlValue[] = empty.slice();
    row[0] = id;
    let commit: CommitOf | null = null;
    let first: CommitOf | null = null;
    let last: number | null = null;
    for (let k = from; k < to; k++) {
      const change = rows[k];
      if (change === undefined) break;
      const [, field, c, , value] = change;
      if (c !== last) {
        commit = this.commitOf(c);
        last = c;
        if (commit !== null && (first === null || isOlder(commit, first))) first = commit;
      }
      if (commit === null) continue;
      const slot = byNumber.get(field) ?? this.slot(entity, field);
      if (slot === null || seen[slot] === record) return null;
      seen[slot] = record;
      // A removal can be in conflict with a change of another field.
      if (slot === deleted && value !== 'false') return null;
      const kind = kinds[slot];
      if (kind !== undefined) row[slot + 1] = toColumn(kind, value);
    }
    if (first === null) return null;
    row[kinds.length + 1] = first.wall;
    return row;
  }

  private layout(entity: Entity): Layout {
    const known = this.layouts.get(entity);
    if (known !== undefined) return known;
    const fields = [...kindsOf(entity)];
    const slots = new Map(fields.map(([name], at) => [name, at]));
    const deleted = slots.get('deleted') ?? slots.size;
    slots.set('deleted', deleted);
    const kinds = fields.map(([, kind]) => kind);
    const empty = Array.from({ length: kinds.length + 2 }, () => null);
    const seen = Array.from(slots, () => 0);
    const layout: Layout = { kinds, empty, slots, byNumber: new Map(), seen, deleted };
    this.layouts.set(entity, layout);
    return layout;
  }

  /** Null for a number that the log has no name for. */
  private slot(entity: Entity, field: number): number | null {
    const name = this.log.fieldName(field)?.name;
    if (name === undefined) return null;
    const { slots, byNumber, seen } = this.layout(entity);
    const slot = slots.get(name) ?? seen.push(0) - 1;
    slots.set(name, slot);
    byNumber.set(field, slot);
    return slot;
  }
}

const isOlder = (a: CommitOf, b: CommitOf): boolean =>
  a.clock < b.clock || (a.clock === b.clock && Buffer.compare(a.hash, b.hash) < 0);

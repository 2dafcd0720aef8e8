import type { CaptureRecord } from '../model/records.ts';
import { type Copy, ENTITIES, type Entity, type Field, type FieldKind } from './kinds.ts';
import { REGISTRY } from './registry.ts';

/** Lookups in the registry. A log may name records and fields of a later version; the registry has no entry for those. */

type Fields = Readonly<Record<string, Field>>;
const TABLE: Readonly<Record<Entity, Fields>> = REGISTRY;

export type FieldOf<E extends Entity> = keyof (typeof REGISTRY)[E] & string;
/** The fields for which the registry states a fact. */
export type FieldWith<E extends Entity, Fact extends keyof Field> = {
  [F in FieldOf<E>]: (typeof REGISTRY)[E][F] extends Readonly<Record<Fact, unknown>> ? F : never;
}[FieldOf<E>];

interface Columns {
  text: string;
  ref: string;
  json: string;
  int: number;
  bool: number;
}
type ColumnOf<F> = F extends { readonly kind: infer K extends FieldKind } ? Columns[K] | null : never;
/** A record's row in its projection. Any column may be NULL, or hold a value that no version of ours wrote. */
export type RowOf<E extends Entity> = {
  readonly [F in FieldOf<E>]: ColumnOf<(typeof REGISTRY)[E][F]>;
} & { readonly id: string; readonly createdAt: number };

export const isEntity = (name: string): name is Entity => Object.hasOwn(TABLE, name);

/** Undefined for a field that this version does not know. */
export const fieldOf = (entity: string, field: string): Field | undefined =>
  isEntity(entity) && Object.hasOwn(TABLE[entity], field) ? TABLE[entity][field] : undefined;

export const isFieldOf = <E extends Entity>(entity: E, name: string): name is FieldOf<E> =>
  fieldOf(entity, name) !== undefined;

/** A field's name for people; its name in the log if this version does not know it. */
export const fieldName = (entity: string, field: string): string => fieldOf(entity, field)?.name ?? field;

/** The kind of record a field refers to; undefined if it refers to none, or to one of several kinds. */
export function referredBy(entity: string, field: string): Entity | undefined {
  const [to, ...more] = fieldOf(entity, field)?.to ?? [];
  return more.length === 0 ? to : undefined;
}

export const isWithheld = (entity: string, field: string, copy: Copy): boolean =>
  fieldOf(entity, field)?.withheld?.includes(copy) === true;

const KINDS: ReadonlyMap<Entity, ReadonlyMap<string, FieldKind>> = new Map(
  ENTITIES.map((entity) => [entity, new Map(Object.entries(TABLE[entity]).map(([name, { kind }]) => [name, kind]))]),
);
const NO_KINDS: ReadonlyMap<string, FieldKind> = new Map();
/** A record's fields and their kinds, in the registry's order. A table, because it is read for each of a million records. */
export const kindsOf = (entity: Entity): ReadonlyMap<string, FieldKind> => KINDS.get(entity) ?? NO_KINDS;

/** The fields for which the registry states a fact, in its order. */
export const fieldsWith = <E extends Entity, Fact extends keyof Field>(entity: E, fact: Fact): FieldWith<E, Fact>[] =>
  Object.keys(TABLE[entity]).filter((name): name is FieldWith<E, Fact> => fieldOf(entity, name)?.[fact] !== undefined);

/** Which kinds of record depend on which others, and through which field. */
export const DEPENDENCIES: readonly { readonly child: Entity; readonly field: string; readonly parent: Entity }[] =
  ENTITIES.flatMap((child) =>
    Object.entries(TABLE[child]).flatMap(([field, { to = [], depends }]) =>
      depends === true ? to.map((parent) => ({ child, field, parent })) : [],
    ),
  );

/** The field of a source that holds a part of its capture record: `captureUrl` for `url`. */
export function captureField(part: keyof CaptureRecord): FieldOf<'source'> {
  const field = `capture${part.charAt(0).toUpperCase()}${part.slice(1)}`;
  if (!isFieldOf('source', field)) throw new RangeError(`The registry has no field ${field} of a source`);
  return field;
}

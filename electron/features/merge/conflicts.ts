import type { Conflict, ConflictSide } from '../../../shared/contract/merge.ts';
import { fieldOf } from '../../../shared/changes/fields.ts';
import { personId, recordId } from '../../../shared/model/index.ts';
import type { ConflictName, OpenConflict, Readable, Signed } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { hungConflict, openHung } from './hung-conflict.ts';
import type { Hung } from './hung.ts';
import { placeOf } from './places.ts';
import { retagged, retaggedNames, type Retagged, type Retagging } from './retagged.ts';
import { chosen, firstHere, isGone, nameOf, sideOf } from './sides.ts';
import { recordWords } from './words.ts';

type Context = Pick<ReadContext, 'db' | 'project' | 'person'>;

/** An open conflict by name: what it says is looked up when somebody wants to see it. */
export interface Named {
  readonly id: string;
  /** The kind of record it is about. */
  readonly entity: string;
  readonly about: { readonly register: ConflictName } | { readonly retagged: string } | { readonly hung: Hung };
}

/** All that are open, in the order in which people see them: by what they are about, then by their id. */
export function conflictNames(context: Pick<Context, 'db' | 'project'>): Named[] {
  const { db, project } = context;
  const open: Named[] = [
    ...project.team.conflictNames().map((one) => ({ id: one.id, entity: one.entity, about: { register: one } })),
    ...retaggedNames(db, project.team).map(({ id, passage }) => ({
      id,
      entity: 'passage',
      about: { retagged: passage },
    })),
    ...openHung(context).map((one) => ({ id: one.id, entity: one.entity, about: { hung: one } })),
  ];
  return open.sort((a, b) => compare(a.entity, b.entity) || compare(a.id, b.id));
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Some conflicts as people see them, in the order they are given; without those of which nothing can be shown. */
export function worded(context: Context, names: readonly Named[]): Conflict[] {
  const { db, project } = context;
  const registers = names.flatMap(({ about }) => ('register' in about ? [about.register] : []));
  const byId = new Map(project.team.conflicts(registers).map((one) => [one.id, one]));
  const passages = names.flatMap(({ about }) => ('retagged' in about ? [about.retagged] : []));
  const byPassage = new Map(retagged(db, project.team, passages).map((one) => [one.passage, one]));
  return names.flatMap(({ id, about }): Conflict[] => {
    if ('hung' in about) return [hungConflict(context, about.hung)];
    if ('retagged' in about) {
      const tags = byPassage.get(about.retagged);
      return tags === undefined ? [] : [tagsConflict(context, tags)];
    }
    const register = byId.get(id);
    const shown = register === undefined ? null : registerConflict(context, register);
    return shown === null ? [] : [shown];
  });
}

/** One open conflict as people see it; null where it is none, or nothing of it can be shown. */
export function openConflict(context: Context, id: string): Conflict | null {
  const register = context.project.team.conflictNames().find((one) => one.id === id);
  const name =
    register === undefined
      ? conflictNames(context).find((one) => one.id === id)
      : { id, entity: register.entity, about: { register } };
  return name === undefined ? null : (worded(context, [name])[0] ?? null);
}

/** One conflict of the log as people see it; null where nothing of it can be shown. */
function registerConflict(context: Context, open: OpenConflict): Conflict | null {
  const { db } = context;
  const { entity, field } = open;
  const record = recordId.safeParse(open.record).data;
  const sides = field === 'deleted' ? deletionSides(open.changes) : valueSides(open.changes);
  const [mine, others] = chosen(context, open.changes, sides);
  const [theirs] = others;
  if (record === undefined || mine === undefined || theirs === undefined) return null;
  const toSide = (one: Signed): ConflictSide => sideOf(db, entity, open.record, one);
  const isDeletion = field === 'deleted';
  return {
    id: open.id,
    kind: isDeletion ? 'deleted' : 'field',
    entity,
    record,
    field,
    mine: toSide(mine),
    theirs: toSide(theirs),
    others: others.map(toSide),
    ...placeOf(db, entity, open.record),
    canKeepBoth: isDeletion || fieldOf(entity, field)?.keepBoth !== undefined,
    canWrite: isDeletion ? entity === 'memo' || entity === 'comment' : fieldOf(entity, field)?.writable === true,
  };
}

/** The last that each said, one for each different value. */
function valueSides(changes: readonly Signed[]): Signed[][] {
  return [...Map.groupBy(changes, (one) => JSON.stringify(one.value)).values()];
}

/** Who deleted it, and who went on with it; of each of these, one for each person and field, the newest. */
function deletionSides(changes: readonly Signed[]): Signed[][] {
  const [gone, kept] = [changes.filter(isGone), changes.filter((one) => !isGone(one))];
  const newest = [...kept].sort((a, b) => b.at - a.at);
  const byPerson = [...Map.groupBy(newest, (one) => `${one.person} ${one.field}`).values()].flatMap(
    ([one]) => one ?? [],
  );
  // What a record is made of (whose it is, what it hangs on) says less than what it says.
  byPerson.sort((a, b) => Number(isTie(a)) - Number(isTie(b)) || b.at - a.at);
  return [gone, ...byPerson.map((one) => [one])].filter((side) => side.length > 0);
}
const isTie = ({ entity, field }: Signed): boolean => fieldOf(entity, field)?.kind === 'ref';

function tagsConflict(context: Context, { id, passage, sides }: Retagged): Conflict {
  const { db, person } = context;
  const own = sides.find(({ changes }) => changes.some((one) => one.here && one.person === person.id));
  const first = firstHere(
    db,
    sides.flatMap(({ changes }) => changes),
  );
  const mine =
    own ??
    sides.find(({ changes }) => changes.some((one) => one.person === person.id || one.here)) ??
    sides.find(({ changes }) => changes.some((one) => one === first)) ??
    sides[0];
  const others = sides.filter((one) => one !== mine).map((one) => taggingSide(db, one));
  const [theirs] = others;
  if (mine === undefined || theirs === undefined) throw new RangeError('A retagged passage has two sides');
  return {
    id,
    kind: 'tags',
    entity: 'passage',
    record: recordId.parse(passage),
    field: 'tags',
    mine: taggingSide(db, mine),
    theirs,
    others,
    ...placeOf(db, 'passage', passage),
    canKeepBoth: true,
    canWrite: false,
  };
}

function taggingSide(db: Readable, { changes, added, removed }: Retagging): ConflictSide {
  const last = changes.at(-1);
  if (last === undefined) throw new RangeError('A side has changes');
  const listed = (verb: string, ids: readonly string[]): string[] =>
    ids.length === 0 ? [] : [`${verb} ${ids.map((one) => recordWords(db, 'category', one) || one).join(', ')}`];
  return {
    commit: last.commit,
    field: 'tags',
    value: { added: [...added], removed: [...removed] },
    text: [...listed('Added', added), ...listed('Removed', removed)].join('. '),
    deleted: false,
    person: nameOf(db, last.person),
    personId: personId.safeParse(last.person).data ?? null,
    at: last.at,
  };
}

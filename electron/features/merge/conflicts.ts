import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import type { Conflict, ConflictSide } from '../../../shared/contract/merge.ts';
import { fieldOf } from '../../../shared/changes/fields.ts';
import { personId, recordId } from '../../../shared/model/index.ts';
import { type ConflictName, type OpenConflict, query, type Readable, type Signed } from '../../db/types.ts';
import { perProject, type ReadContext } from '../../project/context.ts';
import { trashedWorkConflict, openTrashedWork } from './trashed-work.ts';
import type { TrashedWork } from './trashed-work.ts';
import { choiceConflict, choiceConflicts, type ChoiceConflict } from './choice-conflicts.ts';
import { decisionConflict, decisionConflicts, type DecisionConflict } from './decision-conflicts.ts';
import { aboutWords } from './words.ts';
import { placeOf } from './conflict-sides.ts';
import { isInTrash } from '../../project/live.ts';
import {
  DECIDED,
  tagConflictId,
  tagConflicts,
  tagConflictNames,
  type TagConflict,
  type TagSide,
} from './tag-conflicts.ts';
import { pickSides, firstInFolder, isRemoval, nameOf, sideOf } from './conflict-sides.ts';
import { recordWords } from './words.ts';

type Context = Pick<ReadContext, 'db' | 'project' | 'person'>;

/** What a conflict is about. What shows or resolves one switches over it, so a new kind is a type error until both know it. */
export type ConflictAbout =
  | { readonly kind: 'field'; readonly field: ConflictName }
  | { readonly kind: 'tags'; readonly passage: string }
  | { readonly kind: 'choice'; readonly choice: ChoiceConflict }
  | { readonly kind: 'decision'; readonly decision: DecisionConflict }
  | { readonly kind: 'trashed'; readonly work: TrashedWork };

/** An open conflict by id. Its content is read only when it is shown. */
export interface ConflictRef {
  readonly id: string;
  /** The kind of record it is about. */
  readonly entity: string;
  readonly about: ConflictAbout;
}

/**
 * All open conflicts in the order in which they are shown: by kind of record, then by id. `touched`: at least those that the merge being
 * judged can have opened.
 */
export function conflictRefs(
  context: Pick<Context, 'db' | 'project'>,
  which: 'all' | 'touched' = 'all',
): ConflictRef[] {
  const { db, project } = context;
  const fields = project.merges.conflictNames();
  const retagged = new Set([
    ...tagConflictNames(db, project.log, which).map(({ passage }) => passage),
    ...fields.filter(isAboutTags).map(({ record }) => record),
  ]);
  const open: ConflictRef[] = [
    ...fields.filter((one) => !isAboutTags(one)).map(fieldRef),
    ...Array.from(retagged, (passage): ConflictRef => ({
      id: tagConflictId(passage),
      entity: 'passage',
      about: { kind: 'tags', passage },
    })),
    ...choiceConflicts(db, project.log).map((choice): ConflictRef => ({
      id: choice.id,
      entity: 'setting',
      about: { kind: 'choice', choice },
    })),
    ...decisionConflicts(db, project.log).map((decision): ConflictRef => ({
      id: decision.id,
      entity: 'adjudication',
      about: { kind: 'decision', decision },
    })),
    ...openTrashedWork(context).map((work): ConflictRef => ({
      id: work.id,
      entity: work.entity,
      about: { kind: 'trashed', work },
    })),
  ];
  return open.sort((a, b) => compare(a.entity, b.entity) || compare(a.id, b.id));
}
const fieldRef = (field: ConflictName): ConflictRef => ({
  id: field.id,
  entity: field.entity,
  about: { kind: 'field', field },
});
/** Two people resolved a tag conflict in contrary ways. */
const isAboutTags = ({ entity, field }: ConflictName): boolean => entity === 'passage' && field === DECIDED;

/** The open tag conflicts of these passages, also those between two resolutions. */
export function tagConflictsOn(
  { db, project }: Pick<Context, 'db' | 'project'>,
  passages: readonly string[],
): TagConflict[] {
  const wanted = new Set(passages);
  const names = project.merges.conflictNames().filter((one) => isAboutTags(one) && wanted.has(one.record));
  const contrary = new Map(project.merges.conflicts(names).map(({ record, changes }) => [record, changes]));
  return tagConflicts(db, project.log, passages, contrary);
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** These conflicts as people see them, in the same order, without those of which nothing can be shown. */
export function shownConflicts(context: Context, names: readonly ConflictRef[]): Conflict[] {
  const { project } = context;
  const fields = names.flatMap(({ about }) => (about.kind === 'field' ? [about.field] : []));
  const byId = new Map(project.merges.conflicts(fields).map((one) => [one.id, one]));
  const passages = names.flatMap(({ about }) => (about.kind === 'tags' ? [about.passage] : []));
  const byPassage = new Map(tagConflictsOn(context, passages).map((one) => [one.passage, one]));
  const shown = ({ id, about }: ConflictRef): Conflict | null => {
    switch (about.kind) {
      case 'field': {
        const field = byId.get(id);
        return field === undefined ? null : fieldConflict(context, field);
      }
      case 'tags': {
        const tags = byPassage.get(about.passage);
        return tags === undefined ? null : tagConflict(context, tags);
      }
      case 'choice':
        return choiceConflict(context, about.choice);
      case 'decision':
        return decisionConflict(context, about.decision);
      case 'trashed':
        return trashedWorkConflict(context, about.work);
    }
  };
  return names.flatMap((name) => shown(name) ?? []);
}

/** One open conflict, what it is about and as people see it; null if it is not open, or nothing of it can be shown. */
export function openConflict(context: Context, id: string): { about: ConflictAbout; conflict: Conflict } | null {
  const field = context.project.merges.conflictNames().find((one) => one.id === id && !isAboutTags(one));
  const ref = field === undefined ? conflictRefs(context).find((one) => one.id === id) : fieldRef(field);
  const conflict = ref === undefined ? undefined : shownConflicts(context, [ref])[0];
  return ref === undefined || conflict === undefined ? null : { about: ref.about, conflict };
}

/** A conflict about one field as people see it; null if nothing of it can be shown. */
function fieldConflict(context: Context, open: OpenConflict): Conflict | null {
  const { db } = context;
  const { entity, field } = open;
  const record = recordId.safeParse(open.record).data;
  const sides = field === 'deleted' ? deletionSides(open.changes) : valueSides(open.changes);
  const [mine, others] = pickSides(context, open.changes, sides);
  const [incoming] = others;
  if (record === undefined || mine === undefined || incoming === undefined) return null;
  const isDeletion = field === 'deleted';
  const isTrashed = isDeletion && isInTrash(db, entity, open.record);
  // The winning change is the first.
  const value = JSON.stringify(open.changes[0]?.value);
  const toSide = (one: Signed): ConflictSide => ({
    ...sideOf(context, entity, open.record, one),
    inForce: isDeletion ? isTrashed === isRemoval(one) : JSON.stringify(one.value) === value,
  });
  return {
    id: open.id,
    kind: isDeletion ? 'deleted' : 'field',
    about: aboutWords(db, entity, open.record),
    entity,
    record,
    field,
    mine: toSide(mine),
    incoming: toSide(incoming),
    others: others.map(toSide),
    ...placeOf(db, entity, open.record),
    canKeepBoth: isDeletion || fieldOf(entity, field)?.keepBoth !== undefined,
    canWrite: isDeletion ? entity === 'memo' || entity === 'comment' : fieldOf(entity, field)?.writable === true,
  };
}

/** One side for each different value. */
function valueSides(changes: readonly Signed[]): Signed[][] {
  return [...Map.groupBy(changes, (one) => JSON.stringify(one.value)).values()];
}

/** One side for the deletions, and one for each person and field that was edited, with its newest change. */
function deletionSides(changes: readonly Signed[]): Signed[][] {
  const [gone, kept] = [changes.filter(isRemoval), changes.filter((one) => !isRemoval(one))];
  const newest = [...kept].sort((a, b) => b.at - a.at);
  const byPerson = [...Map.groupBy(newest, (one) => `${one.person} ${one.field}`).values()].flatMap(
    ([one]) => one ?? [],
  );
  // Text first: links to other records say less about what was edited.
  byPerson.sort((a, b) => Number(isTie(a)) - Number(isTie(b)) || b.at - a.at);
  return [gone, ...byPerson.map((one) => [one])].filter((side) => side.length > 0);
}
const isTie = ({ entity, field }: Signed): boolean => fieldOf(entity, field)?.kind === 'ref';

function tagConflict(context: Context, { id, passage, sides }: TagConflict): Conflict {
  const { db, person } = context;
  const own = sides.find(({ changes }) => changes.some((one) => one.here && one.person === person.id));
  const first = firstInFolder(
    db,
    sides.flatMap(({ changes }) => changes),
  );
  const mine =
    own ??
    sides.find(({ changes }) => changes.some((one) => one.person === person.id || one.here)) ??
    sides.find(({ changes }) => changes.some((one) => one === first)) ??
    sides[0];
  const others = sides.filter((one) => one !== mine).map((one) => tagSide(db, one));
  const [incoming] = others;
  if (mine === undefined || incoming === undefined) throw new RangeError('A tag conflict has two sides');
  return {
    id,
    kind: 'tags',
    about: aboutWords(db, 'passage', passage),
    entity: 'passage',
    record: recordId.parse(passage),
    field: 'tags',
    mine: tagSide(db, mine),
    incoming,
    others,
    ...placeOf(db, 'passage', passage),
    canKeepBoth: true,
    canWrite: false,
  };
}

function tagSide(db: Readable, { changes, added, removed, inForce }: TagSide): ConflictSide {
  const last = changes.at(-1);
  if (last === undefined) throw new RangeError('A side has changes');
  const listed = (verb: string, ids: readonly string[]): string[] =>
    ids.length === 0 ? [] : [`${verb} ${ids.map((one) => recordWords(db, 'category', one) || one).join(', ')}`];
  return {
    commit: last.commit,
    field: 'tags',
    value: { added: [...added], removed: [...removed] },
    text: [...listed('Added', added), ...listed('Removed', removed)].join('. ') || 'Kept all tags',
    deleted: false,
    inForce,
    person: nameOf(db, last.person),
    personId: personId.safeParse(last.person).data ?? null,
    at: last.at,
  };
}

/** A page of the open conflicts. The ids of all are cached until something is written; only this page is read in full. */
export function conflictPage(context: Context, asked: CallArgs<'merge.conflicts'>): CallOutput<'merge.conflicts'> {
  const { limit, after = '', startsWith = '' } = asked;
  const all = namesOf(context);
  const fitting = startsWith === '' ? all : all.filter(({ id }) => id.startsWith(startsWith));
  const rest = after === '' ? fitting : fitting.slice(firstAfter(fitting, after));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    conflicts: shownConflicts(context, page),
    total: fitting.length,
    next: last === undefined || rest.length === page.length ? null : cursorOf(last),
  };
}

/** A conflict's place in the order, which stays valid if it is resolved meanwhile. */
const cursorOf = ({ entity, id }: ConflictRef): string => `${entity} ${id}`;

/** They are in the order of their cursors: kinds of record are lower-case words. */
function firstAfter(names: readonly ConflictRef[], after: string): number {
  const [entity = '', id = ''] = after.split(' ');
  const at = names.findIndex((one) => one.entity > entity || (one.entity === entity && one.id > id));
  return at < 0 ? names.length : at;
}

/** Changes with everything written to the project, by this connection or another. */
const written = query<Record<string, never>, { own: number; others: number }>(
  'merge.written',
  'SELECT total_changes() AS own, (SELECT data_version FROM pragma_data_version) AS others',
);
const namesRead = perProject((): { at: string; names: readonly ConflictRef[] } => ({ at: '', names: [] }));

function namesOf(context: Context): readonly ConflictRef[] {
  const { db, project } = context;
  const at = keyOf(db.get(written, {}));
  const known = namesRead({ project });
  if (known.at !== at) {
    known.names = conflictRefs(context);
    known.at = at;
  }
  return known.names;
}
const keyOf = (at: { own: number; others: number } | undefined): string => `${at?.own ?? 0} ${at?.others ?? 0}`;

/**
 * The open conflicts before a merge. `rolledBack` is to be called when its transaction, the only one since, was rolled back: what was read
 * still holds, so that the merge after a preview need not read it again.
 */
export function conflictsBefore(context: Context): { ids: ReadonlySet<string>; rolledBack: () => void } {
  const { db, project } = context;
  const names = namesOf(context);
  const before = db.get(written, {});
  return {
    ids: new Set(names.map(({ id }) => id)),
    rolledBack: () => {
      const now = db.get(written, {});
      if (now?.others === before?.others) Object.assign(namesRead({ project }), { at: keyOf(now), names });
    },
  };
}

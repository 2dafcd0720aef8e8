import type { Conflict, ConflictSide } from '../../../shared/contract/merge.ts';
import { REGISTRY } from '../../../shared/changes/registry.ts';
import { commitHash, personId, recordId } from '../../../shared/model/index.ts';
import type { OpenConflict, Readable, Signed } from '../../db/types.ts';
import type { ReadContext } from '../../engine/feature.ts';
import { hungConflict, openHung } from './hung-conflict.ts';
import { placeOf } from './places.ts';
import { retagged, type Retagged, type Retagging } from './retagged.ts';
import { chosen, firstHere, isGone, nameOf, sideOf } from './sides.ts';
import { isEntity, recordWords } from './words.ts';

type Context = Pick<ReadContext, 'db' | 'project' | 'person'>;

/** Conflicts as people see them, in a fixed order: by what they are about, then by their id. */
export interface Shown {
  readonly conflicts: Conflict[];
  /** All there are: `conflicts` may be the first of them. */
  readonly total: number;
}

/** All open conflicts but those of `known`; of more than `most`, the first. */
export function openConflicts(
  context: Context,
  known: ReadonlySet<string> = new Set(),
  most: number = Number.POSITIVE_INFINITY,
): Shown {
  const { db, project } = context;
  const isNews = ({ id }: { readonly id: string }): boolean => !known.has(id);
  const open: Pending[] = [
    ...project.team
      .conflicts()
      .filter(isNews)
      .flatMap((one) => registerConflict(context, one) ?? []),
    ...retagged(db, project.team)
      .filter(isNews)
      .map((one) => ({ id: one.id, entity: 'passage', worded: () => tagsConflict(context, one) })),
    ...openHung(context)
      .filter(isNews)
      .map((one) => ({ id: one.id, entity: one.entity, worded: () => hungConflict(context, one) })),
  ];
  open.sort((a, b) => compare(a.entity, b.entity) || compare(a.id, b.id));
  return { conflicts: open.slice(0, most).map((one) => one.worded()), total: open.length };
}
/** One open conflict as people see it; null where it is none, or nothing of it can be shown. */
export function openConflict(context: Context, id: string): Conflict | null {
  const { db, project } = context;
  const register = project.team.conflicts().find((one) => one.id === id);
  if (register !== undefined) return registerConflict(context, register)?.worded() ?? null;
  const tags = retagged(db, project.team).find((one) => one.id === id);
  if (tags !== undefined) return tagsConflict(context, tags);
  const hung = openHung(context).find((one) => one.id === id);
  return hung === undefined ? null : hungConflict(context, hung);
}
/** The ids of all, without asking what they say: a project can have thousands. */
export function conflictIds(context: Pick<Context, 'db' | 'project'>): Set<string> {
  const { db, project } = context;
  const open = [...project.team.conflicts(), ...retagged(db, project.team), ...openHung(context)];
  return new Set(open.map(({ id }) => id));
}

/** A conflict that is not put into words yet: names and quotations are looked up one by one. */
interface Pending {
  readonly id: string;
  readonly entity: string;
  readonly worded: () => Conflict;
}
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Texts that somebody may write anew: what a code or a hash is, no third value can say. */
const WRITABLE: Readonly<Record<string, readonly string[]>> = {
  project: ['title', 'codebookTitle', 'codebookVersion'],
  person: ['name'],
  source: [
    'title',
    'author',
    'publisher',
    'language',
    'gradeReason',
    'captureUrl',
    'captureTime',
    'captureTool',
    'captureCollector',
    'captureMethod',
    'captureArchiveLink',
  ],
  category: ['name', 'definition', 'include', 'exclude'],
  dimension: ['name', 'note'],
  value: ['label', 'note'],
  memo: ['text'],
  comment: ['text'],
  translation: ['draft'],
  snapshot: ['name'],
  assignment: ['name'],
};
/** Running text, where one can stand below the other. A memo's and a tag's second becomes a record of its own. */
const BOTH: Readonly<Record<string, readonly string[]>> = {
  category: ['definition', 'include', 'exclude'],
  dimension: ['note'],
  value: ['note'],
  source: ['gradeReason'],
  comment: ['text'],
  memo: ['text'],
  tag: ['category'],
};
const has = (table: Readonly<Record<string, readonly string[]>>, entity: string, field: string): boolean =>
  table[entity]?.includes(field) === true;

/** One conflict of the log as people see it; null where nothing of it can be shown. */
function registerConflict(context: Context, open: OpenConflict): Pending | null {
  const { db } = context;
  const { entity, field } = open;
  const record = recordId.safeParse(open.record).data;
  const sides = field === 'deleted' ? deletionSides(open.changes) : valueSides(open.changes);
  const [mine, others] = chosen(context, open.changes, sides);
  const [theirs] = others;
  if (record === undefined || mine === undefined || theirs === undefined) return null;
  const toSide = (one: Signed): ConflictSide => sideOf(db, entity, open.record, one);
  const isDeletion = field === 'deleted';
  const worded = (): Conflict => ({
    id: open.id,
    kind: isDeletion ? 'deleted' : 'field',
    entity,
    record,
    field,
    mine: toSide(mine),
    theirs: toSide(theirs),
    others: others.map(toSide),
    ...placeOf(db, entity, open.record),
    canKeepBoth: isDeletion || has(BOTH, entity, field),
    canWrite: isDeletion ? entity === 'memo' || entity === 'comment' : has(WRITABLE, entity, field),
  });
  return { id: open.id, entity, worded };
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
const isTie = ({ entity, field }: Signed): boolean =>
  isEntity(entity) && new Map<string, string>(Object.entries(REGISTRY[entity])).get(field) === 'ref';

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

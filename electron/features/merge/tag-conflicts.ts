import { hash } from 'node:crypto';
import { type Json, query, type Readable, type Signed, type TagChange, type LogReader } from '../../db/types.ts';

/** One side of a tag conflict: what one person, on one machine, did to the passage's tags without knowing of the other sides. */
export interface TagSide {
  /** Newest last. Changes of tags, and the person's resolution if that is in conflict itself. */
  readonly changes: readonly Signed[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Whether all of them are as this side left them. */
  readonly inForce: boolean;
}
/** A passage whose tags two people changed concurrently, at least one by removing a tag that both knew. */
export interface TagConflict {
  readonly id: string;
  readonly passage: string;
  /** At least two. */
  readonly sides: readonly TagSide[];
}

/** Only passages with a tag that was ever removed can have such a conflict; the covering index of tags finds them. */
const passagesWithRemovals = query<Record<string, never>, { passage: string }>(
  'merge.passagesWithRemovals',
  'SELECT DISTINCT +passage AS passage FROM p_tag WHERE deleted IS NOT NULL AND +passage IS NOT NULL',
);
/**
 * The passages that the merge being judged touches, some of them twice: only on these can it open such a conflict, by a change of a tag
 * or of what was decided.
 */
const touchedPassages = query<{ most: number }, { passage: string }>(
  'merge.touchedPassages',
  `SELECT t.passage FROM incoming_record r CROSS JOIN p_tag t ON t.id = r.id WHERE r.entity = 'tag' AND t.passage IS NOT NULL
   UNION ALL SELECT r.id FROM incoming_record r WHERE r.entity = 'passage' LIMIT $most`,
);
/** Of a merge that touches more, all passages with removals are asked about: they are found faster. */
const MOST_TOUCHED = 2000;
const tagsOf = query<
  { passages: string },
  { id: string; passage: string; category: string | null; deleted: number | null }
>(
  'merge.tagsOfPassages',
  `SELECT t.id, t.passage, t.category, t.deleted FROM json_each($passages) i CROSS JOIN p_tag t ON t.passage = i.value`,
);

/** The conflict's id, the same on every replica. */
export const tagConflictId = (passage: string): string =>
  hash('sha256', `sourcebook retagged passage\0${passage}\0`).slice(0, 32);

type Log = Pick<LogReader, 'changes' | 'saw' | 'sawAt' | 'concurrentTagging'>;

/** What the rules below need of a change. */
interface Change {
  /** The tag's. */
  readonly id: string;
  readonly field: string;
  readonly value: Json;
  readonly person: string | number;
  readonly commit: string | number;
}
type Saw<C extends Change> = (later: C, earlier: C) => boolean;

/**
 * Passages from which one person removed an existing tag while another, not knowing of it, changed the tags too. The log has no
 * field conflict for this, since each tag is a record of its own. It is resolved by a `tagsDecided` of someone who had seen all
 * changes. Only ids: there can be tens of thousands, and the rest is read page by page. `touched`: at least those that the merge being
 * judged can have opened.
 */
export function tagConflictNames(
  db: Readable,
  log: Log,
  which: 'all' | 'touched' = 'all',
): Pick<TagConflict, 'id' | 'passage'>[] {
  const open: string[] = [];
  for (const { passage, changes } of log.concurrentTagging(passagesToAsk(db, which)))
    if (openOf(changes, () => false, bySight(log)).length > 0) open.push(passage);
  // Few were ever resolved, so only those are read in full.
  const decided = new Set(log.changes('passage', open, [DECIDED]).map((one) => one.id));
  const undecided = new Set(tagConflicts(db, log, [...decided]).map(({ passage }) => passage));
  return open
    .filter((passage) => !decided.has(passage) || undecided.has(passage))
    .map((passage) => ({ id: tagConflictId(passage), passage }));
}

function passagesToAsk(db: Readable, which: 'all' | 'touched'): string[] {
  const touched = which === 'all' ? null : db.all(touchedPassages, { most: MOST_TOUCHED + 1 });
  const rows = touched === null || touched.length > MOST_TOUCHED ? db.all(passagesWithRemovals, {}) : touched;
  return rows.map(({ passage }) => passage);
}

/** The field that is written when a tag conflict is resolved. A conflict about it is shown as a tag conflict. */
export const DECIDED = 'tagsDecided';

const bySight =
  ({ sawAt }: Log): Saw<TagChange> =>
  (later, earlier) =>
    sawAt(later.at, earlier.at);

/**
 * The open tag conflicts of these passages, in full. `contrary`: resolutions of which neither had seen the other, by passage. They
 * and what they changed are in conflict, whether or not they changed the same tags.
 */
export function tagConflicts(
  db: Readable,
  log: Log,
  passages: readonly string[],
  contrary: ReadonlyMap<string, readonly Signed[]> = new Map(),
): TagConflict[] {
  if (passages.length === 0) return [];
  const tags = db.all(tagsOf, { passages: JSON.stringify(passages) });
  const tagById = new Map(tags.map((tag) => [tag.id, tag]));
  const changesByPassage = Map.groupBy(
    log.changes('tag', [...tagById.keys()], ['category', 'deleted']),
    (one) => tagById.get(one.id)?.passage ?? '',
  );
  const decisions = Map.groupBy(log.changes('passage', passages, [DECIDED]), (one) => one.id);
  const saw: Saw<Signed> = (later, earlier) => log.saw(later.commit, earlier.commit);
  return passages.flatMap((passage): TagConflict[] => {
    const decided = decisions.get(passage) ?? [];
    // Undoing the resolution opens the conflict again.
    const isDecided = (decided.at(-1)?.value ?? null) !== null;
    const isResolved = (one: Signed, other: Signed): boolean =>
      isDecided && decided.some((by) => saw(by, one) && saw(by, other));
    const changes = changesByPassage.get(passage) ?? [];
    const resolutions = contrary.get(passage) ?? [];
    const resolving = new Set(resolutions.map(({ commit }) => commit));
    const inConflict = new Set(openOf(changes, isResolved, saw));
    const open = [...changes.filter((one) => inConflict.has(one) || resolving.has(one.commit)), ...resolutions];
    if (open.length === 0) return [];
    const sides = sidesOf(open, saw).map((changes) => describe(changes, tagById));
    return sides.length < 2 ? [] : [{ id: tagConflictId(passage), passage, sides }];
  });
}

/** The changes in conflict that are not resolved yet. */
function openOf<C extends Change>(changes: readonly C[], isResolved: (one: C, other: C) => boolean, saw: Saw<C>): C[] {
  const open = new Set<C>();
  const givenBy = new Map<string, C>();
  for (const one of changes) if (one.field === 'category' && !givenBy.has(one.id)) givenBy.set(one.id, one);
  const knewTag = (author: C, tag: string): boolean => {
    const given = givenBy.get(tag);
    return given !== undefined && saw(author, given);
  };
  const isOpen = (one: C, other: C): boolean =>
    one.commit !== other.commit &&
    !isSame(one, other) &&
    !saw(one, other) &&
    !saw(other, one) &&
    !isResolved(one, other);
  for (const removal of changes.filter(isRemoval)) {
    // A tag that its own author added and removed before anyone else saw it is not in conflict.
    for (const other of changes.filter((one) => knewTag(one, removal.id) && isOpen(removal, one)))
      open.add(removal).add(other);
  }
  // Other concurrent changes of either side belong to it: a person who removed a tag may have added another instead.
  const against = [...open];
  return changes.filter((one) => open.has(one) || against.some((other) => isOpen(one, other)));
}

const isRemoval = (one: Change): boolean => one.field === 'deleted' && one.value === true;
const isSame = (a: Change, b: Change): boolean => a.id === b.id && a.field === b.field && a.value === b.value;

/** Groups the changes into sides: changes of one person, each of which had seen the one before. */
function sidesOf(changes: readonly Signed[], saw: Saw<Signed>): Signed[][] {
  const sides: Signed[][] = [];
  for (const one of changes) {
    const own = sides.find(
      ([first, ...rest]) =>
        first !== undefined &&
        first.person === one.person &&
        [first, ...rest].every((other) => saw(one, other) || saw(other, one)),
    );
    if (own === undefined) sides.push([one]);
    else own.push(one);
  }
  return sides;
}

function describe(
  changes: readonly Signed[],
  tags: ReadonlyMap<string, { readonly category: string | null; readonly deleted: number | null }>,
): TagSide {
  const [added, removed] = [new Set<string>(), new Set<string>()];
  for (const one of changes) {
    const category = tags.get(one.id)?.category ?? null;
    if (category === null) continue;
    const [to, from] = isRemoval(one) ? [removed, added] : [added, removed];
    to.add(category);
    from.delete(category);
  }
  const last = new Map(changes.filter(({ id }) => tags.has(id)).map((one) => [one.id, isRemoval(one)]));
  const inForce = Array.from(last).every(([id, isRemoved]) => (tags.get(id)?.deleted === 1) === isRemoved);
  return { changes, added: [...added], removed: [...removed], inForce };
}

import { hash } from 'node:crypto';
import { type Json, query, type Readable, type Signed, type Tagging, type MergeDb } from '../../db/types.ts';

/** One side of a passage that was retagged: what one person, or one machine, did to its tags without knowing of the others. */
export interface Retagging {
  /** Newest last. */
  readonly changes: readonly Signed[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}
export interface Retagged {
  readonly id: string;
  readonly passage: string;
  /** At least two. */
  readonly sides: readonly Retagging[];
}

/** The covering index of tags says which ever were removed; the passages of those alone are looked at. */
const passagesWithRemovals = query<Record<string, never>, { passage: string }>(
  'merge.passagesWithRemovals',
  'SELECT DISTINCT +passage AS passage FROM p_tag WHERE deleted IS NOT NULL AND +passage IS NOT NULL',
);
const tagsOf = query<{ passages: string }, { id: string; passage: string; category: string | null }>(
  'merge.tagsOfPassages',
  `SELECT t.id, t.passage, t.category FROM json_each($passages) i CROSS JOIN p_tag t ON t.passage = i.value`,
);

/** Names the conflict on every replica alike. */
export const retaggedId = (passage: string): string =>
  hash('sha256', `sourcebook retagged passage\0${passage}\0`).slice(0, 32);

type Team = Pick<MergeDb, 'said' | 'saw' | 'sawAt' | 'taggedApart'>;

/** What the rules below ask of a change. */
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
 * Passages whose tags one changed by removing an existing one, while another, not knowing of it, changed them too: plain
 * registers show nothing, since each tag is a record of its own. Closed by a `tagsDecided` of somebody who had seen all.
 * By name alone: of tens of thousands, the words are asked for page by page.
 */
export function retaggedNames(db: Readable, team: Team): Pick<Retagged, 'id' | 'passage'>[] {
  const open: string[] = [];
  for (const { passage, changes } of team.taggedApart(db.all(passagesWithRemovals, {}).map((row) => row.passage)))
    if (openOf(changes, () => false, bySight(team)).length > 0) open.push(passage);
  // Few are decided, and who decided what is asked of those alone.
  const decided = new Set(team.said('passage', open, ['tagsDecided']).map((one) => one.id));
  const undecided = new Set(retagged(db, team, [...decided]).map(({ passage }) => passage));
  return open
    .filter((passage) => !decided.has(passage) || undecided.has(passage))
    .map((passage) => ({ id: retaggedId(passage), passage }));
}
const bySight =
  ({ sawAt }: Team): Saw<Tagging> =>
  (later, earlier) =>
    sawAt(later.at, earlier.at);

/** Those of some passages, with all that was said. */
export function retagged(db: Readable, team: Team, passages: readonly string[]): Retagged[] {
  if (passages.length === 0) return [];
  const tags = db.all(tagsOf, { passages: JSON.stringify(passages) });
  const tagById = new Map(tags.map((tag) => [tag.id, tag]));
  const said = Map.groupBy(
    team.said('tag', [...tagById.keys()], ['category', 'deleted']),
    (one) => tagById.get(one.id)?.passage ?? '',
  );
  const decisions = Map.groupBy(team.said('passage', passages, ['tagsDecided']), (one) => one.id);
  const saw: Saw<Signed> = (later, earlier) => team.saw(later.commit, earlier.commit);
  return passages.flatMap((passage): Retagged[] => {
    const decided = decisions.get(passage) ?? [];
    // An undone decision opens the question again.
    const isDecided = (decided.at(-1)?.value ?? null) !== null;
    const settled = (one: Signed, other: Signed): boolean =>
      isDecided && decided.some((by) => saw(by, one) && saw(by, other));
    const open = openOf(said.get(passage) ?? [], settled, saw);
    if (open.length === 0) return [];
    const sides = sidesOf(open, saw).map((changes) => describe(changes, tagById));
    return sides.length < 2 ? [] : [{ id: retaggedId(passage), passage, sides }];
  });
}

/** The changes that stand against each other and that nobody `settled`. */
function openOf<C extends Change>(changes: readonly C[], settled: (one: C, other: C) => boolean, saw: Saw<C>): C[] {
  const open = new Set<C>();
  const givenBy = new Map<string, C>();
  for (const one of changes) if (one.field === 'category' && !givenBy.has(one.id)) givenBy.set(one.id, one);
  const knewOf = (author: C, tag: string): boolean => {
    const given = givenBy.get(tag);
    return given !== undefined && saw(author, given);
  };
  const isOpen = (one: C, other: C): boolean =>
    one.commit !== other.commit && !isSame(one, other) && !saw(one, other) && !saw(other, one) && !settled(one, other);
  for (const removal of changes.filter(isRemoval)) {
    // What one gave and took back oneself before anybody else saw it is no retagging.
    for (const other of changes.filter((one) => knewOf(one, removal.id) && isOpen(removal, one)))
      open.add(removal).add(other);
  }
  // What either did besides without knowing of the other is part of it: who took a tag away gave another.
  const against = [...open];
  return changes.filter((one) => open.has(one) || against.some((other) => isOpen(one, other)));
}

const isRemoval = (one: Change): boolean => one.field === 'deleted' && one.value === true;
const isSame = (a: Change, b: Change): boolean => a.id === b.id && a.field === b.field && a.value === b.value;

/** What belongs together: changes of one person of which each knew the one before. */
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
  tags: ReadonlyMap<string, { readonly category: string | null }>,
): Retagging {
  const [added, removed] = [new Set<string>(), new Set<string>()];
  for (const one of changes) {
    const category = tags.get(one.id)?.category ?? null;
    if (category === null) continue;
    const [to, from] = isRemoval(one) ? [removed, added] : [added, removed];
    to.add(category);
    from.delete(category);
  }
  return { changes, added: [...added], removed: [...removed] };
}

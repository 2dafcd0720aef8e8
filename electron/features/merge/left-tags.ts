import type { LeftTags } from '../../../shared/contract/merge.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { categoryId } from '../../../shared/model/index.ts';
import { type Edit, type LogReader, query, type Signed } from '../../db/types.ts';
import { type MovableTag, moveTags } from '../../project/codebook/move-tags.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { counted } from '../../../shared/text/counted.ts';
import { nameOf } from './conflict-sides.ts';

interface Category {
  readonly id: string;
  readonly code: string | null;
  readonly name: string | null;
  readonly archived: number | null;
  readonly mergedInto: string | null;
}
const liveCategories = query<Record<string, never>, Category>(
  'merge.liveCategories',
  'SELECT id, code, name, archived, mergedInto FROM p_category WHERE deleted IS NOT 1',
);
/** The live tags of these categories on live passages, oldest first. */
const tagsWith = query<{ categories: string }, MovableTag>(
  'merge.tagsWith',
  `SELECT t.id, t.passage, t.category, t.person FROM json_each($categories) i CROSS JOIN p_tag t ON t.category = i.value
     JOIN p_passage p ON p.id = t.passage AND p.deleted IS NOT 1
   WHERE t.deleted IS NOT 1 ORDER BY t.createdAt, t.id`,
);

interface Left {
  readonly category: Category;
  readonly how: LeftTags['how'];
  readonly into: readonly Category[];
  /** The change that archived, merged or split the category. */
  readonly by: Act;
  readonly tags: readonly MovableTag[];
}
type Act = Pick<Signed, 'commit' | 'person' | 'at'>;
type Context = Pick<ReadContext, 'db' | 'project'>;

/**
 * Tags of categories that someone merged into another, split or archived while someone else, not knowing of it, tagged with them.
 * Nothing is wrong with such a tag, so it is no conflict; but it stays behind with a category that the others no longer use.
 */
function leftBehind({ db, project }: Context): Left[] {
  const { log } = project;
  if (!log.isForked()) return [];
  const live = db.all(liveCategories, {});
  const byId = new Map(live.map((one) => [one.id, one]));
  const left: Left[] = [];
  const archived = live.filter((one) => one.archived === 1);
  const archivings = archivingsOf(
    log,
    archived.map(({ id }) => id),
  );
  const splits = Map.groupBy(log.splits(), ({ from }) => from);
  const wanted = live.filter(({ id }) => archivings.has(id) || splits.has(id));
  const tags = Map.groupBy(
    db.all(tagsWith, { categories: JSON.stringify(wanted.map(({ id }) => id)) }),
    ({ category }) => category ?? '',
  );
  for (const category of wanted) {
    const there = tags.get(category.id) ?? [];
    const archiving = archivings.get(category.id);
    if (archiving !== undefined) {
      const into = targetOf(category, byId);
      const how = category.mergedInto === null ? 'archived' : 'merged';
      left.push({
        category,
        how,
        into: into === null ? [] : [into],
        by: archiving,
        tags: unknown(log, there, archiving),
      });
    } else {
      for (const split of splits.get(category.id) ?? []) {
        const into = split.into.flatMap((id) => byId.get(id) ?? []).filter((one) => one.archived !== 1);
        if (into.length > 0) left.push({ category, how: 'split', into, by: split, tags: unknown(log, there, split) });
      }
    }
  }
  return left.filter((one) => one.tags.length > 0);
}

/**
 * The last act that archived each category. One that undid something only restored an earlier one: whoever undoes knows of
 * everything, but didn't decide again.
 */
function archivingsOf(log: LogReader, ids: readonly string[]): ReadonlyMap<string, Act> {
  const all = log.changes('category', ids, ['archived']).filter(({ value }) => value === true);
  const decided = log.inEffect([...new Set(all.map(({ commit }) => commit))]);
  const last = new Map(all.map((one) => [one.id, one]));
  for (const one of all) if (decided.has(one.commit)) last.set(one.id, one);
  return last;
}

/** What a category was merged into, and that one, and so on; null if it is not in use. */
function targetOf(category: Category, byId: ReadonlyMap<string, Category>): Category | null {
  const seen = new Set<string>();
  for (let at: Category | undefined = category; at !== undefined && !seen.has(at.id);) {
    seen.add(at.id);
    if (at.archived !== 1) return at;
    at = at.mergedInto === null ? undefined : byId.get(at.mergedInto);
  }
  return null;
}

/** The tags whose author did not know of the change, and whom its author did not know. What was undone counts as never made. */
function unknown(log: LogReader, tags: readonly MovableTag[], change: Act): MovableTag[] {
  const ids = tags.map(({ id }) => id);
  const given = log.changes('tag', ids, ['category', 'deleted']).filter(({ value }) => value !== true);
  const byTag = Map.groupBy(given, ({ id }) => id);
  // A tag that was written once was not undone: it is there.
  const again = [...byTag.values()].filter((changes) => changes.length > 1).flat();
  const effective = log.inEffect([...new Set(again.map(({ commit }) => commit))]);
  return tags.filter(({ id }) => {
    const changes = byTag.get(id) ?? [];
    const last = changes.length > 1 ? changes.findLast(({ commit }) => effective.has(commit)) : changes[0];
    return last !== undefined && !log.saw(last.commit, change.commit) && !log.saw(change.commit, last.commit);
  });
}

export const leftTags = (context: Context): { left: LeftTags[] } => ({
  left: leftBehind(context).map(({ category, how, into, by, tags }) => ({
    category: named(category),
    how,
    into: into.map(named),
    by: nameOf(context.db, by.person),
    at: by.at,
    people: [...new Set(tags.map(({ person }) => person ?? ''))].map((person) => nameOf(context.db, person)).sort(),
    tags: tags.length,
    passages: new Set(tags.map(({ passage }) => passage)).size,
  })),
});
const named = ({ id, code, name }: Category) => ({
  id: categoryId.parse(id),
  code: code ?? '',
  name: name ?? code ?? '',
});

/** Moves the tags left behind with a category to another, as one edit; without one they stay, and are asked about no more. */
export function carryTags(context: WriteContext, { category, into }: CallArgs<'merge.carryTags'>): { moved: number } {
  const left = leftBehind(context).filter((one) => one.category.id === category);
  const [first] = left;
  const tags = [...new Map(left.flatMap((one) => one.tags).map((tag) => [tag.id, tag])).values()];
  if (first === undefined)
    throw new Fault('NOT_FOUND', 'No tags are left behind with this category. Someone may have moved them.', {
      id: category,
    });
  const name = `“${named(first.category).name}”`;
  if (into === null) {
    const edits = tags.map(({ id }): Edit => ({
      entity: 'tag',
      id,
      field: 'category',
      value: category,
      decides: true,
    }));
    context.db.commit(`Keep ${counted(tags.length, 'tag')} of ${name}`, edits);
    return { moved: 0 };
  }
  const target = context.db.all(liveCategories, {}).find(({ id }) => id === into);
  if (target === undefined || target.archived === 1 || into === category)
    throw new Fault('BAD_INPUT', 'Choose another category that is in use.', { id: into });
  const there = context.db.all(tagsWith, { categories: JSON.stringify([into]) });
  const edits = moveTags([...tags, ...there], into);
  context.db.commit(`Move ${counted(tags.length, 'tag')} of ${name} to “${named(target).name}”`, edits);
  return { moved: tags.length };
}

import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Edit } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { above, type Book, known, living, quoted, readBook, setCategory } from './book.ts';
import { placeEdits } from './place.ts';
import { liveTagsOf, type TagRow } from './queries.ts';

/**
 * Moves everybody's tags to another category: the tag stays the record it was, with who made it and when. Where one
 * person's passage would carry the target twice, one tag is kept. What was merged is archived and says into what; its
 * memos and its history stay with it, the categories below it go below the target.
 */
export function merge(context: WriteContext, input: CallArgs<'categories.merge'>): { moved: number } {
  const book = readBook(context.db);
  const into = living(book, input.into);
  const ids = [...new Set<string>(input.ids)];
  if (ids.includes(into.id))
    throw new Fault('BAD_INPUT', `${quoted(into)} can’t be merged into itself. Choose another category.`, {});
  const rows = ids.map((id) => known(book, id));
  const [first] = rows;
  const tags = context.db.all(liveTagsOf, { categories: JSON.stringify([...ids, into.id]) });
  const moves = moveTags(tags, into.id);
  const again = rows.every((row) => row.mergedInto === into.id && row.archived === 1);
  const what = rows.length === 1 && first !== undefined ? quoted(first) : `${String(rows.length)} categories`;
  context.db.commit(
    again ? `Move ${tagsSaid(moves.length)} of ${what} to ${quoted(into)}` : `Merge ${what} into ${quoted(into)}`,
    [
      ...moves,
      ...ids.flatMap((id) => [
        setCategory(id, 'mergedInto', into.id),
        setCategory(id, 'archived', true),
        // A letter is free again for others.
        setCategory(id, 'shortcut', null),
      ]),
      ...heirs(book, ids, into.id),
    ],
  );
  return { moved: moves.length };
}

const tagsSaid = (count: number): string => (count === 1 ? 'a tag' : `${String(count)} tags`);

/** Live tags of the target first in each group: they stay; of the others the oldest moves and the rest go. */
function moveTags(tags: readonly TagRow[], into: string): Edit[] {
  const carries = new Set(tags.filter((tag) => tag.category === into).map(key));
  return tags
    .filter((tag) => tag.category !== into)
    .map((tag): Edit => {
      if (carries.has(key(tag))) return { entity: 'tag', id: tag.id, field: 'deleted', value: true };
      carries.add(key(tag));
      return { entity: 'tag', id: tag.id, field: 'category', value: into };
    });
}
const key = ({ passage, person }: TagRow): string => `${passage ?? ''} ${person ?? ''}`;

/**
 * Where the categories below the merged ones go: below the target. What the target itself lies under takes the merged
 * one's place instead, or it would lie under itself.
 */
function heirs(book: Book, ids: readonly string[], into: string): Edit[] {
  const merged = new Set(ids);
  const aboveTarget = new Set([into, ...above(book, into)]);
  const standing = (id: string): string | null => above(book, id).find((one) => !merged.has(one)) ?? null;
  const toTarget: string[] = [];
  const edits: Edit[] = [];
  for (const id of ids) {
    for (const child of book.children.get(id) ?? []) {
      if (merged.has(child.id)) continue;
      if (!aboveTarget.has(child.id)) toTarget.push(child.id);
      else edits.push(setCategory(child.id, 'parent', standing(child.id)));
    }
  }
  return [...edits, ...(toTarget.length === 0 ? [] : placeEdits(book, toTarget, into, null))];
}

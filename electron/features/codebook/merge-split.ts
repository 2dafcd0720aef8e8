import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Edit } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { above, type Book, known, living, quoted, readBook, setCategory, placeEdits, listed } from './category-tree.ts';
import { liveTagsOf, type TagRow } from './queries.ts';
import { categoryId, type CategoryId } from '../../../shared/model/index.ts';
import { newOnes } from './edit.ts';

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

/**
 * Makes categories of one and gives them its passages: each person's tag goes to the first one it is given to, and is
 * made again, as that person's, for every other. What is given to none stays where it is.
 */
export function split(context: WriteContext, input: CallArgs<'categories.split'>): { ids: CategoryId[] } {
  const book = readBook(context.db);
  const row = living(book, input.id);
  if (input.parent !== null) living(book, input.parent);
  const ids = input.parts.map(() => categoryId.parse(context.newId()));
  const made = newOnes(
    book,
    input.parts.map((words, k) => ({ id: ids[k] ?? input.id, words })),
    input.parent,
  );
  const tags = Map.groupBy(
    context.db.all(liveTagsOf, { categories: JSON.stringify([row.id]) }),
    (tag) => tag.passage ?? '',
  );
  const given = new Map<string, Set<number>>();
  for (const { passage, parts } of input.given) given.set(passage, new Set([...(given.get(passage) ?? []), ...parts]));
  const moves = [...given].flatMap(([passage, parts]) => {
    const targets = [...parts].map((part) => targetOf(ids, part));
    const there = tags.get(passage) ?? [];
    if (there.length === 0)
      throw new Fault('NOT_FOUND', `A passage is no longer tagged ${quoted(row)}. Review the list before you split.`, {
        passage,
      });
    return giveTags(context, there, targets);
  });
  context.db.commit(`Split ${quoted(row)} into ${listed(input.parts.map(({ name }) => `“${name}”`))}`, [
    ...made,
    ...placeEdits(book, ids, input.parent, null),
    ...moves,
  ]);
  return { ids };
}

function targetOf(ids: readonly CategoryId[], part: number): CategoryId {
  const target = ids[part];
  if (target === undefined) throw new Fault('BAD_INPUT', `No part ${String(part + 1)}.`, { part });
  return target;
}

/** One person may have the same tag twice (made on two machines): the second goes, so that each part carries it once. */
function giveTags(
  context: WriteContext,
  tags: readonly { readonly id: string; readonly passage: string | null; readonly person: string | null }[],
  [first, ...others]: readonly CategoryId[],
): Edit[] {
  const seen = new Set<string | null>();
  return tags.flatMap(({ id, passage, person }): Edit[] => {
    if (seen.has(person)) return [{ entity: 'tag', id, field: 'deleted', value: true }];
    seen.add(person);
    return [
      { entity: 'tag', id, field: 'category', value: first ?? null },
      ...others.flatMap((category): Edit[] => {
        const copy = context.newId();
        return [
          { entity: 'tag', id: copy, field: 'passage', value: passage },
          { entity: 'tag', id: copy, field: 'category', value: category },
          { entity: 'tag', id: copy, field: 'person', value: person },
        ];
      }),
    ];
  });
}

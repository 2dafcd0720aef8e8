import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Edit } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { listed } from '../../project/undo-labels.ts';
import { above, type Book, known, activeCategory, quoted, readBook, setCategory, placeEdits } from './category-tree.ts';
import { moveTags } from '../../project/codebook/move-tags.ts';
import { liveTagsOf } from './queries.ts';
import { categoryId, type CategoryId } from '../../../shared/model/index.ts';
import { newCategoryEdits } from './edit.ts';
import { counted } from '../../../shared/text/counted.ts';

/**
 * Moves everyone's tags to another category. The merged categories are archived and name the target; their
 * memos and history stay with them, and their subcategories move under the target.
 */
export function merge(context: WriteContext, input: CallArgs<'categories.merge'>): { moved: number } {
  const book = readBook(context.db);
  const into = activeCategory(book, input.into);
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
    again ? `Move ${countedTags(moves.length)} of ${what} to ${quoted(into)}` : `Merge ${what} into ${quoted(into)}`,
    [
      ...moves,
      ...ids.flatMap((id) => [
        setCategory(id, 'mergedInto', into.id),
        setCategory(id, 'archived', true),
        setCategory(id, 'shortcut', null),
      ]),
      ...subcategoryEdits(book, ids, into.id),
    ],
  );
  return { moved: moves.length };
}

const countedTags = (count: number): string => (count === 1 ? 'a tag' : counted(count, 'tag'));

/**
 * Moves the subcategories of the merged categories under the target. An ancestor of the target takes the merged category's
 * place instead, since a category cannot be under itself.
 */
function subcategoryEdits(book: Book, ids: readonly string[], into: string): Edit[] {
  const merged = new Set(ids);
  const aboveTarget = new Set([into, ...above(book, into)]);
  const keptParent = (id: string): string | null => above(book, id).find((one) => !merged.has(one)) ?? null;
  const toTarget: string[] = [];
  const edits: Edit[] = [];
  for (const id of ids) {
    for (const child of book.children.get(id) ?? []) {
      if (merged.has(child.id)) continue;
      if (!aboveTarget.has(child.id)) toTarget.push(child.id);
      else edits.push(setCategory(child.id, 'parent', keptParent(child.id)));
    }
  }
  return [...edits, ...(toTarget.length === 0 ? [] : placeEdits(book, toTarget, into, null))];
}

/**
 * Splits a category into new ones and assigns its passages to them. Each person's tag moves to the first new category its
 * passage is assigned to and is copied, in that person's name, for every other. Unassigned passages keep the old category.
 */
export function split(context: WriteContext, input: CallArgs<'categories.split'>): { ids: CategoryId[] } {
  const book = readBook(context.db);
  const row = activeCategory(book, input.id);
  if (input.parent !== null) activeCategory(book, input.parent);
  const ids = input.parts.map(() => categoryId.parse(context.newId()));
  const made = newCategoryEdits(
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
    return assignTags(context, there, targets);
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

/** One person can have the same tag twice, made on two computers. The second is removed, so that each part has it once. */
function assignTags(
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

import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { categoryId, type CategoryId } from '../../../shared/model/index.ts';
import type { Edit } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { listed, living, quoted, readBook } from './book.ts';
import { newOnes } from './edit.ts';
import { placeEdits } from './place.ts';
import { liveTagsOf } from './queries.ts';

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

import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { WriteContext } from '../../project/context.ts';
import { above, below, type Book, known, listed, quoted, readBook, setCategory } from './book.ts';
import { hangingOn, type CategoryRow } from './queries.ts';

/** Archives categories with all below them, or brings them back with all above and those below that were not merged. */
export function archive(
  context: WriteContext,
  { ids, archived }: CallArgs<'categories.archive'>,
): Record<string, never> {
  const book = readBook(context.db);
  const asked = [...new Set(ids)].map((id) => known(book, id));
  const rows = archived ? withBelow(book, asked) : toBringBack(book, asked);
  const more = rows.filter((row) => !asked.includes(row)).length;
  const what = `${listed(asked.map(quoted))}${archived && more > 0 ? ` and ${String(more)} ${more === 1 ? 'subcategory' : 'subcategories'}` : ''}`;
  context.db.commit(
    `${archived ? 'Archive' : 'Unarchive'} ${what}`,
    rows.flatMap((row) => [
      setCategory(row.id, 'archived', archived),
      // What was merged is itself again; a letter somebody else has meanwhile is theirs.
      ...(archived || row.mergedInto === null ? [] : [setCategory(row.id, 'mergedInto', null)]),
      ...(!archived && row.shortcut !== null && isTaken(book, row) ? [setCategory(row.id, 'shortcut', null)] : []),
    ]),
  );
  return {};
}

const withBelow = (book: Book, rows: readonly CategoryRow[]): CategoryRow[] => [
  ...new Set(rows.flatMap((row) => [row, ...below(book, row.id).filter((one) => one.archived !== 1)])),
];

const toBringBack = (book: Book, rows: readonly CategoryRow[]): CategoryRow[] => [
  ...new Set(
    rows.flatMap((row) => [
      row,
      ...above(book, row.id)
        .map((id) => known(book, id))
        .filter((one) => one.archived === 1),
      ...below(book, row.id).filter((one) => one.archived === 1 && one.mergedInto === null),
    ]),
  ),
];

const isTaken = (book: Book, row: CategoryRow): boolean =>
  [...book.byId.values()].some((one) => one.id !== row.id && one.archived !== 1 && one.shortcut === row.shortcut);

/** Only what carries nothing: whatever hangs on a category keeps it. */
export function remove(context: WriteContext, { ids }: CallArgs<'categories.remove'>): Record<string, never> {
  const book = readBook(context.db);
  const rows = [...new Set(ids)].map((id) => known(book, id));
  const going = new Set(rows.map(({ id }) => id));
  for (const row of rows) {
    const { tags, memos } = context.db.get(hangingOn, { id: row.id }) ?? { tags: 0, memos: 0 };
    const under = (book.children.get(row.id) ?? []).filter(({ id }) => !going.has(id)).length;
    const merged = [...book.byId.values()].filter((one) => one.mergedInto === row.id && !going.has(one.id)).length;
    const held = [
      ...counted(tags, 'tag'),
      ...counted(memos, 'memo'),
      ...counted(under, 'subcategory', 'subcategories'),
      ...counted(merged, 'category merged into it', 'categories merged into it'),
    ];
    if (held.length > 0)
      throw new Fault(
        'NOT_ALLOWED',
        `${quoted(row)} still has ${held.join(', ')}, so it can’t be moved to the trash. Archive it, or merge it into another category.`,
        { id: row.id, tags, memos, below: under },
      );
  }
  context.db.commit(
    `Move ${listed(rows.map(quoted))} to trash`,
    rows.map((row) => setCategory(row.id, 'deleted', true)),
  );
  return {};
}

const counted = (count: number, one: string, many = `${one}s`): string[] =>
  count === 0 ? [] : [`${String(count)} ${count === 1 ? one : many}`];

import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { codeFor } from '../../../shared/model/category-code.ts';
import { categoryId, type CategoryId } from '../../../shared/model/index.ts';
import { SIGN_NAMES, signOfColour, signOfFamily, SIGNS } from '../../../shared/model/signs.ts';
import type { Edit, Json } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { countedIfAny, listed } from '../../project/undo-labels.ts';
import {
  below,
  type Book,
  known,
  activeCategory,
  nameOf,
  quoted,
  readBook,
  setCategory,
  placeEdits,
  refuseUnderItself,
  above,
} from './category-tree.ts';
import type { WholeCategory } from '../../project/codebook/categories.ts';
import { tagsAndMemosOn } from './queries.ts';
import { counted } from '../../../shared/text/counted.ts';

type Words = CallArgs<'categories.add'>['category'];
type Patch = CallArgs<'categories.edit'>['patch'];

export function add(context: WriteContext, { category, parent, before }: CallArgs<'categories.add'>) {
  const book = readBook(context.db);
  const id = categoryId.parse(context.newId());
  const made = newCategoryEdits(book, [{ id, words: category }], parent);
  const edits = [...made, ...placeEdits(book, [id], parent, before)];
  return { id, commit: context.db.commit(`Add category “${category.name}”`, edits)?.hash ?? null };
}

/** The fields of new categories, without their positions. A category without a code or colour gets one. */
export function newCategoryEdits(
  book: Book,
  made: readonly { readonly id: CategoryId; readonly words: Words }[],
  parent: string | null,
): Edit[] {
  const under = parent === null ? null : activeCategory(book, parent);
  const codes = [...book.byId.values()].flatMap((row) => row.code ?? []);
  const letters = new Set<string>();
  return made.flatMap(({ id, words }) => {
    const code = words.code ?? codeFor(words.name, under?.code ?? null, codes);
    if (words.code !== undefined) refuseTakenCode(book, code, id, codes);
    codes.push(code);
    if (words.shortcut !== undefined && words.shortcut !== null) {
      refuseTakenShortcut(book, words.shortcut, id);
      if (letters.has(words.shortcut))
        throw new Fault('EXISTS', `Two categories can’t share the shortcut ${words.shortcut}.`, {});
      letters.add(words.shortcut);
    }
    const fields = { ...words, code, colour: words.colour ?? under?.colour ?? freeColour(book) };
    return wordEdits(id, fields);
  });
}

/** A new top-level category gets a highlight style that no other one has, as long as there is one. */
function freeColour({ children }: Book): string {
  const taken = new Set(
    (children.get(null) ?? []).map(({ code, colour }) => signOfFamily(code ?? '') ?? signOfColour(colour ?? '')),
  );
  return SIGNS[SIGN_NAMES.find((name) => !taken.has(name)) ?? 'aim'];
}

const wordEdits = (id: string, words: Patch): Edit[] =>
  Object.entries(words).flatMap(([field, value]: [string, Json | undefined]) =>
    isWord(field) && value !== undefined ? [setCategory(id, field, value)] : [],
  );

const WORDS = ['code', 'name', 'definition', 'include', 'exclude', 'termsZh', 'termsEn', 'colour', 'shortcut'] as const;
type Word = (typeof WORDS)[number];
const isWord = (field: string): field is Word => WORDS.some((word) => word === field);

export function edit(context: WriteContext, { id, patch }: CallArgs<'categories.edit'>): Record<string, never> {
  const book = readBook(context.db);
  const row = known(book, id);
  if (patch.code !== undefined) refuseTakenCode(book, patch.code, id);
  if (patch.shortcut !== undefined && patch.shortcut !== null) {
    activeCategory(book, id);
    refuseTakenShortcut(book, patch.shortcut, id);
  }
  context.db.commit(labelOf(row, patch), [
    ...wordEdits(id, patch),
    ...(patch.colour === undefined ? [] : coloursBelow(book, row, patch.colour)),
    ...(patch.code === undefined ? [] : codesBelow(book, row, patch.code)),
  ]);
  return {};
}

const FIELD_NAMES: Readonly<Record<Word, string>> = {
  code: 'code',
  name: 'name',
  definition: 'definition',
  include: 'inclusion notes',
  exclude: 'exclusion notes',
  termsZh: 'Chinese terms',
  termsEn: 'English terms',
  colour: 'colour',
  shortcut: 'shortcut',
};

function labelOf(row: WholeCategory, patch: Patch): string {
  const changed = WORDS.filter((word) => patch[word] !== undefined);
  const [only] = changed;
  if (changed.length === 1 && only === 'name') return `Rename ${quoted(row)} to “${patch.name ?? ''}”`;
  if (changed.length === 1 && only === 'code') return `Change code of ${quoted(row)} to ${patch.code ?? ''}`;
  return changed.length === 0
    ? `Edit ${quoted(row)}`
    : `Edit ${listed(changed.map((word) => FIELD_NAMES[word]))} of ${quoted(row)}`;
}

/** Subcategories that still have their parent's colour follow when it changes. */
const coloursBelow = (book: Book, row: WholeCategory, colour: string): Edit[] =>
  below(book, row.id)
    .filter((one) => one.colour === row.colour)
    .map((one) => setCategory(one.id, 'colour', colour));

/** When `TRF` becomes `MOVE`, `TRF.PAIR` becomes `MOVE.PAIR`: a code starts with its parent's code. */
function codesBelow(book: Book, row: WholeCategory, code: string): Edit[] {
  const before = `${row.code ?? ''}.`;
  if (row.code === null) return [];
  return below(book, row.id).flatMap((one) => {
    if (one.code === null || !one.code.startsWith(before)) return [];
    const moved = `${code}.${one.code.slice(before.length)}`;
    if (moved.length > 60)
      throw new Fault(
        'BAD_INPUT',
        `With this code, ${quoted(one)} would become ${moved}, which is too long. Use a shorter code.`,
        {},
      );
    refuseTakenCode(book, moved, one.id);
    return [setCategory(one.id, 'code', moved)];
  });
}

/** People and scripts refer to categories by code, so `trf` and `TRF` must not be two. */
function refuseTakenCode(book: Book, code: string, id: string, more: readonly string[] = []): void {
  const same = (other: string | null): boolean => other?.toUpperCase() === code.toUpperCase();
  const other = [...book.byId.values()].find((row) => row.id !== id && same(row.code));
  if (other === undefined && !more.some(same)) return;
  const who = other === undefined ? 'another new category' : quoted(other);
  const archived = other?.archived === 1 ? ', archived,' : '';
  throw new Fault('EXISTS', `The code ${code} is already used by ${who}${archived}. Choose another.`, {
    code,
    ...(other === undefined ? {} : { category: other.id, name: nameOf(other) }),
  });
}

function refuseTakenShortcut(book: Book, shortcut: string, id: string): void {
  const other = [...book.byId.values()].find((row) => row.id !== id && row.archived !== 1 && row.shortcut === shortcut);
  if (other === undefined) return;
  throw new Fault('EXISTS', `The shortcut ${shortcut} is already used by ${quoted(other)}. Clear it there first.`, {
    shortcut,
    category: other.id,
    name: nameOf(other),
  });
}

export function move(context: WriteContext, input: CallArgs<'categories.move'>): Record<string, never> {
  const book = readBook(context.db);
  const ids = [...new Set(input.ids)];
  const rows = ids.map((id) => known(book, id));
  if (input.parent !== null) activeCategory(book, input.parent);
  refuseUnderItself(book, ids, input.parent);
  const what = listed(rows.map(quoted));
  const to = input.parent === null ? 'the top' : quoted(known(book, input.parent));
  const stays = rows.every((row) => book.parentOf(row.id) === input.parent);
  context.db.commit(
    stays ? `Move ${what}` : `Move ${what} to ${to}`,
    placeEdits(book, ids, input.parent, input.before),
  );
  return {};
}

/** Archives categories with their subcategories, or unarchives them with their ancestors and the subcategories that were not merged. */
export function archive(
  context: WriteContext,
  { ids, archived }: CallArgs<'categories.archive'>,
): Record<string, never> {
  const book = readBook(context.db);
  const asked = [...new Set(ids)].map((id) => known(book, id));
  const rows = archived ? withBelow(book, asked) : toUnarchive(book, asked);
  const more = rows.filter((row) => !asked.includes(row)).length;
  const what = `${listed(asked.map(quoted))}${archived && more > 0 ? ` and ${counted(more, 'subcategory', 'subcategories')}` : ''}`;
  context.db.commit(
    `${archived ? 'Archive' : 'Unarchive'} ${what}`,
    rows.flatMap((row) => [
      setCategory(row.id, 'archived', archived),
      // Unarchiving a merged category undoes the link to its target. A shortcut that is in use by now is cleared.
      ...(archived || row.mergedInto === null ? [] : [setCategory(row.id, 'mergedInto', null)]),
      ...(!archived && row.shortcut !== null && isTaken(book, row) ? [setCategory(row.id, 'shortcut', null)] : []),
    ]),
  );
  return {};
}

const withBelow = (book: Book, rows: readonly WholeCategory[]): WholeCategory[] => [
  ...new Set(rows.flatMap((row) => [row, ...below(book, row.id).filter((one) => one.archived !== 1)])),
];

const toUnarchive = (book: Book, rows: readonly WholeCategory[]): WholeCategory[] => [
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

const isTaken = (book: Book, row: WholeCategory): boolean =>
  [...book.byId.values()].some((one) => one.id !== row.id && one.archived !== 1 && one.shortcut === row.shortcut);

/** Only categories without tags, memos and subcategories can be moved to the trash. */
export function remove(context: WriteContext, { ids }: CallArgs<'categories.remove'>): Record<string, never> {
  const book = readBook(context.db);
  const rows = [...new Set(ids)].map((id) => known(book, id));
  const going = new Set(rows.map(({ id }) => id));
  for (const row of rows) {
    const { tags, memos } = context.db.get(tagsAndMemosOn, { id: row.id }) ?? { tags: 0, memos: 0 };
    const under = (book.children.get(row.id) ?? []).filter(({ id }) => !going.has(id)).length;
    const merged = [...book.byId.values()].filter((one) => one.mergedInto === row.id && !going.has(one.id)).length;
    const held = [
      ...countedIfAny(tags, 'tag'),
      ...countedIfAny(memos, 'memo'),
      ...countedIfAny(under, 'subcategory', 'subcategories'),
      ...countedIfAny(merged, 'category merged into it', 'categories merged into it'),
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

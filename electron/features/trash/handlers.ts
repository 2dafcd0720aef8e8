import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { removed, type Removed, type RemovedKind, type trash } from '../../../shared/contract/trash.ts';
import { pagesOf, categoryId } from '../../../shared/model/index.ts';
import type { Readable, Edit } from '../../db/types.ts';
import type { ReadContext, WriteContext, Handlers } from '../../project/context.ts';
import { personIdOf } from '../../project/people/people.ts';
import {
  type PassageIn,
  passageIn,
  removals,
  removedMemos,
  removedPassages,
  removedSources,
  records,
} from './queries.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { wholeCategories } from '../../project/codebook/categories.ts';
import { freeTakenCodes } from '../../project/codebook/unique-codes.ts';
import { shownNames } from '../../project/people/names.ts';
import { counted } from '../../../shared/text/counted.ts';

/** A removed record before it is checked against the contract; incomplete ones, as other versions may write, are left out. */
type RemovedRow = { readonly kind: RemovedKind; readonly id: string } & Readonly<Record<string, unknown>>;

function list({ db }: Pick<ReadContext, 'db'>): { removed: Removed[] } {
  const found: readonly RemovedRow[] = [...sources(db), ...passages(db), ...memos(db), ...categories(db)];
  const removedBy = whoAndWhen(db, found);
  const all = found.flatMap((what) => {
    const parsed = removed.safeParse({ what, ...(removedBy.get(what.id) ?? { by: null, at: null }) });
    return parsed.success ? [parsed.data] : [];
  });
  return { removed: all.sort((a, b) => (b.at ?? 0) - (a.at ?? 0)) };
}

const sources = (db: Readable): RemovedRow[] =>
  db.all(removedSources, {}).map(({ id, name, language, kind, passages: count }) => ({
    kind: 'source',
    id,
    name: name ?? '',
    language,
    fileKind: kind,
    passages: count,
  }));

const passages = (db: Readable): RemovedRow[] =>
  db.all(removedPassages, {}).map((row) => ({ kind: 'passage', id: row.id, tags: row.tags, ...placeOf(row) }));

const memos = (db: Readable): RemovedRow[] =>
  db.all(removedMemos, {}).map(({ id, text, kind, target, name }) => {
    const on = kind === 'passage' && target !== null ? db.get(passageIn, { id: target }) : undefined;
    return { kind: 'memo', id, text, on: kind, name: name ?? '', place: on === undefined ? null : placeOf(on) };
  });

const categories = (db: Readable): RemovedRow[] =>
  db
    .all(wholeCategories, {})
    .filter(({ deleted }) => deleted === 1)
    .map(({ id, code, name, colour }) => ({
      kind: 'category',
      id,
      code: code ?? '',
      name: name ?? code ?? '',
      colour: colour ?? '',
    }));

function placeOf({ source, name, language, sourceRemoved, anchor }: PassageIn): Readonly<Record<string, unknown>> {
  const read = anchor === null ? null : readAnchor(anchor);
  const isText = read?.kind === 'text';
  return {
    source: { id: source, name: name ?? '', language, removed: sourceRemoved === 1 },
    page: read?.page,
    lastPage: read === null ? undefined : pagesOf(read).lastPage,
    span: isText ? { start: read.start, end: read.end } : null,
    words: isText ? read.exact : null,
  };
}

interface WhoAndWhen {
  readonly by: Removed['by'];
  readonly at: number;
}

/** Who last removed each record, by the key that signed the commit. */
function whoAndWhen(db: Readable, found: readonly RemovedRow[]): Map<string, WhoAndWhen> {
  const names = shownNames(db);
  const known = new Map<string, Removed['by']>();
  const holderOf = (key: string): Removed['by'] => {
    const id = personIdOf(Buffer.from(key, 'hex'));
    const holder = known.get(key) ?? { id, name: names.get(id) ?? id.slice(0, 8) };
    known.set(key, holder);
    return holder;
  };
  const last = new Map<string, WhoAndWhen>();
  for (const [kind, rows] of Map.groupBy(found, (one) => one.kind)) {
    const ids = JSON.stringify(rows.map(({ id }) => id));
    for (const { id, at, key } of db.all(removals, { ids, kind })) last.set(id, { by: holderOf(key), at });
  }
  return last;
}

type Kind = keyof typeof records;
const isKind = (kind: string | null): kind is Kind => kind !== null && Object.hasOwn(records, kind);

/**
 * Restores records and everything that contains them. If another category uses a restored category's code or shortcut by now,
 * the restored one gets a free code and loses the shortcut.
 */
function restore(context: WriteContext, { things }: CallArgs<'trash.restore'>): CallOutput<'trash.restore'> {
  const back = new Map<string, Kind>();
  for (const { kind, id } of things) {
    if (context.db.get(records[kind], { id }) === undefined)
      throw new Fault('NOT_FOUND', `No such ${kind} in this project. Choose one from the list.`, { id });
    addWithContainers(context, back, kind, id);
  }
  const asked = things.filter(({ id }) => back.has(id));
  const [only] = asked;
  const label =
    asked.length === 1 && only !== undefined ? `Restore ${only.kind}` : `Restore ${counted(asked.length, 'item')}`;
  const edits = Array.from(back, ([id, kind]) => setDeleted(kind, id));
  const freed = freeTakenCodes(context.db, edits);
  context.db.commit(label, [...edits, ...freed.edits]);
  return {
    restored: asked.length,
    letGo: freed.changed.map((one) => ({ ...one, id: categoryId.parse(one.id) })),
  };
}

/** Adds a record and its containers to `back`, as far as they are removed. Concurrent moves can form a ring of categories, so each is visited once. */
function addWithContainers(context: WriteContext, back: Map<string, Kind>, kind: Kind, from: string): void {
  const seen = new Set<string>();
  let next: { readonly kind: string | null; readonly id: string | null } = { kind, id: from };
  while (next.id !== null && isKind(next.kind) && !seen.has(next.id)) {
    seen.add(next.id);
    const row = context.db.get(records[next.kind], { id: next.id });
    if (row === undefined) return;
    if (row.deleted === 1) back.set(next.id, next.kind);
    next = { kind: row.upKind, id: row.up };
  }
}

const setDeleted = (entity: Kind, id: string): Edit => ({ entity, id, field: 'deleted', value: false });

export const trashHandlers: Handlers<typeof trash> = {
  'trash.list': list,
  'trash.restore': restore,
};

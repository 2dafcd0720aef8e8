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
  removedCategories,
  removedMemos,
  removedPassages,
  removedSources,
  records,
} from './queries.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { freeTakenCodes } from '../../project/codebook/unique-codes.ts';
import { namesOfPeople } from '../../project/people/names.ts';

/** What a row says, before it is held against the contract: one that another version left half said is left out. */
type Said = { readonly kind: RemovedKind; readonly id: string } & Readonly<Record<string, unknown>>;

function list({ db }: Pick<ReadContext, 'db'>): { removed: Removed[] } {
  const found: readonly Said[] = [...sources(db), ...passages(db), ...memos(db), ...categories(db)];
  const removedBy = whoAndWhen(db, found);
  const all = found.flatMap((what) => {
    const parsed = removed.safeParse({ what, ...(removedBy.get(what.id) ?? { by: null, at: null }) });
    return parsed.success ? [parsed.data] : [];
  });
  return { removed: all.sort((a, b) => (b.at ?? 0) - (a.at ?? 0)) };
}

const sources = (db: Readable): Said[] =>
  db.all(removedSources, {}).map(({ id, name, language, kind, passages: count }) => ({
    kind: 'source',
    id,
    name: name ?? '',
    language,
    fileKind: kind,
    passages: count,
  }));

const passages = (db: Readable): Said[] =>
  db.all(removedPassages, {}).map((row) => ({ kind: 'passage', id: row.id, tags: row.tags, ...placeOf(row) }));

const memos = (db: Readable): Said[] =>
  db.all(removedMemos, {}).map(({ id, text, kind, target, name }) => {
    const on = kind === 'passage' && target !== null ? db.get(passageIn, { id: target }) : undefined;
    return { kind: 'memo', id, text, on: kind, name: name ?? '', place: on === undefined ? null : placeOf(on) };
  });

const categories = (db: Readable): Said[] =>
  db.all(removedCategories, {}).map(({ id, code, name, colour }) => ({
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

/** The last to remove each. A person is who holds the key that signed it, whatever any record says. */
function whoAndWhen(db: Readable, found: readonly Said[]): Map<string, WhoAndWhen> {
  const names = new Map(db.all(namesOfPeople, {}).map(({ id, name }) => [id, name]));
  const known = new Map<string, Removed['by']>();
  const holderOf = (key: string): Removed['by'] => {
    const id = personIdOf(Buffer.from(key, 'hex'));
    const holder = known.get(key) ?? { id, name: names.get(id) ?? id.slice(0, 8) };
    known.set(key, holder);
    return holder;
  };
  const last = new Map<string, WhoAndWhen>();
  for (const [kind, things] of Map.groupBy(found, (one) => one.kind)) {
    const ids = JSON.stringify(things.map(({ id }) => id));
    for (const { id, at, key } of db.all(removals, { ids, kind })) last.set(id, { by: holderOf(key), at });
  }
  return last;
}

type Kind = keyof typeof records;
const isKind = (kind: string | null): kind is Kind => kind !== null && Object.hasOwn(records, kind);

/**
 * Restores what is removed of the things asked for and of all they lie in. Never fails for a code or a letter that is
 * another category's by now: the restored one gets a free code, and lets the letter go.
 */
function restore(context: WriteContext, { things }: CallArgs<'trash.restore'>): CallOutput<'trash.restore'> {
  const back = new Map<string, Kind>();
  for (const { kind, id } of things) {
    if (context.db.get(records[kind], { id }) === undefined)
      throw new Fault('NOT_FOUND', `No such ${kind} in this project.`, { id });
    comeBack(context, back, kind, id);
  }
  const asked = things.filter(({ id }) => back.has(id));
  const [only] = asked;
  const label = asked.length === 1 && only !== undefined ? `Restore ${only.kind}` : `Restore ${asked.length} items`;
  const edits = Array.from(back, ([id, kind]) => setDeleted(kind, id));
  const settled = freeTakenCodes(context.db, edits);
  context.db.commit(label, [...edits, ...settled.edits]);
  return {
    restored: asked.length,
    letGo: settled.letGo.map((one) => ({ ...one, id: categoryId.parse(one.id) })),
  };
}

/** Goes up from a thing, and notes what is removed there. Concurrent moves can close a ring of categories: each once. */
function comeBack(context: WriteContext, back: Map<string, Kind>, kind: Kind, from: string): void {
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

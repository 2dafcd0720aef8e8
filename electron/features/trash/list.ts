import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import { removed, type Removed, type RemovedKind } from '../../../shared/contract/trash.ts';
import { pagesOf } from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { personIdOf } from '../../project/people/people.ts';
import {
  type PassageIn,
  passageIn,
  personNames,
  removals,
  removedCategories,
  removedMemos,
  removedPassages,
  removedSources,
} from './queries.ts';

/** What a row says, before it is held against the contract: one that another version left half said is left out. */
type Said = { readonly kind: RemovedKind; readonly id: string } & Readonly<Record<string, unknown>>;

export function list({ db }: Pick<ReadContext, 'db'>): { removed: Removed[] } {
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
  const names = new Map(db.all(personNames, {}).map(({ id, name }) => [id, name]));
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

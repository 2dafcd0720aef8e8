import type { CommitHash, PersonId } from '../../../shared/model/index.ts';
import { type Json, type ProjectDb, query, type Readable, type Signed } from '../../db/types.ts';
import { Categories } from '../codebook/tag-history.ts';
import { derivedId } from '../ids.ts';
import { signerOf } from '../review/moves.ts';

/** A record that names somebody who did not sign what it says. */
export interface Unsigned extends NamedRow {
  /** Who did, last, and in which commit. */
  readonly by: PersonId;
  readonly commit: CommitHash;
  readonly at: number;
}

interface Reader {
  readonly db: Readable;
  readonly project: Pick<ProjectDb, 'log'>;
}

/** What each says, as far as it is somebody's word. Whether it was removed is not: a merge that is taken back removes it. */
const WORD: Readonly<Record<Naming, readonly string[]>> = {
  tag: ['passage', 'person', 'category'],
  setting: ['passage', 'person', 'dimension', 'value'],
  memo: ['target', 'person', 'text'],
  comment: ['passage', 'person', 'text'],
  translation: ['draft'],
  review: ['passage', 'state', 'comment', 'basis', 'confirmed', 'person'],
  adjudication: ['passage', 'categories', 'reason', 'person'],
};

/**
 * Live records on these passages (null: all there are) that name somebody who never signed what they say. One is theirs where
 * they signed each of its values as it stands, whoever set it again since (a merge taken back, an undo). A tag is theirs, too,
 * where the log shows how it came about without them: its category was merged into another or split, in a commit that did
 * that; or it is the copy that splitting, carrying over to a newer version or keeping both of a conflict makes, which its id
 * or its commit says. What was brought from another project is not: its log is not here, and its signatures cannot be looked at.
 */
export function unsigned(reader: Reader, passages: readonly string[] | null): Unsigned[] {
  const people = JSON.stringify(
    Object.fromEntries(reader.db.all(replicaKeys, {}).map(({ replica, key }) => [replica, signerOf(key)])),
  );
  const rows =
    passages === null
      ? reader.db.all(namedByOthers, { people })
      : reader.db.all(namedByOthersOn, { people, ids: JSON.stringify(passages) });
  if (rows.length === 0) return [];
  const judging = new Judging(reader);
  return Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, n) =>
    judging.judge(rows.slice(n * AT_ONCE, (n + 1) * AT_ONCE)),
  ).flat();
}

/** Records read at once. Measured with 62,000 of them: a statement for each took 22 s, this takes 2 s. */
const AT_ONCE = 500;

/** What the log says of some records, and which are like them, read for many at once. */
class Records {
  private readonly reader: Reader;
  private readonly changes = new Map<string, readonly Signed[]>();
  private readonly alike = new Map<string, readonly Like[]>();

  constructor(reader: Reader) {
    this.reader = reader;
  }

  /** Reads what was said of records, in place of those that were read before. */
  read(rows: readonly NamedRow[]): void {
    this.changes.clear();
    this.alike.clear();
    for (const [entity, some] of Map.groupBy(rows, (row) => row.entity)) this.readChanges(entity, idsOf(some));
  }

  /** Reads what records could be copies of. */
  readLikes(rows: readonly NamedRow[]): void {
    for (const [entity, some] of Map.groupBy(rows, (row) => row.entity)) {
      if (!isCopied(entity)) continue;
      const places = [...new Set(some.map((row) => row.on))];
      const found = this.reader.db.all(likes[entity], { ids: JSON.stringify(places) });
      const byPlace = Map.groupBy(found, (one) => one.on);
      for (const on of places) this.alike.set(`${entity} ${on}`, byPlace.get(on) ?? []);
      this.readChanges(entity, idsOf(found));
    }
  }

  private readChanges(entity: Naming, ids: readonly string[]): void {
    const missing = [...new Set(ids)].filter((id) => !this.changes.has(`${entity} ${id}`));
    const byRecord = Map.groupBy(this.reader.project.log.changes(entity, missing, WORD[entity]), ({ id }) => id);
    for (const id of missing) this.changes.set(`${entity} ${id}`, byRecord.get(id) ?? []);
  }

  said(entity: Naming, id: string): readonly Signed[] {
    const known = this.changes.get(`${entity} ${id}`);
    return known ?? this.reader.project.log.changes(entity, [id], WORD[entity]);
  }

  /** Others of its person’s records of its kind on its passage, and on the one that it was carried over from; removed ones too. */
  like({ entity, id, on, person }: NamedRow): readonly Like[] {
    if (!isCopied(entity)) return [];
    const known = this.alike.get(`${entity} ${on}`);
    const all = known ?? this.reader.db.all(likes[entity], { ids: JSON.stringify([on]) });
    return all.filter((one) => one.person === person && one.id !== id);
  }
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

class Judging {
  private readonly reader: Reader;
  private readonly records: Records;
  private readonly categories: Categories;
  /** By tag: the categories that are its person's word; null while it is being found out. */
  private readonly known = new Map<string, ReadonlySet<Json> | null>();

  constructor(reader: Reader) {
    this.reader = reader;
    this.records = new Records(reader);
    this.categories = new Categories(reader.project.log);
  }

  judge(rows: readonly NamedRow[]): Unsigned[] {
    this.records.read(rows);
    const strange = rows.flatMap((row) => {
      const first = this.firstNotOwn(row);
      return first === undefined ? [] : { row, first };
    });
    this.records.readLikes(strange.map(({ row }) => row));
    return strange.flatMap(({ row, first }) =>
      this.isExplained(row, this.records.said(row.entity, row.id))
        ? []
        : { ...row, by: first.person, commit: first.commit, at: first.at },
    );
  }

  /** The newest current value that its person did not sign; undefined where they signed all. */
  private firstNotOwn(row: NamedRow): Signed | undefined {
    const said = this.records.said(row.entity, row.id);
    const strange = WORD[row.entity].flatMap((field) => {
      const last = said.findLast((one) => one.field === field);
      return last === undefined || this.isOwn(row, said, last) ? [] : last;
    });
    return strange.toSorted((a, b) => b.at - a.at)[0];
  }

  private isOwn({ person }: NamedRow, said: readonly Signed[], last: Signed): boolean {
    const value = JSON.stringify(last.value);
    return said.some((one) => one.person === person && one.field === last.field && JSON.stringify(one.value) === value);
  }

  private isExplained(row: NamedRow, said: readonly Signed[]): boolean {
    switch (row.entity) {
      case 'tag':
        return this.categoriesOf(row.id, row.on, row.person).has(lastOf(said, 'category')?.value ?? null);
      case 'setting':
        return this.isCarried(row, said, 'carried setting', ['dimension', 'value']);
      case 'memo':
        return this.isCarried(row, said, 'carried memo', ['text']) || this.isKept(row, said);
      case 'comment':
      case 'translation':
      case 'review':
      case 'adjudication':
        return false;
    }
  }

  /** The categories that a tag can have as its person's word; none where it is not theirs. */
  private categoriesOf(tag: string, passage: string, person: string): ReadonlySet<Json> {
    const known = this.known.get(tag);
    if (known !== undefined) return known ?? NONE;
    this.known.set(tag, null);
    const said = this.records.said('tag', tag);
    const own = said.filter((one) => one.person === person);
    const isGiven =
      own.some(({ field, value }) => field === 'person' && value === person) &&
      own.some(({ field, value }) => field === 'passage' && value === passage);
    const theirs = new Set<Json>(
      isGiven
        ? own.flatMap(({ field, value }) => (field === 'category' ? [value] : []))
        : this.copied({ entity: 'tag', id: tag, on: passage, person }, said),
    );
    for (const { field, value, commit } of said) {
      if (field !== 'category' || theirs.has(value)) continue;
      // Of a log under pseudonyms only the last category is there: what it was before is not known.
      const from = theirs.size > 0 ? theirs : isGiven ? null : NONE;
      if (this.categories.isMoved(from, value, commit)) theirs.add(value);
    }
    this.known.set(tag, theirs);
    return theirs;
  }

  /** The category of a tag that is a copy of one of that person's; none where it is none. */
  private copied(row: NamedRow, said: readonly Signed[]): Json[] {
    const made = said.find(({ field, value }) => field === 'person' && value === row.person);
    const given =
      made === undefined ? undefined : said.find((one) => one.field === 'category' && one.commit === made.commit);
    if (made === undefined || given === undefined || lastOf(said, 'passage')?.value !== row.on) return [];
    const isCopy = this.records.like(row).some(({ id, here }) => {
      const passage = here === 1 ? row.on : this.originOf(id);
      if (passage === null) return false;
      const theirs = this.categoriesOf(id, passage, row.person);
      if (theirs.size === 0) return false;
      if (here === 0) return row.id === derivedId('carried tag', id, row.on) && theirs.has(given.value);
      const of = this.reader.project.log.changes('tag', [id], ['category', 'deleted']);
      if (of.some(({ commit }) => commit === made.commit) && this.categories.isMadeIn(given.value, made.commit))
        return true;
      return of.some(
        ({ commit, person, value }) =>
          person === row.person && value === given.value && row.id === derivedId('sourcebook kept both', id, commit),
      );
    });
    return isCopy ? [given.value] : [];
  }

  private originOf(tag: string): string | null {
    const value = lastOf(this.records.said('tag', tag), 'passage')?.value;
    return typeof value === 'string' ? value : null;
  }

  /** Copied with its passage to a newer version, saying what its person had said there. */
  private isCarried(row: NamedRow, said: readonly Signed[], kind: string, fields: readonly string[]): boolean {
    return this.records.like(row).some(({ id, here }) => {
      if (here === 1 || row.id !== derivedId(kind, id, row.on)) return false;
      const before = this.records.said(row.entity, id).filter(({ person }) => person === row.person);
      return fields.every((field) => {
        const value = lastOf(said, field)?.value ?? null;
        return before.some((one) => one.field === field && one.value === value);
      });
    });
  }

  /** The second of two memos that were one, saying what its person had written into that. */
  private isKept(row: NamedRow, said: readonly Signed[]): boolean {
    const text = lastOf(said, 'text')?.value ?? null;
    const all = this.reader.db.all(memosThere, { on: row.on });
    return all.some(({ id }) =>
      this.records
        .said('memo', id)
        .some(
          (one) =>
            one.person === row.person &&
            one.field === 'text' &&
            one.value === text &&
            row.id === derivedId('sourcebook kept both', id, one.commit),
        ),
    );
  }
}

const NONE: ReadonlySet<Json> = new Set();
const lastOf = (said: readonly Signed[], field: string): Signed | undefined =>
  said.findLast((one) => one.field === field);

/** Kinds of record that name whose word they are, besides passages (which are marked by one and coded by many). */
export const NAMING = ['tag', 'setting', 'memo', 'comment', 'translation', 'review', 'adjudication'] as const;
export type Naming = (typeof NAMING)[number];

export interface NamedRow {
  readonly entity: Naming;
  readonly id: string;
  /** What it is on: a passage; of a memo perhaps something else. */
  readonly on: string;
  /** Whom it names. */
  readonly person: string;
}

const PERSON: Readonly<Record<Naming, string>> = {
  tag: 'r.person',
  setting: 'r.person',
  memo: 'r.person',
  comment: 'r.person',
  translation: `iif(json_valid(r.draft), r.draft ->> '$.person', NULL)`,
  review: 'r.person',
  adjudication: 'r.person',
};
const on = (entity: Naming): string => (entity === 'memo' ? 'r.target' : 'r.passage');

/** Live records of which somebody said anything whose key is not that of whom they name. `$people`: replica number → person. */
const byOthers = (entity: Naming, records: string): string =>
  `SELECT DISTINCT '${entity}' AS entity, r.id, ${on(entity)} AS "on", ${PERSON[entity]} AS person
   FROM ${records}
   CROSS JOIN entity_ e ON e.id = unhex(replace(r.id, '-', '')) AND e.kind = '${entity}'
   CROSS JOIN change_ h ON h.ent = e.ent CROSS JOIN commit_ m ON m.c = h.c
   WHERE r.deleted IS NOT 1 AND ${on(entity)} IS NOT NULL AND ${PERSON[entity]} IS NOT NULL
     AND $people ->> ('$."' || m.replica || '"') IS NOT ${PERSON[entity]}`;

export const namedByOthers = query<{ people: string }, NamedRow>(
  'signed.byOthers',
  NAMING.map((entity) => byOthers(entity, `p_${entity} r`)).join(' UNION ALL '),
);
export const namedByOthersOn = query<{ people: string; ids: string }, NamedRow>(
  'signed.byOthersOn',
  NAMING.map((entity) =>
    byOthers(entity, `json_each($ids) i CROSS JOIN p_${entity} r ON ${on(entity)} = i.value`),
  ).join(' UNION ALL '),
);

export const replicaKeys = query<Record<string, never>, { replica: number; key: string }>(
  'signed.replicas',
  `SELECT replica, lower(hex("key")) AS "key" FROM replica_`,
);

export interface Like {
  /** The passage, or what a memo is on, that was asked for. */
  readonly on: string;
  readonly id: string;
  readonly person: string | null;
  /** 0 where it is on the passage that this one was carried over from. */
  readonly here: number;
}
/** Tags, settings or memos on some passages, and on those they were carried over from; removed ones too. */
const likeThem = (table: string, target: string) =>
  query<{ ids: string }, Like>(
    `signed.like.${table}`,
    `SELECT i.value AS "on", r.id, r.person, 1 AS here FROM json_each($ids) i CROSS JOIN ${table} r ON r.${target} = i.value
     UNION ALL
     SELECT i.value AS "on", r.id, r.person, 0 AS here FROM json_each($ids) i
     CROSS JOIN p_passage p ON p.id = i.value AND p.origin <> p.id CROSS JOIN ${table} r ON r.${target} = p.origin`,
  );
export const likes = {
  tag: likeThem('p_tag', 'passage'),
  setting: likeThem('p_setting', 'passage'),
  memo: likeThem('p_memo', 'target'),
} as const;
const isCopied = (entity: Naming): entity is keyof typeof likes => entity in likes;
/** All memos on something, whoever wrote them. */
export const memosThere = query<{ on: string }, { id: string }>(
  'signed.memosThere',
  `SELECT id FROM p_memo WHERE target = $on`,
);

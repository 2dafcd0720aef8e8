import type { CommitHash, PersonId } from '../../../shared/model/index.ts';
import type { Json, Signed } from '../../db/types.ts';
import { Categories } from '../codebook/tag-history.ts';
import { derivedId } from '../ids.ts';
import { signerOf } from '../review/moves.ts';
import {
  isCopied,
  memosThere,
  namedByOthers,
  namedByOthersIncoming,
  namedByOthersOn,
  type PossibleOriginal,
  possibleOriginals,
  replicaKeys,
} from './attribution-queries.ts';
import { putElsewhere, type TakenOver, takenOver } from './taken-over.ts';
import {
  Additions,
  type AttributedKind,
  type LogOf,
  type NamedRow,
  originOfPassage,
  Reasons,
  type UnsignedReason,
} from './unsigned-reasons.ts';

/** A record that names a person who did not sign its content. */
export interface Unsigned extends NamedRow {
  /** Who signed it last, and in which commit. */
  readonly by: PersonId;
  readonly commit: CommitHash;
  readonly at: number;
  readonly reason: UnsignedReason;
  /** The person who signed it as their own before it was put in another name; null if nobody did. */
  readonly takenFrom: string | null;
}

type Found = Omit<Unsigned, 'reason'> & Pick<TakenOver, 'isPossible'>;

/** The fields that only their author should write. `deleted` is not one of them: undoing a merge sets it. */
const AUTHORED: Readonly<Record<AttributedKind, readonly string[]>> = {
  // Others may move a passage, but only its person may say who highlighted it.
  passage: ['person'],
  tag: ['passage', 'person', 'category'],
  setting: ['passage', 'person', 'dimension', 'value'],
  memo: ['target', 'person', 'text'],
  comment: ['passage', 'parent', 'person', 'text', 'mentions'],
  translation: ['draft'],
  review: ['passage', 'state', 'comment', 'basis', 'confirmed', 'person'],
  adjudication: ['passage', 'categories', 'compared', 'reason', 'person'],
  // Its coder marks their part as finished.
  assignment: ['person', 'unit', 'sample', 'seed', 'codebook'],
  snapshot: ['name', 'person', 'heads', 'state'],
  // Others may add the time stamp's answer.
  timestamp: ['person', 'snapshot', 'dossier', 'file', 'sha256', 'nonce'],
  // Others may change its words, but only its person may say who wrote it.
  claim: ['person'],
  placechoice: ['source', 'text', 'place', 'person'],
  suggestion: ['source', 'layer', 'place', 'term', 'model', 'category', 'verdict', 'passage', 'person'],
  // As for claims.
  view: ['person'],
  // As for claims.
  mask: ['person'],
  notprivate: ['passage', 'person', 'reason'],
  figurecheck: ['figure', 'person', 'verdict', 'reason', 'basis', 'subject'],
  relationcheck: ['relation', 'person', 'verdict', 'reason', 'follows', 'basis'],
  // As for claims.
  reference: ['person'],
  draftmark: ['draft', 'version', 'sentence', 'nth', 'state', 'comment', 'basis', 'person'],
  draftrelease: ['draft', 'counts', 'person'],
};

/** Which changes of a record are read: also those that show what it was carried over from, and when it was removed. */
const READ: Readonly<Record<AttributedKind, readonly string[]>> = {
  ...AUTHORED,
  passage: [...AUTHORED.passage, 'origin', 'layer'],
  translation: [...AUTHORED.translation, 'passage', 'language', 'deleted'],
};

/**
 * Live records that name a person who never signed their content: all, those on some passages, or those that the merge being
 * judged brings. A record is its person's if they signed each of its present values at some time, whoever set it again since (an
 * undone merge, an undo). A tag is also theirs if the log explains how it was made without them: a commit merged or split its
 * category, or it is a copy made by splitting, by carrying over to a newer version or by keeping both sides of a conflict, as its
 * id or its commit shows.
 */
export function unsigned(reader: LogOf, which: 'all' | 'incoming' | readonly string[]): Unsigned[] {
  return unsignedAmong(reader, namedRows(reader, which, peopleOfReplicas(reader)));
}

/** A JSON text: who signs under each replica’s number. */
export const peopleOfReplicas = ({ db }: LogOf): string =>
  JSON.stringify(Object.fromEntries(db.all(replicaKeys, {}).map(({ replica, key }) => [replica, signerOf(key)])));

/** Like {@link unsigned}, for some records that were changed with the key of a person they do not name. */
export function unsignedAmong(reader: LogOf, rows: readonly NamedRow[]): Unsigned[] {
  if (rows.length === 0) return [];
  const records = new Records(reader);
  const own = new AttributionCheck(reader, records, null);
  const added = new AttributionCheck(reader, records, new Additions(reader));
  const reasons = new Reasons(reader);
  const chunks = Array.from({ length: Math.ceil(rows.length / AT_ONCE) }, (_, n) =>
    rows.slice(n * AT_ONCE, (n + 1) * AT_ONCE),
  );
  return chunks.flatMap((chunk) => {
    records.read(chunk);
    const found = own.unsigned(chunk);
    const isNot = new Set(added.unsigned(found).map(({ entity, id }) => `${entity} ${id}`));
    return found.map(({ isPossible, ...one }) => ({
      ...one,
      reason: isPossible ? 'retyped' : isNot.has(`${one.entity} ${one.id}`) ? reasons.of(one) : 'added',
    }));
  });
}

function namedRows({ db }: LogOf, which: Parameters<typeof unsigned>[1], people: string): NamedRow[] {
  if (which === 'all') return db.all(namedByOthers, { people });
  if (which === 'incoming') return db.all(namedByOthersIncoming, { people });
  return db.all(namedByOthersOn, { people, ids: JSON.stringify(which) });
}

/** Records read at once. Measured with 62,000 of them: a statement for each took 17 s, this takes 2.4 s. */
const AT_ONCE = 500;

/** The changes of records, and the records they may be copies of, read for many at once. */
class Records {
  private readonly reader: LogOf;
  private readonly changes = new Map<string, readonly Signed[]>();
  private readonly originals = new Map<string, readonly PossibleOriginal[]>();

  constructor(reader: LogOf) {
    this.reader = reader;
  }

  /** Reads the changes of records, and forgets those read before. */
  read(rows: readonly NamedRow[]): void {
    this.changes.clear();
    this.originals.clear();
    for (const [entity, some] of Map.groupBy(rows, (row) => row.entity)) this.readChanges(entity, idsOf(some));
  }

  /** Reads the records that these could be copies of. */
  readOriginals(rows: readonly NamedRow[]): void {
    for (const [entity, some] of Map.groupBy(rows, (row) => row.entity)) {
      if (!isCopied(entity)) continue;
      const places = [...new Set(some.map((row) => row.on))].filter((on) => !this.originals.has(`${entity} ${on}`));
      if (places.length === 0) continue;
      const found = this.reader.db.all(possibleOriginals[entity], { ids: JSON.stringify(places) });
      const byPlace = Map.groupBy(found, (one) => one.on);
      for (const on of places) this.originals.set(`${entity} ${on}`, byPlace.get(on) ?? []);
      this.readChanges(entity, idsOf(found));
    }
  }

  private readChanges(entity: AttributedKind, ids: readonly string[]): void {
    const missing = [...new Set(ids)].filter((id) => !this.changes.has(`${entity} ${id}`));
    if (missing.length === 0) return;
    const byRecord = Map.groupBy(this.reader.project.log.changes(entity, missing, READ[entity]), ({ id }) => id);
    for (const id of missing) this.changes.set(`${entity} ${id}`, byRecord.get(id) ?? []);
  }

  changesOf(entity: AttributedKind, id: string): readonly Signed[] {
    const known = this.changes.get(`${entity} ${id}`);
    return known ?? this.reader.project.log.changes(entity, [id], READ[entity]);
  }

  /** Its person's other records of its kind on its passage and on the one that was carried over from; removed ones too. */
  originalsOf({ entity, id, on, person }: NamedRow): readonly PossibleOriginal[] {
    if (!isCopied(entity)) return [];
    const known = this.originals.get(`${entity} ${on}`);
    const all = known ?? this.reader.db.all(possibleOriginals[entity], { ids: JSON.stringify([on]) });
    return all.filter((one) => one.person === person && one.id !== id);
  }
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

class AttributionCheck {
  private readonly reader: LogOf;
  /** If given, what a commit added from another project counts as signed by the person it names. */
  private readonly additions: Additions | null;
  private readonly records: Records;
  private readonly categories: Categories;
  /** By tag: the categories that its person gave it; null while they are being computed. */
  private readonly known = new Map<string, ReadonlySet<Json> | null>();

  constructor(reader: LogOf, records: Records, additions: Additions | null) {
    this.reader = reader;
    this.additions = additions;
    this.records = records;
    this.categories = new Categories(reader.project.log);
  }

  /** Those of `rows`, whose changes are read, that their person did not sign. */
  unsigned(rows: readonly NamedRow[]): Found[] {
    this.known.clear();
    const { log } = this.reader.project;
    const byOthers = rows.flatMap((row) => {
      const changes = this.records.changesOf(row.entity, row.id);
      const taken = takenOver(row, changes, (one, other) => log.saw(one, other));
      const first = taken?.last ?? this.firstNotOwn(row) ?? putElsewhere(row, changes);
      return first === undefined ? [] : { row, first, taken };
    });
    this.records.readOriginals(byOthers.map(({ row }) => row));
    return byOthers.flatMap(({ row, first, taken }) =>
      taken === undefined && this.isExplained(row, this.records.changesOf(row.entity, row.id))
        ? []
        : {
            entity: row.entity,
            id: row.id,
            on: row.on,
            person: row.person,
            by: first.person,
            commit: first.commit,
            at: first.at,
            takenFrom: taken?.from ?? null,
            isPossible: taken?.isPossible ?? false,
          },
    );
  }

  /** The newest current value that its person did not sign; undefined if they signed all. */
  private firstNotOwn(row: NamedRow): Signed | undefined {
    const changes = this.records.changesOf(row.entity, row.id);
    const byOthers = AUTHORED[row.entity].flatMap((field) => {
      const last = changes.findLast((one) => one.field === field);
      return last === undefined || this.isOwn(row, changes, last) ? [] : last;
    });
    return byOthers.toSorted((a, b) => b.at - a.at)[0];
  }

  private isOwn(row: NamedRow, changes: readonly Signed[], last: Signed): boolean {
    const value = JSON.stringify(last.value);
    return changes.some(
      (one) => this.isTheirs(one, row) && one.field === last.field && JSON.stringify(one.value) === value,
    );
  }

  private isTheirs(one: Signed, { entity, on, person }: Omit<NamedRow, 'id'>): boolean {
    return one.person === person || this.additions?.isAddition(one.commit, entity, on) === true;
  }

  private isExplained(row: NamedRow, changes: readonly Signed[]): boolean {
    switch (row.entity) {
      case 'passage':
        return this.isCarriedPassage(row);
      case 'tag':
        return this.categoriesOf(row.id, row.on, row.person).has(lastOf(changes, 'category')?.value ?? null);
      case 'setting':
        return this.isCarried(row, changes, 'carried setting', ['dimension', 'value']);
      case 'memo':
        return this.isCarried(row, changes, 'carried memo', ['text']) || this.isKept(row, changes);
      case 'comment':
      case 'translation':
      case 'review':
      case 'adjudication':
      case 'assignment':
      case 'snapshot':
      case 'timestamp':
      case 'claim':
      case 'suggestion':
      case 'view':
      case 'mask':
      case 'notprivate':
      case 'figurecheck':
      case 'relationcheck':
      case 'reference':
      case 'draftmark':
      case 'draftrelease':
        return false;
      case 'placechoice':
        return this.isConfirmed(row, changes);
    }
  }

  /** Whether its person put their name to these values: who decides what is decided already sets nothing but the name. */
  private isConfirmed(row: NamedRow, changes: readonly Signed[]): boolean {
    const { log } = this.reader.project;
    const named = lastOf(changes, 'person');
    if (named === undefined || !this.isTheirs(named, row)) return false;
    return AUTHORED[row.entity].every((field) => {
      const last = lastOf(changes, field);
      return last === undefined || last.commit === named.commit || log.saw(named.commit, last.commit);
    });
  }

  /** The categories that a tag can have and still be its person's; none if the tag is not theirs. */
  private categoriesOf(tag: string, passage: string, person: string): ReadonlySet<Json> {
    const known = this.known.get(tag);
    if (known !== undefined) return known ?? NONE;
    this.known.set(tag, null);
    const changes = this.records.changesOf('tag', tag);
    const own = changes.filter((one) => this.isTheirs(one, { entity: 'tag', on: passage, person }));
    const isGiven =
      own.some(({ field, value }) => field === 'person' && value === person) &&
      own.some(({ field, value }) => field === 'passage' && value === passage);
    const theirs = new Set<Json>(
      isGiven
        ? own.flatMap(({ field, value }) => (field === 'category' ? [value] : []))
        : this.copied({ entity: 'tag', id: tag, on: passage, person }, changes),
    );
    for (const { field, value, commit } of changes) {
      if (field !== 'category' || theirs.has(value)) continue;
      // A log under pseudonyms has only the last category; the earlier ones are unknown.
      const from = theirs.size > 0 ? theirs : isGiven ? null : NONE;
      if (this.categories.isMoved(from, value, commit)) theirs.add(value);
    }
    this.known.set(tag, theirs);
    return theirs;
  }

  /** The category of a tag that is a copy of another tag of its person; none if it is not a copy. */
  private copied(row: NamedRow, changes: readonly Signed[]): Json[] {
    const made = changes.find(({ field, value }) => field === 'person' && value === row.person);
    const given =
      made === undefined ? undefined : changes.find((one) => one.field === 'category' && one.commit === made.commit);
    if (made === undefined || given === undefined || lastOf(changes, 'passage')?.value !== row.on) return [];
    const isCopy = this.records.originalsOf(row).some(({ id, here }) => {
      const passage = here === 1 ? row.on : this.originOf(id);
      if (passage === null) return false;
      const theirs = this.categoriesOf(id, passage, row.person);
      if (theirs.size === 0) return false;
      if (here === 0) return row.id === derivedId('carried tag', id, row.on) && theirs.has(given.value);
      const of = this.reader.project.log.changes('tag', [id], ['category', 'deleted']);
      if (of.some(({ commit }) => commit === made.commit) && this.categories.isMadeIn(given.value, made.commit))
        return true;
      return of.some(
        (one) =>
          this.isTheirs(one, row) &&
          one.value === given.value &&
          row.id === derivedId('sourcebook kept both', id, one.commit),
      );
    });
    return isCopy ? [given.value] : [];
  }

  private originOf(tag: string): string | null {
    const value = lastOf(this.records.changesOf('tag', tag), 'passage')?.value;
    return typeof value === 'string' ? value : null;
  }

  /** Whether it was carried over to a newer version from a passage of its person’s, as its id shows. */
  private isCarriedPassage(row: Pick<NamedRow, 'id' | 'person'>): boolean {
    const changes = this.records.changesOf('passage', row.id);
    const layer = lastOf(changes, 'layer')?.value;
    const origin = lastOf(changes, 'origin')?.value;
    if (typeof origin !== 'string' || typeof layer !== 'string') return false;
    if (row.id !== derivedId('carried passage', origin, layer)) return false;
    const before: NamedRow = { entity: 'passage', id: origin, on: origin, person: row.person };
    const isSigned = this.records
      .changesOf('passage', origin)
      .some((one) => one.field === 'person' && one.value === row.person && this.isTheirs(one, before));
    return isSigned || this.isCarriedPassage(before);
  }

  /** Whether it was carried over with its passage to a newer version, with the values its person gave it there. */
  private isCarried(row: NamedRow, changes: readonly Signed[], kind: string, fields: readonly string[]): boolean {
    return this.records.originalsOf(row).some(({ id, here }) => {
      if (here === 1 || row.id !== derivedId(kind, id, row.on)) return false;
      const before = this.records
        .changesOf(row.entity, id)
        .filter((one) =>
          this.isTheirs(one, { ...row, on: this.reader.db.get(originOfPassage, { id: row.on })?.origin ?? row.on }),
        );
      return fields.every((field) => {
        const value = lastOf(changes, field)?.value ?? null;
        return before.some((one) => one.field === field && one.value === value);
      });
    });
  }

  /** Whether it is the second of two memos made by keeping both sides of a conflict, with its person's text. */
  private isKept(row: NamedRow, changes: readonly Signed[]): boolean {
    const text = lastOf(changes, 'text')?.value ?? null;
    const all = this.reader.db.all(memosThere, { on: row.on });
    return all.some(({ id }) =>
      this.records
        .changesOf('memo', id)
        .some(
          (one) =>
            this.isTheirs(one, row) &&
            one.field === 'text' &&
            one.value === text &&
            row.id === derivedId('sourcebook kept both', id, one.commit),
        ),
    );
  }
}

const NONE: ReadonlySet<Json> = new Set();
const lastOf = (changes: readonly Signed[], field: string): Signed | undefined =>
  changes.findLast((one) => one.field === field);

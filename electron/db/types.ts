import type { Json } from '../../shared/changes/canonical.ts';
import type { Place } from '../../shared/changes/fold.ts';
import { type FieldOf, kindsOf } from '../../shared/changes/fields.ts';
import type { Entity } from '../../shared/changes/registry.ts';
import type { ErrorData } from '../../shared/errors.ts';
import type { CommitHash, PersonId, ProjectId } from '../../shared/model/index.ts';

export type { Json } from '../../shared/changes/canonical.ts';
export type SqlValue = string | number | bigint | Uint8Array | null;

/**
 * A named, parameterised statement. Projections are tables named after the entity (`p_source`, `p_passage` …): column
 * `id` (UUID text, primary key), one column a field of the registry (ref → UUID text, bool → 0/1, json → JSON text),
 * plus, on every one, `createdAt` (wall milliseconds of the first commit that named it). `p_passage` also has generated
 * columns `start`, `end`, `page` read out of `anchor`. `deleted` is 1 for removed records, else 0 or NULL.
 */
export interface Query<P extends Record<string, SqlValue>, Row> {
  readonly name: string;
  readonly sql: string;
  /** Types only; never set. */
  readonly _types?: { params: P; row: Row };
}
export const query = <P extends Record<string, SqlValue>, Row>(name: string, sql: string): Query<P, Row> => ({
  name,
  sql,
});

/** The columns of a projection for a SELECT (`p."id", p."source" …`), but for those the statement reads in its own way. */
export const columnsOf = (entity: Entity, alias: string, without: readonly string[] = []): string =>
  ['id', ...kindsOf(entity).keys(), 'createdAt']
    .filter((name) => !without.includes(name))
    .map((name) => `${alias}."${name}"`)
    .join(', ');

export interface Readable {
  all<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>, params: P): Row[];
  get<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>, params: P): Row | undefined;
  /** EXPLAIN QUERY PLAN, for tests that hold a hot query to its index. */
  plan<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>): string;
}

/** One field of one record set to a value. Id in UUID text. */
export type Edit = {
  [E in Entity]: { readonly entity: E; readonly id: string; readonly field: FieldOf<E>; readonly value: Json };
}[Entity];

export interface Committed {
  readonly hash: CommitHash;
  readonly entities: readonly Entity[];
  readonly label: string;
}
export interface Left {
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  readonly why: 'changed since' | 'built upon' | 'withheld';
}

/** Told what an undo is about to write, answers what must be written besides, or instead of the same field. */
export type Settle = (
  edits: readonly { readonly entity: string; readonly id: string; readonly field: string; readonly value: Json }[],
) => readonly Edit[];

export interface Writable extends Readable {
  /**
   * One action, one transaction, one commit, signed by the acting person (whose `person` record is added on their first).
   * Fields that already have the value are left out; null when nothing would change.
   */
  commit(label: string, edits: readonly Edit[]): Committed | null;
}

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  /** PEM of the Ed25519 private key. */
  readonly privateKey: string;
  /** What they say of themselves when they first write to a project (shared/model/review.ts). */
  readonly roles?: readonly string[];
}

export interface OpenOptions {
  readonly folder: string;
  readonly person: Person;
  readonly readOnly?: boolean;
  /** What happens where somebody else has the project open: PROJECT_LOCKED (default), or it is opened for reading as it is now. */
  readonly whenLocked?: 'refuse' | 'read';
  /** A random name of this installation, from the user's data folder: a project that another installation opens starts a new replica. */
  readonly installation?: string;
  /** Milliseconds; injectable for tests. */
  readonly now?: () => number;
}

/** Watches long work; asked every few thousand steps. */
export interface Watch {
  progress(phase: 'opening' | 'commits' | 'records', done: number, total: number): void;
  /** True ends the work: CANCELLED, and nothing is written. */
  cancelled(): boolean;
}

/** A log that comes from outside, opened for reading; see electron/db/merge/incoming.ts. */
export interface Incoming {
  /** UUID text. */
  readonly project: string;
  readonly commits: number;
  /** It begins with a restated part (an assignment): the hash of that commit. */
  readonly horizon: CommitHash | null;
  close(): void;
}

/** What a merge is about to bring, while it can still be taken back whole. */
export interface IncomingChanges {
  /** Commits new here, here already, and here already whose withheld bodies came. */
  readonly added: number;
  readonly known: number;
  readonly supplied: number;
  readonly refused: readonly { readonly hash: string; readonly why: string }[];
  /**
   * The project as it will be, with two more tables for the time of the call: `incoming_commit(hash TEXT, person TEXT,
   * "key" TEXT, at INTEGER, clock INTEGER, label TEXT, changes INTEGER)`, the new commits (`person` is the id that the signing key gives,
   * hex key and hash), and `incoming_record(entity TEXT, id TEXT, how TEXT)`, each record they touch: `added`, `changed` or
   * `removed` where its row now differs from before; `same` where it does not.
   */
  readonly read: Readable;
  /** Ids (as {@link OpenConflict.id}) of the conflicts it opens. */
  readonly conflicts: readonly string[];
}

export interface MergeOptions<T> {
  /** The file's or folder's name, for the list of merges. */
  readonly from: string;
  /** A preview: all is rolled back after `judge`. */
  readonly dryRun: boolean;
  readonly watch: Watch;
  /** Runs inside the transaction. What it throws leaves everything as it was. */
  readonly judge: (arrival: IncomingChanges) => T;
}

export interface MadeMerge {
  /** Hex; names the merge in this folder. */
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly commits: number;
  readonly changes: number;
  readonly people: readonly PersonId[];
  /** The newest commit that came; null where only withheld bodies did. */
  readonly last: CommitHash | null;
  /** The commit that took it back, where that was done and not undone. */
  readonly takenBack: CommitHash | null;
}

/** A change as the log has it, with who signed it. */
export interface Signed {
  readonly commit: CommitHash;
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  readonly value: Json;
  /** The person the signing key gives. */
  readonly person: PersonId;
  readonly at: number;
  /** True where it was written in this folder. */
  readonly here: boolean;
}
/** What somebody worked on (`work`) hangs on what somebody removed (`of`). */
export interface Tie {
  readonly of: { readonly entity: Entity; readonly id: string };
  readonly work: { readonly entity: Entity; readonly id: string };
}
/** Which field of which record is contested. */
export interface ConflictName {
  /** Hex, derived from entity, id and field: the same on every replica. */
  readonly id: string;
  readonly entity: string;
  readonly record: string;
  readonly field: string;
}
export interface OpenConflict extends ConflictName {
  /** What stands first. For a deletion against edits, the edits' changes too, under their own fields. */
  readonly changes: readonly Signed[];
}

/** A category given to a passage, or a tag removed or brought back: as little as tells whether it stands against another. */
export interface Tagging {
  /** The tag's. */
  readonly id: string;
  readonly field: string;
  /** As the log has it; true where `deleted` is set. */
  readonly value: Json;
  /** Stands for who signed it, in this answer. */
  readonly person: number;
  /** The commit's local number. */
  readonly commit: number;
  readonly at: Place;
}
export interface TaggedApart {
  readonly passage: string;
  /** Oldest first. */
  readonly changes: readonly Tagging[];
}

/** A record that a log which was looked at brings, or changes. */
export interface ComingRecord {
  readonly entity: Entity;
  readonly id: string;
  readonly how: 'added' | 'changed' | 'removed';
  /** Its fields as they are here, and as they would be. */
  readonly before: Readonly<Record<string, Json>>;
  readonly after: Readonly<Record<string, Json>>;
  /** Those in which they differ, in the registry's order. */
  readonly fields: readonly string[];
  /** Of the last commit that says something of it: the person its key gives, when, and what the action was called. */
  readonly person: PersonId;
  readonly at: number;
  readonly label: string;
}
/** Only such records. `source`: what lies in it; `category`: its tags. */
export interface ComingFilter {
  readonly kind?: string;
  readonly how?: ComingRecord['how'];
  readonly person?: string;
  readonly source?: string;
  readonly category?: string;
}
export interface ComingRecords {
  /** There may be fewer than were asked for, or none, though there are more. */
  readonly records: readonly ComingRecord[];
  /** Where to go on; null at the end. */
  readonly next: number | null;
}
export interface IncomingRecords {
  /** `after`: at first less than any number of a record; then the `next` of the page before. */
  page(filter: ComingFilter, after: number, limit: number): ComingRecords;
  /** Any record as it would be; null where neither log speaks of it. */
  record(entity: string, id: string): Readonly<Record<string, Json>> | null;
  close(): void;
}

/** Which records may be seen in what goes out. */
export type Show = (entity: string, id: string, field: string) => boolean;

/** A record as a state has it: its columns, as in the projections. */
export interface StateRow {
  readonly entity: Entity;
  readonly id: string;
  readonly row: Readonly<Record<string, SqlValue>>;
}

/** What teams need of the log besides. */
export interface MergeDb {
  /** Union with another log of the same project, in one transaction. Faults: CANCELLED, NOT_ALLOWED (another project, or this is a blind copy). */
  merge<T>(incoming: Incoming, options: MergeOptions<T>): { readonly result: T; readonly merge: MadeMerge | null };
  /** Newest first; this folder's own, never in the log. */
  merges(): readonly MadeMerge[];
  /** Lists a commit made here, which brought something of another project, among the merges: it can be taken back like one. */
  rememberCommit(hash: CommitHash, from: string): MadeMerge;
  takeBackMerge(id: string): { commit: Committed | null; left: Left[] };
  /** Undoes the taking back. */
  restoreMerge(id: string): { commit: Committed | null; left: Left[] };
  /**
   * What a log that was looked at just now (a merge as a preview) would bring, record by record. `file`: its database, which nobody
   * writes to; `refused`: the commits that were refused.
   */
  incomingRecords(file: string, refused: ReadonlySet<string>): IncomingRecords;
  /** What is open, in order of entity, record and field; `only`: of those named. */
  conflicts(only?: readonly ConflictName[]): readonly OpenConflict[];
  /** The same without what anybody said, in no order. */
  conflictNames(): readonly ConflictName[];

  /** Everything said of these fields of these records, oldest first. One statement for all ids. */
  said(entity: Entity, ids: readonly string[], fields: readonly string[]): readonly Signed[];
  /** For each of `ids`: the last of `versions` (commits, oldest first) that the author of its standing `field` had seen; null for none. */
  seenOf(
    entity: Entity,
    ids: readonly string[],
    field: string,
    versions: readonly CommitHash[],
  ): ReadonlyMap<string, CommitHash | null>;
  /** Whether the author of `later` had seen `earlier`. */
  saw(later: CommitHash, earlier: CommitHash): boolean;
  /**
   * Passage by passage, what was said of the tags of those of `passages` whose tags were given or removed in two commits of which
   * neither had seen the other. One that is asked for says nothing while it is read.
   */
  taggedApart(passages: readonly string[]): Iterable<TaggedApart>;
  /** Whether the author of `later` had seen `earlier`, by where they stand. */
  sawAt(later: Place, earlier: Place): boolean;
  /** Whether there was ever more than one line of commits: else nobody was unaware of anything. */
  isForked(): boolean;
  /** Of these, those whose work was said by somebody unaware of the removal, and of which the remover was unaware; with the removal's commit. */
  hungApart(ties: readonly Tie[]): readonly (Tie & { readonly removal: string })[];

  /** The newest commits: what a snapshot is the sum of. */
  heads(): readonly CommitHash[];
  /** Every live or removed record as it was when just these commits and what they build on were there. In order of entity and id. */
  stateAt(heads: readonly CommitHash[]): Iterable<StateRow>;

  /** How many commits that state is the sum of. */
  commitsAt(heads: readonly CommitHash[]): number;

  /** The log with the bodies of what may not be seen withheld; the chain still verifies. */
  writePart(target: string, show: Show): void;
  /**
   * A blind coder's log: one signed commit that restates what `show` lets through, and nothing older. This project keeps
   * that commit's header, so that what comes back can be merged. Answers the commit.
   */
  writeAssignment(target: string, label: string, show: Show): Committed;
  /** A new project's log with throwaway keys: the people by the names given; `text` sees every text value. It cannot be merged. */
  writePseudonymous(
    target: string,
    options: {
      readonly show: Show;
      readonly nameOf: (person: string) => string;
      readonly text: (entity: string, field: string, value: Json) => Json;
    },
  ): void;
  /** The commit this log begins with, where it is a copy made for a blind coder. */
  horizon(): CommitHash | null;
  /** Commits and their time by the person whose key signed them. */
  authors(): readonly {
    readonly person: PersonId;
    readonly key: string;
    readonly commits: number;
    readonly first: number;
    readonly last: number;
  }[];
}

/** An open project's database. Made by `openProject` and `createProject` in electron/db/index.ts. */
export interface ProjectDb {
  readonly id: ProjectId;
  readonly folder: string;
  readonly readOnly: boolean;
  /** Who has it open elsewhere, so that it can only be read here; the name is empty where it is not known. Null where nobody has. */
  readonly holder: { readonly name: string; readonly since: number } | null;
  readonly read: Readable;
  readonly write: Writable;
  readonly team: MergeDb;
  undo(settle?: Settle): { commit: Committed | null; label: string; left: Left[] };
  redo(settle?: Settle): { commit: Committed | null; label: string; left: Left[] };
  undoLabels(): { undo: string | null; redo: string | null };
  /** Newest first. */
  history(
    limit: number,
    before?: CommitHash,
  ): { id: CommitHash; time: number; person: string; personId: PersonId | null; label: string; changes: number }[];
  head(): CommitHash | null;
  /** Hex; this folder's on this installation: a copied folder, whoever sent it, has another from its first opening on. */
  replica(): string;
  /** Log (hashes, parents, signatures), derived tables, projections, SQLite's own checks. Each damaged thing once. */
  verifyLog(): { commits: number; changes: number; failures: { kind: string; id: string; message: string }[] };
  /** Projections made again from the log; how many rows differed. */
  rebuild(): number;
  /** Local, unlogged state. */
  local(key: string): Json | undefined;
  setLocal(key: string, value: Json): void;
  /** A copy by VACUUM INTO; called daily (seven kept) and before each migration (seven kept). Returns its file name. */
  backup(reason: 'daily' | 'migration' | 'asked'): string;
  /** A database written anew from the log, without anything local: what goes into a project file. `target` must not exist. */
  writeFresh(target: string): void;
  /** Why the day's copy could not be made, for people to see; null where nothing went wrong. */
  backupProblem(): ErrorData | null;
  backups(): { name: string; at: number; bytes: number; reason: string }[];
  close(): void;
}

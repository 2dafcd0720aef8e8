import type { Json } from '../../shared/changes/canonical.ts';
import type { HistoryEntry } from './log/history-entry.ts';
import type { Proof, ProvenField } from './log/proven.ts';
import type { PastMerge } from './merge/past-merge.ts';
import type { WatchedDatabase } from './file/watched-database.ts';
import type { ActingPerson } from './person.ts';
import type { Place } from '../../shared/changes/fold.ts';
import { type FieldOf, kindsOf } from '../../shared/changes/fields.ts';
import type { InverseEdit } from '../../shared/changes/inverse.ts';
import type { Entity } from '../../shared/changes/kinds.ts';
import type { VerifyFailure } from '../../shared/contract/project.ts';
import type { ErrorData } from '../../shared/errors.ts';
import type { CommitHash, PersonId, ProjectId } from '../../shared/model/index.ts';

export type { Json } from '../../shared/changes/canonical.ts';
export type { ActingPerson, LockedPerson, Person } from './person.ts';
export type SqlValue = string | number | bigint | Uint8Array | null;

/**
 * A named, parameterised statement. Projections are tables named after the entity (`p_source`, `p_passage` …): column `id` (UUID text,
 * primary key), one column a field of the registry (ref → UUID text, bool → 0/1, json → JSON text), and `createdAt` (wall milliseconds of
 * the first commit that named it). `p_passage` also has generated columns `start`, `end`, `page` of `anchor`. `deleted`: 1 if removed, else
 * 0 or NULL.
 */
export interface Query<P extends Record<string, SqlValue>, Row> {
  readonly name: string;
  readonly sql: string;
  /** Types only; never set. */
  readonly _types?: { params: P; row: Row };
}
export function query<P extends Record<string, SqlValue>, Row>(name: string, sql: string): Query<P, Row> {
  return { name, sql };
}

/** The columns of a projection for a SELECT (`p."id", p."source" …`), without those that the statement reads differently. */
export const columnsOf = (entity: Entity, alias: string, without: readonly string[] = []): string =>
  ['id', ...kindsOf(entity).keys(), 'createdAt']
    .filter((name) => !without.includes(name))
    .map((name) => `${alias}."${name}"`)
    .join(', ');

export interface Readable {
  all<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>, params: P): Row[];
  get<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>, params: P): Row | undefined;
  /** EXPLAIN QUERY PLAN, for tests that check that a frequent query uses its index. */
  plan<P extends Record<string, SqlValue>, Row>(q: Query<P, Row>): string;
}

/** One field of one record set to a value. Id in UUID text. */
export type Edit = {
  [E in Entity]: {
    readonly entity: E;
    readonly id: string;
    readonly field: FieldOf<E>;
    readonly value: Json;
    /** Written even if the field has that value already: it is a decision, and another decision can be in conflict with it. */
    readonly decides?: true;
  };
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

/** Given the edits that an undo is about to write, returns edits to write as well; for the same field they replace the undo's. */
export type FurtherEdits = (
  edits: readonly { readonly entity: string; readonly id: string; readonly field: string; readonly value: Json }[],
) => readonly Edit[];

/** How much of a commit is written, from 0 to 1. */
export type EachWritten = (share: number) => void;

export interface Writable extends Readable {
  /**
   * One action, one transaction, one commit, signed by the acting person (whose `person` record is added on their first). Fields that
   * already have the value are left out; null when nothing would change. `continues`: the first commit of an action that writes several, as
   * an import does: they are undone together. `each`: called now and then; what it throws leaves nothing of the commit.
   */
  commit(label: string, edits: readonly Edit[], continues?: CommitHash | null, each?: EachWritten): Committed | null;
}

export interface OpenOptions {
  readonly folder: string;
  readonly person: ActingPerson;
  readonly readOnly?: boolean;
  /** If someone else has the project open: fail with PROJECT_LOCKED (default), or open it read-only as it is now. */
  readonly whenLocked?: 'refuse' | 'read';
  /** A random name of this installation, from the user's data folder: a project that another installation opens starts a new replica. */
  readonly installation?: string;
  /** Files of the user's data: how caches were left, and when databases were replaced; see file/cache-stamps.ts and file/replaced.ts. */
  readonly cacheStamps?: string;
  readonly replacements?: string;
  /** Milliseconds; injectable for tests. */
  readonly now?: () => number;
  /** Called after each commit made through the project (undo and redo too) and each merge, once it is on the disk. */
  readonly onCommit?: (committed: Committed) => void;
}
/** Watches long work; asked every few thousand steps. `cancelled`: true ends it with CANCELLED, and nothing is written. */
export interface Watch {
  progress(phase: 'opening' | 'commits' | 'records', done: number, total: number): void;
  cancelled(): boolean;
}

/** A log from outside, opened for reading; see electron/db/merge/incoming.ts. */
export interface Incoming {
  /** UUID text. */
  readonly project: string;
  readonly commits: number;
  /** The hash of its first commit, if that restates part of a project for a blind coder. */
  readonly horizon: CommitHash | null;
  close(): void;
}

/** What a merge has added, while its transaction can still be rolled back. */
export interface IncomingChanges {
  /** Commits: new, here already, and here already but now with bodies that were withheld. */
  readonly added: number;
  readonly known: number;
  readonly supplied: number;
  readonly rejected: readonly { readonly hash: string; readonly why: string }[];
  /**
   * The project as it will be, with two more tables during the call: `incoming_commit(c INTEGER, hash TEXT, person TEXT, "key" TEXT,
   * at INTEGER, clock INTEGER, label TEXT, changes INTEGER)` has the new commits (`c` is their number in `commit_`, `person` the id of
   * the signing key; key and hash in hex), and `incoming_record(entity TEXT, id TEXT, how TEXT, ent INTEGER)` each record they change
   * (`ent` is its number in `entity_`): `added`, `changed` or `removed` if its row now differs from before, else `same`.
   */
  readonly read: Readable;
  /** Ids (see {@link OpenConflict.id}) of the conflicts it opens. */
  readonly conflicts: readonly string[];
}

export interface MergeOptions<T> {
  /** The file's or folder's name, for the list of merges. */
  readonly from: string;
  /** A preview: everything is rolled back after `judge`. */
  readonly dryRun: boolean;
  readonly watch: Watch;
  /** Runs inside the transaction. If it throws, the merge is rolled back. */
  readonly judge: (changes: IncomingChanges) => T;
}

/** A change in the log, with the person of the signing key. `here`: it was written in this folder's replica. */
export interface Signed {
  readonly commit: CommitHash;
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  readonly value: Json;
  readonly person: PersonId;
  readonly at: number;
  readonly here: boolean;
}
/** A record that someone worked on (`work`) and the trashed record that it belongs to. */
export interface TrashedPair {
  readonly trashed: { readonly entity: Entity; readonly id: string };
  readonly work: { readonly entity: Entity; readonly id: string };
}
/** Which field of which record has a conflict. */
export interface ConflictName {
  /** Hex, derived from entity, id and field, so the same on every replica. */
  readonly id: string;
  readonly entity: string;
  readonly record: string;
  readonly field: string;
}
export interface OpenConflict extends ConflictName {
  /** The winning value first. For a deletion against edits, also the changes of the edits, under their own fields. */
  readonly changes: readonly Signed[];
}

/** A tag added, removed or restored: just enough to tell whether it conflicts with another. */
export interface TagChange {
  /** The tag's. */
  readonly id: string;
  readonly field: string;
  /** As in the log; true if `deleted` is set. */
  readonly value: Json;
  /** A number for the person who signed it, valid within one result. */
  readonly person: number;
  /** The commit's local number. */
  readonly commit: number;
  readonly at: Place;
}
export interface ConcurrentTagging {
  readonly passage: string;
  /** Oldest first. */
  readonly changes: readonly TagChange[];
}

/** A record that merging a previewed log would add, change or remove. */
export interface IncomingRecord {
  readonly entity: Entity;
  readonly id: string;
  readonly how: 'added' | 'changed' | 'removed';
  /** Its fields as they are here, and as they would be after the merge. */
  readonly before: Readonly<Record<string, Json>>;
  readonly after: Readonly<Record<string, Json>>;
  /** Those in which they differ, in the registry's order. */
  readonly fields: readonly string[];
  /** The person of the signing key, time and label of the last incoming commit that sets one of its fields. */
  readonly person: PersonId;
  readonly at: number;
  readonly label: string;
}
/** Selects incoming records. `source`: those in it; `category`: its tags. */
export interface IncomingFilter {
  readonly kind?: string;
  readonly how?: IncomingRecord['how'];
  readonly person?: string;
  readonly source?: string;
  readonly category?: string;
}
export interface IncomingPage {
  /** May be fewer than asked for, or none, even if there are more. */
  readonly records: readonly IncomingRecord[];
  /** Where the next page starts; null at the end. */
  readonly next: number | null;
}
export interface IncomingRecords {
  /** `after`: the `next` of the page before; for the first page, a number less than any record number. */
  page(filter: IncomingFilter, after: number, limit: number): IncomingPage;
  /** Any record as it would be after the merge; null if neither log has it. */
  record(entity: string, id: string): Readonly<Record<string, Json>> | null;
  close(): void;
}

/** Which fields of which records may be seen in an export. */
export type Show = (entity: string, id: string, field: string) => boolean;

/** A record as it was in some state: its columns, as in the projections. */
export interface StateRow {
  readonly entity: Entity;
  readonly id: string;
  readonly row: Readonly<Record<string, SqlValue>>;
}

/** Merging another log into this one, and the conflicts that are open. */
export interface MergeDb {
  /** The union with another log of the same project, in one transaction. Faults: CANCELLED, NOT_ALLOWED (a different project, or this is a blind copy). */
  merge<T>(incoming: Incoming, options: MergeOptions<T>): { readonly result: T; readonly merge: PastMerge | null };
  /** Newest first. The list belongs to this folder and is not in the log. */
  merges(): readonly PastMerge[];
  /** The merges, also undone ones, through which records first came here. */
  mergesOf(entity: Entity, ids: readonly string[]): ReadonlyMap<string, PastMerge>;
  /** Lists a commit that added sources from another project as a merge, so that it can be undone like one. */
  rememberCommit(hash: CommitHash, from: string): PastMerge;
  /**
   * Gives each field the value it would have without the merge. Returns in `left` the fields that were changed later or that later work
   * depends on.
   */
  undoMerge(id: string): { commit: Committed | null; left: Left[] };
  /** Restores an undone merge. `left`: given the edits that restore it, returns those that are not written. */
  restoreMerge(
    id: string,
    left?: (edits: readonly InverseEdit[]) => ReadonlySet<InverseEdit>,
  ): { commit: Committed | null; left: Left[] };
  /**
   * The records that merging a log that was just previewed would change. `file`: its database, which nobody writes to;
   * `rejected`: hashes of the commits that a merge would reject.
   */
  incomingRecords(file: string, rejected: ReadonlySet<string>): IncomingRecords;
  /** Open conflicts, in order of entity, record and field. With `only`, those among them. */
  conflicts(only?: readonly ConflictName[]): readonly OpenConflict[];
  /** The names of the open conflicts, in no order. */
  conflictNames(): readonly ConflictName[];
}

/** A commit that made new categories (`into`: all of them, those that got tags first) and moved tags of another category to them. */
export interface Split {
  readonly from: string;
  readonly into: readonly string[];
  readonly commit: CommitHash;
  readonly person: PersonId;
  readonly at: number;
}

/** Reads the log: who set which value and when, and which commits their author had seen. */
export interface LogReader {
  /** Every change of these fields of these records, oldest first, read with one statement. */
  changes(entity: Entity, ids: readonly string[], fields: readonly string[]): readonly Signed[];
  /** Signed commits that show the fields that are wanted, and hide the rest; none for those that aren’t here or restate others’ work. */
  proofs(commits: readonly CommitHash[], isShown: (field: ProvenField) => boolean): readonly Proof[];
  /** For each of `ids`: the last of `versions` (commits, oldest first) that the author of its current `field` had seen; null for none. */
  seenOf(
    entity: Entity,
    ids: readonly string[],
    field: string,
    versions: readonly CommitHash[],
  ): ReadonlyMap<string, CommitHash | null>;
  /** Whether the author of `later` had seen `earlier`; both by hash, or by their places in the log. */
  saw(later: CommitHash, earlier: CommitHash): boolean;
  sawAt(later: Place, earlier: Place): boolean;
  /** Whether the log ever had more than one chain. If not, no two commits are concurrent. */
  isForked(): boolean;
  /** Of some commits, those that were not undone, without the undos and redos among them. */
  inEffect(commits: readonly CommitHash[]): ReadonlySet<string>;
  splits(): readonly Split[];
  /** Streams the changes of tags of those passages whose tags were added or removed in concurrent commits, passage by passage. */
  concurrentTagging(passages: readonly string[]): Iterable<ConcurrentTagging>;
  /** The pairs in which work on a record and the removal of the record it belongs to are concurrent, with the removal's commit. */
  workConcurrentWithTrash(pairs: readonly TrashedPair[]): readonly (TrashedPair & { readonly removal: string })[];

  /** The newest commits. A snapshot is the state they sum up to. */
  heads(): readonly CommitHash[];
  /** Every record, live or removed, in the state that these commits and their ancestors sum up to. In order of entity and id. */
  stateAt(heads: readonly CommitHash[]): Iterable<StateRow>;
  /** How many commits these and their ancestors are. */
  commitsAt(heads: readonly CommitHash[]): number;

  /** The commit this log begins with, if it is a blind coder's copy. */
  horizon(): CommitHash | null;
  /** For each signing key: its person, how many commits it signed, and the times of the first and last. */
  authors(): readonly {
    readonly person: PersonId;
    readonly key: string;
    readonly commits: number;
    readonly first: number;
    readonly last: number;
  }[];
}

/** Writes databases with part of the log. */
export interface ExportDb {
  /** The log without the bodies of what is withheld; its commits still verify. */
  writePart(target: string, show: Show): void;
  /**
   * A blind coder's log: one signed commit that restates what `show` allows, and nothing older. This project keeps that commit's
   * header, so that the coder's work can be merged. Returns the commit.
   */
  writeAssignment(target: string, label: string, show: Show): Committed;
  /** A new project's log, signed with throwaway keys and with the names of people that `nameOf` gives; `text` replaces each text value. It cannot be merged. */
  writePseudonymous(
    target: string,
    options: {
      readonly show: Show;
      readonly nameOf: (person: string) => string;
      readonly text: (entity: string, field: string, value: Json) => Json;
    },
  ): void;
}

/** An open project's database. Made by `openProject` and `createProject` in electron/db/index.ts. */
export interface ProjectDb {
  readonly id: ProjectId;
  readonly folder: string;
  readonly readOnly: boolean;
  /** Whether it is read-only because the disk had no room when it was opened. */
  readonly diskFull: boolean;
  /**
   * Who has the project open elsewhere, so that it is read-only here; null for no one. The name is empty if unknown. `tookOver`: they opened
   * it while it was open for writing here.
   */
  readonly holder: { readonly name: string; readonly since: number; readonly tookOver: boolean } | null;
  /** Set if another file replaced its database, so that it is read-only; see file/watched-database.ts. */
  readonly replacedWhileOpen: ReturnType<WatchedDatabase['replaced']>;
  /** Checks that this process still has the project for itself. If not, PROJECT_LOCKED or PROJECT_READ_ONLY, now and for each write. */
  keepLock(): void;
  readonly read: Readable;
  readonly write: Writable;
  readonly merges: MergeDb;
  readonly log: LogReader;
  readonly exports: ExportDb;
  /**
   * Undoes the acting person's last action. `each` is called now and then with the share done; if it throws, everything stays as it was.
   */
  undo(further?: FurtherEdits, each?: EachWritten): { commit: Committed | null; label: string; left: Left[] };
  redo(further?: FurtherEdits, each?: EachWritten): { commit: Committed | null; label: string; left: Left[] };
  undoLabels(): { undo: string | null; redo: string | null };
  /** Newest first. */
  history(limit: number, before?: CommitHash): HistoryEntry[];
  head(): CommitHash | null;
  /** Whether the log has this commit, how many it has, and when a person replaced the database here (epoch milliseconds). */
  logHas(commit: CommitHash | null): { has: boolean; commits: number; replacedAt: number | null };
  /** How often since opening rows were changed otherwise than by a new commit: by a merge or a rebuild. */
  readonly rewrites: number;
  /** Hex; of this folder on this installation: a copied folder gets another when it is first opened. */
  replica(): string;
  /**
   * Verifies the log (hashes, parents, signatures), derived tables, projections, and runs SQLite's own checks. Each fault is reported once.
   */
  verifyLog(): { commits: number; changes: number; failures: VerifyFailure[] };
  verifyLogInThreads(): Promise<ReturnType<ProjectDb['verifyLog']>>;
  /** The same in one thread, while the project is used; null if it was closed meanwhile, or the thread failed. */
  verifyInBackground(): Promise<ReturnType<ProjectDb['verifyLog']> | null>;
  /** Checks the backups, and that the project has every commit of theirs. */
  verifyBackups(): Promise<VerifyFailure[]>;
  /** Rebuilds the projections from the log; returns how many rows differed. */
  rebuild(): number;
  local(key: string): Json | undefined; // Unlogged state.
  setLocal(key: string, value: Json): void;
  /** A copy by VACUUM INTO; called daily (seven kept) and before each migration (seven kept). Returns its file name. */
  backup(reason: 'daily' | 'migration' | 'asked'): string;
  /** A database written from the log, without anything local, as in a project file. `target` must not exist. */
  writeFresh(target: string): void;
  /** Why the daily backup failed; null if it did not. */
  backupProblem(): ErrorData | null;
  backups(): { name: string; at: number; bytes: number; reason: string }[];
  close(): void;
}

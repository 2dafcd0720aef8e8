import type { Json } from '../../shared/changes/canonical.ts';
import type { Entity, FieldOf } from '../../shared/changes/registry.ts';
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
}

export interface OpenOptions {
  readonly folder: string;
  readonly person: Person;
  readonly readOnly?: boolean;
  /** A random name of this installation, from the user's data folder: a project that another installation opens starts a new replica. */
  readonly installation?: string;
  /** Milliseconds; injectable for tests. */
  readonly now?: () => number;
}

/** An open project's database. Made by `openProject` and `createProject` in electron/db/index.ts. */
export interface ProjectDb {
  readonly id: ProjectId;
  readonly folder: string;
  readonly readOnly: boolean;
  readonly read: Readable;
  readonly write: Writable;
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

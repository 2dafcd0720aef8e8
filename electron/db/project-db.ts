import { join } from 'node:path';
import type { Entity } from '../../shared/changes/kinds.ts';
import type { ErrorData, Fault } from '../../shared/errors.ts';
import { diskFull } from '../../shared/file-faults.ts';
import { projectId, type CommitHash, type ProjectId } from '../../shared/model/index.ts';
import { isUnnamed } from '../../shared/model/person-name.ts';
import { backUp, listBackups, type Backup } from './file/backups.ts';
import { createDailyBackup, type DailyBackup } from './file/daily-backup.ts';
import type { WatchedDatabase } from './file/watched-database.ts';
import { assertNamed, guarded, locked, nothingTo, readOnly, replacedWhileOpen } from './faults.ts';
import { writeFresh } from './fresh.ts';
import { readHistory, toCommitHash } from './log/history.ts';
import type { HistoryEntry } from './log/history-entry.ts';
import { idText } from './ids.ts';
import { Local } from './file/local.ts';
import { heldBy, type Holder, type Lock } from './file/lock.ts';
import { replacedAt } from './file/replaced.ts';
import { Log } from './log/log.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Change } from './log/packet.ts';
import { ReadSide, type Store } from './file/store.ts';
import { rebuildProjections } from './projection/rebuild.ts';
import { isEntity } from '../../shared/changes/fields.ts';
import { signerOf } from './log/signatures.ts';
import { type Action, advance, labelOf, readStacks, type Stacks } from './log/steps.ts';
import { createExport } from './export/export.ts';
import type { OpenLog } from './log/open-log.ts';
import { createLogReader } from './log/reader.ts';
import { createMerge } from './merge/merge.ts';
import {
  type ActingPerson,
  type Committed,
  type EachWritten,
  type Edit,
  type ExportDb,
  type Incoming,
  type IncomingChanges,
  type Json,
  type LogReader,
  type MergeDb,
  type MergeOptions,
  type OpenOptions,
  type ProjectDb,
  query,
  type Readable,
  type FurtherEdits,
  type Writable,
} from './types.ts';
import { changesThatUndo } from './log/undo.ts';
import { verifyBackups } from './log/verify-backups.ts';
import type { Verified } from './log/verify-threads.ts';
import { verifyDatabase, verifyInBackground, verifyInThreads } from './log/verify.ts';
import { appendCommit, changesOf, stepChange, type Author, type LooseEdit, type Step } from './log/write.ts';

export interface Opened {
  readonly store: Store;
  readonly folder: string;
  readonly person: ActingPerson;
  readonly readOnly: boolean;
  /** Null if the folder is not writable: then no one can hold it. */
  readonly lock: Lock | null;
  /** The database's file, watched; absent if it is open only for reading. */
  readonly database?: WatchedDatabase;
  readonly holder: Holder | null;
  readonly isFull?: boolean;
  /** See OpenOptions. */
  readonly replacements?: string;
  readonly now: () => number;
  readonly onCommit?: OpenOptions['onCommit'];
}

type Undone = ReturnType<ProjectDb['undo']>;

/** An open project. What it throws is a Fault if a person can do something about it. */
export class OpenProject implements ProjectDb {
  readonly id: ProjectId;
  readonly folder: string;
  readonly diskFull: boolean;
  readonly read: Readable;
  readonly write: Writable;
  readonly merges: MergeDb;
  readonly log: LogReader;
  readonly exports: ExportDb;
  rewrites = 0;
  private readonly opened: Opened;
  private readonly changeLog: Log;
  private readonly localState: Local;
  private readonly verified: Verified;
  private readonly author: Author;
  private readonly daily: DailyBackup;
  private introduced = false;
  private stacks: Stacks | null = null;
  /** Aborted when the project is closed. */
  private readonly ended = new AbortController();
  /** Commits of the running transaction. */
  private made: Committed[] = [];

  constructor(opened: Opened) {
    this.opened = opened;
    this.folder = opened.folder;
    this.diskFull = opened.isFull ?? false;
    this.changeLog = new Log(opened.store);
    this.daily = createDailyBackup(opened);
    const { folder, lock } = opened;
    this.verified = { folder, file: join(folder, 'project.sqlite'), isImage: lock === null, ended: this.ended.signal };
    this.localState = new Local(opened.store);
    this.id = projectId.parse(idText(this.changeLog.project));
    const { localState: local } = this;
    this.author = {
      signer: signerOf(opened.person),
      get replica() {
        return local.replica();
      },
      trusted: new Set(),
      now: opened.now,
    };
    const read = new ReadSide(opened.store);
    this.read = read;
    this.write = {
      all: (q, params) => read.all(q, params),
      get: (q, params) => read.get(q, params),
      plan: (q) => read.plan(q),
      commit: (label, edits, continues = null, each) => this.commit(label, edits, continues, each),
    };
    const open: OpenLog = {
      log: this.changeLog,
      author: this.author,
      read,
      local,
      now: opened.now,
      writing: (work) => this.writing(work),
      startReplica: () => {
        local.startReplica();
        this.stacks = null;
      },
      append: (label, changes, step) => this.append(label, changes, step),
    };
    const merges = createMerge(open);
    this.merges = { ...merges, merge: (incoming, options) => this.merge(merges, incoming, options) };
    this.log = createLogReader(this.changeLog);
    this.exports = createExport(open);
  }

  /** Calls `onCommit` for a merge too, with the kinds of records that it changed. */
  private merge<T>(merges: MergeDb, incoming: Incoming, options: MergeOptions<T>): ReturnType<typeof merges.merge<T>> {
    try {
      return this.mergeAndTell(merges, incoming, options);
    } finally {
      // The rows are read again even after a preview: `judge` may have read rows that were rolled back.
      this.rewrites++;
    }
  }
  private mergeAndTell<T>(
    merges: MergeDb,
    incoming: Incoming,
    options: MergeOptions<T>,
  ): ReturnType<typeof merges.merge<T>> {
    let entities: readonly Entity[] = [];
    const judge = (changes: IncomingChanges): T => {
      entities = changes.read.all(changedEntities, {}).flatMap(({ entity }) => (isEntity(entity) ? [entity] : []));
      return options.judge(changes);
    };
    const merged = merges.merge(incoming, { ...options, judge });
    const hash = this.head();
    if (merged.merge !== null && hash !== null)
      this.opened.onCommit?.({ hash, entities, label: `Merge ${options.from}` });
    return merged;
  }

  private commit(
    label: string,
    edits: readonly Edit[],
    continues: CommitHash | null,
    each?: EachWritten,
  ): Committed | null {
    const step: Step | undefined =
      continues === null ? undefined : { kind: 'continues', commit: Buffer.from(continues, 'hex') };
    const committed = this.writing(() => {
      const changes = changesOf(this.changeLog, edits, each);
      return changes.length === 0 ? null : this.append(label, changes, step, each);
    });
    if (committed !== null) this.backUpIfDue();
    return committed;
  }

  /** The first commit of a project: its title and codebook are not an action of anyone, and cannot be undone. */
  begin(label: string, edits: readonly LooseEdit[]): Committed {
    return this.writing(() => this.append(label, changesOf(this.changeLog, edits), { kind: 'begins' }));
  }

  undo(further?: FurtherEdits, each?: EachWritten): Undone {
    return this.undoOrRedo('undo', further, each);
  }
  redo(further?: FurtherEdits, each?: EachWritten): Undone {
    return this.undoOrRedo('redo', further, each);
  }
  undoLabels(): { undo: string | null; redo: string | null } {
    return guarded(() => {
      const { done, undone } = this.currentStacks();
      const [last, next] = [done.at(-1), undone.at(-1)];
      return { undo: last === undefined ? null : labelOf(last), redo: next === undefined ? null : labelOf(next) };
    });
  }

  private undoOrRedo(what: 'undo' | 'redo', further: FurtherEdits = () => [], each?: EachWritten): Undone {
    return this.writing(() => {
      const { done, undone } = this.currentStacks();
      const action = (what === 'undo' ? done : undone).at(-1);
      const target = action === undefined ? null : this.changeLog.byHash(action.commit);
      if (action === undefined || target === null) throw nothingTo(what);
      const { changes, left, rest } = changesThatUndo(this.changeLog, target, action.more, further, each);
      const step: Step = { kind: what === 'undo' ? 'undoes' : 'redoes', commit: target.hash };
      const name = labelOf(action);
      const label = `${what === 'undo' ? 'Undo' : 'Redo'}: ${name}`;
      // The step is written even if every field was left as it is: otherwise undo would offer the same action again.
      const commit = this.append(label, changes, step, rest);
      return { commit, label: name, left: [...left] };
    });
  }

  private append(label: string, changes: readonly Change[], step?: Step, each?: EachWritten): Committed {
    assertNamed(this.opened.person);
    const introduced = this.introduction().filter((one) => !changes.some((given) => isSameField(given, one)));
    const all = [...(step === undefined ? [] : [stepChange(step)]), ...changes, ...introduced];
    const row = appendCommit(this.changeLog, this.author, label, all, each);
    this.introduced = true;
    const of = step === undefined || step.kind === 'begins' ? '' : step.commit.toString('hex');
    const action: Action = { commit: row.hash, more: [], label };
    if (this.stacks !== null) this.stacks = advance(this.stacks, action, step?.kind ?? null, of);
    const entities = [...new Set(all.map((change) => change.entity))].filter(isEntity);
    const committed = { hash: toCommitHash(row.hash), entities, label };
    this.made.push(committed);
    return committed;
  }

  /**
   * A person's first commit adds their person record: the name to show beside their key. Earlier versions let people sign before they
   * had entered a name; their next commit enters it.
   */
  private introduction(): Change[] {
    const { id, name, roles = [] } = this.opened.person;
    if (this.introduced) return [];
    const known = this.changeLog.store.value<string | null>('SELECT name FROM p_person WHERE id = ?', id);
    if (known !== undefined)
      return known !== null && isUnnamed(known)
        ? changesOf(this.changeLog, [{ entity: 'person', id, field: 'name', value: name }])
        : [];
    return changesOf(this.changeLog, [
      { entity: 'person', id, field: 'name', value: name },
      { entity: 'person', id, field: 'key', value: this.author.signer.key.toString('hex') },
      ...(roles.length === 0 ? [] : [{ entity: 'person', id, field: 'roles', value: [...roles] }]),
    ]);
  }

  private currentStacks(): Stacks {
    this.stacks ??= readStacks(this.changeLog, this.changeLog.tip(this.author.replica, this.author.signer.key));
    return this.stacks;
  }

  history(limit: number, before?: CommitHash): HistoryEntry[] {
    return guarded(() => readHistory(this.changeLog, limit, before));
  }

  /** The commit added last. */
  head(): CommitHash | null {
    const hash = guarded(() => this.opened.store.value<Buffer>('SELECT hash FROM commit_ ORDER BY c DESC LIMIT 1'));
    return hash === undefined ? null : toCommitHash(hash);
  }

  logHas(commit: CommitHash | null): ReturnType<ProjectDb['logHas']> {
    const has = commit !== null && this.changeLog.byHash(Buffer.from(commit, 'hex')) !== null;
    const commits = this.opened.store.value<number>('SELECT count(*) FROM commit_') ?? 0;
    return { has, commits, replacedAt: this.replacedAt() };
  }
  private replacedAt(): number | null {
    const { folder, replacements } = this.opened;
    return replacements === undefined ? null : replacedAt({ folder, project: this.id, file: replacements });
  }
  replica(): string {
    return this.localState.replica().toString('hex');
  }

  verifyLog(): ReturnType<ProjectDb['verifyLog']> {
    return verifyDatabase(this.changeLog);
  }
  async verifyBackups(): ReturnType<ProjectDb['verifyBackups']> {
    return verifyBackups(this.verified, this.opened.store, this.replacedAt() ?? 0);
  }
  async verifyLogInThreads(): ReturnType<ProjectDb['verifyLogInThreads']> {
    return verifyInThreads(this.changeLog, this.verified);
  }
  verifyInBackground(): ReturnType<ProjectDb['verifyInBackground']> {
    return verifyInBackground(this.verified);
  }

  rebuild(): number {
    this.rewrites++;
    return this.writing(() => rebuildProjections(this.changeLog));
  }

  local(key: string): Json | undefined {
    return guarded(() => this.localState.view(key));
  }
  setLocal(key: string, value: Json): void {
    this.writing(() => this.localState.setView(key, value));
  }

  backup(reason: 'daily' | 'migration' | 'asked'): string {
    if (this.readOnly) throw this.unwritable();
    return guarded(() => backUp(this.opened.store, this.folder, reason, this.opened.now()));
  }
  backUpIfDue(): void {
    // Without the lock the project is being created; it is backed up when it is opened.
    if (this.opened.lock !== null) this.daily.makeIfDue();
  }
  backupProblem(): ErrorData | null {
    return this.daily.problem();
  }
  backups(): Backup[] {
    return guarded(() => listBackups(this.folder));
  }

  writeFresh(target: string): void {
    guarded(() => writeFresh(this.opened.store, target, MIGRATIONS.length));
  }

  close(): void {
    this.ended.abort();
    this.opened.database?.look();
    this.opened.store.close();
    this.opened.lock?.release();
  }

  get readOnly(): boolean {
    return this.opened.readOnly || this.replacedWhileOpen !== null || this.opened.lock?.isLost() === true;
  }
  get holder(): ProjectDb['holder'] {
    const { folder, holder, lock } = this.opened;
    if (lock?.isLost() === true) return { ...(heldBy(folder) ?? { name: '', since: 0 }), tookOver: true };
    return holder === null ? null : { ...holder, tookOver: false };
  }
  get replacedWhileOpen(): ProjectDb['replacedWhileOpen'] {
    return this.opened.database?.replaced() ?? null;
  }
  keepLock(): void {
    this.opened.database?.look();
    if (this.replacedWhileOpen !== null) throw this.unwritable();
    // If somebody else had the project meanwhile, they may have written in it.
    if (this.opened.lock?.keep() === true) this.forget();
  }

  private unwritable(): Fault {
    const replaced = this.replacedWhileOpen;
    if (replaced !== null) return replacedWhileOpen(replaced.kept);
    if (this.diskFull) return diskFull();
    return this.holder === null ? readOnly() : locked(this.holder.name === '' ? null : this.holder);
  }

  /** One transaction: if it fails, neither rows nor numbers in memory are left behind. */
  private writing<T>(work: () => T): T {
    if (this.readOnly) throw this.unwritable();
    this.keepLock();
    const result = this.transaction(work);
    for (const committed of this.made.splice(0)) this.opened.onCommit?.(committed);
    return result;
  }

  private transaction<T>(work: () => T): T {
    this.made = [];
    try {
      return guarded(() => this.opened.store.transaction(work));
    } catch (thrown) {
      this.forget();
      throw thrown;
    }
  }

  /** Drops what is cached of the log, so that it is read again. */
  private forget(): void {
    this.changeLog.forget();
    this.author.trusted.clear();
    this.introduced = false;
    this.stacks = null;
  }
}

const changedEntities = query<Record<string, never>, { entity: string }>(
  'merge.changedEntities',
  "SELECT DISTINCT entity FROM incoming_record WHERE how <> 'same'",
);

const isSameField = (a: Change, b: Change): boolean => a.entity === b.entity && a.id === b.id && a.field === b.field;

import { parsed } from '../../../shared/changes/canonical.ts';
import type { CommitRow, Log } from './log.ts';
import { STEP } from './write.ts';

/** An action that can be undone or redone. */
export interface Action {
  /** The commit whose inverse undoes it (for a redo: the undo's commit). */
  readonly commit: Buffer;
  /** Its other commits: an import makes one commit for each file. */
  readonly more: readonly Buffer[];
  /** Set if other work came in the middle of an import: the first commit of that import, of which this action is a later part. */
  readonly part?: string;
  /** The label of the original commit. */
  readonly label: string;
}

/** What a person reads: “Import report.pdf and 38 more”. */
export const labelOf = ({ label, more }: Action): string =>
  more.length === 0 ? label : `${label} and ${String(more.length)} more`;
export interface Stacks {
  /** Last action last. */
  readonly done: readonly Action[];
  readonly undone: readonly Action[];
}

/** How far back undo can go, in commits of one person on one replica. */
const REACH = 2000;

interface ChainCommit {
  c: number;
  hash: Buffer;
  label: string | null;
  step: string | null;
  of: string | null;
}

/**
 * What one person can undo and redo on this replica. Read from the log, so that it is the same after closing, a kill, and in
 * another process.
 */
export function readStacks(log: Log, tip: CommitRow | null): Stacks {
  let stacks: Stacks = { done: [], undone: [] };
  for (const { hash, label, step, of } of tip === null ? [] : ownCommits(log, tip)) {
    stacks = advance(stacks, { commit: hash, more: [], label: textOf(label) }, step, textOf(of));
  }
  return stacks;
}

/**
 * The stacks after one more commit of that person. Undoing pops the last action; an ordinary commit after an undo clears
 * what could be redone. `of`: the hash (hex) of the undone commit, or of the first one of the same action.
 */
export function advance({ done, undone }: Stacks, next: Action, step: string | null, of: string): Stacks {
  switch (step) {
    case null:
      return { done: push(done, next), undone: [] };
    case 'continues':
      return { done: continued(done, next, of), undone: [] };
    case 'undoes':
      return isLast(done, of)
        ? { undone: push(undone, { ...next, label: lastLabel(done) }), done: done.slice(0, -1) }
        : { done, undone };
    case 'redoes':
      return isLast(undone, of)
        ? { done: push(done, { ...next, label: lastLabel(undone) }), undone: undone.slice(0, -1) }
        : { done, undone };
    default:
      // 'begins', and steps that a later version wrote: this version can't undo those.
      return { done, undone };
  }
}

const isLast = (stack: readonly Action[], hash: string): boolean => stack.at(-1)?.commit.toString('hex') === hash;
const lastLabel = (stack: readonly Action[]): string => {
  const last = stack.at(-1);
  return last === undefined ? '' : labelOf(last);
};
/** Joins a commit to the last action if that belongs to the same import; after another action it begins one of its own. */
function continued(done: readonly Action[], next: Action, of: string): readonly Action[] {
  const last = done.at(-1);
  if (last === undefined || (!isLast(done, of) && last.part !== of)) return push(done, { ...next, part: of });
  return [...done.slice(0, -1), { ...last, more: [...last.more, next.commit] }];
}
const push = (stack: readonly Action[], action: Action): readonly Action[] => [...stack.slice(1 - REACH), action];

/** The last commits of one chain, oldest first, each with its step where it is one. */
function ownCommits(log: Log, tip: CommitRow): ChainCommit[] {
  const rows = log.store.all<ChainCommit>(
    `SELECT m.c, m.hash, m.label,
       (SELECT f.name FROM change_ h JOIN field_ f ON f.field = h.field WHERE h.c = m.c AND h.i = 1 AND f.entity = ?) AS step,
       (SELECT h.value FROM change_ h WHERE h.c = m.c AND h.i = 1 AND length(h.value) < 80) AS of
     FROM commit_ m WHERE m.chain = ? AND m.kind = 1 AND m.seed IS NOT NULL ORDER BY m.seq DESC LIMIT ?`,
    STEP,
    tip.chain,
    REACH,
  );
  return rows.reverse();
}

function textOf(value: string | null): string {
  const read = value === null ? '' : parsed(value);
  return typeof read === 'string' ? read : '';
}

/** Commits that undo or redo another, by their step. They are later, and of the same replica. */
function stepsOn(log: Log, hash: string): { c: number; hash: string }[] {
  const target = log.byHash(Buffer.from(hash, 'hex'));
  if (target === null) return [];
  const rows = log.store.all<{ c: number; hash: Buffer }>(
    `SELECT m.c, m.hash FROM commit_ m JOIN change_ h ON h.c = m.c AND h.i = 1 JOIN field_ f ON f.field = h.field
     WHERE m.c > ? AND m.replica = ? AND f.entity = ? AND f.name IN ('undoes', 'redoes') AND h.value = ?`,
    target.c,
    target.replica,
    STEP,
    JSON.stringify(hash),
  );
  return rows.map((row) => ({ c: row.c, hash: row.hash.toString('hex') }));
}

/** Whether a commit is in effect: it was not undone, or its undo was undone. */
export const inEffect = (log: Log, hash: string): boolean =>
  !stepsOn(log, hash).some((step) => inEffect(log, step.hash));

/** The numbers of some commits and of every undo and redo of them. */
export function withSteps(log: Log, hashes: readonly string[]): Set<number> {
  const out = new Set<number>();
  const visit = (hash: string): void => {
    const row = log.byHash(Buffer.from(hash, 'hex'));
    if (row === null || out.has(row.c)) return;
    out.add(row.c);
    for (const step of stepsOn(log, hash)) visit(step.hash);
  };
  hashes.forEach(visit);
  return out;
}

/** Of some commits, those that are in effect and are no undo or redo themselves: what is left if undone commits count as never made. */
export function actionsInEffect(log: Log, hashes: readonly string[]): string[] {
  const rows = hashes.flatMap((hash) => log.byHash(Buffer.from(hash, 'hex')) ?? []);
  const first = rows.reduce((least, { c }) => Math.min(least, c), Number.MAX_SAFE_INTEGER);
  const steps = log.store.all<{ hash: Buffer; replica: number; of: string }>(
    `SELECT m.hash, m.replica, h.value AS of FROM commit_ m JOIN change_ h ON h.c = m.c AND h.i = 1 JOIN field_ f ON f.field = h.field
     WHERE m.c >= ? AND f.entity = ? AND f.name IN ('undoes', 'redoes')`,
    first,
    STEP,
  );
  const known = steps.map(({ hash, replica, of }) => ({ hash: hash.toString('hex'), on: `${replica} ${textOf(of)}` }));
  const stepsBy = Map.groupBy(known, ({ on }) => on);
  const isStep = new Set(known.map(({ hash }) => hash));
  const isInEffect = (replica: number, hash: string): boolean =>
    !(stepsBy.get(`${replica} ${hash}`) ?? []).some((step) => isInEffect(replica, step.hash));
  return rows.flatMap(({ hash, replica }) => {
    const name = hash.toString('hex');
    return !isStep.has(name) && isInEffect(replica, name) ? [name] : [];
  });
}

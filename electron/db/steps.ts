import { parse } from '../../shared/changes/canonical.ts';
import type { CommitRow, Log } from './log.ts';
import { STEP } from './write.ts';

/** An action that can be taken back, or done again. */
export interface Action {
  /** The commit whose inverse takes it back (for a redo: the undo's commit). */
  readonly commit: Buffer;
  /** What the person did, in the words of the first commit. */
  readonly label: string;
}
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
 * What one person can undo and redo on this replica, read out of the log itself: it survives closing, killing and
 * another process. Undoing pops the last action; an ordinary commit after an undo ends what could be redone.
 */
export function readStacks(log: Log, tip: CommitRow | null): Stacks {
  const done: Action[] = [];
  let undone: Action[] = [];
  for (const commit of tip === null ? [] : ownCommits(log, tip)) {
    const { hash } = commit;
    switch (commit.step) {
      case null:
        done.push({ commit: hash, label: textOf(commit.label) });
        undone = [];
        break;
      case 'undoes':
        pop(done, commit.of, (action) => undone.push({ commit: hash, label: action.label }));
        break;
      case 'redoes':
        pop(undone, commit.of, (action) => done.push({ commit: hash, label: action.label }));
        break;
      default:
        // 'begins', and whatever a later version writes: not for this version to take back.
        break;
    }
  }
  return { done, undone };
}

function pop(stack: Action[], of: string | null, then: (action: Action) => void): void {
  const top = stack.at(-1);
  if (top === undefined || top.commit.toString('hex') !== textOf(of)) return;
  stack.pop();
  then(top);
}

/** The last commits of one chain, oldest first, each with its step where it is one. */
function ownCommits(log: Log, tip: CommitRow): ChainCommit[] {
  const rows = log.store.all<ChainCommit>(
    `SELECT m.c, m.hash, m.label,
       (SELECT f.name FROM change_ h JOIN field_ f ON f.field = h.field WHERE h.c = m.c AND h.i = 1 AND f.entity = ?) AS step,
       (SELECT h.value FROM change_ h WHERE h.c = m.c AND h.i = 1 AND length(h.value) < 80) AS of
     FROM commit_ m WHERE m.chain = ? AND m.seed IS NOT NULL ORDER BY m.seq DESC LIMIT ?`,
    STEP,
    tip.chain,
    REACH,
  );
  return rows.reverse();
}

function textOf(value: string | null): string {
  const parsed = value === null ? '' : parse(value);
  return typeof parsed === 'string' ? parsed : '';
}

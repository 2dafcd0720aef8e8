import type { Log } from './log.ts';
import { STEP } from './write.ts';

/** Commits that undo or redo another one, as a step in the log says. They are later, and of the same replica. */
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

/** Whether what a commit did still holds: it was not undone, or its undoing was undone. */
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

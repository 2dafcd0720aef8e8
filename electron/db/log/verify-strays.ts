import type { Log } from './log.ts';

/** One damaged thing. `id` is a commit's hash, a record's id, or the name of a place in the database. */
export interface Failure {
  readonly kind: string;
  readonly id: string;
  readonly message: string;
}

export interface Strays {
  /** Local numbers of commits whose changes or leaves are here without them. */
  readonly missing: readonly number[];
  readonly damaged: readonly number[];
  readonly failures: readonly Failure[];
}

/** Rows that walking commit by commit does not meet, or meets in the right order under wrong numbers. */
export function strayFindings(log: Log, known: ReadonlySet<number>): Strays {
  const { store } = log;
  const missing = store.list<number>(
    'SELECT DISTINCT c FROM change_ WHERE c NOT IN (SELECT c FROM commit_) UNION SELECT DISTINCT c FROM leaf_ WHERE c NOT IN (SELECT c FROM commit_)',
  );
  const damaged = new Set<number>();
  for (const sql of MISNUMBERED) for (const c of store.list<number>(sql)) if (!known.has(c)) damaged.add(c);
  const failures = [...damaged].map((c) => ({
    kind: 'commit',
    id: store.value<Buffer>('SELECT hash FROM commit_ WHERE c = ?', c)?.toString('hex') ?? `commit ${c}`,
    message: 'Its rows don’t match what was signed.',
  }));
  const misnamed = store.list<number>(MISNAMED).map((field) => ({
    kind: 'database',
    id: `field_ ${field}`,
    message: 'A field is filed under a different type from the one signed.',
  }));
  return { missing, damaged: [...damaged], failures: [...failures, ...misnamed] };
}

const MISNAMED =
  'SELECT DISTINCT h.field FROM change_ h JOIN entity_ e ON e.ent = h.ent JOIN field_ f ON f.field = h.field WHERE f.entity IS NOT e.kind';

const MISNUMBERED = [
  // Changes of a whole commit count from 1 without a gap.
  `SELECT h.c FROM change_ h JOIN commit_ m ON m.c = h.c WHERE m.seed IS NOT NULL GROUP BY h.c HAVING min(h.i) <> 1 OR max(h.i) <> count(*)`,
  // A whole commit keeps no leaves.
  `SELECT DISTINCT l.c FROM leaf_ l JOIN commit_ m ON m.c = l.c WHERE m.seed IS NOT NULL`,
  // Leaves count from 0 without a gap, and each is either open or withheld.
  `SELECT c FROM leaf_ WHERE c IN (SELECT c FROM commit_) GROUP BY c HAVING min(i) <> 0 OR max(i) <> count(*) - 1 OR sum((salt IS NULL) = (hash IS NULL)) > 0`,
  // A change of a commit withheld in part has an open leaf, and an open leaf its change.
  `SELECT h.c FROM change_ h JOIN commit_ m ON m.c = h.c LEFT JOIN leaf_ l ON l.c = h.c AND l.i = h.i WHERE m.seed IS NULL AND l.salt IS NULL`,
  // A label needs its leaf.
  `SELECT m.c FROM commit_ m WHERE m.seed IS NULL AND m.label IS NOT NULL
     AND NOT EXISTS (SELECT 1 FROM leaf_ l WHERE l.c = m.c AND l.i = 0 AND l.salt IS NOT NULL)`,
] as const;

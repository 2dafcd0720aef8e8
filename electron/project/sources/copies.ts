import type { CopyDecision, CopyGroup } from '../../../shared/copies/groups.ts';
import { groupsOf } from '../../../shared/copies/groups.ts';
import { copyVerdict, type SourceId } from '../../../shared/model/index.ts';
import { query, type Readable } from '../../db/types.ts';
import { derivedId } from '../ids.ts';

interface DecisionRow {
  readonly id: string;
  readonly one: string;
  readonly other: string;
  readonly verdict: string | null;
  readonly origin: string | null;
  readonly createdAt: number;
}
const allDecisions = query<Record<string, never>, DecisionRow>(
  'copies.decisions',
  `SELECT id, one, other, verdict, origin, createdAt FROM p_copy
   WHERE deleted IS NOT 1 AND one IS NOT NULL AND other IS NOT NULL ORDER BY createdAt, id`,
);
const liveSources = query<Record<string, never>, { id: string }>(
  'copies.sources',
  'SELECT id FROM p_source WHERE deleted IS NOT 1 ORDER BY createdAt, id',
);

/** A decision with its record, and when it was made first (epoch milliseconds). */
export interface StoredDecision extends CopyDecision {
  readonly id: string;
  readonly createdAt: number;
}

/** Decisions on two sources, one for each two. One that this version does not understand is left out. */
export function decisionsOn(db: Readable): StoredDecision[] {
  // Under pseudonyms ids differ, so that two records can be about the same two sources: the newest counts.
  const byPair = new Map<string, StoredDecision>();
  for (const row of db.all(allDecisions, {})) {
    const verdict = copyVerdict.safeParse(row.verdict).data;
    if (verdict === undefined || row.one === row.other) continue;
    byPair.set([row.one, row.other].toSorted().join(' '), { ...row, verdict });
  }
  return [...byPair.values()];
}

/** The ids of live sources, in the order in which they were added. */
export const liveSourceIds = (db: Readable): string[] => db.all(liveSources, {}).map(({ id }) => id);

export const copyGroups = (db: Readable): CopyGroup[] => groupsOf(decisionsOn(db), liveSourceIds(db));

/** The id of the decision on two sources, in whichever order. */
export function copyIdOf(a: SourceId, b: SourceId): string {
  const [one, other] = a < b ? [a, b] : [b, a];
  return derivedId('sourcebook copy', one, other);
}

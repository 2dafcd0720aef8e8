import type { Stamp } from '../../../shared/contract/timestamps.ts';
import { personId, sha256, snapshotId, stampAnswer, stampNonce, timestampId } from '../../../shared/model/index.ts';
import type { Roots } from '../../formats/archive/certificates.ts';
import { type StampVerdict, verifyStamp } from '../../formats/timestamp/verify.ts';
import { query, type Readable } from '../../db/types.ts';

export interface StampRow {
  readonly id: string;
  readonly snapshot: string;
  /** The snapshot’s name and state. */
  readonly name: string;
  readonly state: string;
  readonly nonce: string | null;
  readonly answer: string | null;
  readonly person: string | null;
  readonly createdAt: number;
}
const COLUMNS = `t.id, t.snapshot, s.name, s.state, t.nonce, t.answer, t.person, t.createdAt
  FROM p_timestamp t CROSS JOIN p_snapshot s ON s.id = t.snapshot AND s.deleted IS NOT 1 AND s.name IS NOT NULL AND s.state IS NOT NULL`;

const allStamps = query<Record<string, never>, StampRow>(
  'timestamps.all',
  `SELECT ${COLUMNS} WHERE t.deleted IS NOT 1 ORDER BY t.createdAt, t.id`,
);
export const stampById = query<{ id: string }, StampRow>(
  'timestamps.byId',
  `SELECT ${COLUMNS} WHERE t.id = $id AND t.deleted IS NOT 1`,
);
export const stampsOf = query<{ snapshot: string }, StampRow>(
  'timestamps.ofSnapshot',
  `SELECT ${COLUMNS} WHERE t.snapshot = $snapshot AND t.deleted IS NOT 1 ORDER BY t.createdAt, t.id`,
);

/** The time stamps of snapshots that are not removed, oldest first, each verified against these roots. */
export const listStamps = (db: Readable, roots: Roots): Stamp[] =>
  db.all(allStamps, {}).flatMap((row) => stampOf(row, roots) ?? []);

/** Null for an invalid record, as a merged log may have. */
export function stampOf(row: StampRow, roots: Roots): Stamp | null {
  const id = timestampId.safeParse(row.id).data;
  const snapshot = snapshotId.safeParse(row.snapshot).data;
  if (id === undefined || snapshot === undefined) return null;
  const { name, createdAt: addedAt } = row;
  const person = personId.safeParse(row.person).data ?? null;
  const own = { id, snapshot, name, person, addedAt };
  const verdict = row.answer === null ? null : verdictOf(row, row.answer, roots);
  if (verdict === null) return { ...own, standing: 'waiting', fault: null, why: '', said: null, root: null };
  if (verdict.fault === null) {
    const { fault, root, ...said } = verdict;
    return { ...own, standing: 'trusted', fault, why: '', said, root };
  }
  const { fault, why, said } = verdict;
  const standing = fault === 'untrusted' ? 'untrusted' : fault === 'unsupported' ? 'unsupported' : 'nothing';
  return { ...own, standing, fault, why, said, root: null };
}

/** What an answer says of a snapshot’s state and a request’s random number. */
export function verdictOf(row: Pick<StampRow, 'state' | 'nonce'>, answer: string, roots: Roots): StampVerdict {
  const hash = sha256.safeParse(row.state).data;
  const nonce = stampNonce.safeParse(row.nonce).data;
  const bytes = stampAnswer.safeParse(answer).data;
  if (hash === undefined || nonce === undefined || bytes === undefined)
    return { fault: 'unreadable', why: 'Its record isn’t whole.', said: null };
  return verifyStamp(Buffer.from(bytes, 'base64'), { hash, nonce: BigInt(`0x${nonce}`) }, roots);
}

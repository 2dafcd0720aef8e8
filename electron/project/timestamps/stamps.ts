import type { Stamp } from '../../../shared/contract/timestamps.ts';
import {
  dossierId,
  personId,
  sha256,
  snapshotId,
  stampAnswer,
  stampNonce,
  timestampId,
} from '../../../shared/model/index.ts';
import type { Roots } from '../../formats/archive/certificates.ts';
import { type StampVerdict, verifyStamp } from '../../formats/timestamp/verify.ts';
import { query, type Readable } from '../../db/types.ts';

export interface StampRow {
  readonly id: string;
  readonly snapshot: string | null;
  readonly dossier: string | null;
  /** The snapshot’s name and state, or the file’s name and SHA-256. */
  readonly name: string;
  readonly hash: string;
  readonly nonce: string | null;
  readonly answer: string | null;
  readonly person: string | null;
  readonly createdAt: number;
}
const OF_SNAPSHOT = `SELECT t.id AS id, t.snapshot, NULL AS dossier, s.name, s.state AS hash, t.nonce, t.answer, t.person, t.createdAt AS createdAt
  FROM p_timestamp t CROSS JOIN p_snapshot s ON s.id = t.snapshot AND s.deleted IS NOT 1 AND s.name IS NOT NULL AND s.state IS NOT NULL
  WHERE t.deleted IS NOT 1`;
const OF_FILE = `SELECT t.id AS id, NULL AS snapshot, t.dossier, t.file AS name, t.sha256 AS hash, t.nonce, t.answer, t.person, t.createdAt AS createdAt
  FROM p_timestamp t CROSS JOIN p_dossier d ON d.id = t.dossier AND d.deleted IS NOT 1
  WHERE t.deleted IS NOT 1 AND t.snapshot IS NULL AND t.file IS NOT NULL AND t.sha256 IS NOT NULL`;

const allStamps = query<Record<string, never>, StampRow>(
  'timestamps.all',
  `${OF_SNAPSHOT} UNION ALL ${OF_FILE} ORDER BY createdAt, id`,
);
export const stampById = query<{ id: string }, StampRow>(
  'timestamps.byId',
  `${OF_SNAPSHOT} AND t.id = $id UNION ALL ${OF_FILE} AND t.id = $id`,
);
export const stampsOf = query<{ snapshot: string }, StampRow>(
  'timestamps.ofSnapshot',
  `${OF_SNAPSHOT} AND t.snapshot = $snapshot ORDER BY t.createdAt, t.id`,
);
export const stampsOfFile = query<{ dossier: string; hash: string }, StampRow>(
  'timestamps.ofFile',
  `${OF_FILE} AND t.dossier = $dossier AND t.sha256 = $hash ORDER BY t.createdAt, t.id`,
);

/** The time stamps of snapshots and dossiers that are not removed, oldest first, each verified against these roots. */
export const listStamps = (db: Readable, roots: Roots): Stamp[] =>
  db.all(allStamps, {}).flatMap((row) => stampOf(row, roots) ?? []);

/** Null for an invalid record, as a merged log may have. */
export function stampOf(row: StampRow, roots: Roots): Stamp | null {
  const id = timestampId.safeParse(row.id).data;
  const snapshot = snapshotId.safeParse(row.snapshot).data ?? null;
  const dossier = dossierId.safeParse(row.dossier).data ?? null;
  if (id === undefined || (snapshot === null && dossier === null)) return null;
  const { name, hash, createdAt: addedAt } = row;
  const person = personId.safeParse(row.person).data ?? null;
  const own = { id, snapshot, dossier, name, hash, person, addedAt };
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

/** The verdict on an authority's answer for a hash and a request’s nonce. */
export function verdictOf(row: Pick<StampRow, 'hash' | 'nonce'>, answer: string, roots: Roots): StampVerdict {
  const hash = sha256.safeParse(row.hash).data;
  const nonce = stampNonce.safeParse(row.nonce).data;
  const bytes = stampAnswer.safeParse(answer).data;
  if (hash === undefined || nonce === undefined || bytes === undefined)
    return { fault: 'unreadable', why: 'Its record isn’t whole.', said: null };
  return verifyStamp(Buffer.from(bytes, 'base64'), { hash, nonce: BigInt(`0x${nonce}`) }, roots);
}

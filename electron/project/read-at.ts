import { type ProjectDb, query, type Readable } from '../db/types.ts';

/** The state of a project that something kept in memory was read from. */
export interface ReadAt {
  /** The newest commit. */
  readonly c: number;
  readonly hash: string;
  /** Commits without a body. */
  readonly withheld: number;
  readonly rewrites: number;
}

interface Reader {
  readonly db: Readable;
  readonly project: Pick<ProjectDb, 'rewrites'>;
}

export function readAt({ db, project }: Reader): ReadAt {
  return { ...(db.get(newest, {}) ?? { c: 0, hash: '', withheld: 0 }), rewrites: project.rewrites };
}

/**
 * Whether the project has only gained commits since: then the cached state can be updated from the changes after `before.c`. A merge that was
 * only previewed is rolled back, and other commits use its commit numbers again.
 */
export function hasOnlyGrown({ db }: Pick<Reader, 'db'>, before: ReadAt, now: ReadAt): boolean {
  return (
    before.withheld === now.withheld &&
    before.rewrites === now.rewrites &&
    (before.c === now.c ? before.hash === now.hash : db.get(hashOf, { c: before.c })?.hash === before.hash)
  );
}

const newest = query<Record<string, never>, { c: number; hash: string; withheld: number }>(
  'readAt.newest',
  `SELECT c, hex(hash) AS hash, (SELECT count(*) FROM commit_ WHERE seed IS NULL) AS withheld
   FROM commit_ ORDER BY c DESC LIMIT 1`,
);
const hashOf = query<{ c: number }, { hash: string }>(
  'readAt.hash',
  `SELECT hex(hash) AS hash FROM commit_ WHERE c = $c`,
);

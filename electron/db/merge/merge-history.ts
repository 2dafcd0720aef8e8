import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Entity } from '../../../shared/changes/kinds.ts';
import { Fault } from '../../../shared/errors.ts';
import { commitHash, personId, type CommitHash } from '../../../shared/model/index.ts';
import type { Local } from '../file/local.ts';
import { personOfKey } from '../ids.ts';
import { toCommitHash } from '../log/history.ts';
import { inEffect } from '../log/steps.ts';
import type { Log } from '../log/log.ts';
import type { OpenLog } from '../log/open-log.ts';
import type { MergeDb } from '../types.ts';
import type { PastMerge } from './past-merge.ts';

/** A merge as this folder stores it. The merged commits are given by their local numbers, which never change in a folder. */
const storedMerge = z.object({
  id: z.string(),
  at: z.number(),
  from: z.string(),
  /** The first and last number of the new commits. */
  first: z.number(),
  last: z.number(),
  commits: z.number(),
  changes: z.number(),
  people: z.array(personId),
  /** The commit that undid it last, and those that restored it since. */
  back: commitHash.nullable(),
  restored: z.array(commitHash),
  /** Every commit that ever undid or restored it. */
  backs: z.array(commitHash),
  /** The person who merged; null for merges of earlier versions. */
  by: personId.nullable().default(null),
});
export type StoredMerge = z.infer<typeof storedMerge>;
const pairs = z.array(z.tuple([z.number(), z.number()]));
const ids = z.array(z.string());

const LIST = 'merges';
/** The key of the list of merges that are one commit made here: sources added from another project. */
const OWN = 'merges made as one commit';
const suppliedKey = (id: string): string => `merge ${id} supplied`;

/** SQL: for each record, the first commit here that changed it. */
const FIRST = `SELECT i.value AS id, min(h.c) AS c FROM json_each($ids) i
  CROSS JOIN entity_ e ON e.id = unhex(replace(i.value, '-', '')) AND e.kind = $entity
  CROSS JOIN change_ h ON h.ent = e.ent GROUP BY i.value`;

/** The merges made in this folder. The list is local, never in the log, and written in the same transaction as the merge. */
export class MergeHistory {
  private readonly local: Local;

  constructor(local: Local) {
    this.local = local;
  }

  /** Newest first. */
  private all(): StoredMerge[] {
    return z.array(storedMerge).parse(this.local.view(LIST) ?? []);
  }
  /** Newest first. A merge that is a single commit made here is left out while that commit is undone. */
  list(log: Log): PastMerge[] {
    const own = new Set(this.own());
    return this.all()
      .map((one) => toPastMerge(log, one))
      .filter(({ id, last }) => !own.has(id) || last === null || inEffect(log, last));
  }
  private own(): string[] {
    return ids.parse(this.local.view(OWN) ?? []);
  }
  /** NOT_FOUND where this folder knows no such merge. */
  get(id: string): StoredMerge {
    const found = this.all().find((one) => one.id === id);
    if (found === undefined)
      throw new Fault('NOT_FOUND', 'No such merge in this project folder. Choose one from the merge history.', { id });
    return found;
  }
  /** `supplied`: commit and place of each change whose commit was here before without it. */
  add(one: StoredMerge, supplied: readonly (readonly [number, number])[]): void {
    this.local.setView(LIST, [one, ...this.all()]);
    if (supplied.length > 0) this.local.setView(suppliedKey(one.id), supplied);
  }
  /** Lists a commit made here as a merge, so that it can be undone and restored like one, whatever was written since. */
  addCommit({ log, author, now }: Pick<OpenLog, 'log' | 'author' | 'now'>, hash: CommitHash, from: string): PastMerge {
    const row = log.byHash(Buffer.from(hash, 'hex'));
    if (row === null) throw new TypeError('Only a commit of this log can be listed as a merge');
    const stored = {
      id: randomBytes(8).toString('hex'),
      at: Math.floor(now()),
      from,
      first: row.c,
      last: row.c,
      commits: 1,
      changes: log.store.value<number>('SELECT count(*) FROM change_ WHERE c = ?', row.c) ?? 0,
      people: [personOfKey(author.signer.key)],
      back: null,
      restored: [],
      by: personOfKey(author.signer.key),
      // The commit itself, so that an undo of it and a redo count as part of the merge, not as later work.
      backs: [hash],
    };
    this.add(stored, []);
    this.local.setView(OWN, [...this.own(), stored.id]);
    return toPastMerge(log, stored);
  }
  replace(one: StoredMerge): void {
    this.local.setView(
      LIST,
      this.all().map((other) => (other.id === one.id ? one : other)),
    );
  }
  /** See MergeDb.mergesOf. */
  mergesOf(log: Log, entity: Entity, ids: readonly string[]): ReturnType<MergeDb['mergesOf']> {
    const all = this.all();
    if (all.length === 0) return new Map();
    const supplied = new Map(
      all.map(({ id }) => [id, new Set([...this.suppliedBy(id)].map((one) => one.split(' ')[0]))]),
    );
    const rows = log.store.allNamed<{ id: string; c: number }>(FIRST, { entity, ids: JSON.stringify(ids) });
    return new Map(
      rows.flatMap(({ id, c }) => {
        const merge = all.find(
          (one) => (one.first <= c && c <= one.last) || supplied.get(one.id)?.has(String(c)) === true,
        );
        return merge === undefined ? [] : [[id, toPastMerge(log, merge)] as const];
      }),
    );
  }
  /** The changes that a merge supplied, named as `commit place`. */
  suppliedBy(id: string): ReadonlySet<string> {
    return new Set(pairs.parse(this.local.view(suppliedKey(id)) ?? []).map(([c, i]) => `${c} ${i}`));
  }
}

/** Whether a merge is undone is read from the log, since undoing it can itself be undone. */
export function toPastMerge(log: Log, stored: StoredMerge): PastMerge {
  const { id, at, from, commits, changes, people, by, back, restored } = stored;
  const isUndone = back !== null && inEffect(log, back) && !restored.some((hash) => inEffect(log, hash));
  const last =
    stored.last < stored.first
      ? undefined
      : log.store.value<Buffer>('SELECT hash FROM commit_ WHERE c = ?', stored.last);
  return {
    id,
    at,
    from,
    commits,
    changes,
    people,
    by,
    last: last === undefined ? null : toCommitHash(last),
    undoneBy: isUndone ? back : null,
  };
}

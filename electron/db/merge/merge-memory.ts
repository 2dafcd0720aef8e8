import { z } from 'zod';
import { Fault } from '../../../shared/errors.ts';
import { commitHash, personId } from '../../../shared/model/index.ts';
import { toCommitHash } from '../log/history.ts';
import { inEffect } from '../log/in-effect.ts';
import type { Local } from '../file/local.ts';
import type { Log } from '../log/log.ts';
import type { MadeMerge } from '../types.ts';

/** What this folder remembers of a merge. Which commits came is said by their numbers, which never change here. */
const kept = z.object({
  id: z.string(),
  at: z.number(),
  from: z.string(),
  /** The first and last number of the new commits. */
  first: z.number(),
  last: z.number(),
  commits: z.number(),
  changes: z.number(),
  people: z.array(personId),
  /** The commit that took it back last, and those that restored it since. */
  back: commitHash.nullable(),
  restored: z.array(commitHash),
  /** All that took it back or restored it, ever. */
  backs: z.array(commitHash),
});
export type Kept = z.infer<typeof kept>;
const pairs = z.array(z.tuple([z.number(), z.number()]));

const LIST = 'merges';
const suppliedKey = (id: string): string => `merge ${id} supplied`;

/** The merges made in this folder: local, never in the log, written in the same transaction as the merge. */
export class Memory {
  private readonly local: Local;

  constructor(local: Local) {
    this.local = local;
  }

  /** Newest first. */
  all(): Kept[] {
    return z.array(kept).parse(this.local.view(LIST) ?? []);
  }
  /** NOT_FOUND where this folder knows of no such merge. */
  get(id: string): Kept {
    const found = this.all().find((one) => one.id === id);
    if (found === undefined)
      throw new Fault('NOT_FOUND', 'No such merge in this project folder. Choose one from the merge history.', { id });
    return found;
  }
  /** `supplied`: commit and place of each change that commits of before had withheld. */
  add(one: Kept, supplied: readonly (readonly [number, number])[]): void {
    this.local.setView(LIST, [one, ...this.all()]);
    if (supplied.length > 0) this.local.setView(suppliedKey(one.id), supplied);
  }
  put(one: Kept): void {
    this.local.setView(
      LIST,
      this.all().map((other) => (other.id === one.id ? one : other)),
    );
  }
  /** Named as `commit place`. */
  suppliedBy(id: string): ReadonlySet<string> {
    return new Set(pairs.parse(this.local.view(suppliedKey(id)) ?? []).map(([c, i]) => `${c} ${i}`));
  }
}

/** A merge as others see it: whether it stands taken back is read out of the log. */
export function shown(log: Log, kept: Kept): MadeMerge {
  const { id, at, from, commits, changes, people, back, restored } = kept;
  const isBack = back !== null && inEffect(log, back) && !restored.some((hash) => inEffect(log, hash));
  const last =
    kept.last < kept.first ? undefined : log.store.value<Buffer>('SELECT hash FROM commit_ WHERE c = ?', kept.last);
  return {
    id,
    at,
    from,
    commits,
    changes,
    people,
    last: last === undefined ? null : toCommitHash(last),
    takenBack: isBack ? back : null,
  };
}

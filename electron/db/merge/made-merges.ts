import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { CommitHash } from '../../../shared/model/index.ts';
import { guarded } from '../faults.ts';
import { personOfKey } from '../ids.ts';
import { inEffect } from '../log/in-effect.ts';
import { Memory, shown } from './merge-memory.ts';
import type { MergeContext } from './context.ts';
import type { MadeMerge, MergeDb } from '../types.ts';

/** Ids of those in the list of merges that are one commit made here. */
const OWN = 'merges made as one commit';
const ids = z.array(z.string());

type Merges = Pick<MergeDb, 'merges'>;

/**
 * What was brought from another project is one commit of the acting person; remembered beside the merges, it can be taken
 * back and restored like one of them, whatever was done since. One that was undone is not listed until it is redone.
 */
export function createMadeMerges(parts: MergeContext, { merges }: Merges): Merges & Pick<MergeDb, 'rememberCommit'> {
  const { log, mine } = parts;
  const own = (): string[] => ids.parse(mine.view(OWN) ?? []);
  return {
    merges: () =>
      guarded(() => {
        const brought = new Set(own());
        return merges().filter(({ id, last }) => !brought.has(id) || last === null || inEffect(log, last));
      }),
    rememberCommit: (hash, from) => parts.writing(() => remember(parts, own(), hash, from)),
  };
}

function remember(
  { log, mine, author, now }: MergeContext,
  own: readonly string[],
  hash: CommitHash,
  from: string,
): MadeMerge {
  const row = log.byHash(Buffer.from(hash, 'hex'));
  if (row === null) throw new TypeError('Only a commit that is here is remembered');
  const kept = {
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
    // An undo of it and the redo of that are part of it, too, and not later work.
    backs: [hash],
  };
  new Memory(mine).add(kept, []);
  mine.setView(OWN, [...own, kept.id]);
  return shown(log, kept);
}

import { Fault } from '../../shared/errors.ts';
import type { CommitHash } from '../../shared/model/index.ts';
import { foldGroups } from './all-folded.ts';
import { joinVectors } from './causality.ts';
import { toCommitHash } from './history.ts';
import type { Log } from './log.ts';
import { ENTITIES } from './schema.ts';
import type { StateRow } from './types.ts';

/** The newest commits, in the order of their hashes. */
export const heads = (log: Log): CommitHash[] =>
  log
    .heads()
    .map(({ hash }) => toCommitHash(hash))
    .sort();

/** How far each chain goes in what some commits build upon. */
type Reach = ReadonlyMap<number, number>;

function reachOf(log: Log, heads: readonly CommitHash[]): Reach {
  const rows = heads.map((hash) => {
    const row = log.byHash(Buffer.from(hash, 'hex'));
    if (row === null)
      throw new Fault('NOT_FOUND', 'This copy of the project does not have the commits that state was made of.', {
        commit: hash,
      });
    return row;
  });
  return joinVectors(rows, (vv) => log.causality.vector(vv));
}

/** How many commits a state is the sum of. NOT_FOUND where one of `heads` is not here. */
export const commitsAt = (log: Log, heads: readonly CommitHash[]): number =>
  [...reachOf(log, heads).values()].reduce((sum, one) => sum + one, 0);

/**
 * See TeamDb.stateAt. Read out of the log and not out of the tables, so that a state proves what was signed. NOT_FOUND where
 * one of `heads` is not here.
 */
export function* stateAt(log: Log, heads: readonly CommitHash[]): Generator<StateRow> {
  const reach = reachOf(log, heads);
  const isIn = ({ chain, seq }: { chain: number; seq: number }): boolean => seq <= (reach.get(chain) ?? 0);
  for (const entity of ENTITIES) {
    // The index of records holds their ids in order, so that nothing is sorted.
    const rows = log.store.sqlite
      .prepare<[string], [number, number, number, number, string]>(
        `SELECT h.ent, h.field, h.c, h.i, h.value FROM entity_ e CROSS JOIN change_ h ON h.ent = e.ent
         WHERE e.kind = ? ORDER BY e.id`,
      )
      .raw()
      .iterate(entity);
    for (const { id, row } of foldGroups(log, rows, { isIn })) if (row !== null) yield { entity, id, row };
  }
}

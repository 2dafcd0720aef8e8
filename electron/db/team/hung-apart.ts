import type { Place } from '../../../shared/changes/fold.ts';
import type { Log } from '../log/log.ts';
import type { Tie } from '../types.ts';

const CHANGES = `FROM json_each(?) i
    CROSS JOIN entity_ e ON e.id = unhex(replace(i.value ->> 1, '-', '')) AND e.kind = i.value ->> 0
    CROSS JOIN change_ h ON h.ent = e.ent CROSS JOIN commit_ m ON m.c = h.c`;
const REMOVALS = `SELECT i.key, m.chain, m.seq, m.vv ${CHANGES}
    CROSS JOIN field_ f ON f.field = h.field AND f.name = 'deleted' ORDER BY i.key, m.clock, m.hash`;
const WORK = `SELECT i.key, m.chain, m.seq, m.vv ${CHANGES}`;

/** See TeamDb.hungApart. */
export function hungApart(log: Log, ties: readonly Tie[]): Tie[] {
  if (ties.length === 0) return [];
  const nameOf = ({ of }: Tie): string => `${of.entity} ${of.id}`;
  const removed = [...new Map(ties.map((tie) => [nameOf(tie), tie])).values()];
  const removals = new Map<string, Place>();
  // The last of each is the one that stands.
  each(
    log,
    REMOVALS,
    removed,
    ({ of }) => of,
    (tie, place) => removals.set(nameOf(tie), place),
  );
  const apart = new Set<Tie>();
  const { saw } = log.causality;
  each(
    log,
    WORK,
    ties,
    ({ work }) => work,
    (tie, place) => {
      const removal = removals.get(nameOf(tie));
      if (removal !== undefined && !saw(removal, place) && !saw(place, removal)) apart.add(tie);
    },
  );
  return ties.filter((tie) => apart.has(tie));
}

function each(
  log: Log,
  sql: string,
  ties: readonly Tie[],
  of: (tie: Tie) => Tie['of'],
  found: (tie: Tie, place: Place) => void,
): void {
  const named = JSON.stringify(ties.map((tie) => [of(tie).entity, of(tie).id]));
  for (const [key, chain, seq, vv] of log.store.iterateRaw(sql, named)) {
    const tie = ties[Number(key)];
    if (tie !== undefined) found(tie, { chain: Number(chain), seq: Number(seq), vv: Number(vv) });
  }
}

/** Along one line of commits nobody was unaware of what came before. */
export const isForked = (log: Log): boolean =>
  (log.store.value<number>('SELECT count(*) FROM (SELECT 1 FROM chain_ LIMIT 2)') ?? 0) > 1;

import type { Place } from '../../../shared/changes/fold.ts';
import type { Log } from '../log/log.ts';
import { STEP } from '../log/write.ts';
import type { Tie } from '../types.ts';

const CHANGES = `FROM json_each(?) i
    CROSS JOIN entity_ e ON e.id = unhex(replace(i.value ->> 1, '-', '')) AND e.kind = i.value ->> 0
    CROSS JOIN change_ h ON h.ent = e.ent CROSS JOIN commit_ m ON m.c = h.c`;
/**
 * Whoever takes an action back has seen everything, but removes nothing by a decision of their own: such a removal counts only
 * where there is no other. Else undoing how the question was settled would hide the work again, without asking.
 */
const REMOVALS = `SELECT i.key, m.chain, m.seq, m.vv, lower(hex(m.hash)) ${CHANGES}
    CROSS JOIN field_ f ON f.field = h.field AND f.name = 'deleted' WHERE h.value = 'true'
    ORDER BY i.key, NOT EXISTS (SELECT 1 FROM change_ s JOIN field_ t ON t.field = s.field
        WHERE s.c = m.c AND s.i = 1 AND t.entity = '${STEP}' AND t.name IN ('undoes', 'redoes')), m.clock, m.hash`;
const WORK = `SELECT i.key, m.chain, m.seq, m.vv, '' ${CHANGES}`;

/** See MergeDb.hungApart. */
export function hungApart(log: Log, ties: readonly Tie[]): (Tie & { readonly removal: string })[] {
  if (ties.length === 0) return [];
  const nameOf = ({ of }: Tie): string => `${of.entity} ${of.id}`;
  const removed = [...new Map(ties.map((tie) => [nameOf(tie), tie])).values()];
  const removals = new Map<string, Said>();
  // The last of each is the one that counts.
  each(
    log,
    REMOVALS,
    removed,
    ({ of }) => of,
    (tie, said) => removals.set(nameOf(tie), said),
  );
  const apart = new Map<Tie, string>();
  const { saw } = log.causality;
  each(
    log,
    WORK,
    ties,
    ({ work }) => work,
    (tie, said) => {
      const removal = removals.get(nameOf(tie));
      if (removal !== undefined && !saw(removal, said) && !saw(said, removal)) apart.set(tie, removal.hash);
    },
  );
  return Array.from(apart, ([tie, removal]) => ({ ...tie, removal }));
}

interface Said extends Place {
  readonly hash: string;
}
function each(
  log: Log,
  sql: string,
  ties: readonly Tie[],
  of: (tie: Tie) => Tie['of'],
  found: (tie: Tie, said: Said) => void,
): void {
  const named = JSON.stringify(ties.map((tie) => [of(tie).entity, of(tie).id]));
  for (const [key, chain, seq, vv, hash] of log.store.iterateRaw(sql, named)) {
    const tie = ties[Number(key)];
    if (tie !== undefined) found(tie, { chain: Number(chain), seq: Number(seq), vv: Number(vv), hash: String(hash) });
  }
}

/** Along one line of commits nobody was unaware of what came before. */
export const isForked = (log: Log): boolean =>
  (log.store.value<number>('SELECT count(*) FROM (SELECT 1 FROM chain_ LIMIT 2)') ?? 0) > 1;

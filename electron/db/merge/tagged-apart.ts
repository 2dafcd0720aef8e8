import type { Place } from '../../../shared/changes/fold.ts';
import type { Log } from '../log/log.ts';
import type { TaggedApart, Tagging } from '../types.ts';

/** Passages asked for in one statement: of a large merge there are too many to hold, and a row of a stream costs twice as much. */
const AT_ONCE = 200;
/** In the order of the passages. */
const TAGGED = `SELECT t.passage, t.id, f.name, iif(octet_length(h.value) < 100, h.value, ''), m.c, m.clock, m.replica, m.chain, m.seq, m.vv
  FROM json_each(?) i CROSS JOIN p_tag t ON t.passage = i.value
    CROSS JOIN entity_ e ON e.id = unhex(replace(t.id, '-', '')) AND e.kind = 'tag'
    CROSS JOIN field_ f ON f.entity = 'tag' AND f.name IN ('category', 'deleted')
    CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field CROSS JOIN commit_ m ON m.c = h.c`;

interface Found extends Tagging {
  readonly clock: number;
}

/** See MergeDb.taggedApart. */
export function* taggedApart(log: Log, passages: readonly string[]): Generator<TaggedApart> {
  if (passages.length === 0) return;
  const personOf = people(log);
  let passage: string | null = null;
  let changes: Found[] = [];
  for (const row of rowsOf(log, [...new Set(passages)])) {
    const [of, id, field, value, c, clock, replica, chain, seq, vv] = row;
    if (typeof of !== 'string') continue;
    if (of !== passage) {
      if (passage !== null && hasApart(log, changes)) yield { passage, changes: inOrder(changes) };
      [passage, changes] = [of, []];
    }
    changes.push({
      id: String(id),
      field: String(field),
      value: value === 'true' ? true : String(value),
      person: personOf(Number(replica)),
      commit: Number(c),
      clock: Number(clock),
      at: { chain: Number(chain), seq: Number(seq), vv: Number(vv) },
    });
  }
  if (passage !== null && hasApart(log, changes)) yield { passage, changes: inOrder(changes) };
}

function* rowsOf(log: Log, passages: readonly string[]): Generator<unknown[]> {
  for (let from = 0; from < passages.length; from += AT_ONCE)
    yield* log.store.allRaw(TAGGED, JSON.stringify(passages.slice(from, from + AT_ONCE)));
}

/** One number for each key: a person has several replicas. */
function people(log: Log): (replica: number) => number {
  const rows = log.store.all<{ replica: number; person: number }>(
    'SELECT r.replica, (SELECT min(o.replica) FROM replica_ o WHERE o."key" = r."key") AS person FROM replica_ r',
  );
  const known = new Map(rows.map(({ replica, person }) => [replica, person]));
  return (replica) => known.get(replica) ?? replica;
}

const inOrder = (changes: readonly Found[]): Found[] =>
  changes.toSorted((a, b) => a.clock - b.clock || a.commit - b.commit);

function hasApart({ causality }: Log, changes: readonly { readonly at: Place }[]): boolean {
  // Along one line nobody was unaware of what came before.
  if (changes.every(({ at }) => at.chain === changes[0]?.at.chain)) return false;
  return changes.some((one, k) =>
    changes.slice(k + 1).some((other) => !causality.saw(one.at, other.at) && !causality.saw(other.at, one.at)),
  );
}

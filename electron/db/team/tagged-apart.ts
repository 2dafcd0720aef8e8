import type { Place } from '../../../shared/changes/fold.ts';
import type { Log } from '../log/log.ts';

/** Row by row in the order of the passages: of a large merge there are too many to hold. */
const TAGGED = `SELECT t.passage, m.chain, m.seq, m.vv FROM json_each(?) i CROSS JOIN p_tag t ON t.passage = i.value
    CROSS JOIN entity_ e ON e.id = unhex(replace(t.id, '-', '')) AND e.kind = 'tag'
    CROSS JOIN field_ f ON f.entity = 'tag' AND f.name IN ('category', 'deleted')
    CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field CROSS JOIN commit_ m ON m.c = h.c`;

/** See TeamDb.taggedApart. */
export function taggedApart(log: Log, passages: readonly string[]): string[] {
  if (passages.length === 0) return [];
  const out: string[] = [];
  let at: string | null = null;
  let places: Place[] = [];
  const close = (): void => {
    if (at !== null && hasApart(log, places)) out.push(at);
  };
  for (const [passage, chain, seq, vv] of log.store.iterateRaw(TAGGED, JSON.stringify([...new Set(passages)]))) {
    if (typeof passage !== 'string') continue;
    if (passage !== at) {
      close();
      [at, places] = [passage, []];
    }
    places.push({ chain: Number(chain), seq: Number(seq), vv: Number(vv) });
  }
  close();
  return out;
}

function hasApart({ causality }: Log, places: readonly Place[]): boolean {
  // Along one line nobody was unaware of what came before.
  if (places.every(({ chain }) => chain === places[0]?.chain)) return false;
  return places.some((one, k) =>
    places.slice(k + 1).some((other) => !causality.saw(one, other) && !causality.saw(other, one)),
  );
}

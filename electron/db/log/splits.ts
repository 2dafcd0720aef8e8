import { parsed } from '../../../shared/changes/canonical.ts';
import { idText, personOfKey } from '../ids.ts';
import type { Split } from '../types.ts';
import { toCommitHash } from './history.ts';
import type { Log } from './log.ts';

/** The commits that named a category, with the category. */
const NAMED = `SELECT h.c, e.id FROM p_category k
    CROSS JOIN entity_ e ON e.id = unhex(replace(k.id, '-', '')) AND e.kind = 'category'
    CROSS JOIN field_ f ON f.entity = 'category' AND f.name = 'name'
    CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field`;
/** The tags that some commits gave another category, with the one they had before. */
const MOVED = `SELECT h.c, h.value AS moved, m.hash, m.wall, r."key",
      (SELECT o.value FROM change_ o JOIN commit_ n ON n.c = o.c
       WHERE o.ent = h.ent AND o.field = h.field AND n.clock < m.clock ORDER BY n.clock DESC LIMIT 1) AS before
    FROM json_each(?) i CROSS JOIN change_ h ON h.c = i.value
      JOIN field_ f ON f.field = h.field AND f.entity = 'tag' AND f.name = 'category'
      JOIN commit_ m ON m.c = h.c JOIN replica_ r ON r.replica = m.replica`;

interface MovedRow {
  readonly c: number;
  readonly moved: string;
  readonly before: string | null;
  readonly hash: Buffer;
  readonly wall: number;
  readonly key: Buffer;
}

/** See LogReader.splits. */
export function splits(log: Log): Split[] {
  const named = Map.groupBy(log.store.all<{ c: number; id: Buffer }>(NAMED), ({ c }) => c);
  const made = new Map([...named].map(([c, rows]) => [c, new Set(rows.map(({ id }) => idText(id)))]));
  const moved = log.store
    .all<MovedRow>(MOVED, JSON.stringify([...made.keys()]))
    .filter(({ c, moved: to, before }) => before !== null && made.get(c)?.has(textOf(to)) === true);
  return [...Map.groupBy(moved, ({ c, before }) => `${c} ${before ?? ''}`).values()].flatMap((rows): Split[] => {
    const [first] = rows;
    if (first === undefined) return [];
    return [
      {
        from: textOf(first.before ?? ''),
        into: [...new Set([...rows.map((row) => textOf(row.moved)), ...(made.get(first.c) ?? [])])],
        commit: toCommitHash(first.hash),
        person: personOfKey(first.key),
        at: first.wall,
      },
    ];
  });
}

function textOf(value: string): string {
  const text = parsed(value);
  return typeof text === 'string' ? text : '';
}

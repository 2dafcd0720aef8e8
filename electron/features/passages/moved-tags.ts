import { parsed } from '../../../shared/changes/canonical.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { categoryId, personId, type PassageId } from '../../../shared/model/index.ts';
import { query, type Readable } from '../../db/types.ts';
import { personIdOf } from '../../project/people/people.ts';
import { personName } from '../../project/people/names.ts';

interface Said {
  readonly tag: string;
  readonly category: string;
  readonly person: string;
  /** Canonical JSON of the category that was said then. */
  readonly value: string;
  /** Canonical JSON too; null where it is withheld. */
  readonly label: string | null;
  readonly at: number;
  readonly key: string;
}
/** Whatever the log says of the categories of a passage's tags, in the order in which the last counts. */
export const saidOfTags = query<{ passage: string }, Said>(
  'passages.saidOfTags',
  `SELECT t.id AS tag, t.category, t.person, h.value, m.label, m.wall AS at, lower(hex(r.key)) AS "key"
   FROM p_tag t
   CROSS JOIN entity_ e ON e.id = unhex(replace(t.id, '-', '')) AND e.kind = 'tag'
   CROSS JOIN field_ f ON f.entity = 'tag' AND f.name = 'category'
   CROSS JOIN change_ h ON h.ent = e.ent AND h.field = f.field
   CROSS JOIN commit_ m ON m.c = h.c CROSS JOIN replica_ r ON r.replica = m.replica
   WHERE t.passage = $passage AND t.deleted IS NOT 1 AND t.category IS NOT NULL AND t.person IS NOT NULL
   ORDER BY m.clock, m.hash`,
);

/**
 * Tags that stand where somebody else put them: who splits or merges a category takes along what colleagues tagged. A tag
 * stays its person's; the key that signed the commit says who moved it, and the commit's label with what.
 */
export function movedTags(db: Readable, passage: PassageId): CallOutput<'passages.movedTags'> {
  const byTag = Map.groupBy(db.all(saidOfTags, { passage }), ({ tag }) => tag);
  const moved = [...byTag.values()].flatMap((said) => {
    const [first, last] = [said[0], said.at(-1)];
    if (first === undefined || last === undefined) return [];
    // Taken back again, it is where its person had put it.
    if (last.value === first.value && authorOf(first) === first.person) return [];
    const by = authorOf(last);
    if (by === last.person) return [];
    return [
      {
        category: categoryId.parse(last.category),
        person: personId.parse(last.person),
        by: { id: personId.parse(by), name: db.get(personName, { id: by })?.name ?? by.slice(0, 8) },
        at: last.at,
        label: labelOf(last),
      },
    ];
  });
  return { moved };
}

function labelOf({ label }: Said): string {
  const read = label === null ? '' : parsed(label);
  return typeof read === 'string' ? read : '';
}
const authorOf = ({ key }: Said): string => personIdOf(Buffer.from(key, 'hex'));

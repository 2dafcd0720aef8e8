import { parsed } from '../../../shared/changes/canonical.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { categoryId, personId, type PassageId } from '../../../shared/model/index.ts';
import { query, type Readable } from '../../db/types.ts';
import { personIdOf } from '../../project/people/people.ts';
import { shownNames } from '../../project/people/names.ts';

interface CategoryChange {
  readonly tag: string;
  readonly category: string;
  readonly person: string;
  /** Canonical JSON of the category that was set. */
  readonly value: string;
  /** The commit's label as canonical JSON; null if it is withheld. */
  readonly label: string | null;
  readonly at: number;
  readonly key: string;
}
/** Every change of the category of a passage's tags; the last one is in force. */
export const categoryChangesOfTags = query<{ passage: string }, CategoryChange>(
  'passages.categoryChangesOfTags',
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
 * Tags that someone else moved to their present category, by splitting or merging categories. A tag stays its author's; the
 * key that signed the commit says who moved it, and the commit's label says how.
 */
export function movedTags(db: Readable, passage: PassageId): CallOutput<'passages.movedTags'> {
  const names = shownNames(db);
  const byTag = Map.groupBy(db.all(categoryChangesOfTags, { passage }), ({ tag }) => tag);
  const moved = [...byTag.values()].flatMap((changes) => {
    const [first, last] = [changes[0], changes.at(-1)];
    if (first === undefined || last === undefined) return [];
    // The move was undone: the tag is where its author put it.
    if (last.value === first.value && authorOf(first) === first.person) return [];
    const by = authorOf(last);
    if (by === last.person) return [];
    return [
      {
        category: categoryId.parse(last.category),
        person: personId.parse(last.person),
        by: { id: personId.parse(by), name: names.get(by) ?? by.slice(0, 8) },
        at: last.at,
        label: labelOf(last),
      },
    ];
  });
  return { moved };
}

function labelOf({ label }: CategoryChange): string {
  const read = label === null ? '' : parsed(label);
  return typeof read === 'string' ? read : '';
}
const authorOf = ({ key }: CategoryChange): string => personIdOf(Buffer.from(key, 'hex'));

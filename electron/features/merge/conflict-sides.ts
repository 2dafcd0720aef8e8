import { z } from 'zod';
import { isEntity } from '../../../shared/changes/fields.ts';
import type { Conflict, ConflictSide } from '../../../shared/contract/merge.ts';
import { categoryId, commitHash, passageId, personId, sourceId } from '../../../shared/model/index.ts';
import { query, type Readable, type Signed } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { nameFieldOf, positionWords, recordWords, valueWords } from './words.ts';

/** Whether a change moves its record to the trash. */
export const isRemoval = (one: Signed): boolean => one.field === 'deleted' && one.value === true;

/** Local numbers of commits rise in the order in which they came into this folder. */
const numberOf = query<{ hash: string }, { c: number }>(
  'merge.numberOf',
  `SELECT c FROM commit_ WHERE hash = unhex($hash)`,
);
/** The change that came into this folder first: of two that other people wrote, the incoming one is the one merged later. */
export function firstInFolder(db: Readable, changes: readonly Signed[]): Signed | undefined {
  const numbered = changes.map((one) => ({
    one,
    c: db.get(numberOf, { hash: one.commit })?.c ?? Number.POSITIVE_INFINITY,
  }));
  return numbered.sort((a, b) => a.c - b.c).map(({ one }) => one)[0];
}

/**
 * My side and the others. Mine is what the acting person wrote last; else what was written in this folder; else what came into it
 * first. In a conflict between a deletion and edits, the others are the sides of the other kind.
 */
export function pickSides(
  { db, person }: Pick<ReadContext, 'db' | 'person'>,
  changes: readonly Signed[],
  sides: readonly Signed[][],
): [Signed | undefined, Signed[]] {
  const last = [...changes].sort((a, b) => b.at - a.at);
  const own =
    last.find((one) => one.person === person.id && one.here) ??
    last.find((one) => one.person === person.id) ??
    last.find((one) => one.here) ??
    firstInFolder(db, changes);
  if (own === undefined) return [undefined, []];
  const side =
    sides.find((one) => one.includes(own)) ?? sides.find((one) => one.some((two) => isRemoval(two) === isRemoval(own)));
  const mine = side?.includes(own) === true ? own : side?.[0];
  const isDeletion = changes.some(isRemoval);
  const others = sides.flatMap((one) => {
    const [first] = one;
    if (one === side || first === undefined) return [];
    return isDeletion && mine !== undefined && isRemoval(first) === isRemoval(mine) ? [] : [first];
  });
  return [mine, others];
}

/** Made once, since creating the schema takes longer than using it. */
const anyJson = z.json();

/** One side of a conflict as people read it, without whether it is in force. */
export function sideOf(
  context: Pick<ReadContext, 'db' | 'project'>,
  entity: string,
  record: string,
  one: Signed,
): Omit<ConflictSide, 'inForce'> {
  const { db } = context;
  const deleted = isRemoval(one);
  const last = deleted ? wordsAt(context, entity, record, one) : '';
  return {
    ...writtenBy(db, one),
    value: anyJson.parse(one.value),
    text: deleted
      ? last === ''
        ? 'Deleted.'
        : `In trash. Last text: ${last}`
      : keptWords(context, entity, record, one),
    deleted,
  };
}

/** Which change a side of a conflict is, who wrote it and when. */
export const writtenBy = (
  db: Readable,
  { commit, field, person, at }: Signed,
): Pick<ConflictSide, 'commit' | 'field' | 'person' | 'personId' | 'at'> => ({
  commit: commitHash.parse(commit),
  field,
  person: nameOf(db, person),
  personId: personId.safeParse(person).data ?? null,
  at,
});

function keptWords(context: Pick<ReadContext, 'db' | 'project'>, entity: string, record: string, one: Signed): string {
  const { db } = context;
  if (one.field === 'position') return positionWords(db, entity, record, one.value);
  if (one.field !== 'deleted') return valueWords(db, entity, one.field, one.value);
  const text = wordsAt(context, entity, record, one);
  return text === '' ? 'Kept.' : `Kept: ${text}`;
}

/** A record as it was for who wrote this change: once merged, it may say what the other side wrote. */
function wordsAt(
  { db, project: { log } }: Pick<ReadContext, 'db' | 'project'>,
  entity: string,
  record: string,
  { commit }: Signed,
): string {
  const name = nameFieldOf(entity);
  const own = commitHash.parse(commit);
  const known =
    name === undefined || !isEntity(entity)
      ? undefined
      : log
          .changes(entity, [record], [name])
          .findLast((one) => one.commit === commit || log.saw(own, commitHash.parse(one.commit)));
  return name === undefined || known === undefined
    ? recordWords(db, entity, record)
    : valueWords(db, entity, name, known.value);
}

/** A person's name in this project. */
export const nameOf = (db: Readable, person: string): string => {
  const name = recordWords(db, 'person', person);
  return name === '' ? `Unknown person ${person.slice(-8)}` : name;
};

type Where = Pick<Conflict, 'passage' | 'source' | 'category'>;

interface Row {
  readonly passage: string | null;
  readonly source: string | null;
  readonly category: string | null;
}
const where = (name: string, columns: string, from: string) =>
  query<{ id: string }, Row>(`merge.where.${name}`, `SELECT ${columns} FROM ${from} WHERE r.id = $id`);

const onPassage = (entity: string, category = 'NULL') =>
  where(
    entity,
    `r.passage, p.source, ${category} AS category`,
    `p_${entity} r LEFT JOIN p_passage p ON p.id = r.passage`,
  );
const PLACES: Readonly<Record<string, ReturnType<typeof where>>> = {
  source: where('source', 'NULL AS passage, r.id AS source, NULL AS category', 'p_source r'),
  layer: where('layer', 'NULL AS passage, r.source, NULL AS category', 'p_layer r'),
  mask: where('mask', 'NULL AS passage, r.source, NULL AS category', 'p_mask r'),
  notprivate: onPassage('notprivate'),
  figure: where('figure', 'NULL AS passage, r.source, NULL AS category', 'p_figure r'),
  figurecheck: where(
    'figurecheck',
    'NULL AS passage, f.source, NULL AS category',
    'p_figurecheck r LEFT JOIN p_figure f ON f.id = r.figure',
  ),
  relation: where(
    'relation',
    'NULL AS passage, f.source, NULL AS category',
    `p_relation r LEFT JOIN p_figure f ON f.id = r.figures ->> '$.inputs[0]'`,
  ),
  relationcheck: where(
    'relationcheck',
    'NULL AS passage, f.source, NULL AS category',
    `p_relationcheck r LEFT JOIN p_relation o ON o.id = r.relation LEFT JOIN p_figure f ON f.id = o.figures ->> '$.inputs[0]'`,
  ),
  passage: where('passage', 'r.id AS passage, r.source, NULL AS category', 'p_passage r'),
  category: where('category', 'NULL AS passage, NULL AS source, r.id AS category', 'p_category r'),
  tag: onPassage('tag', 'r.category'),
  setting: onPassage('setting'),
  review: onPassage('review'),
  translation: onPassage('translation'),
  comment: onPassage('comment'),
  adjudication: onPassage('adjudication'),
  memo: where(
    'memo',
    `p.id AS passage, coalesce(p.source, s.id) AS source, c.id AS category`,
    `p_memo r LEFT JOIN p_passage p ON r.targetKind = 'passage' AND p.id = r.target
     LEFT JOIN p_source s ON r.targetKind = 'source' AND s.id = r.target
     LEFT JOIN p_category c ON r.targetKind = 'category' AND c.id = r.target`,
  ),
};

/** Where to show a record: its own place, or that of the record it belongs to. */
export function placeOf(db: Readable, entity: string, id: string): Where {
  const place = isEntity(entity) ? PLACES[entity] : undefined;
  const row = place === undefined ? undefined : db.get(place, { id });
  return {
    passage: passageId.safeParse(row?.passage).data ?? null,
    source: sourceId.safeParse(row?.source).data ?? null,
    category: categoryId.safeParse(row?.category).data ?? null,
  };
}

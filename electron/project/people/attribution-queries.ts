import { query } from '../../db/types.ts';
import { ATTRIBUTED_KINDS, type AttributedKind, type NamedRow } from './unsigned-reasons.ts';

/** The person a row names; null if it has none. */
export const PERSON: Readonly<Record<AttributedKind, string>> = {
  passage: 'r.person',
  tag: 'r.person',
  setting: 'r.person',
  memo: 'r.person',
  comment: 'r.person',
  translation: `iif(json_valid(r.draft), r.draft ->> '$.person', NULL)`,
  review: 'r.person',
  adjudication: 'r.person',
  assignment: 'r.person',
  snapshot: 'r.person',
  timestamp: 'r.person',
  claim: 'r.person',
  placechoice: 'r.person',
  suggestion: 'r.person',
  view: 'r.person',
  mask: 'r.person',
  notprivate: 'r.person',
  figurecheck: 'r.person',
  relationcheck: 'r.person',
  reference: 'r.person',
  draftmark: 'r.person',
  draftrelease: 'r.person',
};
/** A passage is on itself, and so are records that are on none. */
function on(entity: AttributedKind): string {
  switch (entity) {
    case 'memo':
      return 'r.target';
    case 'passage':
    case 'assignment':
    case 'snapshot':
    case 'timestamp':
    case 'claim':
    case 'placechoice':
    case 'suggestion':
    case 'view':
    case 'mask':
    case 'figurecheck':
    case 'relationcheck':
    case 'reference':
    case 'draftmark':
    case 'draftrelease':
      return 'r.id';
    default:
      return 'r.passage';
  }
}
/** Of a passage, others change much: only who set its person is asked. */
const asked = (entity: AttributedKind): string =>
  entity === 'passage' ? ` AND h.field = (SELECT field FROM field_ WHERE entity = 'passage' AND name = 'person')` : '';

/** `$people`: replica number → person. Read once: taken out of the JSON for each change, it was a third of the time. */
const PEOPLE =
  'WITH people AS MATERIALIZED (SELECT CAST(key AS INTEGER) AS replica, value AS person FROM json_each($people))';

/** Live records that were changed with a key of a person they do not name. `records`: r, and h.ent of their changes. */
const changedByOthers = (entity: AttributedKind, records: string): string =>
  `SELECT DISTINCT '${entity}' AS entity, r.id, ${on(entity)} AS "on", ${PERSON[entity]} AS person
   FROM ${records} CROSS JOIN commit_ m ON m.c = h.c
   WHERE r.deleted IS NOT 1 AND ${on(entity)} IS NOT NULL AND ${PERSON[entity]} IS NOT NULL
     AND (SELECT w.person FROM people w WHERE w.replica = m.replica) IS NOT ${PERSON[entity]}${asked(entity)}`;

/** The same where records come by their ids. */
const changedByOthersOf = (entity: AttributedKind, records: string): string =>
  changedByOthers(
    entity,
    `${records} CROSS JOIN entity_ e ON e.id = unhex(replace(r.id, '-', '')) AND e.kind = '${entity}'
     CROSS JOIN change_ h ON h.ent = e.ent`,
  );

export const namedByOthers = query<{ people: string }, NamedRow>(
  'signed.byOthers',
  `${PEOPLE} ${ATTRIBUTED_KINDS.map((entity) => changedByOthersOf(entity, `p_${entity} r`)).join(' UNION ALL ')}`,
);
export const namedByOthersOn = query<{ people: string; ids: string }, NamedRow>(
  'signed.byOthersOn',
  `${PEOPLE} ${ATTRIBUTED_KINDS.map((entity) =>
    changedByOthersOf(entity, `json_each($ids) i CROSS JOIN p_${entity} r ON ${on(entity)} = i.value`),
  ).join(' UNION ALL ')}`,
);

/** The same of one kind, by their own ids. */
export const namedByOthersAmong = (entity: 'passage' | 'tag') =>
  query<{ people: string; ids: string }, NamedRow>(
    `signed.byOthersAmong.${entity}`,
    `${PEOPLE} ${changedByOthersOf(entity, `json_each($ids) i CROSS JOIN p_${entity} r ON r.id = i.value`)}`,
  );

/** The same of some kinds, by the passages they are on. */
export const namedByOthersOfKinds = (...kinds: readonly AttributedKind[]) =>
  query<{ people: string; ids: string }, NamedRow>(
    `signed.byOthersOn.${kinds.join('.')}`,
    `${PEOPLE} ${kinds
      .map((entity) =>
        changedByOthersOf(entity, `json_each($ids) i CROSS JOIN p_${entity} r ON ${on(entity)} = i.value`),
      )
      .join(' UNION ALL ')}`,
  );

/** Those that the merge being judged adds or changes: see IncomingChanges in electron/db/types.ts. */
export const namedByOthersIncoming = query<{ people: string }, NamedRow>(
  'signed.byOthersIncoming',
  `${PEOPLE} ${ATTRIBUTED_KINDS.map((entity) =>
    changedByOthers(
      entity,
      `incoming_record i CROSS JOIN p_${entity} r ON i.entity = '${entity}' AND i.how <> 'same' AND r.id = i.id
       CROSS JOIN change_ h ON h.ent = i.ent`,
    ),
  ).join(' UNION ALL ')}`,
);

export const replicaKeys = query<Record<string, never>, { replica: number; key: string }>(
  'signed.replicas',
  `SELECT replica, lower(hex("key")) AS "key" FROM replica_`,
);

export interface PossibleOriginal {
  /** The passage, or other record with memos, that was asked for. */
  readonly on: string;
  readonly id: string;
  readonly person: string | null;
  /** 0 if it is on the passage that `on` was carried over from. */
  readonly here: number;
}
/** Tags, settings or memos on some passages and on those they were carried over from; removed ones too. */
const onPassagesAndOrigins = (table: string, target: string) =>
  query<{ ids: string }, PossibleOriginal>(
    `signed.like.${table}`,
    `SELECT i.value AS "on", r.id, r.person, 1 AS here FROM json_each($ids) i CROSS JOIN ${table} r ON r.${target} = i.value
     UNION ALL
     SELECT i.value AS "on", r.id, r.person, 0 AS here FROM json_each($ids) i
     CROSS JOIN p_passage p ON p.id = i.value AND p.origin <> p.id CROSS JOIN ${table} r ON r.${target} = p.origin`,
  );
export const possibleOriginals = {
  tag: onPassagesAndOrigins('p_tag', 'passage'),
  setting: onPassagesAndOrigins('p_setting', 'passage'),
  memo: onPassagesAndOrigins('p_memo', 'target'),
} as const;
export const isCopied = (entity: AttributedKind): entity is keyof typeof possibleOriginals =>
  entity in possibleOriginals;
/** All memos on a record, whoever wrote them. */
export const memosThere = query<{ on: string }, { id: string }>(
  'signed.memosThere',
  `SELECT id FROM p_memo WHERE target = $on`,
);

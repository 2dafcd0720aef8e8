import { query } from '../../db/types.ts';

/** Kinds of record that name whose word they are, besides passages (which are marked by one and coded by many). */
export const NAMING = ['tag', 'setting', 'memo', 'comment', 'translation', 'review', 'adjudication'] as const;
export type Naming = (typeof NAMING)[number];

export interface NamedRow {
  readonly entity: Naming;
  readonly id: string;
  /** What it is on: a passage; of a memo perhaps something else. */
  readonly on: string;
  /** Whom it names. */
  readonly person: string;
}

const PERSON: Readonly<Record<Naming, string>> = {
  tag: 'r.person',
  setting: 'r.person',
  memo: 'r.person',
  comment: 'r.person',
  translation: `iif(json_valid(r.draft), r.draft ->> '$.person', NULL)`,
  review: 'r.person',
  adjudication: 'r.person',
};
const on = (entity: Naming): string => (entity === 'memo' ? 'r.target' : 'r.passage');

/** Live records of which somebody said anything whose key is not that of whom they name. `$people`: replica number → person. */
const byOthers = (entity: Naming, records: string): string =>
  `SELECT DISTINCT '${entity}' AS entity, r.id, ${on(entity)} AS "on", ${PERSON[entity]} AS person
   FROM ${records}
   CROSS JOIN entity_ e ON e.id = unhex(replace(r.id, '-', '')) AND e.kind = '${entity}'
   CROSS JOIN change_ h ON h.ent = e.ent CROSS JOIN commit_ m ON m.c = h.c
   WHERE r.deleted IS NOT 1 AND ${on(entity)} IS NOT NULL AND ${PERSON[entity]} IS NOT NULL
     AND $people ->> ('$."' || m.replica || '"') IS NOT ${PERSON[entity]}`;

export const namedByOthers = query<{ people: string }, NamedRow>(
  'signed.byOthers',
  NAMING.map((entity) => byOthers(entity, `p_${entity} r`)).join(' UNION ALL '),
);
export const namedByOthersOn = query<{ people: string; ids: string }, NamedRow>(
  'signed.byOthersOn',
  NAMING.map((entity) =>
    byOthers(entity, `json_each($ids) i CROSS JOIN p_${entity} r ON ${on(entity)} = i.value`),
  ).join(' UNION ALL '),
);

export const replicaKeys = query<Record<string, never>, { replica: number; key: string }>(
  'signed.replicas',
  `SELECT replica, lower(hex("key")) AS "key" FROM replica_`,
);

/** What one person's tags, settings or memos on a passage, and on the one it was carried over from, are; removed ones too. */
const likeIt = (table: string, target: string) =>
  query<{ on: string; person: string }, { id: string; here: number }>(
    `signed.like.${table}`,
    `SELECT id, ${target} = $on AS here FROM ${table}
     WHERE person = $person AND ${target} IN ($on, (SELECT origin FROM p_passage WHERE id = $on))`,
  );
export const likes = {
  tag: likeIt('p_tag', 'passage'),
  setting: likeIt('p_setting', 'passage'),
  memo: likeIt('p_memo', 'target'),
} as const;
/** All memos on something, whoever wrote them. */
export const memosThere = query<{ on: string }, { id: string }>(
  'signed.memosThere',
  `SELECT id FROM p_memo WHERE target = $on`,
);

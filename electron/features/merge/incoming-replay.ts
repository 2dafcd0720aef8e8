import { join } from 'node:path';
import { Fault } from '../../../shared/errors.ts';
import { importProject } from '../../db/index.ts';
import { type ProjectDb, query, type Readable } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import type { LeftOut } from './incoming.ts';
import type { Work } from './incoming.ts';

/** A different project, its log verified and replayed into a temporary folder: its own tables are not trusted. */
export interface IncomingReplay {
  readonly db: ProjectDb;
  readonly rejected: readonly LeftOut[];
}

export async function withIncomingReplay<T>(
  context: WriteContext,
  { incoming, files, check }: Work,
  work: (replay: IncomingReplay) => T | Promise<T>,
): Promise<T> {
  if (incoming.log.horizon !== null)
    throw new Fault('NOT_ALLOWED', 'This is a blind copy. Merge it only into the project it came from.');
  check();
  const rejected: LeftOut[] = [];
  const db = importProject({
    folder: join(files.folder, 'incoming'),
    person: context.person,
    project: incoming.log.project,
    packets: () => incoming.log.packets(),
    judge: (taken) => {
      for (const { hash, why } of taken.rejected)
        rejected.push({ id: hash, reason: `This edit was rejected: ${why}.` });
    },
  });
  try {
    check();
    return await work({ db, rejected });
  } finally {
    db.close();
  }
}

export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>> & { readonly id: string };

const rows = (entity: string, where: string) =>
  query<{ ids: string }, Row>(`merge.incoming.${entity}`, `SELECT * FROM p_${entity} WHERE ${where} ORDER BY id`);
const live = 'deleted IS NOT 1';
const within = (column: string): string => `"${column}" IN (SELECT value FROM json_each($ids))`;

/** Live records of each kind, by the records they belong to. */
export const ADDABLE = {
  source: rows('source', `${within('id')} AND ${live}`),
  layer: rows('layer', `${within('source')} AND ${live}`),
  passage: rows('passage', `${within('source')} AND ${live} AND anchor IS NOT NULL`),
  tag: rows('tag', `${within('passage')} AND ${live} AND category IS NOT NULL`),
  setting: rows('setting', `${within('passage')} AND ${live}`),
  mask: rows('mask', `${within('source')} AND ${live} AND anchor IS NOT NULL`),
  /** That somebody confirmed there. Who did is left out, as reviews are: nobody in this project has looked. */
  figure: rows(
    'figure',
    `${within('source')} AND ${live} AND anchor IS NOT NULL AND EXISTS
     (SELECT 1 FROM p_figurecheck c WHERE c.figure = p_figure.id AND c.verdict = 'confirmed' AND c.deleted IS NOT 1)`,
  ),
  memo: rows('memo', `${within('target')} AND ${live} AND text IS NOT NULL`),
  translation: rows('translation', `${within('passage')} AND ${live}`),
  comment: rows('comment', `${within('passage')} AND ${live}`),
  category: rows('category', within('id')),
  dimension: rows('dimension', within('id')),
  value: rows('value', within('id')),
  person: rows('person', within('id')),
} as const;
export type Addable = keyof typeof ADDABLE;

export const rowsOf = (db: Readable, entity: Addable, ids: Iterable<string>): Row[] =>
  db.all(ADDABLE[entity], { ids: JSON.stringify([...ids]) });

const known = (entity: string) =>
  query<{ ids: string }, Row>(`merge.known.${entity}`, `SELECT * FROM p_${entity} WHERE ${within('id')}`);
const KNOWN = Object.fromEntries(Object.keys(ADDABLE).map((entity) => [entity, known(entity)]));

/** Records by id, including those in the trash. */
export function byId(db: Readable, entity: Addable, ids: Iterable<string>): Map<string, Row> {
  const found = KNOWN[entity];
  const rows = found === undefined ? [] : db.all(found, { ids: JSON.stringify([...ids]) });
  return new Map(rows.map((row) => [row.id, row]));
}

export const categories = query<
  Record<string, never>,
  {
    id: string;
    code: string | null;
    name: string | null;
    definition: string | null;
    parent: string | null;
    mergedInto: string | null;
    deleted: number | null;
    tags: number;
  }
>(
  'merge.allCategories',
  `SELECT c.id, c.code, c.name, c.definition, c.parent, c.mergedInto, c.deleted,
     (SELECT count(*) FROM p_tag t WHERE t.category = c.id AND t.deleted IS NOT 1) AS tags FROM p_category c ORDER BY c.code, c.id`,
);
export type CategoryRow = NonNullable<(typeof categories)['_types']>['row'];

export const dimensions = query<
  Record<string, never>,
  { id: string; code: string | null; name: string | null; deleted: number | null }
>('merge.allDimensions', 'SELECT id, code, name, deleted FROM p_dimension ORDER BY code, id');
export const values = query<
  Record<string, never>,
  { id: string; dimension: string | null; code: string | null; label: string | null; deleted: number | null }
>('merge.allValues', 'SELECT id, dimension, code, label, deleted FROM p_value ORDER BY code, id');

export const sources = query<
  Record<string, never>,
  { id: string; title: string | null; passages: number; tags: number }
>(
  'merge.allSources',
  `SELECT s.id, coalesce(s.title, s.fileName) AS title,
     (SELECT count(*) FROM p_passage p WHERE p.source = s.id AND p.deleted IS NOT 1) AS passages,
     (SELECT count(*) FROM p_passage p CROSS JOIN p_tag t ON t.passage = p.id
        WHERE p.source = s.id AND p.deleted IS NOT 1 AND t.deleted IS NOT 1) AS tags
   FROM p_source s WHERE s.deleted IS NOT 1 AND s.sha256 IS NOT NULL ORDER BY title, s.id`,
);

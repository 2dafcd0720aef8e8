import { z } from 'zod';
import { idTextSql } from '../../db/ids.ts';
import { query, type Signed } from '../../db/types.ts';
import type { ReadContext } from '../context.ts';
import { type MarkedRow, PRIVATE_VALUES } from './queries.ts';

type Context = Pick<ReadContext, 'db' | 'project'>;

const PRIVATE = PRIVATE_VALUES.map((code) => `'${code}'`).join(', ');

/**
 * Settings that marked a private person at some time, and that two keys wrote in. Every change of a setting’s value is looked up in the index
 * alone, and only their values are read: with 1,000,000 changes of other fields that takes 50 ms, where reading each value with its row
 * of the index took 380.
 */
export const touchedMarks = query<Record<string, never>, { id: string }>(
  'masks.touchedMarks',
  `WITH given AS MATERIALIZED (
     SELECT c, i FROM change_ INDEXED BY change_by_field
     WHERE field = (SELECT field FROM field_ WHERE entity = 'setting' AND name = 'value')),
   marks AS MATERIALIZED (
     SELECT DISTINCT h.ent FROM given g CROSS JOIN change_ h ON h.c = g.c AND h.i = g.i
     WHERE h.value IN (SELECT '"' || v.id || '"' FROM p_dimension d JOIN p_value v ON v.dimension = d.id
                       WHERE d.code = 'privacy' AND v.code IN (${PRIVATE})))
   SELECT ${idTextSql('e.id')} AS id FROM marks m CROSS JOIN entity_ e ON e.ent = m.ent
   WHERE (SELECT count(DISTINCT r."key") FROM change_ h CROSS JOIN commit_ c ON c.c = h.c CROSS JOIN replica_ r ON r.replica = c.replica
          WHERE h.ent = m.ent) > 1`,
);
const privateValues = query<Record<string, never>, { id: string }>(
  'masks.privateValues',
  `SELECT v.id FROM p_dimension d JOIN p_value v ON v.dimension = d.id WHERE d.code = 'privacy' AND v.code IN (${PRIVATE})`,
);
const settingsOn = query<{ passages: string }, { id: string }>(
  'masks.settingsOn',
  'SELECT t.id FROM json_each($passages) i CROSS JOIN p_setting t ON t.passage = i.value',
);
const passagesNow = query<{ passages: string; trash: 0 | 1 }, Omit<MarkedRow, 'setting' | 'person' | 'marked'>>(
  'masks.passagesNow',
  `SELECT p.id, p.source, p.onLayer AS layer, p.anchor, p.deleted FROM json_each($passages) i CROSS JOIN p_passage p ON p.id = i.value
   CROSS JOIN p_source s ON s.id = p.source AND (s.deleted IS NOT 1 OR $trash = 1) WHERE p.anchor IS NOT NULL`,
);

/** One person's own word in one setting. */
interface Word {
  readonly setting: string;
  readonly person: string;
  readonly passage: string;
  readonly marks: boolean;
  readonly last: Signed;
}

/**
 * Marks of a private person that somebody other than who made them removed, changed or put on another passage: they stand until their
 * person takes them back, or two people answer them. `counted`: what is marked now, which needs no second row. A mark that was removed here with its
 * passage, as undoing a merge does, is gone.
 */
export function standingMarks(
  { db, project: { log } }: Context,
  trash: boolean,
  counted: readonly MarkedRow[],
): MarkedRow[] {
  const touched = db.all(touchedMarks, {}).map(({ id }) => id);
  if (touched.length === 0) return [];
  const values = new Set(db.all(privateValues, {}).map(({ id }) => id));
  const wordsOf = (ids: readonly string[]): Word[] =>
    [...Map.groupBy(log.changes('setting', ids, ['passage', 'value', 'deleted']), ({ id }) => id)].flatMap(
      ([setting, changes]) =>
        [...Map.groupBy(changes, ({ person }) => person)].flatMap(([person, own]) =>
          wordOf(setting, person, own, values),
        ),
    );
  const marks = wordsOf(touched).filter(({ marks: isMark }) => isMark);
  const passages = JSON.stringify([...new Set(marks.map(({ passage }) => passage))]);
  const rows = new Map(db.all(passagesNow, { passages, trash: trash ? 1 : 0 }).map((row) => [row.id, row]));
  const later = wordsOf(db.all(settingsOn, { passages }).map(({ id }) => id)).filter(({ marks: isMark }) => !isMark);
  const live = new Set(counted.map(({ setting, id }) => `${setting} ${id}`));
  const removals = log.changes('setting', touched, ['deleted']);
  const trashings = log.changes('passage', [...rows.keys()], ['deleted']);
  return marks.flatMap((mark): MarkedRow[] => {
    const row = rows.get(mark.passage);
    if (row === undefined || live.has(`${mark.setting} ${mark.passage}`)) return [];
    const isTaken = later.some(
      (one) => one.person === mark.person && one.passage === mark.passage && log.saw(one.last.commit, mark.last.commit),
    );
    const removed = removals.findLast(({ id }) => id === mark.setting);
    const trashed = trashings.findLast(({ id }) => id === mark.passage);
    const isGone = row.deleted === 1 && removed?.here === true && removed.commit === trashed?.commit;
    return isTaken || isGone ? [] : [{ ...row, setting: mark.setting, person: mark.person, marked: mark.last.commit }];
  });
}

function wordOf(setting: string, person: string, own: readonly Signed[], values: ReadonlySet<string>): Word[] {
  const value = own.findLast(({ field }) => field === 'value');
  const passage = z.string().safeParse(own.findLast(({ field }) => field === 'passage')?.value).data;
  const deleted = own.findLast(({ field }) => field === 'deleted');
  const last = own.at(-1);
  if (value === undefined || passage === undefined || last === undefined) return [];
  const marks = typeof value.value === 'string' && values.has(value.value) && deleted?.value !== true;
  return [{ setting, person, passage, marks, last }];
}

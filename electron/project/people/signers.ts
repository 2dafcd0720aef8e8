import type { PersonId } from '../../../shared/model/index.ts';
import { idTextSql } from '../../db/ids.ts';
import { query } from '../../db/types.ts';
import type { Pause } from '../pauses.ts';
import { peopleOfReplicas, unsignedAmong } from './attribution.ts';
import { namedByOthersAmong, namedByOthersOfKinds } from './attribution-queries.ts';
import type { LogOf, NamedRow } from './unsigned-reasons.ts';
import { peopleWithoutKey } from './without-key.ts';

/**
 * The real signers of records that name a person who never signed them. Such a record counts as its signer's wherever passages are
 * counted, filtered or written by person.
 */
export interface Signers {
  /** By record: the person who signed it last. */
  readonly of: ReadonlyMap<string, PersonId>;
  /** The passages that these records are on. */
  readonly on: ReadonlySet<string>;
}

/** Passages and tags of some passages. */
export const signersOn = (reader: LogOf, passages: readonly string[]): Signers =>
  signersAmong(
    reader,
    reader.db.all(codingByOthers, { people: peopleOfReplicas(reader), ids: JSON.stringify(passages) }),
  );

/** Passages and tags of the whole project. */
export function signersOfAll(reader: LogOf): Signers {
  const pieces = readAll(reader);
  for (;;) {
    const { done, value } = pieces.next();
    if (done === true) return value;
  }
}

/** Like `signersOfAll`, with pauses in which other calls run. */
export async function signersInPieces(reader: LogOf, pause: Pause): Promise<Signers> {
  const pieces = readAll(reader);
  for (;;) {
    const { done, value } = pieces.next();
    if (done === true) return value;
    await pause();
  }
}

/** Searches the log for records changed by another person than the one they name, and judges only those: they are few. */
function* readAll(reader: LogOf): Generator<undefined, Signers> {
  const { db } = reader;
  const people = peopleOfReplicas(reader);
  const { c: lastCommit, ent: lastRecord } = db.get(sizeOfLog, {}) ?? { c: 0, ent: 0 };
  const found: Changed[] = [];
  for (let after = 0; after < lastCommit; after += COMMITS) {
    for (const one of db.all(signedForOthers, { people, after, to: after + COMMITS })) found.push(one);
    yield;
  }
  for (let after = 0; after < lastRecord; after += RECORDS) {
    for (const one of db.all(signedAgain, { after, to: after + RECORDS })) found.push(one);
    yield;
  }
  // People without a key come from imported files: their records are many, and nobody forged them.
  const keyless = peopleWithoutKey(db);
  const all: Signers[] = [];
  for (const entity of ['passage', 'tag'] as const) {
    const ids = [...new Set(found.flatMap((one) => (one.entity === entity ? [one.id] : [])))];
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const rows = db.all(AMONG[entity], { people, ids: JSON.stringify(ids.slice(at, at + AT_ONCE)) });
      all.push(
        signersAmong(
          reader,
          rows.filter(({ person }) => entity === 'passage' || !keyless.has(person)),
        ),
      );
      yield;
    }
  }
  return { of: new Map(all.flatMap(({ of }) => [...of])), on: new Set(all.flatMap(({ on }) => [...on])) };
}

/** Read without a pause: some 10 ms. With 1,170,000 changes all took 240 ms of processor time. */
const COMMITS = 50;
const RECORDS = 50_000;
const AT_ONCE = 500;

/** Translations of some passages. */
export const translatorsOn = (reader: LogOf, passages: readonly string[]): Signers =>
  signersAmong(
    reader,
    reader.db.all(translationsByOthers, { people: peopleOfReplicas(reader), ids: JSON.stringify(passages) }),
  );

/** The signers of forged records. A record that is explained by another project, another program or a partial log keeps its name. */
function signersAmong(reader: LogOf, rows: readonly NamedRow[]): Signers {
  const forged = unsignedAmong(reader, rows).filter(({ reason }) => reason === 'forged');
  return { of: new Map(forged.map(({ id, by }) => [id, by])), on: new Set(forged.map(({ on }) => on)) };
}

const codingByOthers = namedByOthersOfKinds('passage', 'tag');
const translationsByOthers = namedByOthersOfKinds('translation');
const AMONG = { passage: namedByOthersAmong('passage'), tag: namedByOthersAmong('tag') };

/** SQL: the number of a field in the log. */
const fieldOf = (entity: 'passage' | 'tag', name: string): string =>
  `(SELECT field FROM field_ WHERE entity = '${entity}' AND name = '${name}')`;

interface Changed {
  readonly entity: 'passage' | 'tag';
  readonly id: string;
}
const sizeOfLog = query<Record<string, never>, { c: number; ent: number }>(
  'signers.sizeOfLog',
  `SELECT (SELECT coalesce(max(c), 0) FROM commit_) AS c, (SELECT coalesce(max(ent), 0) FROM entity_) AS ent`,
);

/** Passages and tags that a commit put in another name than its signer’s. `$people`: replica number → person. */
export const signedForOthers = query<{ people: string; after: number; to: number }, Changed>(
  'signers.signedForOthers',
  `WITH people AS MATERIALIZED (SELECT CAST(key AS INTEGER) AS replica, '"' || value || '"' AS person FROM json_each($people))
   SELECT e.kind AS entity, ${idTextSql('e.id')} AS id
   FROM commit_ m CROSS JOIN people w ON w.replica = m.replica CROSS JOIN change_ h ON h.c = m.c CROSS JOIN entity_ e ON e.ent = h.ent
   WHERE m.c > $after AND m.c <= $to
     AND (h.field = ${fieldOf('tag', 'person')} OR h.field = ${fieldOf('passage', 'person')}) AND h.value <> w.person`,
);

/** Tags whose content several commits set: of all others, the commit that names their person signed all. */
export const signedAgain = query<{ after: number; to: number }, Changed>(
  'signers.signedAgain',
  `WITH again AS MATERIALIZED (
     SELECT h.ent FROM change_ h INDEXED BY change_by_field
     WHERE h.ent > $after AND h.ent <= $to
       AND h.field IN (${fieldOf('tag', 'person')}, ${fieldOf('tag', 'passage')}, ${fieldOf('tag', 'category')})
     GROUP BY h.ent HAVING min(h.c) <> max(h.c))
   SELECT e.kind AS entity, ${idTextSql('e.id')} AS id FROM again CROSS JOIN entity_ e ON e.ent = again.ent`,
);

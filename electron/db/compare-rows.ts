import { join } from 'node:path';
import { ENTITIES, type Entity } from '../../shared/changes/kinds.ts';
import { guarded } from './faults.ts';
import { strangeObject } from './file/schema-check.ts';
import type { Store } from './file/store.ts';
import { Log } from './log/log.ts';
import { verifyCommits } from './log/verify-log.ts';
import { openStore } from './merge/incoming.ts';
import { projectionsFit } from './migrations.ts';
import { DATABASE } from './open.ts';
import { differences } from './projection/rebuild.ts';

export interface RowDifference {
  readonly entity: string;
  readonly id: string;
}

export interface ComparedRows {
  /** Why the schema of the database isn’t Sourcebook’s; null if it is. Then no rows were compared. */
  readonly strange: string | null;
  readonly differing: readonly RowDifference[];
}

/** The most differences that are listed. One is enough to reject a file. */
const MOST = 100;

/**
 * Compares the entity tables of a database from outside, which any SQLite program can read, with those of the project in
 * `folder`, which was made from its log. An older version of the program wrote fewer columns: those that both have are compared.
 */
export function compareRows(database: string, folder: string): ComparedRows {
  return guarded(() => {
    const file = openStore(database);
    const project = openStore(join(folder, DATABASE));
    try {
      const strange = strangeObject(file, file.value<number>('PRAGMA user_version') ?? 0);
      if (strange !== null) return { strange, differing: [] };
      const differing: RowDifference[] = [];
      for (const entity of ENTITIES)
        for (const id of differingIds(entity, file, project))
          if (differing.push({ entity, id }) === MOST) return { strange, differing };
      return { strange, differing };
    } finally {
      file.close();
      project.close();
    }
  });
}

/**
 * Compares the entity tables of a database from outside with its own log. Tables that another version of the program made are not
 * compared, since whoever opens the project makes them again; nor is a log that is not as it was signed, which a merge names itself.
 */
export function compareWithOwnLog(database: string): ComparedRows {
  return guarded(() => {
    const store = openStore(database);
    try {
      const strange = strangeObject(store, store.value<number>('PRAGMA user_version') ?? 0);
      if (strange !== null || !projectionsFit(store)) return { strange, differing: [] };
      const log = new Log(store);
      if (verifyCommits(log).failures.length > 0) return { strange, differing: [] };
      const differing: RowDifference[] = [];
      for (const { entity, id } of differences(log)) if (differing.push({ entity, id }) === MOST) break;
      return { strange, differing };
    } finally {
      store.close();
    }
  });
}

function* differingIds(entity: Entity, file: Store, project: Store): Generator<string> {
  const known = new Set(columnsOf(project, entity));
  const columns = columnsOf(file, entity).filter((name) => known.has(name));
  if (!columns.includes('id')) return;
  const sql = `SELECT id, ${columns.map((name) => `"${name}"`).join(', ')} FROM p_${entity} ORDER BY id`;
  const [theirs, ours] = [file.iterateRaw(sql), project.iterateRaw(sql)];
  try {
    let [one, other] = [nextOf(theirs), nextOf(ours)];
    while (one !== null || other !== null) {
      if (other === null || (one !== null && one.id < other.id)) {
        yield one?.id ?? '';
        one = nextOf(theirs);
      } else if (one === null || other.id < one.id) {
        yield other.id;
        other = nextOf(ours);
      } else {
        if (one.text !== other.text) yield one.id;
        [one, other] = [nextOf(theirs), nextOf(ours)];
      }
    }
  } finally {
    theirs.return?.();
    ours.return?.();
  }
}

interface RowText {
  readonly id: string;
  readonly text: string;
}
function nextOf(rows: IterableIterator<unknown[]>): RowText | null {
  const next: IteratorResult<unknown[], unknown> = rows.next();
  return next.done === true ? null : { id: String(next.value[0]), text: JSON.stringify(next.value) };
}

/** Without generated columns, whose expressions are part of the file. */
const columnsOf = (store: Store, entity: Entity): string[] =>
  store
    .all<{ name: string; hidden: number }>(`PRAGMA main.table_xinfo(p_${entity})`)
    .filter(({ hidden }) => hidden === 0)
    .map(({ name }) => name);

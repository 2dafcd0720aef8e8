import { allFolded } from '../projection/all-folded.ts';
import { writeNew } from '../fresh.ts';
import { Log } from '../log/log.ts';
import type { Change } from '../log/packet.ts';
import { exportPackets } from '../log/packets.ts';
import { writeConflicts, writeRow } from '../projection/projection.ts';
import { isEntity } from '../../../shared/changes/fields.ts';
import { COPIED_TABLES } from '../file/schema.ts';
import type { Store } from '../file/store.ts';
import type { Show, SqlValue } from '../types.ts';
import { withholding } from './withhold.ts';

/**
 * Writes the log into a new database with the bodies of what may not be seen withheld; see MergeDb.writePart. Numbers of
 * records and fields are given anew, and every derived table is made from what is left: a hidden record leaves no name, no id
 * and no row in the file, but that its commits are there, when, and by whom.
 */
export function writePart(log: Log, target: string, show: Show): void {
  writeNew(target, (fresh) => {
    for (const table of ['project_', 'replica_', 'chain_', 'vv_', 'head_'] as const)
      copyRows(log.store, fresh, table, COPIED_TABLES[table]);
    copyRows(log.store, fresh, 'commit_', HEADER);
    const part = new Log(fresh);
    putBodies(log, part, show);
    fold(part);
  });
}

const HEADER = COPIED_TABLES.commit_.replace('seed, label, ', '');

/** Rows go through memory one by one: no page of the project's file gets into the new one. */
function copyRows(from: Store, to: Store, table: string, columns: string): void {
  const insert = `INSERT INTO ${table}(${columns}) VALUES(${columns.replaceAll(/\w+/g, '?')})`;
  for (const row of from.iterate<Record<string, SqlValue>>(`SELECT ${columns} FROM ${table}`))
    to.run(insert, ...Object.values(row));
}

function putBodies(log: Log, part: Log, show: Show): void {
  const { store } = part;
  const hide = withholding(show);
  for (const packet of exportPackets(log)) {
    const { c } = packet;
    const { body } = hide(packet);
    if (body === null) continue;
    if ('seed' in body) {
      store.run('UPDATE commit_ SET seed = ?, label = ? WHERE c = ?', body.seed, body.label, c);
      body.changes.forEach((change, k) => putChange(part, c, k + 1, change));
      continue;
    }
    body.leaves.forEach((leaf, i) => {
      const [salt, hash] = 'salt' in leaf ? [leaf.salt, null] : [null, leaf.hash];
      store.run('INSERT INTO leaf_(c, i, salt, hash) VALUES(?, ?, ?, ?)', c, i, salt, hash);
      if (!('salt' in leaf)) return;
      if (i === 0) store.run('UPDATE commit_ SET label = ? WHERE c = ?', leaf.change.value, c);
      else putChange(part, c, i, leaf.change);
    });
  }
}

function putChange(part: Log, c: number, i: number, { entity, id, field, value }: Change): void {
  part.putChange(c, i, part.recordNumber(entity, id), part.fieldNumber(entity, field), value);
}

function fold(part: Log): void {
  for (const folded of allFolded(part)) {
    if (isEntity(folded.kind)) writeRow(part, folded.kind, folded);
    if (folded.conflicts.length > 0) writeConflicts(part, folded.ent, folded.conflicts);
  }
}

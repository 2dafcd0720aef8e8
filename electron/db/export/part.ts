import { canonical } from '../../../shared/changes/canonical.ts';
import { isEntity } from '../../../shared/changes/fields.ts';
import { COPIED_TABLES } from '../file/schema.ts';
import type { Store } from '../file/store.ts';
import { writeNew } from '../fresh.ts';
import { idText } from '../ids.ts';
import { Log } from '../log/log.ts';
import { leafHash, saltsOf, wholeLeaves, type Change, type Leaf, type Packet, type WholeBody } from '../log/packet.ts';
import { exportPackets } from '../log/packets.ts';
import { STEP } from '../log/write.ts';
import { allFolded } from '../projection/all-folded.ts';
import { writeConflicts, writeRow } from '../projection/projection.ts';
import type { Show, SqlValue } from '../types.ts';

/**
 * Writes the log into a new database without the bodies of what is withheld; see ExportDb.writePart. Records and fields are
 * numbered afresh, and every derived table is made from what is left. Of a withheld record the file has no name, id or row; it
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

/** Row by row through memory, so that no page of the project's file is copied into the new one. */
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

/**
 * Withholds the changes that `show` does not allow. Only the salted hash of such a change's leaf stays, so that the commit still
 * verifies and the change can be supplied later. If any change is withheld, so is the label, since it says what was done.
 */
export function withhold(packet: Packet, show: (change: Change) => boolean): Packet {
  const { header, sig, body } = packet;
  if (body === null) return packet;
  if ('seed' in body) return withholdWhole({ header, sig }, body, show);
  const keepLabel = body.leaves.every((leaf, i) => i === 0 || 'hash' in leaf || show(leaf.change));
  const leaves = body.leaves.map((leaf, i): Leaf => {
    if ('hash' in leaf || (i === 0 ? keepLabel : show(leaf.change))) return leaf;
    return { hash: leafHash(leaf.salt, i, leaf.change) };
  });
  return { header, sig, body: leaves.some((leaf, i) => i > 0 && 'salt' in leaf) ? { leaves } : null };
}

function withholdWhole(
  signed: Pick<Packet, 'header' | 'sig'>,
  body: WholeBody,
  show: (change: Change) => boolean,
): Packet {
  const visible = body.changes.map(show);
  if (visible.every(Boolean)) return { ...signed, body };
  if (!visible.some(Boolean)) return { ...signed, body: null };
  const all = wholeLeaves(body);
  const salts = saltsOf(body.seed, all.length / 32);
  const leaves = Array.from({ length: all.length / 32 }, (_, i): Leaf => {
    const change = body.changes[i - 1];
    if (change === undefined || visible[i - 1] !== true) return { hash: all.subarray(i * 32, i * 32 + 32) };
    return { salt: Buffer.from(salts.subarray(i * 16, i * 16 + 16)), change };
  });
  return { ...signed, body: { leaves } };
}

/**
 * Withholds what `show` does not allow from a whole log, commit by commit in its order. The step of an undo or redo is shown
 * only with its whole commit, and never if the label it repeats is withheld.
 */
function withholding(show: Show): (packet: Packet & { readonly hash: Buffer }) => Packet {
  /** Hashes of the commits whose label is withheld, in the form of a step's value. */
  const nameless = new Set<string>();
  return (packet) => {
    const changes = changesIn(packet);
    const rest = changes.filter((one) => one.entity !== STEP);
    const shown = new Map(rest.map((one) => [one, show(one.entity, idText(one.id), one.field)]));
    const whole = rest.length > 0 && [...shown.values()].every(Boolean);
    const repeats = changes.some((one) => one.entity === STEP && nameless.has(one.value));
    const out = withhold(packet, (change) => (change.entity === STEP ? whole && !repeats : shown.get(change) === true));
    if (!keepsLabel(out)) nameless.add(canonical(packet.hash.toString('hex')));
    return out;
  };
}

function changesIn({ body }: Packet): readonly Change[] {
  if (body === null) return [];
  if ('seed' in body) return body.changes;
  return body.leaves.flatMap((leaf, i) => (i > 0 && 'salt' in leaf ? [leaf.change] : []));
}

function keepsLabel({ body }: Packet): boolean {
  if (body === null) return false;
  const first = 'seed' in body ? undefined : body.leaves[0];
  return first === undefined || 'salt' in first;
}

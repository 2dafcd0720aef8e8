import { byWinner } from '../../shared/changes/fold.ts';
import {
  inverse,
  type Hanging,
  type Inverse,
  type TouchedField,
  type TouchedRecord,
} from '../../shared/changes/inverse.ts';
import { PARENTS } from '../../shared/changes/registry.ts';
import { idBytes, idText } from './ids.ts';
import type { CommitRow, Log, SaidRow } from './log.ts';
import { isEntity } from './schema.ts';

/**
 * What takes one of the acting person's own commits back, as edits, and what must be left. Every later commit of the
 * same chain is undone already when this is asked (undo goes backwards), so those count as part of it, not as somebody's
 * later work.
 */
export function inverseOf(log: Log, target: CommitRow): Inverse {
  const isMine = (said: SaidRow): boolean => said.chain === target.chain && said.seq >= target.seq;
  const records: TouchedRecord[] = [];
  const ents = log.store.list<number>('SELECT DISTINCT ent FROM change_ WHERE c = ? ORDER BY ent', target.c);
  for (const ent of ents) {
    const record = log.record(ent);
    if (record === null || !isEntity(record.kind)) continue;
    records.push({ entity: record.kind, id: idText(record.id), fields: touchedFields(log, ent, target, isMine) });
  }
  return inverse(records, (entity, id) => hangsOn(log, entity, id, target, isMine));
}

function touchedFields(log: Log, ent: number, target: CommitRow, isMine: (said: SaidRow) => boolean): TouchedField[] {
  const byField = new Map<number, SaidRow[]>();
  for (const said of log.said(ent)) {
    const list = byField.get(said.field);
    if (list === undefined) byField.set(said.field, [said]);
    else list.push(said);
  }
  const fields: TouchedField[] = [];
  for (const [field, said] of byField) {
    const name = log.fieldName(field)?.name;
    if (name === undefined) continue;
    said.sort(byWinner);
    const before = said.find((one) => !isMine(one) && log.causality.saw(target, one));
    const winner = said[0];
    fields.push({
      field: name,
      touched: said.some((one) => one.c === target.c),
      mine: winner !== undefined && isMine(winner),
      before: before?.value ?? null,
    });
  }
  return fields;
}

/** Live records that hang on one, and whether the tie was there for the undone commit to see. */
function hangsOn(
  log: Log,
  entity: string,
  id: string,
  target: CommitRow,
  isMine: (said: SaidRow) => boolean,
): Hanging[] {
  const out: Hanging[] = [];
  for (const { child, field, parent } of PARENTS) {
    if (parent !== entity) continue;
    const ids = log.store.list<string>(`SELECT id FROM p_${child} WHERE "${field}" = ? AND deleted IS NOT 1`, id);
    for (const childId of ids)
      out.push({ id: childId, field, seen: wasSeen(log, child, childId, field, target, isMine) });
  }
  return out;
}

function wasSeen(
  log: Log,
  entity: string,
  id: string,
  field: string,
  target: CommitRow,
  isMine: (said: SaidRow) => boolean,
): boolean {
  const bytes = idBytes(id);
  const ent = bytes === null ? null : log.findRecord(entity, bytes);
  const number = log.findField(entity, field);
  if (ent === null || number === null) return false;
  const ties = log
    .said(ent)
    .filter((said) => said.field === number)
    .sort(byWinner);
  const tie = ties[0];
  if (tie === undefined) return false;
  return tie.c === target.c || (!isMine(tie) && log.causality.saw(target, tie));
}

import { byWinner, foldRecord, isOpenMark, maximal, type Said } from '../../../shared/changes/fold.ts';
import {
  inverse,
  type Hanging,
  type Inverse,
  type TouchedField,
  type TouchedRecord,
} from '../../../shared/changes/inverse.ts';
import { idBytes, idText } from '../ids.ts';
import type { CommitRow, Log, SaidRow } from './log.ts';
import { DEPENDENCIES, isEntity } from '../../../shared/changes/fields.ts';

/** What is taken back, as far as it can be told from one change. */
export interface Taking {
  /** Said by what is taken back, or by what belongs to it. */
  isMine(said: SaidRow): boolean;
  /** What somebody else said can be what a field gets back. */
  wasBefore(said: SaidRow): boolean;
  /** Whether a field is one that was set. `said` is all that was said of it, winner first. */
  touched(said: readonly SaidRow[]): boolean;
  /** The tie of something that hangs on a record was there already. */
  wasSeen(tie: SaidRow): boolean;
}

/**
 * What takes one of the acting person's own commits back, as edits, and what must be left. Every later commit of the
 * same chain is undone already when this is asked (undo goes backwards), so those count as part of it, not as somebody's
 * later work.
 */
export function inverseOf(log: Log, target: CommitRow): Inverse {
  const ents = log.store.list<number>('SELECT DISTINCT ent FROM change_ WHERE c = ? ORDER BY ent', target.c);
  const isMine = (said: SaidRow): boolean => said.chain === target.chain && said.seq >= target.seq;
  const wasBefore = (said: SaidRow): boolean => log.causality.saw(target, said);
  return inverseOfAll(log, ents, {
    isMine,
    wasBefore,
    touched: (said) => said.some((one) => one.c === target.c),
    wasSeen: (tie) => tie.c === target.c || (!isMine(tie) && wasBefore(tie)),
  });
}

/** What takes back all that `taking` says, of these records. */
export function inverseOfAll(log: Log, ents: readonly number[], taking: Taking): Inverse {
  const records: TouchedRecord[] = [];
  for (const ent of ents) {
    const record = log.record(ent);
    if (record === null || !isEntity(record.kind)) continue;
    records.push({ entity: record.kind, id: idText(record.id), fields: touchedFields(log, ent, taking) });
  }
  return inverse(records, (entity, id) => hangsOn(log, entity, id, taking));
}

function touchedFields(log: Log, ent: number, taking: Taking): TouchedField[] {
  const byField = new Map<string, SaidRow[]>();
  for (const said of log.said(ent)) {
    const name = log.fieldName(said.field)?.name;
    if (name === undefined) continue;
    const list = byField.get(name);
    if (list === undefined) byField.set(name, [said]);
    else list.push(said);
  }
  const remaining = new Map([...byField].map(([name, said]) => [name, said.filter((one) => !taking.isMine(one))]));
  const fields: TouchedField[] = [];
  for (const [field, said] of byField) {
    if (isOpenMark(field)) continue;
    said.sort(byWinner);
    const before = said.find((one) => !taking.isMine(one) && taking.wasBefore(one));
    const [winner] = said;
    const touched = taking.touched(said);
    const mine = winner !== undefined && taking.isMine(winner);
    const open = touched && mine && before !== undefined ? openWithout(log, field, before, remaining) : [];
    fields.push({ field, touched, mine, before: before?.value ?? null, open });
  }
  return fields;
}

/**
 * What stands against each other in a field without what is taken back: the question that it settled, and what somebody said
 * meanwhile who knew nothing of it, where that is not what the field gets back.
 */
function openWithout(
  log: Log,
  field: string,
  before: SaidRow,
  remaining: ReadonlyMap<string, readonly SaidRow[]>,
): readonly string[] {
  const said = (remaining.get(field) ?? []).toSorted(byWinner);
  if (said.length < 2 && field !== 'deleted') return [];
  const { saw } = log.causality;
  const conflict = foldRecord(remaining, saw).fields.get(field)?.conflict ?? [];
  const sides = conflict.length > 0 ? conflict : maximal(said, saw).filter(({ value }) => value !== before.value);
  const ofField = new Set<Said>(said);
  return sides.filter((one) => ofField.has(one)).map(({ hash }) => Buffer.from(hash).toString('hex'));
}

/** Live records that hang on one, and whether the tie was there for what is taken back to see. */
function hangsOn(log: Log, entity: string, id: string, taking: Taking): Hanging[] {
  const out: Hanging[] = [];
  for (const { child, field, parent } of DEPENDENCIES) {
    if (parent !== entity) continue;
    const ids = log.store.list<string>(`SELECT id FROM p_${child} WHERE "${field}" = ? AND deleted IS NOT 1`, id);
    for (const childId of ids) out.push({ id: childId, field, seen: wasSeen(log, child, childId, field, taking) });
  }
  return out;
}

function wasSeen(log: Log, entity: string, id: string, field: string, taking: Taking): boolean {
  const bytes = idBytes(id);
  const ent = bytes === null ? null : log.findRecord(entity, bytes);
  const number = log.findField(entity, field);
  if (ent === null || number === null) return false;
  const ties = log
    .said(ent)
    .filter((said) => said.field === number)
    .sort(byWinner);
  const tie = ties[0];
  return tie !== undefined && taking.wasSeen(tie);
}

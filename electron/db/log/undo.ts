import { byWinner, foldRecord, isOpenMark, maximal, type FieldChange } from '../../../shared/changes/fold.ts';
import {
  inverse,
  type Dependent,
  type Inverse,
  type ChangedField,
  type ChangedRecord,
} from '../../../shared/changes/inverse.ts';
import { idBytes, idText } from '../ids.ts';
import type { CommitRow, Log, FieldChangeRow } from './log.ts';
import { DEPENDENCIES, isEntity } from '../../../shared/changes/fields.ts';

/** What is taken back, as far as it can be told from one change. */
export interface Undoing {
  /** Said by what is taken back, or by what belongs to it. */
  isUndone(said: FieldChangeRow): boolean;
  /** What somebody else said can be what a field gets back. */
  isEarlier(said: FieldChangeRow): boolean;
  /** Whether a field is one that was set. `said` is all that was said of it, winner first. */
  wasSet(said: readonly FieldChangeRow[]): boolean;
  /** The link of something that hangs on a record was there already. */
  hadSeen(link: FieldChangeRow): boolean;
}

/**
 * What takes one of the acting person's own commits back, as edits, and what must be left. Every later commit of the
 * same chain is undone already when this is asked (undo goes backwards), so those count as part of it, not as somebody's
 * later work.
 */
export function inverseOf(log: Log, target: CommitRow): Inverse {
  const ents = log.store.list<number>('SELECT DISTINCT ent FROM change_ WHERE c = ? ORDER BY ent', target.c);
  const isUndone = (said: FieldChangeRow): boolean => said.chain === target.chain && said.seq >= target.seq;
  const isEarlier = (said: FieldChangeRow): boolean => log.causality.saw(target, said);
  return inverseOfAll(log, ents, {
    isUndone,
    isEarlier,
    wasSet: (said) => said.some((one) => one.c === target.c),
    hadSeen: (link) => link.c === target.c || (!isUndone(link) && isEarlier(link)),
  });
}

/** What takes back all that `undoing` says, of these records. */
export function inverseOfAll(log: Log, ents: readonly number[], undoing: Undoing): Inverse {
  const records: ChangedRecord[] = [];
  for (const ent of ents) {
    const record = log.record(ent);
    if (record === null || !isEntity(record.kind)) continue;
    records.push({ entity: record.kind, id: idText(record.id), fields: changedFields(log, ent, undoing) });
  }
  return inverse(records, (entity, id) => dependentsOf(log, entity, id, undoing));
}

function changedFields(log: Log, ent: number, undoing: Undoing): ChangedField[] {
  const byField = new Map<string, FieldChangeRow[]>();
  for (const said of log.changesOf(ent)) {
    const name = log.fieldName(said.field)?.name;
    if (name === undefined) continue;
    const list = byField.get(name);
    if (list === undefined) byField.set(name, [said]);
    else list.push(said);
  }
  const remaining = new Map([...byField].map(([name, said]) => [name, said.filter((one) => !undoing.isUndone(one))]));
  const fields: ChangedField[] = [];
  for (const [field, said] of byField) {
    if (isOpenMark(field)) continue;
    said.sort(byWinner);
    const before = said.find((one) => !undoing.isUndone(one) && undoing.isEarlier(one));
    const [winner] = said;
    const wasSet = undoing.wasSet(said);
    const isOwn = winner !== undefined && undoing.isUndone(winner);
    const open = wasSet && isOwn && before !== undefined ? openWithout(log, field, before, remaining) : [];
    fields.push({ field, wasSet, isOwn, before: before?.value ?? null, open });
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
  before: FieldChangeRow,
  remaining: ReadonlyMap<string, readonly FieldChangeRow[]>,
): readonly string[] {
  const said = (remaining.get(field) ?? []).toSorted(byWinner);
  if (said.length < 2 && field !== 'deleted') return [];
  const { saw } = log.causality;
  const conflict = foldRecord(remaining, saw).fields.get(field)?.conflict ?? [];
  const values = conflict.length > 0 ? conflict : maximal(said, saw).filter(({ value }) => value !== before.value);
  const ofField = new Set<FieldChange>(said);
  return values.filter((one) => ofField.has(one)).map(({ hash }) => Buffer.from(hash).toString('hex'));
}

/** Live records that hang on one, and whether the link was there for what is taken back to see. */
function dependentsOf(log: Log, entity: string, id: string, undoing: Undoing): Dependent[] {
  const out: Dependent[] = [];
  for (const { child, field, parent } of DEPENDENCIES) {
    if (parent !== entity) continue;
    const ids = log.store.list<string>(`SELECT id FROM p_${child} WHERE "${field}" = ? AND deleted IS NOT 1`, id);
    for (const childId of ids) out.push({ id: childId, field, seen: hadSeen(log, child, childId, field, undoing) });
  }
  return out;
}

function hadSeen(log: Log, entity: string, id: string, field: string, undoing: Undoing): boolean {
  const bytes = idBytes(id);
  const ent = bytes === null ? null : log.findRecord(entity, bytes);
  const number = log.findField(entity, field);
  if (ent === null || number === null) return false;
  const links = log
    .changesOf(ent)
    .filter((said) => said.field === number)
    .sort(byWinner);
  const link = links[0];
  return link !== undefined && undoing.hadSeen(link);
}

import { byWinner, foldRecord, isOpenMark, maximal, type FieldChange } from '../../../shared/changes/fold.ts';
import {
  inverse,
  type Dependent,
  type Inverse,
  type ChangedField,
  type ChangedRecord,
} from '../../../shared/changes/inverse.ts';
import { idBytes, idText } from '../ids.ts';
import type { EachWritten, FurtherEdits } from '../types.ts';
import type { CommitRow, Log, FieldChangeRow } from './log.ts';
import { DEPENDENCIES, isEntity } from '../../../shared/changes/fields.ts';
import { type Change } from './packet.ts';
import { changesOf, differing, STEP } from './write.ts';

/** Which changes an undo is about. */
export interface Undoing {
  /** Whether a change is one of those undone. */
  isUndone(change: FieldChangeRow): boolean;
  /** Whether a field can get back the value of this change. */
  isEarlier(change: FieldChangeRow): boolean;
  /** Whether the undone changes set a field. `changes`: all its changes, winner first. */
  wasSet(changes: readonly FieldChangeRow[]): boolean;
  /** Whether the change that made one record depend on another was known when the undone changes were made. */
  hadSeen(link: FieldChangeRow): boolean;
}

/** Share of an undo's work that is done once its edits are known. Measured with 40,000 tags. */
const FOUND = 0.6;
/**
 * Share of finding those edits that is done once the records are read. The rest looks for live records that depend on records that the undo
 * removes.
 */
const READ = 0.9;

/**
 * The changes that undo one of the acting person's own commits, with `more` of the same action and those that `further` adds, and what has
 * to be left. `each`: called now and then if they are many, and what it throws ends it; `rest` is the same for writing them.
 */
export function changesThatUndo(
  log: Log,
  target: CommitRow,
  more: readonly Buffer[],
  further: FurtherEdits,
  each?: EachWritten,
): { readonly changes: readonly Change[]; readonly left: Inverse['left']; readonly rest: EachWritten | undefined } {
  const { edits, left } = inverseOf(log, target, more, (share) => each?.(share * FOUND));
  const added = further(edits);
  const all = [...differing(edits, added), ...added];
  const rest: EachWritten | undefined =
    all.length < AT_ONCE ? undefined : (share) => each?.(FOUND + share * (1 - FOUND));
  return { changes: changesOf(log, all, rest), left, rest };
}

/**
 * The edits that undo one of the acting person's own commits, with `more` of the same action, and what has to be left. Undo goes
 * backwards, so every later commit of the same chain is already undone: those count as part of it, not as later work.
 */
export function inverseOf(log: Log, target: CommitRow, more: readonly Buffer[] = [], each?: EachWritten): Inverse {
  const own = new Set([target.c, ...more.flatMap((hash) => log.byHash(hash)?.c ?? [])]);
  const ents = log.store.list<number>(
    'SELECT DISTINCT ent FROM change_ WHERE c IN (SELECT value FROM json_each(?)) ORDER BY ent',
    JSON.stringify([...own]),
  );
  const isUndone = ({ chain, seq }: FieldChangeRow): boolean => chain === target.chain && seq >= target.seq;
  const isEarlier = (change: FieldChangeRow): boolean => log.causality.saw(target, change);
  return inverseOfAll(
    log,
    ents,
    {
      isUndone,
      isEarlier,
      wasSet: (changes) => changes.some((one) => own.has(one.c)),
      hadSeen: (link) => own.has(link.c) || (!isUndone(link) && isEarlier(link)),
    },
    each,
  );
}

/** How many records are read between two calls of `each`. For fewer no progress is shown. */
const AT_ONCE = 500;

/** The edits that undo the changes in `undoing` of these records. `each` is told the share done; if it throws, the undo ends. */
export function inverseOfAll(log: Log, ents: readonly number[], undoing: Undoing, each?: EachWritten): Inverse {
  const records: ChangedRecord[] = [];
  for (const [at, ent] of ents.entries()) {
    if (at > 0 && at % AT_ONCE === 0) each?.((at / ents.length) * READ);
    const record = log.record(ent);
    if (record === null || record.kind === STEP) continue;
    const fields = changedFields(log, ent, undoing);
    // A record of a kind that only a newer version knows stays: what depends on it is not known here.
    if (!isEntity(record.kind) && fields.every(({ before }) => before === null)) continue;
    records.push({ entity: record.kind, id: idText(record.id), fields });
  }
  let looked = 0;
  return inverse(records, (entity, id) => {
    if (++looked % AT_ONCE === 0) each?.(READ + Math.min(1, looked / records.length) * (1 - READ));
    return dependentsOf(log, entity, id, undoing);
  });
}

function changedFields(log: Log, ent: number, undoing: Undoing): ChangedField[] {
  const byField = new Map<string, FieldChangeRow[]>();
  for (const change of log.changesOf(ent)) {
    const name = log.fieldName(change.field)?.name;
    if (name === undefined) continue;
    const list = byField.get(name);
    if (list === undefined) byField.set(name, [change]);
    else list.push(change);
  }
  const remaining = new Map(
    [...byField].map(([name, changes]) => [name, changes.filter((one) => !undoing.isUndone(one))]),
  );
  const fields: ChangedField[] = [];
  for (const [field, changes] of byField) {
    if (isOpenMark(field)) continue;
    changes.sort(byWinner);
    const before = changes.find((one) => !undoing.isUndone(one) && undoing.isEarlier(one));
    const [winner] = changes;
    const wasSet = undoing.wasSet(changes);
    const isOwn = winner !== undefined && undoing.isUndone(winner);
    const open = wasSet && isOwn && before !== undefined ? openWithout(log, field, before, remaining) : [];
    fields.push({ field, wasSet, isOwn, before: before?.value ?? null, open });
  }
  return fields;
}

/**
 * The changes of a field that are in conflict without the undone ones: the conflict they had resolved, and concurrent changes with
 * another value than the one the field gets back.
 */
function openWithout(
  log: Log,
  field: string,
  before: FieldChangeRow,
  remaining: ReadonlyMap<string, readonly FieldChangeRow[]>,
): readonly string[] {
  const changes = (remaining.get(field) ?? []).toSorted(byWinner);
  if (changes.length < 2 && field !== 'deleted') return [];
  const { saw } = log.causality;
  const conflict = foldRecord(remaining, saw).fields.get(field)?.conflict ?? [];
  const values = conflict.length > 0 ? conflict : maximal(changes, saw).filter(({ value }) => value !== before.value);
  const ofField = new Set<FieldChange>(changes);
  return values.filter((one) => ofField.has(one)).map(({ hash }) => Buffer.from(hash).toString('hex'));
}

/** The live records that depend on a record, each with whether the author of the undone changes knew that it depends on it. */
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
    .filter((change) => change.field === number)
    .sort(byWinner);
  const link = links[0];
  return link !== undefined && undoing.hadSeen(link);
}

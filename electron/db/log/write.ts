import { randomBytes } from 'node:crypto';
import { canonical, type Json, NotCanonical } from '../../../shared/changes/canonical.ts';
import { nextClock } from '../../../shared/changes/clock.ts';
import { isOpenMark, openMark } from '../../../shared/changes/fold.ts';
import { Fault } from '../../../shared/errors.ts';
import { idBytes, isIdText, newIdBytes } from '../ids.ts';
import type { EachWritten } from '../types.ts';
import type { CommitRow, Log } from './log.ts';
import {
  bodyRoot,
  type Change,
  commitHash,
  type Header,
  headerBytes,
  LAST_WALL,
  MAX_VALUE,
  type WholeBody,
} from './packet.ts';
import { foldRows, projectFields, writeConflicts } from '../projection/projection.ts';
import { isEntity, kindsOf } from '../../../shared/changes/fields.ts';
import { ENTITIES, type FieldKind } from '../../../shared/changes/kinds.ts';
import { assertUnaltered, type Signer, signHeader, type Trusted } from './signatures.ts';

/** The person and replica that sign. */
export interface Author {
  readonly signer: Signer;
  readonly replica: Buffer;
  readonly trusted: Trusted;
  now(): number;
}

export interface LooseEdit {
  readonly entity: string;
  readonly id: string;
  readonly field: string;
  readonly value: Json;
  /** In an undo: commits (hex) whose values of the field are in conflict again. */
  readonly open?: readonly string[];
  /** See Edit. */
  readonly decides?: true;
}

/** How many changes or records are handled between two calls of `each`: some 20 ms of work. */
const AT_ONCE = 1000;
/**
 * Shares of a commit's work that are done once its edits are compared with the current values (CHECKED), and once it is signed (SIGNED).
 * Measured with 300,000 changes.
 */
const CHECKED = 0.35;
const SIGNED = 0.5;

/**
 * The changes that edits make. A field that already has the value is left out, unless setting it again resolves an open conflict
 * or reopens one, or is a decision. Faults: BAD_INPUT (an unknown field, a value of the wrong kind, one field set twice), TOO_LARGE.
 */
export function changesOf(log: Log, edits: readonly LooseEdit[], each?: EachWritten): Change[] {
  const seen = new Set<string>();
  const changes: Change[] = [];
  for (const [at, edit] of edits.entries()) {
    if (at % AT_ONCE === 0) each?.((at / edits.length) * CHECKED);
    const { entity, field } = edit;
    const key = `${entity} ${edit.id} ${field}`;
    if (seen.has(key)) throw wrong('One action cannot set one field twice', edit);
    seen.add(key);
    const change: Change = { entity, id: idOf(edit), field, value: valueOf(log, edit) };
    const { open = [] } = edit;
    if (open.length > 0)
      changes.push(change, { ...change, field: openMark(field), value: canonical([...open].sort()) });
    else if (edit.decides === true || !isCurrent(log, change)) changes.push(change);
  }
  return changes;
}

function isCurrent(log: Log, change: Change): boolean {
  const ent = log.findRecord(change.entity, change.id);
  const field = log.findField(change.entity, change.field);
  if (ent === null || field === null || log.currentValue(ent, field) !== change.value) return false;
  return log.store.value<number>('SELECT 1 FROM conflict_ WHERE ent = ? AND field = ?', ent, field) === undefined;
}

function idOf(edit: LooseEdit): Buffer {
  const id = idBytes(edit.id);
  if (id === null) throw wrong('A record is named by a UUID', edit);
  return id;
}

function valueOf(log: Log, edit: LooseEdit): string {
  const kind = isEntity(edit.entity) ? kindsOf(edit.entity).get(edit.field) : undefined;
  if (kind === undefined && !isFromNewer(log, edit)) {
    const why = isEntity(edit.entity) ? 'There is no such field' : `There are only ${ENTITIES.join(', ')}`;
    throw wrong(why, edit);
  }
  if (kind !== undefined && !isOfKind(kind, edit.value)) throw wrong(`A ${kind} field cannot hold that value`, edit);
  const value = canonicalOr(edit);
  if (value.length > MAX_VALUE) {
    throw new Fault('TOO_LARGE', 'This text is too long (over 16 million characters). Shorten or split it.');
  }
  return value;
}

/**
 * Whether a newer program has set this field of this record. Undoing and resolving then choose between its values, which nothing else
 * here sets.
 */
function isFromNewer(log: Log, edit: LooseEdit): boolean {
  if (edit.entity === STEP || isOpenMark(edit.field)) return false;
  const ent = log.findRecord(edit.entity, idOf(edit));
  const field = log.findField(edit.entity, edit.field);
  return ent !== null && field !== null && log.currentValue(ent, field) !== null;
}

function canonicalOr(edit: LooseEdit): string {
  try {
    return canonical(edit.value);
  } catch (thrown) {
    if (thrown instanceof NotCanonical) throw wrong(thrown.message, edit);
    throw thrown;
  }
}

function isOfKind(kind: FieldKind, value: Json): boolean {
  if (value === null) return true;
  switch (kind) {
    case 'text':
      return typeof value === 'string';
    case 'int':
      return typeof value === 'number' && Number.isSafeInteger(value);
    case 'bool':
      return typeof value === 'boolean';
    case 'ref':
      return typeof value === 'string' && isIdText(value);
    case 'json':
      return true;
  }
}

const wrong = (why: string, edit: LooseEdit): Fault =>
  new Fault('BAD_INPUT', `Couldn’t save this to the project: ${why}.`, {
    entity: edit.entity,
    id: edit.id,
    field: edit.field,
  });

/** A commit that is signed but not written yet, with the rows of its parents. */
export interface SignedCommit {
  readonly header: Header;
  readonly hash: Buffer;
  readonly sig: Buffer;
  readonly body: WholeBody;
  readonly own: CommitRow | null;
  readonly others: readonly CommitRow[];
}

/** Signs a commit of `changes` whose parents are all the newest commits here. */
export function signCommit(
  log: Log,
  author: Author,
  label: string,
  changes: readonly Change[],
  kind = 1,
): SignedCommit {
  const own = log.tip(author.replica, author.signer.key);
  const others = log
    .heads()
    .filter((head) => head.c !== own?.c)
    .sort((a, b) => Buffer.compare(a.hash, b.hash));
  assertUnaltered(log, own === null ? others : [own, ...others], author.trusted);
  const wall = Math.min(Math.max(0, Math.floor(author.now())), LAST_WALL);
  const body = { seed: randomBytes(16), label: canonical(label), changes };
  const header: Header = {
    kind,
    project: log.project,
    replica: author.replica,
    key: author.signer.key,
    clock: nextClock(wall, Math.max(0, own?.clock ?? 0, ...others.map((one) => one.clock))),
    wall,
    own: own?.hash ?? null,
    others: others.map((one) => one.hash),
    root: bodyRoot(body),
  };
  const bytes = headerBytes(header);
  const sig = signHeader(bytes, author.signer);
  const hash = commitHash(bytes, sig);
  author.trusted.add(hash.toString('hex'));
  return { header, hash, sig, body, own, others };
}

/**
 * Appends one signed commit and writes its projections, inside the caller's transaction. It has seen every commit here, so it
 * wins every field it sets and resolves their conflicts.
 */
export function appendCommit(
  log: Log,
  author: Author,
  label: string,
  changes: readonly Change[],
  each?: EachWritten,
): CommitRow {
  const { header, hash, sig, body, own, others } = signCommit(log, author, label, changes);
  const row = log.append(header, hash, sig, own, others, body);
  putChanges(log, row, changes, each);
  return row;
}

/** Writes the changes of a commit that has seen every commit here, and updates the projections of the records they change. */
export function putChanges(log: Log, row: CommitRow, changes: readonly Change[], each?: EachWritten): void {
  const records = new Map<number, { change: Change; values: Map<string, string> }>();
  // What follows signing is counted in two halves: writing the changes, then the records made from them.
  const tell = (share: number): void => each?.(SIGNED + share * (1 - SIGNED));
  changes.forEach((change, k) => {
    if (k % AT_ONCE === 0) tell(k / changes.length / 2);
    const ent = log.recordNumber(change.entity, change.id);
    const field = log.fieldNumber(change.entity, change.field);
    log.putChange(row.c, k + 1, ent, field, change.value);
    log.store.run('DELETE FROM conflict_ WHERE ent = ? AND field = ?', ent, field);
    const record = records.get(ent);
    if (record === undefined) records.set(ent, { change, values: new Map([[change.field, change.value]]) });
    else record.values.set(change.field, change.value);
  });
  let made = 0;
  for (const [ent, { change, values }] of records) {
    if (made++ % AT_ONCE === 0) tell(0.5 + (made - 1) / records.size / 2);
    if (isEntity(change.entity)) projectFields(log, change.entity, change.id, values, row.wall);
    if ([...values.keys()].some(isOpenMark))
      writeConflicts(log, ent, foldRows(log, { kind: change.entity, id: change.id }, log.changesOf(ent)).conflicts);
  }
}

/**
 * What an undo, a redo, a project's first commit, or a commit that belongs to the action of an earlier one (`continues`) records
 * in the log, so that what can be undone is known after reopening.
 */
export type Step =
  { readonly kind: 'undoes' | 'redoes' | 'continues'; readonly commit: Buffer } | { readonly kind: 'begins' };

/** An entity of the log itself: it has no projection, and every version keeps it. */
export const STEP = 'step';

export function stepChange(step: Step): Change {
  const value: Json = step.kind === 'begins' ? true : step.commit.toString('hex');
  return { entity: STEP, id: newIdBytes(), field: step.kind, value: canonical(value) };
}

/** Those of `edits` that set a field which none of `others` sets. */
export function differing(edits: readonly LooseEdit[], others: readonly LooseEdit[]): LooseEdit[] {
  const nameOf = ({ id, field }: LooseEdit): string => `${id} ${field}`;
  const set = new Set(others.map(nameOf));
  return edits.filter((edit) => !set.has(nameOf(edit)));
}

import { hash } from 'node:crypto';
import { parsed } from '../../../shared/changes/canonical.ts';
import type { Conflict, ConflictSide } from '../../../shared/contract/merge.ts';
import { recordId } from '../../../shared/model/index.ts';
import { type Edit, type LogReader, query, type Readable, type Signed } from '../../db/types.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { byPlace, PLACE, type PlaceRow } from '../../project/passages/places.ts';
import { pickSides, placeOf, writtenBy } from './conflict-sides.ts';
import { aboutWords, recordWords } from './words.ts';

/** A place where coders differed, of which people decided differently, not knowing of each other’s decision. */
export interface DecisionConflict {
  readonly id: string;
  readonly passage: string;
  /** The decisions that no other one had seen, each with its categories: at least two. */
  readonly decisions: readonly Signed[];
  /** The categories that hold now: those of the newest decision. */
  readonly inForce: string;
}

interface Row extends PlaceRow {
  /** The decision. */
  readonly decision: string;
  readonly categories: string;
}
/** The live decisions on live passages, oldest first. */
const liveDecisions = query<Record<string, never>, Row>(
  'merge.liveDecisions',
  `SELECT a.id AS decision, a.categories, p.id, ${PLACE} FROM p_adjudication a JOIN p_passage p ON p.id = a.passage AND p.deleted IS NOT 1
   WHERE a.deleted IS NOT 1 AND a.categories IS NOT NULL ORDER BY a.createdAt, a.id`,
);

/** The conflict's id, the same on every replica. */
const decisionConflictId = (decisions: readonly string[]): string =>
  hash('sha256', ['sourcebook decisions', ...decisions.toSorted()].join('\0')).slice(0, 32);

type Log = Pick<LogReader, 'changes' | 'saw' | 'isForked'>;

/** The open conflicts of this kind. Each decision is a record of its own, so the log has no field conflict for them. */
export function decisionConflicts(db: Readable, log: Log): DecisionConflict[] {
  if (!log.isForked()) return [];
  const differing = byPlace(db.all(liveDecisions, {})).filter(
    (rows) => new Set(rows.map(({ categories }) => sorted(parsed(categories)))).size > 1,
  );
  const ids = differing.flat().map(({ decision }) => decision);
  const made = decidedLast(log, ids);
  return differing.flatMap((rows): DecisionConflict[] => {
    const all = rows.flatMap(({ decision }) => made.get(decision) ?? []);
    const decisions = all.filter((one) =>
      all.every((other) => other === one || other.commit === one.commit || !log.saw(other.commit, one.commit)),
    );
    const passage = rows[0]?.id;
    if (passage === undefined || new Set(decisions.map(({ value }) => sorted(value))).size < 2) return [];
    const id = decisionConflictId(decisions.map((one) => one.id));
    return [{ id, passage, decisions, inForce: sorted(parsed(rows.at(-1)?.categories ?? '')) }];
  });
}

/** Each decision, with the commit that made it or, after it was undone, restored it. */
function decidedLast(log: Log, ids: readonly string[]): Map<string, Signed> {
  const made = new Map<string, Signed>();
  for (const one of log.changes('adjudication', ids, ['categories', 'deleted'])) {
    const before = made.get(one.id);
    if (one.field === 'categories') made.set(one.id, one);
    else if (before !== undefined && one.value !== true) made.set(one.id, { ...before, commit: one.commit });
  }
  return made;
}

const categoriesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string').toSorted() : [];
const sorted = (value: unknown): string => categoriesIn(value).join(' ');

export function decisionConflict(
  context: Pick<ReadContext, 'db' | 'person'>,
  { id, passage, decisions, inForce }: DecisionConflict,
): Conflict {
  const { db } = context;
  const byValue = [...Map.groupBy(decisions, ({ value }) => sorted(value)).values()];
  const [mine, others] = pickSides(context, decisions, byValue);
  const [incoming] = others;
  if (mine === undefined || incoming === undefined) throw new RangeError('A conflict has two sides');
  const toSide = (one: Signed): ConflictSide => {
    const value = categoriesIn(one.value);
    const words = value.map((category) => recordWords(db, 'category', category) || category);
    return {
      ...writtenBy(db, one),
      value,
      text: words.join(', ') || '(none)',
      deleted: false,
      inForce: sorted(value) === inForce,
    };
  };
  return {
    id,
    kind: 'decision',
    about: aboutWords(db, 'passage', passage),
    entity: 'adjudication',
    record: recordId.parse(mine.id),
    field: 'categories',
    mine: toSide(mine),
    incoming: toSide(incoming),
    others: others.map(toSide),
    ...placeOf(db, 'passage', passage),
    canKeepBoth: false,
    canWrite: false,
  };
}

const decisionFields = query<{ id: string }, { compared: string | null; reason: string | null; passage: string }>(
  'merge.decisionFields',
  `SELECT compared, reason, passage FROM p_adjudication WHERE id = $id`,
);

/** Keeps one decision: the acting person, who has seen all of them, decides the same. */
export function decisionEdits(context: WriteContext, { decisions }: DecisionConflict, kept: ConflictSide): Edit[] {
  const decision = decisions.find(({ commit }) => commit === kept.commit);
  const row = decision === undefined ? undefined : context.db.get(decisionFields, { id: decision.id });
  if (row === undefined) return [];
  const id = context.newId();
  const fields = {
    passage: row.passage,
    categories: categoriesIn(kept.value),
    compared: parsed(row.compared ?? 'null') ?? null,
    reason: row.reason,
    person: context.person.id,
  };
  return (['passage', 'categories', 'compared', 'reason', 'person'] as const).map(
    (field): Edit => ({ entity: 'adjudication', id, field, value: fields[field] }) as Edit,
  );
}

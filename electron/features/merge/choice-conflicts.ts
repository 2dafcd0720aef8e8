import { hash } from 'node:crypto';
import type { InverseEdit } from '../../../shared/changes/inverse.ts';
import type { Conflict, ConflictSide } from '../../../shared/contract/merge.ts';
import { recordId } from '../../../shared/model/index.ts';
import { type Edit, query, type LogReader, type Readable, type Signed } from '../../db/types.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { pickSides, placeOf, writtenBy } from './conflict-sides.ts';
import { aboutWords, recordWords } from './words.ts';

/** One choice of a dimension's value for a passage: the values that a commit's author had there after it. */
interface Choice {
  /** The commit's last change of these settings, with the values as its value. */
  readonly change: Signed;
  /** The settings that are live after it, by id, with their values. */
  readonly settings: ReadonlyMap<string, string>;
}
/** A passage to which people gave different values of a single-choice dimension, not knowing of each other’s. */
export interface ChoiceConflict {
  readonly id: string;
  readonly passage: string;
  readonly dimension: string;
  /** All settings of the dimension on the passage, and whether each was removed. */
  readonly settings: ReadonlyMap<string, boolean>;
  /** At least two. */
  readonly choices: readonly Choice[];
}

interface Row {
  readonly id: string;
  readonly passage: string;
  readonly dimension: string;
  readonly value: string;
  readonly deleted: number | null;
}
/** The settings of live passages that have several of one dimension, of which one value only is meant. The inner query is covered by an index. */
const several = query<Record<string, never>, Row>(
  'merge.severalChoices',
  `SELECT t.id, t.passage, t.dimension, t.value, t.deleted
   FROM (SELECT passage, dimension FROM p_setting WHERE passage IS NOT NULL GROUP BY passage, dimension HAVING count(*) > 1) s
     JOIN p_dimension d ON d.id = s.dimension AND d.single = 1 AND d.deleted IS NOT 1
     JOIN p_passage p ON p.id = s.passage AND p.deleted IS NOT 1
     JOIN p_setting t ON t.passage = s.passage AND t.dimension = s.dimension
   WHERE t.value IS NOT NULL`,
);

const liveChoices = query<{ passage: string; dimension: string }, { value: string }>(
  'merge.liveChoices',
  `SELECT value FROM p_setting WHERE passage = $passage AND dimension = $dimension AND value IS NOT NULL AND deleted IS NOT 1`,
);

/** The conflict's id, the same on every replica. */
const choiceConflictId = (passage: string, dimension: string): string =>
  hash('sha256', `sourcebook single choice\0${passage}\0${dimension}\0`).slice(0, 32);

type Log = Pick<LogReader, 'changes' | 'saw' | 'isForked' | 'inEffect'>;

/**
 * The open conflicts of this kind. The log has no field conflict for them, since each person's setting is a record of its own.
 * Resolving one is a choice like any other, so two contrary resolutions are in conflict, too. What was undone counts as never made.
 */
export function choiceConflicts(db: Readable, log: Log): ChoiceConflict[] {
  if (!log.isForked()) return [];
  const groups = [...Map.groupBy(db.all(several, {}), ({ passage, dimension }) => `${passage} ${dimension}`).values()];
  const differing = groups.filter((rows) => new Set(rows.map(({ value }) => value)).size > 1);
  if (differing.length === 0) return [];
  const changesBySetting = Map.groupBy(
    log.changes(
      'setting',
      differing.flat().map(({ id }) => id),
      ['value', 'deleted'],
    ),
    ({ id }) => id,
  );
  const effective = log.inEffect([...new Set([...changesBySetting.values()].flat().map(({ commit }) => commit))]);
  return differing.flatMap((rows): ChoiceConflict[] => {
    const [first] = rows;
    if (first === undefined) return [];
    const changes = rows
      .flatMap(({ id }) => changesBySetting.get(id) ?? [])
      .filter(({ commit }) => effective.has(commit));
    const choices = choicesIn(changes, log);
    if (choices.length < 2 || !isOpen(rows, choices)) return [];
    const { passage, dimension } = first;
    const settings = new Map(rows.map(({ id, deleted }) => [id, deleted === 1]));
    return [{ id: choiceConflictId(passage, dimension), passage, dimension, settings, choices }];
  });
}

/** Two values are there, or none although someone chose one: of two contrary resolutions each removes what the other kept. */
function isOpen(rows: readonly Row[], choices: readonly Choice[]): boolean {
  const live = new Set(rows.filter(({ deleted }) => deleted !== 1).map(({ value }) => value));
  if (new Set(choices.map(valuesOf)).size < 2) return false;
  return live.size > 1 || (live.size === 0 && choices.some(({ settings }) => settings.size > 0));
}
const valuesOf = ({ settings }: Choice): string => [...new Set(settings.values())].sort().join(' ');

/** The choices that no other one had seen. Changes of several settings, each's oldest first. */
function choicesIn(changes: readonly Signed[], log: Log): Choice[] {
  const byCommit = Map.groupBy(changes, ({ commit }) => commit);
  const commits = [...byCommit.keys()];
  const newest = commits.filter((one) => commits.every((other) => other === one || !log.saw(other, one)));
  return newest.flatMap((commit): Choice[] => {
    const change = byCommit.get(commit)?.at(-1);
    if (change === undefined) return [];
    const live = new Map<string, string>();
    const gone = new Set<string>();
    for (const { id, field, value, commit: by } of changes) {
      if (!log.saw(commit, by)) continue;
      if (field === 'value' && typeof value === 'string') live.set(id, value);
      else if (value === true) gone.add(id);
      else gone.delete(id);
    }
    for (const id of gone) live.delete(id);
    return [{ change: { ...change, field: 'value', value: [...new Set(live.values())].sort() }, settings: live }];
  });
}

export function choiceConflict(
  context: Pick<ReadContext, 'db' | 'person'>,
  { id, passage, dimension, choices }: ChoiceConflict,
): Conflict {
  const { db } = context;
  const changes = choices.map(({ change }) => change);
  const byValue = [...Map.groupBy(choices, valuesOf).values()].map((group) => group.map(({ change }) => change));
  const [mine, others] = pickSides(context, changes, byValue);
  const [incoming] = others;
  if (mine === undefined || incoming === undefined) throw new RangeError('A conflict has two sides');
  const live = new Set(db.all(liveChoices, { passage, dimension }).map(({ value }) => value));
  const toSide = (one: Signed): ConflictSide => {
    const value = [...new Set(choices.find(({ change }) => change === one)?.settings.values())];
    return {
      ...writtenBy(db, one),
      value,
      text: value.map((id) => recordWords(db, 'value', id) || id).join(', ') || '(empty)',
      deleted: false,
      inForce: value.length > 0 && value.every((id) => live.has(id)),
    };
  };
  return {
    id,
    kind: 'choice',
    about: [recordWords(db, 'dimension', dimension), aboutWords(db, 'passage', passage)].join(', '),
    entity: 'setting',
    record: recordId.parse(mine.id),
    field: 'value',
    mine: toSide(mine),
    incoming: toSide(incoming),
    others: others.map(toSide),
    ...placeOf(db, 'passage', passage),
    canKeepBoth: false,
    canWrite: false,
  };
}

const besideSetting = query<{ id: string }, Row>(
  'merge.besideSetting',
  `SELECT t.id, t.passage, t.dimension, t.value, t.deleted FROM p_setting s
     JOIN p_dimension d ON d.id = s.dimension AND d.single = 1
     JOIN p_setting t ON t.passage = s.passage AND t.dimension = s.dimension AND t.value IS NOT NULL
   WHERE s.id = $id`,
);

/**
 * Of the edits that restore a merge that was undone: those that would remove what the person here chose, where they had removed what
 * the other one chose. Of two contrary resolutions each removes what the other kept, so none of the values would be left; undoing the
 * merge had decided for the person’s own.
 */
export function removedChoices(
  { db, project, person }: Pick<WriteContext, 'db' | 'project' | 'person'>,
  edits: readonly InverseEdit[],
): ReadonlySet<InverseEdit> {
  const ofSettings = edits.filter(({ entity, field }) => entity === 'setting' && field === 'deleted');
  const deleted = new Map(ofSettings.map(({ id, value }) => [id, value === true]));
  return new Set(
    ofSettings.filter(({ id, value }) => {
      if (value !== true) return false;
      const rows = db.all(besideSetting, { id });
      const own = rows.find((row) => row.id === id)?.value;
      if (rows.some((row) => !(deleted.get(row.id) ?? row.deleted === 1))) return false;
      const others = rows.filter((row) => row.value !== own && !deleted.has(row.id)).map((row) => row.id);
      const last = new Map(project.log.changes('setting', others, ['deleted']).map((change) => [change.id, change]));
      return [...last.values()].some((change) => change.value === true && change.person === person.id);
    }),
  );
}

/** Keeps what one person chose: their settings stay, all others go. */
export function choiceEdits({ settings, choices }: ChoiceConflict, kept: ConflictSide): Edit[] {
  const chosen = choices.find(({ change }) => change.commit === kept.commit)?.settings;
  return Array.from(settings).flatMap(([id, isGone]): Edit[] => {
    const value = chosen?.has(id) !== true;
    const edit = { entity: 'setting', id, field: 'deleted', value } as const;
    // To choose none where none is left changes nothing, and is a choice all the same.
    if (chosen?.size === 0) return [{ ...edit, decides: true }];
    // What stays is not written: another who removes it at the same time is in conflict with this choice, once.
    return isGone === value ? [] : [edit];
  });
}

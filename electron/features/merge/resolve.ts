import type { Conflict, ConflictSide, Keep } from '../../../shared/contract/merge.ts';
import { canonical } from '../../../shared/changes/canonical.ts';
import { fieldOf, isWithheld, kindsOf } from '../../../shared/changes/fields.ts';
import { Fault } from '../../../shared/errors.ts';
import { translationDraft } from '../../../shared/model/index.ts';
import { type Edit, type Json, query, type Signed } from '../../db/types.ts';
import { freeTakenCodes } from '../../project/codebook/unique-codes.ts';
import { derivedId } from '../../project/ids.ts';
import type { WriteContext } from '../../project/context.ts';
import { choiceEdits } from './choice-conflicts.ts';
import { decisionEdits } from './decision-conflicts.ts';
import { isRemoval } from './conflict-sides.ts';
import { type ConflictAbout, openConflict, tagConflictsOn } from './conflicts.ts';
import { restoredWith, trashedWorkEdits } from './trashed-work.ts';
import { DECIDED, type TagSide } from './tag-conflicts.ts';
import { recordWords } from './words.ts';

/** Resolves a conflict with one commit of the acting person, who has seen all its sides. NOT_FOUND, NOT_ALLOWED, BAD_INPUT. */
export function resolveConflict(context: WriteContext, id: string, keep: Keep): void {
  const open = openConflict(context, id);
  if (open === null)
    throw new Fault('NOT_FOUND', 'This conflict is no longer open. Someone may have resolved it.', {
      id,
    });
  const { about, conflict } = open;
  if (keep === 'both' && !conflict.canKeepBoth)
    throw cannot('Only one value can be kept. Choose one, or enter another.');
  if (typeof keep === 'object' && !conflict.canWrite && sideWith(conflict, keep.value) === undefined)
    throw cannot('You can’t enter another value here. Keep one of these.');
  const { edits, label } = resolutionOf(context, about, conflict, keep);
  const codes = freeTakenCodes(context.db, edits);
  context.db.commit(label, [...edits, ...codes.edits]);
}

function resolutionOf(context: WriteContext, about: ConflictAbout, conflict: Conflict, keep: Keep): Resolution {
  switch (about.kind) {
    case 'field':
      return { label: labelOf(conflict, keep), edits: fieldEdits(context, conflict, keep) };
    case 'tags':
      return tagsEdits(context, conflict, keep);
    case 'choice': {
      const kept = keptSide(conflict, keep);
      const label = `Resolve conflict (${conflict.about}): ${keepWords(conflict, keep)}`;
      return { label, edits: choiceEdits(about.choice, kept) };
    }
    case 'decision': {
      const kept = keptSide(conflict, keep);
      const label = `Resolve decisions (${conflict.about}): ${keepWords(conflict, keep)}`;
      return { label, edits: decisionEdits(context, about.decision, kept) };
    }
    case 'trashed':
      return { label: labelOf(conflict, keep), edits: trashedWorkEdits(about.work, conflict, keep) };
  }
}

/** Of more than two, the others are named by their value. */
const sideWith = ({ kind, mine, others }: Conflict, value: Json): ConflictSide | undefined =>
  kind === 'choice' || kind === 'decision'
    ? [mine, ...others].find((side) => canonical(side.value) === canonical(value))
    : undefined;

function keptSide(conflict: Conflict, keep: Keep): ConflictSide {
  if (typeof keep === 'object') return sideWith(conflict, keep.value) ?? conflict.incoming;
  return keep === 'mine' ? conflict.mine : conflict.incoming;
}

const cannot = (why: string): Fault => new Fault('NOT_ALLOWED', why);
const set = (entity: string, id: string, field: string, value: Json): Edit => ({ entity, id, field, value }) as Edit;

interface Resolution {
  readonly edits: Edit[];
  readonly label: string;
}

function labelOf(conflict: Conflict, keep: Keep): string {
  const what = conflict.kind === 'deleted' ? conflict.entity : `${conflict.entity}, ${conflict.field}`;
  return `Resolve conflict (${what}): ${keepWords(conflict, keep)}`;
}

function fieldEdits(context: WriteContext, conflict: Conflict, keep: Keep): Edit[] {
  const { entity, record, field, mine, incoming } = conflict;
  if (conflict.kind === 'deleted') return deletionEdits(context, conflict, keep);
  if (keep === 'mine') return [set(entity, record, field, mine.value)];
  if (keep === 'incoming') return [set(entity, record, field, incoming.value)];
  if (typeof keep === 'object') return [set(entity, record, field, writtenValue(context, conflict, keep.value))];
  return bothEdits(context, conflict);
}

function keepWords(conflict: Conflict, keep: Keep): string {
  const { mine, incoming } = conflict;
  const other = typeof keep === 'object' ? sideWith(conflict, keep.value) : undefined;
  if (other !== undefined) return `keep ${other.person}’s`;
  if (keep === 'mine') return `keep ${mine.person}’s`;
  if (keep === 'incoming') return `keep ${incoming.person}’s`;
  return keep === 'both' ? `keep ${mine.person}’s and ${incoming.person}’s` : 'another value';
}

/** Keeping both a deletion and an edit keeps the record as it was edited. What was removed together with a kept record comes back. */
function deletionEdits({ db, project }: WriteContext, conflict: Conflict, keep: Keep): Edit[] {
  const { id, entity, record, mine, incoming } = conflict;
  const isDeleted = (keep === 'mine' && mine.deleted) || (keep === 'incoming' && incoming.deleted);
  const own = set(entity, record, 'deleted', isDeleted);
  if (isDeleted) return [own];
  const names = project.merges.conflictNames().filter((one) => one.id === id);
  const removals = project.merges.conflicts(names).flatMap(({ changes }) => changes.filter(isRemoval));
  const commits = new Set(removals.map(({ commit }) => commit));
  const kept = [own, ...restoredWith({ db, project }, entity, record, commits)];
  return typeof keep === 'object' ? [...kept, set(entity, record, 'text', textOf(keep.value))] : kept;
}

function textOf(value: Json): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new Fault('BAD_INPUT', 'Enter some text. To delete it instead, keep the side that moved it to the trash.');
}

/** Another value that the acting person entered, as the field stores it. They become a translation's author. */
function writtenValue({ person }: WriteContext, { entity, field }: Conflict, value: Json): Json {
  if (entity === 'translation') {
    const method = 'human' as const;
    return translationDraft.parse({ text: textOf(value), person: person.id, method });
  }
  if (value === null || typeof value === 'string')
    return fieldOf(entity, field)?.required === true ? textOf(value) : value;
  throw new Fault('BAD_INPUT', 'Only text can be entered here.');
}

function bothEdits(context: WriteContext, conflict: Conflict): Edit[] {
  const { entity, record, field, mine, others } = conflict;
  const own = set(entity, record, field, mine.value);
  if ((entity === 'memo' || entity === 'tag') && fieldOf(entity, field)?.keepBoth === 'record')
    return [own, ...others.flatMap((other) => secondRecord(context, entity, record, field, other))];
  const texts = [mine, ...others].map(({ value }) => (typeof value === 'string' ? value.trim() : ''));
  return [set(entity, record, field, [...new Set(texts)].filter((text) => text !== '').join('\n\n'))];
}

const whole = {
  memo: query<{ id: string }, Record<string, string | number | null>>(
    'merge.memo',
    'SELECT * FROM p_memo WHERE id = $id',
  ),
  tag: query<{ id: string }, Record<string, string | number | null>>('merge.tag', 'SELECT * FROM p_tag WHERE id = $id'),
};

/** A second record with the other side's value. Its id derives from both, so two people who keep both create the same record. */
function secondRecord(
  context: WriteContext,
  entity: 'memo' | 'tag',
  record: string,
  field: string,
  other: ConflictSide,
): Edit[] {
  const row = context.db.get(whole[entity], { id: record });
  if (row === undefined) return [];
  const id = derivedId('sourcebook kept both', record, other.commit);
  return [...kindsOf(entity)].flatMap(([name, kind]): Edit[] => {
    if (name === field) return [set(entity, id, name, other.value)];
    if (entity === 'memo' && name === 'person') return [set(entity, id, name, other.personId)];
    const value = row[name] ?? null;
    return kind === 'bool' || isWithheld(entity, name, 'project') || value === null
      ? []
      : [set(entity, id, name, value)];
  });
}

/** Keeping one side undoes the concurrent changes of the others; keeping both leaves all tags as they are. */
function tagsEdits(context: WriteContext, conflict: Conflict, keep: Keep): Resolution {
  const { db } = context;
  const [found] = tagConflictsOn(context, [conflict.record]);
  const sides = found?.sides ?? [];
  const kept = keep === 'mine' ? conflict.mine : conflict.incoming;
  const isKept = ({ changes }: TagSide): boolean => changes.some((one) => one.commit === kept.commit);
  const tagsKept = new Map(sides.filter(isKept).flatMap(lastOfEach));
  const undone = sides
    .filter((side) => !isKept(side))
    .flatMap((side) =>
      lastOfEach(side)
        .filter(([tag]) => !tagsKept.has(tag))
        .map(([tag, given]) => [tag, given] as const),
    );
  const wanted = [...undone, ...Array.from(tagsKept, ([tag, given]) => [tag, !given] as const)];
  // `true` removes the tag. One that is already in that state needs no edit.
  const edits = (keep === 'both' ? [] : wanted).flatMap(([tag, gone]) =>
    (db.get(whole.tag, { id: tag })?.['deleted'] === 1) === gone ? [] : [set('tag', tag, 'deleted', gone)],
  );
  const commits = sides.flatMap(({ changes }) => changes.map((one) => one.commit));
  const resolution: Json = { kept: keep === 'both' ? 'both' : kept.commit, seen: [...new Set(commits)].sort() };
  const words = recordWords(db, 'passage', conflict.record);
  return {
    label: `Resolve tags on ${words === '' ? 'a passage' : words}: ${keepWords(conflict, keep)}`,
    edits: [...edits, set('passage', conflict.record, DECIDED, resolution)],
  };
}

/** For each tag a side changed, whether the side kept it in the end. */
function lastOfEach({ changes }: TagSide): [string, boolean][] {
  const ofTags = changes.filter(({ entity }) => entity === 'tag');
  return [...new Map(ofTags.map((one: Signed) => [one.id, !isRemoval(one)]))];
}

import type { Conflict, ConflictSide, Keep } from '../../../shared/contract/merge.ts';
import { fieldOf, isWithheld, kindsOf } from '../../../shared/changes/fields.ts';
import { Fault } from '../../../shared/errors.ts';
import { translationDraft } from '../../../shared/model/index.ts';
import { type Edit, type Json, query, type Signed } from '../../db/types.ts';
import { freeTakenCodes } from '../../project/codebook/unique-codes.ts';
import { derivedId } from '../../project/ids.ts';
import type { WriteContext } from '../../project/context.ts';
import { openConflict } from './conflicts.ts';
import { hungEdits, openHung } from './hung-conflict.ts';
import type { Hung } from './hung.ts';
import { retagged, type Retagging } from './retagged.ts';
import { recordWords } from './words.ts';

/** Closes a conflict by one commit of the acting person, who has seen all its sides. NOT_FOUND, NOT_ALLOWED, BAD_INPUT. */
export function resolveConflict(context: WriteContext, id: string, keep: Keep): void {
  const conflict = openConflict(context, id);
  if (conflict === null)
    throw new Fault('NOT_FOUND', 'This conflict is no longer open. Someone may have resolved it.', {
      id,
    });
  if (keep === 'both' && !conflict.canKeepBoth)
    throw cannot('Only one value can be kept. Choose one, or enter another.');
  if (typeof keep === 'object' && !conflict.canWrite)
    throw cannot('You can’t enter another value here. Keep one of these.');
  const { edits, label } = settledBy(context, conflict, keep);
  const settled = freeTakenCodes(context.db, edits);
  context.db.commit(label, [...edits, ...settled.edits]);
}

function settledBy(context: WriteContext, conflict: Conflict, keep: Keep): Settled {
  if (conflict.kind === 'tags') return tagsEdits(context, conflict, keep);
  const hung = openHung(context).find(({ id }) => id === conflict.id);
  return registerEdits(context, conflict, keep, hung);
}

const cannot = (why: string): Fault => new Fault('NOT_ALLOWED', why);
const set = (entity: string, id: string, field: string, value: Json): Edit => ({ entity, id, field, value }) as Edit;

interface Settled {
  readonly edits: Edit[];
  readonly label: string;
}

function registerEdits(context: WriteContext, conflict: Conflict, keep: Keep, hung: Hung | undefined): Settled {
  const { entity, record, field, mine, theirs } = conflict;
  const what = `${entity}${conflict.kind === 'deleted' ? '' : `, ${field}`}`;
  const label = `Resolve conflict (${what}): ${keepWords(conflict, keep)}`;
  if (hung !== undefined) return { label, edits: hungEdits(hung, conflict, keep) };
  if (conflict.kind === 'deleted') return { label, edits: deletionEdits(conflict, keep) };
  if (keep === 'mine') return { label, edits: [set(entity, record, field, mine.value)] };
  if (keep === 'theirs') return { label, edits: [set(entity, record, field, theirs.value)] };
  if (typeof keep === 'object')
    return { label, edits: [set(entity, record, field, writtenValue(context, conflict, keep.value))] };
  return { label, edits: bothEdits(context, conflict) };
}

function keepWords({ mine, theirs }: Conflict, keep: Keep): string {
  if (keep === 'mine') return `keep ${mine.person}’s`;
  if (keep === 'theirs') return `keep ${theirs.person}’s`;
  return keep === 'both' ? `keep ${mine.person}’s and ${theirs.person}’s` : 'another value';
}

/** To keep both of a deletion and an edit is to keep the record as it was edited. */
function deletionEdits({ entity, record, mine, theirs }: Conflict, keep: Keep): Edit[] {
  if (keep === 'mine') return [set(entity, record, 'deleted', mine.deleted)];
  if (keep === 'theirs') return [set(entity, record, 'deleted', theirs.deleted)];
  const kept = set(entity, record, 'deleted', false);
  return keep === 'both' ? [kept] : [kept, set(entity, record, 'text', textOf(keep.value))];
}

function textOf(value: Json): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new Fault('BAD_INPUT', 'Enter some text. To delete it instead, keep the side that moved it to the trash.');
}

/** What somebody wrote as a third value, as the field takes it: a translation's text is theirs from then on. */
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
    return [own, ...others.flatMap((other) => second(context, entity, record, field, other))];
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

/** A second record beside the first, with what the other said. Its id follows from both, so that two who decide alike make one. */
function second(
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

/** To keep one side takes the other's concurrent changes back, openly; to keep both leaves all tags as they are. */
function tagsEdits(context: WriteContext, conflict: Conflict, keep: Keep): Settled {
  const { db, project } = context;
  const [found] = retagged(db, project.team, [conflict.record]);
  const sides = found?.sides ?? [];
  const kept = keep === 'mine' ? conflict.mine : conflict.theirs;
  const isKept = ({ changes }: Retagging): boolean => changes.some((one) => one.commit === kept.commit);
  const standing = new Map(sides.filter(isKept).flatMap(lastOfEach));
  const undone = sides
    .filter((side) => !isKept(side))
    .flatMap((side) =>
      lastOfEach(side)
        .filter(([tag]) => !standing.has(tag))
        .map(([tag, given]) => [tag, given] as const),
    );
  const wanted = [...undone, ...Array.from(standing, ([tag, given]) => [tag, !given] as const)];
  // `true` removes. A tag that is so already is not said again.
  const edits = (keep === 'both' ? [] : wanted).flatMap(([tag, gone]) =>
    (db.get(whole.tag, { id: tag })?.['deleted'] === 1) === gone ? [] : [set('tag', tag, 'deleted', gone)],
  );
  const commits = sides.flatMap(({ changes }) => changes.map((one) => one.commit));
  const decided: Json = { kept: keep === 'both' ? 'both' : kept.commit, seen: [...new Set(commits)].sort() };
  const words = recordWords(db, 'passage', conflict.record);
  return {
    label: `Resolve tags on ${words === '' ? 'a passage' : words}: ${keepWords(conflict, keep)}`,
    edits: [...edits, set('passage', conflict.record, 'tagsDecided', decided)],
  };
}

/** Of each tag a side touched, whether it gave it in the end. */
function lastOfEach({ changes }: Retagging): [string, boolean][] {
  return [...new Map(changes.map((one: Signed) => [one.id, !(one.field === 'deleted' && one.value === true)]))];
}

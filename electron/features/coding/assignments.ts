import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { drawSample, readSample, type SamplePlan } from '../../../shared/agreement/sample.ts';
import { fieldOf, isWithheld } from '../../../shared/changes/fields.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  type Assignment,
  assignmentId,
  layerId,
  passageId,
  type SampleUnit,
  sourceId,
  type AssignmentId,
  adjudication,
  type Adjudication,
  assignment,
  sampleUnit,
} from '../../../shared/model/index.ts';
import type { Edit, Show, Readable } from '../../db/types.ts';
import { asSigned } from '../../project/people/own-words.ts';
import type { LogOf } from '../../project/people/unsigned-reasons.ts';
import { codebookDigest } from '../../project/codebook/digest.ts';
import { blindAssignment } from '../../project/blind-copy.ts';
import type { WriteContext, ReadContext } from '../../project/context.ts';
import { writeProjectFile } from '../../project/export/project-file.ts';
import { masksOfSources } from '../../project/export/part-queries.ts';
import { liveSources } from '../../project/sources/live-sources.ts';
import {
  layersOfSources,
  adjudications,
  type AdjudicationRow,
  assignments,
  type AssignmentRow,
  removedAssignments,
} from './queries.ts';
import { layerOf, layerText, placesByLayer, type Texts, unitsOf } from './units.ts';
import { z } from 'zod';
import { counted } from '../../../shared/text/counted.ts';

/** The list of units is a single value in the log, so its size is limited. */
const MOST_UNITS = 60_000;

/** The number of units and sources in a sample. */
export function count(context: Texts, input: CallArgs<'assignments.count'>): CallOutput<'assignments.count'> {
  const units = sample(context, input);
  return { units: units.length, sources: new Set(units.map(({ source }) => source)).size };
}

/**
 * Assigns a sample: writes the assignment to the log, then a project file for the coder with the sample's sources, the codebook
 * and the assignment, and nobody's work: no tags, settings, memos, translations, comments or reviews, and no other sources.
 * Throws EXISTS, NOT_FOUND, BAD_INPUT for a sample without units, NOT_ALLOWED in a copy that was made for an assignment.
 */
export async function assign(
  context: WriteContext,
  input: CallArgs<'assignments.create'>,
): Promise<CallOutput<'assignments.create'>> {
  const { path, replace } = input;
  if (!replace && existsSync(path))
    throw new Fault('EXISTS', `“${basename(path)}” already exists. Choose another name, or remove it first.`, {
      name: basename(path),
    });
  if (context.project.log.horizon() !== null)
    throw new Fault('NOT_ALLOWED', 'This is a blind copy. Create assignments in the project it came from.');
  const assignment = newAssignment(context, input);
  const sources = new Set<string>(assignment.units.map(({ source }) => source));
  const layers = new Set(
    context.db.all(layersOfSources, { sources: JSON.stringify([...sources]) }).map(({ id }) => id),
  );
  const masks = new Set(
    context.db.all(masksOfSources, {}).flatMap(({ id, source }) => (sources.has(source) ? [id] : [])),
  );
  const show = visibleToCoder(assignment, { sources, layers, masks });
  context.db.commit(`Assign “${assignment.name}” to ${assignment.coderName}`, editsOf(assignment));
  const label = `“${assignment.name}” for ${assignment.coderName}`;
  try {
    const { bytes } = await writeProjectFile(context, path, replace, {
      writeDatabase: (target) => void context.project.exports.writeAssignment(target, label, show),
      sources,
      layers,
      annotations: false,
    });
    // Read back, since its time is that of the commit.
    return { assignment: readAssignments(context.db).find(({ id }) => id === assignment.id) ?? assignment, bytes };
  } catch (thrown) {
    context.db.commit(`Withdraw “${assignment.name}”: couldn’t write its file`, [
      { entity: 'assignment', id: assignment.id, field: 'deleted', value: true },
    ]);
    throw thrown;
  }
}

function newAssignment(context: WriteContext, input: CallArgs<'assignments.create'>): Assignment {
  if (input.coder.normalize('NFC') === context.person.name)
    throw new Fault('BAD_INPUT', 'You can’t be the blind coder of your own assignment. Choose someone else.');
  const units = sample(context, input);
  const [first] = units;
  if (first === undefined)
    throw new Fault(
      'BAD_INPUT',
      'This sample is empty: the sources have no such text yet, or the share is too small. Choose a larger one.',
    );
  if (units.length > MOST_UNITS)
    throw new Fault(
      'TOO_LARGE',
      `A sample can have up to ${MOST_UNITS} units; this one has ${units.length}. Choose a smaller one.`,
      {
        units: units.length,
      },
    );
  const plan = planOf(input.sample);
  const what = plan.draw.kind === 'all' ? 'source' : plan.unit;
  return {
    id: assignmentId.parse(context.newId()),
    name: input.name === '' ? `${counted(units.length, what)} for ${input.coder}` : input.name,
    coder: null,
    coderName: input.coder,
    person: context.person.id,
    unit: plan.unit,
    units,
    seed: input.seed,
    codebook: codebookDigest(context.db),
    leadDone: !input.leadToo,
    coderDone: false,
    at: context.now(),
  };
}

function planOf(text: string): SamplePlan {
  const plan = readSample(text);
  if (plan === null)
    throw new Fault(
      'BAD_INPUT',
      `“${text}” isn’t a valid sample. Use, for example, sentences:10%, sentences:20, paragraphs:/5 (every fifth), passages:30, or sources.`,
      { sample: text },
    );
  return plan;
}

type SampleQuestion = Pick<CallArgs<'assignments.count'>, 'sample' | 'sources' | 'seed'>;

/** The units that the seed draws from all units of the chosen live sources, sources in the order they were added. */
function sample(context: Texts, { sample: text, sources: asked, seed }: SampleQuestion): SampleUnit[] {
  const plan = planOf(text);
  const live = context.db.all(liveSources, {});
  for (const id of asked)
    if (!live.some((one) => one.id === id))
      throw new Fault('NOT_FOUND', 'No such source in this project, or it’s in the trash.', { id });
  const wanted = new Set<string>(asked);
  const places = plan.unit === 'passage' ? placesByLayer(context.db) : null;
  const all = live.flatMap((row): SampleUnit[] => {
    const layer = layerOf(row);
    if (layer === null || (wanted.size > 0 && !wanted.has(row.id))) return [];
    const read = layerText(context, layer);
    const source = sourceId.parse(row.id);
    if (plan.draw.kind === 'all')
      return read.text === '' ? [] : [{ source, layer, start: 0, end: read.text.length, passage: null }];
    return unitsOf(read, plan.unit, places?.get(layer) ?? []).map(({ start, end, passage }) => ({
      source,
      layer: layerId.parse(layer),
      start,
      end,
      passage: passage === null ? null : passageId.parse(passage),
    }));
  });
  return drawSample(plan, all.length, seed).flatMap((at) => all[at] ?? []);
}

function editsOf({ id, units, at: _at, ...fields }: Assignment): Edit[] {
  const set = { ...fields, sample: units };
  const names = ['name', 'coderName', 'person', 'unit', 'sample', 'seed', 'codebook', 'leadDone', 'coderDone'] as const;
  return names.map((field): Edit => ({ entity: 'assignment', id, field, value: set[field] }));
}

/** What a blind coder may see of the log. */
function visibleToCoder(
  assignment: Assignment,
  { sources, layers, masks }: Readonly<Record<'sources' | 'layers' | 'masks', ReadonlySet<string>>>,
): Show {
  const passages = new Set<string>(assignment.units.flatMap(({ passage }) => passage ?? []));
  // A field that this version does not know could reveal other people's conclusions, so it is withheld.
  const isShown = (entity: string, field: string): boolean =>
    fieldOf(entity, field) !== undefined && !isWithheld(entity, field, 'coder');
  return (entity, id, field) => {
    switch (entity) {
      case 'project':
      case 'category':
      case 'dimension':
      case 'value':
        return true;
      case 'source':
        return sources.has(id) && isShown(entity, field);
      case 'layer':
        return layers.has(id);
      case 'mask':
        return masks.has(id) && isShown(entity, field);
      case 'person':
        return id === assignment.person;
      case 'assignment':
        return id === assignment.id;
      case 'passage':
        return passages.has(id) && isShown(entity, field);
      default:
        return false;
    }
  };
}

export function list(context: ReadContext | WriteContext): CallOutput<'assignments.list'> {
  const assignments = readAssignments(context.db);
  const blind = blindAssignment(context, assignments);
  return { assignments, blind: blind?.id ?? null, removed: readRemovedAssignments(context.db) };
}

/** Restores a withdrawn assignment: its coder may have the file already, and their work can only be merged into an existing assignment. */
export function restore({ db }: WriteContext, id: AssignmentId): void {
  const found = readRemovedAssignments(db).find((one) => one.id === id);
  if (found === undefined)
    throw new Fault('NOT_FOUND', 'No withdrawn assignment with that name.', {
      id,
    });
  db.commit(`Restore assignment “${found.name}”`, [{ entity: 'assignment', id, field: 'deleted', value: false }]);
}

/**
 * Marks the acting person's part of an assignment as finished, or reopens it. In the coder's copy the acting person becomes
 * its coder; elsewhere only its creator and its coder, once known, may do so. Throws NOT_FOUND, NOT_ALLOWED.
 */
export function markDone(context: WriteContext, { id, done }: CallArgs<'assignments.done'>): void {
  const assignment = assignmentOf(context, id);
  const edits =
    list(context).blind === id ? coderEdits(context, assignment, done) : ownEdits(context, assignment, done);
  context.db.commit(`${done ? 'Finish' : 'Reopen'} “${assignment.name}”`, edits);
}

function coderEdits({ person }: WriteContext, { id, coder, coderName }: Assignment, done: boolean): Edit[] {
  if (coder !== null && coder !== person.id)
    throw new Fault('NOT_ALLOWED', `This copy is assigned to ${coderName}, and only they can mark it as finished.`, {
      assignment: id,
    });
  return [
    { entity: 'assignment', id, field: 'coder', value: person.id },
    { entity: 'assignment', id, field: 'coderDone', value: done },
  ];
}

function ownEdits({ person }: WriteContext, assignment: Assignment, done: boolean): Edit[] {
  const { id } = assignment;
  if (assignment.person === person.id) return [{ entity: 'assignment', id, field: 'leadDone', value: done }];
  if (assignment.coder === person.id) return [{ entity: 'assignment', id, field: 'coderDone', value: done }];
  throw new Fault(
    'NOT_ALLOWED',
    `Only ${assignment.coderName}, in their own copy, and the person who created this assignment can mark it as finished.`,
    { assignment: id },
  );
}

/** The assignments, oldest first. One with invalid fields (half merged, or written by another program) is left out. */
export const readAssignments = (db: Readable): Assignment[] => db.all(assignments, {}).flatMap(toAssignment);

/** The withdrawn assignments, oldest first. */
const readRemovedAssignments = (db: Readable): Assignment[] => db.all(removedAssignments, {}).flatMap(toAssignment);

function toAssignment(row: AssignmentRow): Assignment[] {
  const read = assignment.safeParse({
    ...row,
    name: row.name ?? '',
    coderName: row.coderName ?? '',
    units: z.array(sampleUnit).safeParse(json(row.sample)).data,
    seed: row.seed ?? 0,
    codebook: row.codebook ?? '',
    leadDone: row.leadDone === 1,
    coderDone: row.coderDone === 1,
    at: row.createdAt,
  });
  return read.success ? [read.data] : [];
}

/** Throws NOT_FOUND. */
export function assignmentOf({ db }: { readonly db: Readable }, id: AssignmentId): Assignment {
  const found = readAssignments(db).find((one) => one.id === id);
  if (found === undefined)
    throw new Fault('NOT_FOUND', 'No such assignment in this project. Reload the list and choose again.', { id });
  return found;
}

/** The decisions that the people they name signed, oldest first. */
export const readAdjudications = (reader: LogOf): Adjudication[] =>
  asSigned(reader, 'adjudication', reader.db.all(adjudications, {})).flatMap(toAdjudication);

function toAdjudication(row: AdjudicationRow): Adjudication[] {
  const read = adjudication.safeParse({
    ...row,
    categories: json(row.categories),
    compared: json(row.compared),
    at: row.createdAt,
  });
  return read.success ? [read.data] : [];
}

const json = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

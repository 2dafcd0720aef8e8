import type { Draft } from '../../shared/contract/drafts.ts';
import { Fault } from '../../shared/errors.ts';
import {
  type Assignment,
  assignmentId,
  type AssignmentId,
  type Category,
  type CategoryId,
  type PassageId,
  passageId,
  type PersonId,
  type SourceId,
  sourceId,
} from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';
import { oneLine } from './terminal.ts';

/** The categories with these codes. NOT_FOUND; AMBIGUOUS if two categories have the same code, as after some merges. */
export async function findCategories(engine: Engine, codes: readonly string[]): Promise<CategoryId[]> {
  if (codes.length === 0) return [];
  const { categories } = await engine.call('codebook.get', {});
  return codes.map((code) => oneOf(categories, code).id);
}

function oneOf(categories: readonly Category[], code: string): Category {
  const wanted = code.toLowerCase();
  const fitting = categories.filter((one) => one.code.toLowerCase() === wanted || one.id === wanted);
  const [only] = fitting;
  if (only === undefined)
    throw new Fault('NOT_FOUND', `No category “${code}” in this codebook. The codebook command lists them.`, {
      category: code,
    });
  if (fitting.length > 1)
    throw new Fault('AMBIGUOUS', `${fitting.length} categories have the code “${code}”. Use the full ID.`, {
      category: code,
      ids: fitting.map((one) => one.id),
    });
  return only;
}

/** People of the project by their names or IDs. NOT_FOUND; AMBIGUOUS if two have the same name. */
export async function findPeople(engine: Engine, names: readonly string[]): Promise<PersonId[]> {
  if (names.length === 0) return [];
  const { people } = await engine.call('project.info', {});
  return names.map((given) => {
    const wanted = given.normalize('NFC').replace(/\s+/gu, ' ').trim();
    const fitting = people.filter(({ id, name }) => name === wanted || id === wanted.toLowerCase());
    const [only] = fitting;
    if (only === undefined)
      throw new Fault(
        'NOT_FOUND',
        `No one called “${wanted}” in this project. The person list command shows everyone.`,
        { person: wanted },
      );
    if (fitting.length === 1) return only.id;
    throw new Fault('AMBIGUOUS', `${fitting.length} people are called “${wanted}”. Use their IDs.`, {
      person: wanted,
      ids: fitting.map(({ id }) => id),
    });
  });
}

/** An assignment by its ID, or by the beginning of its ID if only one fits. */
export function findAssignment(assignments: readonly Assignment[], given: string): AssignmentId {
  const text = given.trim().toLowerCase();
  const fitting = assignments.filter(({ id }) => id === text || (text.length >= 6 && id.startsWith(text)));
  if (fitting.length === 1) return assignmentId.parse(fitting[0]?.id);
  throw new Fault(
    fitting.length === 0 ? 'NOT_FOUND' : 'AMBIGUOUS',
    `${fitting.length === 0 ? 'No' : 'More than one'} assignment matches “${given}”. Run the assignments command for IDs.`,
    { id: given },
  );
}

/** The codes of categories, by which the command line names them. */
export async function codesOf(engine: Engine, ids: readonly CategoryId[]): Promise<string[]> {
  const { categories } = await engine.call('codebook.get', {});
  const codes = new Map(categories.map(({ id, code }) => [id, code]));
  return ids.map((id) => codes.get(id) ?? id);
}

/** A source by its ID, or by the beginning of its ID if only one fits. */
export async function findSource(engine: Engine, given: string): Promise<SourceId> {
  const whole = sourceId.safeParse(given.toLowerCase());
  if (whole.success) return (await engine.call('sources.get', { id: whole.data })).id;
  return startingWith((await engine.call('sources.list', {})).sources, given, 'source', 'sources').id;
}

/** A passage by its ID, or by the beginning of its ID if only one fits. */
export async function findPassage(engine: Engine, given: string): Promise<PassageId> {
  const whole = passageId.safeParse(given.toLowerCase());
  if (whole.success) return (await engine.call('passages.get', { id: whole.data })).id;
  return startingWith((await engine.call('passages.list', {})).passages, given, 'passage', 'passages').id;
}

const SHORTEST = 6;
/** The one record whose ID begins so. NOT_FOUND, AMBIGUOUS. `what` is its kind in words, `listedBy` the command that lists them. */
export function startingWith<T extends { readonly id: string }>(
  all: readonly T[],
  given: string,
  what: string,
  listedBy: string,
): T {
  const fitting = given.length < SHORTEST ? [] : all.filter((one) => one.id.startsWith(given.toLowerCase()));
  const [only] = fitting;
  if (only === undefined)
    throw new Fault('NOT_FOUND', `No ${what} matches “${given}” in this project. The ${listedBy} command lists IDs.`, {
      id: given,
    });
  if (fitting.length === 1) return only;
  throw new Fault('AMBIGUOUS', `${fitting.length} ${what} IDs start with “${given}”. Type more of the ID.`, {
    id: given,
  });
}

/**
 * The one draft with this title or file name, or whose ID begins so: of the versions of a draft the newest, but for an ID. NOT_FOUND;
 * AMBIGUOUS, with the names of those that are meant.
 */
export async function findDraft(engine: Engine, given: string): Promise<Draft> {
  const { drafts } = await engine.call('drafts.list', {});
  const wanted = given.normalize('NFC').trim();
  const newest = drafts.filter((one) => one.newest);
  const isCalled = (name: string): boolean => name.normalize('NFC').trim() === wanted;
  const byId = given.length < SHORTEST ? [] : drafts.filter(({ id }) => id.startsWith(given.toLowerCase()));
  const [fitting = []] = [
    newest.filter(({ title }) => isCalled(title)),
    newest.filter(({ fileName }) => isCalled(fileName)),
    byId,
  ].filter(({ length }) => length > 0);
  const [only, ...others] = fitting;
  if (only === undefined)
    throw new Fault(
      'NOT_FOUND',
      `No draft has the title or file name “${oneLine(given)}”, and no ID begins so. The drafts command lists them.`,
      { draft: given },
    );
  if (others.length === 0) return only;
  const names = fitting.map(({ id, title, fileName }) => `${oneLine(title)} (${oneLine(fileName)}, ${id})`);
  throw new Fault(
    'AMBIGUOUS',
    `“${oneLine(given)}” can be ${fitting.length} drafts: ${names.join('; ')}. Give the ID of one.`,
    { draft: given, ids: fitting.map(({ id }) => id) },
  );
}

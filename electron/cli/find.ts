import { Fault } from '../../shared/errors.ts';
import {
  type Assignment,
  assignmentId,
  type AssignmentId,
  type Category,
  type CategoryId,
  type PersonId,
} from '../../shared/model/index.ts';
import type { Engine } from '../engine/engine.ts';

/** The categories of some codes. NOT_FOUND, or AMBIGUOUS where two categories have one code (as a merge can leave). */
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

/** People of the project by their names or ids. NOT_FOUND, or AMBIGUOUS where two have one name. */
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

/** An assignment by its id, or by the beginning of it where only one fits. */
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

/** The codes of categories, as the command line calls them. */
export async function codesOf(engine: Engine, ids: readonly CategoryId[]): Promise<string[]> {
  const { categories } = await engine.call('codebook.get', {});
  const codes = new Map(categories.map(({ id, code }) => [id, code]));
  return ids.map((id) => codes.get(id) ?? id);
}

import type { Assignment } from '../model/index.ts';
import { sameName } from '../model/person-name.ts';

/** An assignment submitted by a person with another name than its coder’s. */
export interface SubmittedByOther {
  readonly id: string;
  readonly name: string;
  readonly coderName: string;
  readonly by: string;
}

/**
 * Assignments submitted by a person with another name than the one they were assigned to, with the person they count as
 * coded by. The assigned name is only a label: signatures show who coded it. Case and spaces are ignored.
 */
export function submittedByOthers(
  assignments: readonly Pick<Assignment, 'id' | 'name' | 'coder' | 'coderName'>[],
  people: readonly { readonly id: string; readonly name: string }[],
): SubmittedByOther[] {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return assignments.flatMap(({ id, name, coder, coderName }) => {
    const by = coder === null ? undefined : names.get(coder);
    return by === undefined || sameName(by, coderName) ? [] : [{ id, name, coderName, by }];
  });
}

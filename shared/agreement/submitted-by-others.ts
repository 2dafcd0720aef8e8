import type { Assignment } from '../model/index.ts';

/** An assignment that somebody handed in who has another name than the one it was given to. */
export interface SubmittedByOther {
  readonly id: string;
  readonly name: string;
  readonly coderName: string;
  readonly by: string;
}

/**
 * Assignments that somebody of another name handed in than the one they were given to, with whom they count as coded by. The
 * name an assignment is given to is only a label: who coded it, its signatures say. Case and spaces make no other name.
 */
export function submittedByOthers(
  assignments: readonly Pick<Assignment, 'id' | 'name' | 'coder' | 'coderName'>[],
  people: readonly { readonly id: string; readonly name: string }[],
): SubmittedByOther[] {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return assignments.flatMap(({ id, name, coder, coderName }) => {
    const by = coder === null ? undefined : names.get(coder);
    return by === undefined || folded(by) === folded(coderName) ? [] : [{ id, name, coderName, by }];
  });
}

const folded = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();

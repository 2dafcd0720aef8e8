import { submittedByOthers } from '../../shared/agreement/submitted-by-others.ts';
import type { Engine } from '../engine/engine.ts';
import { oneLine } from './terminal.ts';

/** What is said of assignments that somebody of another name handed in than the one they were given to. */
export async function handedInByOthers(engine: Engine): Promise<string[]> {
  const { assignments } = await engine.call('assignments.list', {});
  if (assignments.every(({ coder }) => coder === null)) return [];
  const { people } = await engine.call('people.list', {});
  return submittedByOthers(assignments, people).map(
    ({ name, coderName, by }) =>
      `“${oneLine(name, 80)}” was assigned to ${oneLine(coderName, 40)}, but ${oneLine(by, 40)} submitted it, so it counts as coded by ${oneLine(by, 40)}.`,
  );
}

import type { Engine } from '../engine/engine.ts';
import { oneLine } from './terminal.ts';

/**
 * What is said of assignments that somebody of another name handed in than the one they were given to. The name an assignment
 * is given to is only a label: who coded it, its signatures say.
 */
export async function handedInByOthers(engine: Engine): Promise<string[]> {
  const { assignments } = await engine.call('assignments.list', {});
  if (assignments.every(({ coder }) => coder === null)) return [];
  const names = new Map((await engine.call('people.list', {})).people.map(({ id, name }) => [id, name]));
  return assignments.flatMap(({ name, coder, coderName }) => {
    const by = coder === null ? undefined : names.get(coder);
    return by === undefined || folded(by) === folded(coderName)
      ? []
      : [
          `“${oneLine(name, 80)}” was given to ${oneLine(coderName, 40)}, and ${oneLine(by, 40)} handed it in: it counts as coded by ${oneLine(by, 40)}.`,
        ];
  });
}

const folded = (name: string): string => name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();

import type { PassageId } from '../../../shared/model/index.ts';

/** The passage that is on its way into the project, made last; null where none is. */
let onItsWay: Promise<PassageId | null> | null = null;

/** Notes a passage that is being made, until it is there or could not be made. */
export function making(made: Promise<PassageId>): Promise<PassageId> {
  const settled: Promise<PassageId | null> = made
    .catch(() => null)
    .finally(() => {
      if (onItsWay === settled) onItsWay = null;
    });
  onItsWay = settled;
  return made;
}

/** The passage one is about to be on, for a key that comes before it; null where none is being made. */
export const passageOnItsWay = (): Promise<PassageId | null> | null => onItsWay;

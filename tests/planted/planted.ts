import { anchoring } from './errors/anchoring.ts';
import { log } from './errors/log.ts';
import { merge } from './errors/merge.ts';
import { review } from './errors/review.ts';
import type { PlantedError } from './planted-error.ts';

/** The errors, by the part of the code that they are planted in: the code that evidence rests on. */
export const PLANTED: Readonly<Record<string, readonly PlantedError[]>> = { log, merge, review, anchoring };

/** One by name, such as `log 3`, counted from 1. */
export function plantedError(name: string): PlantedError {
  const [room = '', number = ''] = name.split(' ');
  const found = PLANTED[room]?.[Number(number) - 1];
  if (found === undefined) throw new Error(`There is no planted error “${name}”.`);
  return found;
}

/** How often a piece occurs in a text. */
export const occurrences = (text: string, piece: string): number => text.split(piece).length - 1;

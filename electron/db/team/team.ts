import { createLeaving } from './leaving.ts';
import { createMerging } from './merging.ts';
import { createRemembering } from './remembering.ts';
import type { TeamParts } from './team-parts.ts';
import type { TeamDb } from '../types.ts';

/** What teams need of the log: merging (merging.ts …) and what leaves it in part (leaving.ts …). */
export function createTeam(parts: TeamParts): TeamDb {
  const merging = createMerging(parts);
  return { ...merging, ...createRemembering(parts, merging), ...createLeaving(parts) };
}

import { createLeaving } from './export.ts';
import { createMerging } from './merge.ts';
import { createRemembering } from './made-merges.ts';
import type { TeamParts } from './context.ts';
import type { TeamDb } from '../types.ts';

/** What teams need of the log: merging (merge.ts …) and what leaves it in part (export.ts …). */
export function createTeam(parts: TeamParts): TeamDb {
  const merging = createMerging(parts);
  return { ...merging, ...createRemembering(parts, merging), ...createLeaving(parts) };
}

import { createExport } from './export.ts';
import { createMerge } from './merge.ts';
import { createMadeMerges } from './made-merges.ts';
import type { MergeContext } from './context.ts';
import type { MergeDb } from '../types.ts';

/** What teams need of the log: merging (merge.ts …) and what leaves it in part (export.ts …). */
export function createMergeDb(parts: MergeContext): MergeDb {
  const merging = createMerge(parts);
  return { ...merging, ...createMadeMerges(parts, merging), ...createExport(parts) };
}

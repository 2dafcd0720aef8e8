import type { Sha256, SourceId } from '../../../../shared/model/index.ts';
import type { WriteContext } from '../../../project/context.ts';
import { dropIndex } from '../archives.ts';
import { oneSource } from '../queries.ts';
import { toSource } from '../source-rows.ts';

interface Hold {
  users: number;
  /** It was there before any of them came, or one of them made a source of it. */
  stays: boolean;
}

/** Originals that imports are at work on, by project: two imports may have the same file at the same time. */
const holds = new WeakMap<WriteContext['project'], Map<Sha256, Hold>>();

type Context = Pick<WriteContext, 'project' | 'files'>;

/** Says that somebody is at work on a stored original. */
export function hold({ project }: Context, original: { readonly sha256: Sha256; readonly existed: boolean }): void {
  const held = holds.get(project) ?? new Map<Sha256, Hold>();
  holds.set(project, held);
  const known = held.get(original.sha256);
  if (known === undefined) held.set(original.sha256, { users: 1, stays: original.existed });
  else known.users++;
}

/**
 * Says that the work has ended. An original that no source came to need goes with the last who was at work on it; true
 * where it went.
 */
export function release({ project, files }: Context, hash: Sha256, isSource: boolean): boolean {
  const held = holds.get(project);
  const known = held?.get(hash);
  if (held === undefined || known === undefined) return false;
  known.users--;
  known.stays ||= isSource;
  if (known.users > 0) return false;
  held.delete(hash);
  if (known.stays) return false;
  files.dropOriginal(hash);
  return true;
}

/** Releases what was held for one file: what `source`, which came of it, names as its original or its parts stays. */
export function releaseTaken(context: WriteContext, held: readonly Sha256[], source: SourceId | null): void {
  const row = source === null ? undefined : context.db.get(oneSource, { id: source });
  const made = row === undefined ? null : toSource(row);
  const needed = new Set(made === null ? [] : [made.sha256, ...made.parts.map((part) => part.sha256)]);
  for (const hash of held) if (release(context, hash, needed.has(hash))) dropIndex(context, hash);
}

import type { Sha256 } from '../../../../shared/model/index.ts';
import type { WriteContext } from '../../../engine/feature.ts';

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

/** Says that the work has ended. An original that no source came to need goes with the last who was at work on it. */
export function release({ project, files }: Context, hash: Sha256, isSource: boolean): void {
  const held = holds.get(project);
  const known = held?.get(hash);
  if (held === undefined || known === undefined) return;
  known.users--;
  known.stays ||= isSource;
  if (known.users > 0) return;
  held.delete(hash);
  if (!known.stays) files.dropOriginal(hash);
}

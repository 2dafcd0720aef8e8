import type { ImportItem } from '../../../shared/contract/sources.ts';
import type { Edit } from '../../db/types.ts';
import type { WriteContext } from '../context.ts';

/** Files that were read and stored as sources, except that nothing is committed yet. */
export interface AddedFiles {
  /** One for each path. Those `added` are sources once `edits` are committed. */
  readonly items: readonly ImportItem[];
  readonly edits: readonly Edit[];
  /** Must be called once: `isKept` after the commit; otherwise the stored originals that no source needs are removed. */
  end(isKept: boolean): void;
}

/** Imports files as sources, as `import.run` does, for a caller that commits them with more. Throws CANCELLED. */
export type AddFiles = (
  context: WriteContext,
  paths: readonly string[],
  options: { readonly signal: AbortSignal; readonly onProgress: (done: number) => void },
) => Promise<AddedFiles>;

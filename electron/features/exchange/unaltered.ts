import { Fault } from '../../../shared/errors.ts';
import { sha256 } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';

interface OfSource {
  readonly id: string;
  readonly title: string | null;
  readonly fileName: string | null;
  readonly sha256: string | null;
  readonly content: string | null;
}

/**
 * Throws DAMAGED for a source whose file has other bytes than its SHA-256: nothing goes out as the evidence it no longer is. A file that is
 * missing is said elsewhere.
 */
export async function unaltered({ files }: Pick<ReadContext, 'files'>, row: OfSource): Promise<void> {
  const content = sha256.safeParse(row.content).data;
  const isTakenOut = content !== undefined && files.hasLayer(content);
  const wanted = isTakenOut ? content : sha256.safeParse(row.sha256).data;
  if (wanted === undefined) return;
  const found = await (isTakenOut ? files.hashLayer(wanted) : files.hashOriginal(wanted));
  if (found !== null && found !== wanted)
    throw new Fault(
      'DAMAGED',
      `The original of “${row.title ?? row.fileName ?? ''}” was altered, so it wasn’t exported. Verify the project, and restore the file from a copy.`,
      { source: row.id },
    );
}

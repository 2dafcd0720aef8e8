import { randomUUID } from 'node:crypto';
import { originalPart, sha256, type Sha256 } from '../../../../shared/model/index.ts';
import type { Edit } from '../../../db/types.ts';
import type { AddFiles } from '../../../project/sources/added-files.ts';
import { cancelled } from './context.ts';
import { hold, release } from './one-file.ts';
import { importInto } from './run.ts';

/** See {@link AddFiles}. Passwords are not asked for, and pages are read without a window’s styles. */
export const addFiles: AddFiles = async (context, paths, { signal, onProgress }) => {
  const edits: Edit[] = [];
  const held = new Set<Sha256>();
  const end = (isKept: boolean): void => {
    for (const hash of held) release(context, hash, isKept);
    held.clear();
  };
  const collect = (more: readonly Edit[]): void => {
    edits.push(...more);
    for (const hash of more.flatMap(originalsIn)) {
      if (held.has(hash)) continue;
      held.add(hash);
      // The import holds it until it is done with the file; this keeps it until the caller has committed.
      hold(context, { sha256: hash, existed: false });
    }
  };
  const input = {
    job: randomUUID(),
    paths: [...paths],
    passwords: [],
    record: {},
    askPassword: false,
    shortPaths: false,
    pages: [],
    allPages: false,
    askPages: false,
    pageStyles: false,
  };
  try {
    const { items, cancelled: isCancelled } = await importInto(context, input, { collect, signal, onProgress });
    if (isCancelled || signal.aborted) throw cancelled();
    return { items, edits, end };
  } catch (thrown) {
    end(false);
    throw thrown;
  }
};

/** The originals that an edit of a source names. */
function originalsIn({ entity, field, value }: Edit): Sha256[] {
  if (entity !== 'source') return [];
  if (field === 'parts')
    return (
      originalPart
        .array()
        .safeParse(value)
        .data?.map((part) => part.sha256) ?? []
    );
  return field === 'sha256' ? [sha256.parse(value)] : [];
}

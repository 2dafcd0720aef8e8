import type { VerifyFailure } from '../../../shared/contract/project.ts';
import { sha256, type Sha256 } from '../../../shared/model/index.ts';
import { openLayerFile } from '../../../shared/text/layer-file.ts';
import { textSha256 } from '../../formats/layer.ts';
import type { ReadContext } from '../../project/context.ts';
import { readDraftFile } from '../../project/sources/read-draft.ts';
import { type DraftFiles, draftsToVerify } from './queries.ts';

/** What a check found: failures, and remarks of what is removed, on which nothing rests. */
export interface Findings {
  readonly checked: number;
  readonly failures: VerifyFailure[];
  readonly remarks: VerifyFailure[];
}

/**
 * Said of a record in the trash. A colleague's changed program can sign one that can't be read: removing it, or undoing the merge
 * that brought it, must be enough for the project to verify again.
 */
export const ofRemoved = (problem: VerifyFailure): VerifyFailure => ({
  ...problem,
  message: `${problem.message} It was removed, so nothing rests on it.`,
});

/** Checks the original and the text of every version of a draft by hash, and whether the text is what its reader takes from the original. */
export async function verifyDrafts(context: ReadContext): Promise<Findings> {
  const rows = context.db.all(draftsToVerify, {});
  const failures: VerifyFailure[] = [];
  const remarks: VerifyFailure[] = [];
  for (const row of rows) {
    const problems = await problemsOf(context, row);
    // A file that is missing or altered is a failure also in the trash: the draft can be restored.
    if (row.removed === 1 && hashesOf(row) === null) remarks.push(...problems.map(ofRemoved));
    else failures.push(...problems);
  }
  return { checked: rows.length, failures, remarks };
}

/** Null where one of them can't be read. */
function hashesOf(row: DraftFiles): { readonly original: Sha256; readonly text: Sha256 } | null {
  const [original, text] = [sha256.safeParse(row.sha256).data, sha256.safeParse(row.text).data];
  return original === undefined || text === undefined ? null : { original, text };
}

async function problemsOf(context: ReadContext, row: DraftFiles): Promise<VerifyFailure[]> {
  const { files } = context;
  const name = `“${row.title ?? row.fileName ?? row.id}”`;
  const hashes = hashesOf(row);
  if (hashes === null)
    return [{ kind: 'original', id: row.id, message: `Can’t read the hashes of the draft ${name}.` }];
  const { original, text } = hashes;
  const problems: VerifyFailure[] = [];
  const check = (kind: 'original' | 'layer', hash: Sha256, found: Sha256 | null, what: string): void => {
    if (found === hash) return;
    const how = found === null ? 'is missing or can’t be read.' : `was altered: its SHA-256 is now ${found}.`;
    problems.push({ kind, id: hash, message: `${what} of the draft ${name} ${how}` });
  };
  check('original', original, await files.hashOriginal(original), 'The original');
  check('layer', text, await files.hashLayer(text), 'The text');
  if (problems.length > 0) return problems;
  return (await isItsText(context, row, original, text))
    ? []
    : [{ kind: 'layer', id: text, message: `The text of the draft ${name} has words that aren’t in its original.` }];
}

/** A changed program can sign a text with other words. One that another version of its reader made is not compared. */
async function isItsText(
  { files, pool }: ReadContext,
  { fileName }: DraftFiles,
  original: Sha256,
  text: Sha256,
): Promise<boolean> {
  const read = await readDraftFile(pool, files.originalPath(original), fileName ?? '');
  try {
    const file = openLayerFile(files.readLayer(text));
    if (!read.ok || read.value.engine !== file.engine || read.value.version !== file.version) return true;
    return read.value.textSha256 === textSha256(file);
  } catch {
    return false;
  }
}

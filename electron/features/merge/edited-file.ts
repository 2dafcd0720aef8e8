import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import type { VerifyFailure } from '../../../shared/contract/project.ts';
import { Fault } from '../../../shared/errors.ts';
import { personId, sha256, type Sha256 } from '../../../shared/model/index.ts';
import { compareWithOwnLog, importProject, newId, openIncomingLog } from '../../db/index.ts';
import type { LockedPerson } from '../../db/types.ts';
import { placeOf } from '../../formats/bag/layout.ts';
import { type Bag, openBag } from '../../formats/bag/read.ts';
import { perProject, type WriteContext } from '../../project/context.ts';
import { compareWithLog, rowFailures } from '../../project/export/compare-project-file.ts';
import { type LayerTexts } from '../../project/export/annotations.ts';
import { openOriginals } from '../../project/files/originals.ts';
import type { FileToCompare } from '../../workers/jobs.ts';
import type { Work } from './incoming.ts';

/**
 * Whether a project file or folder was changed after it was written. A merge takes only its signed log, so nothing that is changed beside it
 * comes in; but people read the rest without Sourcebook, and someone who merges it should know. Of a folder that rest is the tables of its
 * database; a lone database is a copy that a sync service made, and is not compared.
 */

/** Nobody writes into the project that is made to compare: whoever can sign nothing can open it. */
const NOBODY: Omit<LockedPerson, 'id'> = { name: '', privateKey: null, publicKey: '0'.repeat(64), opens: 'passphrase' };

/** The differences, without those that the merge names anyway; runs in a worker of the pool. */
export async function compareFile({ file, database, folder, project }: FileToCompare): Promise<VerifyFailure[]> {
  const bag = await openBag(file);
  try {
    // Listed with what was left out.
    if (bag.problems.length > 0) return [];
    const failures: VerifyFailure[] = [];
    const files = await texts(bag, folder, project, failures);
    const log = openIncomingLog(database);
    let isWhole = true;
    try {
      const replayed = importProject({
        folder,
        person: { id: personId.parse(newId()), ...NOBODY },
        project: log.project,
        packets: () => log.packets(),
        judge: ({ rejected }) => (isWhole = rejected.length === 0),
      });
      try {
        return isWhole && failures.length === 0
          ? await compareWithLog(bag, { database, project: replayed, files })
          : failures;
      } finally {
        replayed.close();
      }
    } finally {
      log.close();
    }
  } finally {
    bag.close();
  }
}

/** The layers of the file: those that the project has as well are read there. `failures` gets what is damaged. */
async function texts(bag: Bag, folder: string, project: string, failures: VerifyFailure[]): Promise<LayerTexts> {
  const [here, unpacked] = [openOriginals(project), openOriginals(folder)];
  const listed = new Set<Sha256>();
  for (const path of bag.payload) {
    const place = placeOf(path);
    const hash = sha256.safeParse(place?.sha256).data;
    if (place?.kind !== 'layer' || hash === undefined) continue;
    listed.add(hash);
    if (here.hasLayer(hash)) continue;
    const to = join(folder, path.slice('data/'.length));
    mkdirSync(join(to, '..'), { recursive: true });
    const problem = await bag.take(path, to);
    if (problem !== null) failures.push({ kind: 'layer', id: hash, message: problem.message });
  }
  return {
    hasLayer: (hash) => listed.has(hash),
    readLayer: (hash) => (here.hasLayer(hash) ? here : unpacked).readLayer(hash),
  };
}

/** The same of a folder, whose database was copied; runs in a worker of the pool if it is large. */
export const compareFolder = (database: string): VerifyFailure[] => rowFailures(compareWithOwnLog(database), 'folder');

type Edited = MergePreview['edited'];

/** What was found last, so that merging what was previewed needs no second look. */
const last = perProject((): { found: { readonly key: string; readonly edited: Edited } | null } => ({ found: null }));

const TIMEOUT_MS = 10 * 60_000;
/** A smaller database is compared here: starting a worker takes longer. */
const SMALL_BYTES = 4 << 20;

/** Does the work of a merge or preview while the file or folder is compared with its log. */
export async function withEdited<T extends object>(
  context: WriteContext,
  { path }: { readonly path: string },
  at: Work,
  work: () => Promise<T>,
): Promise<T & { readonly edited: Edited }> {
  if (at.incoming.kind === 'database') return { ...(await work()), edited: [] };
  const kept = last(context);
  const key = keyOf(path);
  if (kept.found?.key === key) return { ...(await work()), edited: kept.found.edited };
  const ending = new AbortController();
  const comparing = compared(context, at, ending.signal).catch((thrown: unknown): Edited => [uncompared(thrown)]);
  try {
    const done = await work();
    const edited = [...(await comparing)];
    kept.found = { key, edited };
    return { ...done, edited };
  } catch (thrown) {
    ending.abort();
    // Its files are removed next, so nothing may use them any more.
    await comparing;
    throw thrown;
  }
}

async function compared(
  { pool, project }: WriteContext,
  { incoming, files }: Work,
  signal: AbortSignal,
): Promise<Edited> {
  const { file, database } = incoming;
  const options = { timeoutMs: TIMEOUT_MS, signal };
  if (file !== null) {
    const folder = join(files.folder, 'compared');
    return [...(await pool.run('compareFile', { file, database, folder, project: project.folder }, options))];
  }
  if (statSync(database).size <= SMALL_BYTES) return compareFolder(database);
  return [...(await pool.run('compareFolder', { database }, options))];
}

const uncompared = (thrown: unknown): Edited[number] => ({
  kind: 'database',
  id: '',
  message: `It couldn’t be compared with its history${thrown instanceof Fault ? `: ${thrown.data.message}` : '.'}`,
});

/** A file or folder that is changed or replaced in any way has another one. */
function keyOf(path: string): string {
  const database = join(path, 'project.sqlite');
  const parts = [path, database, `${database}-wal`].filter((one) => existsSync(one));
  return parts
    .map((part) => {
      const { dev, ino, size, mtimeMs, ctimeMs } = statSync(part);
      return [part, dev, ino, size, mtimeMs, ctimeMs].join(' ');
    })
    .join('\n');
}

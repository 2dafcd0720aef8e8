import { readdir } from 'node:fs/promises';
import { listBackups } from '../db/index.ts';
import { startEngine } from '../engine/client.ts';
import { openOriginals } from '../project/files/originals.ts';
import { readPendingPage } from '../project/sources/pending-pages.ts';
import { isLeftOver } from '../engine/staging-folders.ts';
import { pathOfTask, runTask } from '../engine/tasks.ts';
import { makeSample } from '../sample/make-sample.ts';
import type { EvidenceFiles } from './evidence.ts';
import type { Projects } from './projects.ts';

/** Project folders on disk, each opened in an engine thread of its own. Work on a whole project never runs on this thread. */
export const projects: Projects = {
  open: (folder, actor) => startEngine({ folder, ...actor, whenLocked: 'read' }),
  create: (folder, actor, about) => runTask({ kind: 'newProject', options: { folder, ...actor, ...about } }),
  importFile: (folder, actor, file, secrets) =>
    runTask({ kind: 'importProjectFile', options: { file, folder, secrets, ...actor } }),
  backupsOf: async (folder) => listBackups(folder),
  restoreBackup: (folder, { installation, replacements }, name) =>
    runTask({
      kind: 'restoreBackup',
      options: { folder, installation, name, ...(replacements === undefined ? {} : { replacements }) },
    }),
  rebuild: (folder, actor) => runTask({ kind: 'rebuild', options: { folder, ...actor } }),
  encrypt: (folder, { installation }, passphrase, watch) =>
    pathOfTask({ kind: 'encryptProject', options: { folder, installation, passphrase } }, watch),
  decrypt: (folder, { installation }, file, passphrase) =>
    runTask({ kind: 'decryptProject', options: { folder, installation, file, passphrase } }),
  sweep,
  makeSample: (folder, actor) => makeSample(folder, actor.installation),
};

/** Most often there is nothing to remove, and no thread is started. A folder that can’t be listed may be on a disk that isn’t there. */
async function sweep(folders: readonly string[], installation: string): Promise<void> {
  const found = await Promise.all(
    folders.map(async (folder) => ({ folder, names: await readdir(folder).catch((): string[] => []) })),
  );
  const left = found.filter(({ names }) => names.some((name) => isLeftOver(name, installation)));
  if (left.length === 0) return;
  await runTask({ kind: 'sweepStaging', options: { folders: left.map(({ folder }) => folder), installation } });
}

/** The files of a project folder by hash. */
export const filesOf = (folder: string): EvidenceFiles => ({
  ...openOriginals(folder),
  readPendingPage: (token, hash) => readPendingPage(folder, token, hash),
});

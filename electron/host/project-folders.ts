import { listBackups } from '../db/index.ts';
import { startEngine } from '../engine/client.ts';
import { openOriginals } from '../project/files/originals.ts';
import { readPendingPage } from '../project/sources/pending-pages.ts';
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
  restoreBackup: (folder, { installation }, name) =>
    runTask({ kind: 'restoreBackup', options: { folder, installation, name } }),
  rebuild: (folder, actor) => runTask({ kind: 'rebuild', options: { folder, ...actor } }),
  encrypt: (folder, { installation }, passphrase, watch) =>
    pathOfTask({ kind: 'encryptProject', options: { folder, installation, passphrase } }, watch),
  decrypt: (folder, { installation }, file, passphrase) =>
    runTask({ kind: 'decryptProject', options: { folder, installation, file, passphrase } }),
  sweep: (folders, installation) => runTask({ kind: 'sweepStaging', options: { folders, installation } }),
  makeSample: (folder, actor) => makeSample(folder, actor.installation),
};

/** The files of a project folder by hash. */
export const filesOf = (folder: string): EvidenceFiles => ({
  ...openOriginals(folder),
  readPendingPage: (token, hash) => readPendingPage(folder, token, hash),
});

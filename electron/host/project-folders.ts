import { listBackups, restoreBackup } from '../db/index.ts';
import { startEngine } from '../engine/client.ts';
import { newProject } from '../engine/create.ts';
import { openOriginals } from '../engine/originals.ts';
import { importProjectFile } from '../engine/project-file.ts';
import { makeSample } from '../sample/make-sample.ts';
import type { ShownFiles } from './bytes.ts';
import type { Projects } from './projects.ts';

/** Projects as they are: folders, each opened in an engine of its own. */
export const projects: Projects = {
  open: (folder, actor) => startEngine({ folder, ...actor }),
  create: async (folder, actor, about) => newProject({ folder, ...actor, ...about }),
  importFile: (folder, actor, file) => importProjectFile({ file, folder, ...actor }),
  backupsOf: async (folder) => listBackups(folder),
  restoreBackup: async (folder, actor, name) => void restoreBackup({ folder, ...actor, name }),
  makeSample: (folder, actor) => makeSample(folder, actor.installation),
};

/** The files of a project folder, by hash. */
export const filesOf = (folder: string): ShownFiles => openOriginals(folder);

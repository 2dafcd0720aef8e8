import type { projectFile } from '../../../shared/contract/project-file.ts';
import type { Handlers } from '../../engine/feature.ts';
import { exportProjectFile } from './export.ts';

export const projectFileHandlers: Handlers<typeof projectFile> = {
  'projectFile.export': (context, { path, replace }) => exportProjectFile(context, path, replace),
};

import type { projectFile } from '../../../shared/contract/project-file.ts';
import type { Handlers } from '../../engine/feature.ts';
import { Fault } from '../../../shared/errors.ts';
import { wholeProject, writeProjectFile } from '../../engine/write-project-file.ts';

const notYet = (): never => {
  throw new Fault('UNSUPPORTED', 'This is being built.');
};

export const projectFileHandlers: Handlers<typeof projectFile> = {
  'projectFile.export': async (context, { path, replace }) => ({
    ...(await writeProjectFile(context, path, replace, wholeProject(context.project))),
    path,
    signature: null,
  }),
  'report.write': notYet,
  'report.count': notYet,
};

import type { projectFile } from '../../../shared/contract/export.ts';
import type { Handlers } from '../../project/context.ts';
import { exportProject } from './export.ts';
import { writeReport } from './report.ts';
import { select } from './selection.ts';

export const projectFileHandlers: Handlers<typeof projectFile> = {
  'projectFile.export': exportProject,
  'report.write': writeReport,
  'report.count': (context, { only }) => {
    const { passages, sources } = select(context, only);
    return { passages: passages.size, sources: sources.size };
  },
};

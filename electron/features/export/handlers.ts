import type { projectFile } from '../../../shared/contract/export.ts';
import type { Handlers } from '../../project/context.ts';
import { exportProject } from './export.ts';
import { writeReport } from './report.ts';
import { exhibitsOf } from './report-queries.ts';
import { select } from './selection.ts';

export const projectFileHandlers: Handlers<typeof projectFile> = {
  'projectFile.export': exportProject,
  'report.write': writeReport,
  'report.count': (context, { only }) => {
    const { passages, sources } = select(context, only);
    // Passages on the same words are one exhibit.
    const exhibits = context.db.get(exhibitsOf, { ids: JSON.stringify([...passages]) })?.count ?? 0;
    return { passages: exhibits, sources: sources.size };
  },
};

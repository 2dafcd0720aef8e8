import type { projectFile } from '../../../shared/contract/export.ts';
import type { Handlers } from '../../project/context.ts';
import { exportProject, masksOfFile } from './export.ts';
import { writeReport } from './report.ts';
import { byPlace } from '../../project/passages/places.ts';
import { sourceCount } from '../../project/export/part-queries.ts';
import { placesOf } from '../../project/report/queries.ts';
import { isAll, select } from '../../project/export/selection.ts';

export const projectFileHandlers: Handlers<typeof projectFile> = {
  'projectFile.export': exportProject,
  'projectFile.masks': masksOfFile,
  'report.write': writeReport,
  'report.count': (context, { only }) => {
    const { passages, sources, withPassages } = select(context, only);
    const inFile = isAll(only) ? (context.db.get(sourceCount, {})?.sources ?? 0) : sources.size;
    // Passages at one place are one exhibit.
    const exhibits = byPlace(context.db.all(placesOf, { ids: JSON.stringify([...passages]) }));
    return { passages: passages.size, exhibits: exhibits.length, sources: inFile, withPassages: withPassages.size };
  },
};

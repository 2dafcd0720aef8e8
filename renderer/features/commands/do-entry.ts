import {
  chooseCategory,
  openDialog,
  openPassage,
  openSource,
  showShelf,
  useWorkbench,
} from '../../common/workbench/workbench.ts';
import type { Entry } from './find.ts';

/** Brings about what was chosen; what is opened is opened here, or beside what is open. */
export function doEntry(entry: Entry, where: 'here' | 'beside'): void {
  switch (entry.kind) {
    case 'command':
      entry.command.run();
      return;
    case 'tagWith':
      useWorkbench.getState().tagger?.(entry.category.id);
      return;
    case 'category':
      showShelf('codebook');
      chooseCategory(entry.category.id);
      return;
    case 'passage':
      if (entry.hit.source !== null && entry.hit.passage !== null)
        openPassage({ source: entry.hit.source, passage: entry.hit.passage }, where);
      return;
    case 'source':
      openSource(entry.source.id, where);
      return;
    case 'person':
      openDialog('project');
      return;
  }
}

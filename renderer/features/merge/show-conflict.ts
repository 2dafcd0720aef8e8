import type { Conflict } from '../../../shared/contract/merge.ts';
import type { usePeek } from '../../api/index.ts';
import { leaveFor } from '../../common/workbench/screens.ts';
import { chooseCategory, openPassage, openSource, showShelf } from '../../common/workbench/workbench.ts';

/** Where a conflict is to be seen. */
export function placeOf({ passage, source, category }: Conflict): 'page' | 'source' | 'category' | null {
  if (passage !== null) return 'page';
  if (category !== null) return 'category';
  return source === null ? null : 'source';
}

/** Goes to where a conflict is to be seen; the way back is known from then on. */
export function showInPage(conflict: Conflict, peek: ReturnType<typeof usePeek>): void {
  const { id, passage, source, category } = conflict;
  const known = passage === null ? undefined : peek('passages.get', { id: passage });
  const home = known?.source ?? source;
  if (passage !== null && home !== null) openPassage({ source: home, passage });
  else if (category !== null) {
    chooseCategory(category);
    showShelf('codebook');
  } else if (home !== null) openSource(home);
  else return;
  leaveFor(id);
}

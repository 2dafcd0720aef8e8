import type { SearchHit } from '../../../shared/contract/search.ts';
import { categoryId } from '../../../shared/model/index.ts';
import {
  chooseCategory,
  openDialog,
  openPassage,
  openSource,
  openSpot,
  setPassage,
  showShelf,
  type Where,
} from '../../common/workbench/workbench.ts';
import { keyOfHit, setCurrent } from './search-state.ts';

/** Goes where a hit is: its place in the text, its passage, or what its memo is on. */
export function goToHit(hit: SearchHit, where: Where = 'here'): void {
  setCurrent(keyOfHit(hit));
  const { kind, source, passage, target, start, end } = hit;
  if (kind === 'text' && source !== null) openSpot(source, { start, end }, where);
  else if (source !== null && passage !== null) openPassage({ source, passage }, where);
  else if (source !== null) {
    // The memo of a source stands beside it while one is on no passage.
    openSource(source, where);
    setPassage(null);
  } else if (target?.kind === 'category') {
    chooseCategory(categoryId.parse(target.id));
    showShelf('codebook');
  } else openDialog('project');
}

import { resetListed } from '../../common/workbench/listed-sources.ts';
import { create } from 'zustand';
import type { DateField } from '../../../shared/model/index.ts';
import { NOTHING_SELECTED, type Selection } from '../../ui/selection.ts';
import type { ManyDraft } from './many.ts';

/** What the library shows, kept while another screen is shown. */
interface LibraryState {
  /** The text that filters the sources. */
  readonly text: string;
  readonly chosen: Selection;
  /** What was changed in the form for several sources, until it is saved or discarded. */
  readonly many: Many;
}
interface Many {
  readonly draft: ManyDraft;
  /** The dates in it that are inferred. */
  readonly implied: ReadonlySet<DateField>;
}

export const EMPTY_MANY: Many = { draft: {}, implied: new Set() };
const EMPTY: LibraryState = { text: '', chosen: NOTHING_SELECTED, many: EMPTY_MANY };

export const useLibraryState = create<LibraryState>()(() => EMPTY);
export const setFilterText = (text: string): void => useLibraryState.setState({ text });
export const setChosen = (chosen: Selection): void => useLibraryState.setState({ chosen });
export const setMany = (many: Many): void => useLibraryState.setState({ many });

let top = 0;
/** How far the table is scrolled, in pixels. */
export const tablePlace = {
  top: () => top,
  keep: (now: number): void => {
    top = now;
  },
};

/** Called when another project opens. */
export function resetLibrary(): void {
  useLibraryState.setState(EMPTY);
  resetListed();
  tablePlace.keep(0);
}

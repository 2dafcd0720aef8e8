import { create } from 'zustand';
import { NOTHING_SELECTED, type Selection } from '../../ui/selection.ts';

/** What the library shows, kept while another screen is shown. */
interface LibraryState {
  /** The text that filters the sources. */
  readonly text: string;
  readonly chosen: Selection;
}

const EMPTY: LibraryState = { text: '', chosen: NOTHING_SELECTED };

export const useLibraryState = create<LibraryState>()(() => EMPTY);
export const setFilterText = (text: string): void => useLibraryState.setState({ text });
export const setChosen = (chosen: Selection): void => useLibraryState.setState({ chosen });

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
  tablePlace.keep(0);
}

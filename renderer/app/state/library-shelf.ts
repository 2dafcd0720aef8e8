import { create } from 'zustand';
import { goTo } from './workbench.ts';

export const LIBRARY_SHELVES = ['all', 'notCoded', 'withGaps', 'removed'] as const;
/** What of the library is shown. */
export type LibraryShelf = (typeof LIBRARY_SHELVES)[number];

export const useLibraryShelf = create<{ readonly shelf: LibraryShelf }>()(() => ({ shelf: 'all' }));
export const chooseLibraryShelf = (shelf: LibraryShelf): void => useLibraryShelf.setState({ shelf });

/** Shows everything that was removed, wherever one is. */
export function showRemoved(): void {
  chooseLibraryShelf('removed');
  goTo('library');
}

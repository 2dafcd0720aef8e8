import { create } from 'zustand';
import type { SourceId } from '../../../shared/model/index.ts';
import { goTo } from './workbench.ts';

export const LIBRARY_SHELVES = ['all', 'notCoded', 'withGaps', 'removed'] as const;
/** What of the library is shown. */
export type LibraryShelf = (typeof LIBRARY_SHELVES)[number];

export const useLibraryShelf = create<{
  readonly shelf: LibraryShelf;
  /** The source whose record was asked for from elsewhere, until the library shows it. */
  readonly asked: SourceId | null;
}>()(() => ({ shelf: 'all', asked: null }));
export const chooseLibraryShelf = (shelf: LibraryShelf): void => useLibraryShelf.setState({ shelf });

/** Shows everything that was removed, wherever one is. */
export function showRemoved(): void {
  chooseLibraryShelf('removed');
  goTo('library');
}

/** Shows a source's record in the library, wherever one is. */
export function showRecord(source: SourceId): void {
  useLibraryShelf.setState({ shelf: 'all', asked: source });
  goTo('library');
}
export const recordShown = (): void => useLibraryShelf.setState({ asked: null });

import { create } from 'zustand';
import type { DossierAsked, DossierExhibit, SavedDossier } from '../../../shared/contract/dossier.ts';
import type { DossierId } from '../../../shared/model/index.ts';

interface Dossiers {
  /** Whether dossiers are shown in place of the figures of the evidence. */
  readonly isOpen: boolean;
  readonly current: DossierId | null;
  /** The pane that a narrow window shows: the form, the exhibits, or the output. */
  readonly pane: 'choose' | 'exhibits' | 'out';
  /** The number of the current exhibit. */
  readonly exhibit: number;
  /** Whether an exhibit is shown as it will be printed, in place of the list. */
  readonly isPaper: boolean;
  /** An exhibit that was just dropped: its new number, and the list before. Its row is focused when the new list is rendered. */
  readonly moved: { readonly number: number; readonly from: readonly DossierExhibit[] } | null;
  /** Passwords of protected PDFs. They are kept in memory until another project opens, and never stored. */
  readonly passwords: readonly string[];
}

const EMPTY: Dossiers = {
  isOpen: false,
  current: null,
  pane: 'choose',
  exhibit: 1,
  isPaper: false,
  moved: null,
  passwords: [],
};
export const useDossiers = create<Dossiers>()(() => EMPTY);
const { setState: set } = useDossiers;

/** Called when another project opens. */
export const resetDossiers = (): void => set(EMPTY);
export const openDossiers = (): void => set({ isOpen: true, pane: 'choose' });
export const closeDossiers = (): void => set({ isOpen: false });
export const showDossier = (current: DossierId | null): void => set({ current, exhibit: 1 });
export const showPane = (pane: Dossiers['pane']): void => set({ pane });
export const showPaper = (isPaper: boolean): void => set({ isPaper });
export const showExhibit = (exhibit: number): void => set({ exhibit, isPaper: true });
/** Called after a drag. `exhibit`: the current exhibit’s new number, since dragging renumbers the exhibits. */
export const showMoved = (moved: NonNullable<Dossiers['moved']>, exhibit: number): void => set({ moved, exhibit });
export const forgetMoved = (): void => set({ moved: null });
export const givePassword = (password: string): void =>
  set(({ passwords }) => ({ passwords: [...passwords.filter((one) => one !== password), password] }));

/** The input of the engine’s calls for a saved dossier. */
export const askedOf = (saved: SavedDossier): DossierAsked => {
  const { title, template, from, summary, order, leftOut, shows } = saved;
  return { title, template, from, summary, order, leftOut, shows, pseudonyms: false };
};

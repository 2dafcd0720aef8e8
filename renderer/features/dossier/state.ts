import { create } from 'zustand';
import type { DossierAsked, DossierExhibit, SavedDossier } from '../../../shared/contract/dossier.ts';
import type { DossierId } from '../../../shared/model/index.ts';

interface Dossiers {
  /** Whether dossiers are shown in place of the figures of the evidence. */
  readonly isOpen: boolean;
  readonly current: DossierId | null;
  /** On a narrow window: what is chosen, the exhibits, or what goes out. */
  readonly pane: 'choose' | 'exhibits' | 'out';
  /** The number of the exhibit in hand. */
  readonly exhibit: number;
  /** Whether an exhibit is shown as it goes out, in place of the list. */
  readonly isPaper: boolean;
  /** An exhibit that was just dropped, by its new number, and the list it was in: its row takes the focus in the list that is made anew. */
  readonly moved: { readonly number: number; readonly from: readonly DossierExhibit[] } | null;
  /** Of protected PDFs: in memory until another project opens, and stored nowhere. */
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
/** After an exhibit was dropped elsewhere: the one in hand has another number, too. */
export const showMoved = (moved: NonNullable<Dossiers['moved']>, exhibit: number): void => set({ moved, exhibit });
export const forgetMoved = (): void => set({ moved: null });
export const givePassword = (password: string): void =>
  set(({ passwords }) => ({ passwords: [...passwords.filter((one) => one !== password), password] }));

/** What is asked of the engine for a dossier as it is saved. */
export const askedOf = (saved: SavedDossier): DossierAsked => {
  const { title, template, from, summary, order, leftOut, shows } = saved;
  return { title, template, from, summary, order, leftOut, shows, pseudonyms: false };
};

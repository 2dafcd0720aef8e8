import { create } from 'zustand';
import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import { showMasks, useMasking } from '../masks/mode.ts';
import type { MarkedSpan } from '../reader/reading-state.ts';

/** Which figures are listed. `open`: those that a person has to decide about. */
export const FIGURE_FILTERS = ['open', 'confirmed', 'all'] as const;
export type FigureFilter = (typeof FIGURE_FILTERS)[number];

/** What a dialog asks about a figure. */
export type FigureQuestion =
  | { readonly kind: 'dismiss' | 'return' | 'edit'; readonly figure: FigureInText }
  /** The words selected for a new figure. */
  | { readonly kind: 'make'; readonly span: MarkedSpan };

interface Figuring {
  /** Whether the reader shows figures in place of passages: a page is never marked by both at once. */
  readonly isOn: boolean;
  /** The id of the current figure. */
  readonly current: string | null;
  readonly filter: FigureFilter;
  /** Which of the two readings of an ambiguous figure is confirmed. */
  readonly reading: 'first' | 'other';
  readonly asked: FigureQuestion | null;
}

const EMPTY: Figuring = { isOn: false, current: null, filter: 'open', reading: 'first', asked: null };
export const useFiguring = create<Figuring>()(() => EMPTY);
const { setState: set } = useFiguring;

/** Called when another project opens. */
export const resetFiguring = (): void => set(EMPTY);
export function showFigures(isOn: boolean): void {
  if (isOn) showMasks(false);
  set({ isOn, current: null, reading: 'first' });
}
// Masks and figures are never shown together, whichever is turned on last.
useMasking.subscribe(({ isOn }, before) => {
  if (isOn && !before.isOn) set({ isOn: false });
});
export const filterFigures = (filter: FigureFilter): void => set({ filter });
export const setReading = (reading: Figuring['reading']): void => set({ reading });
export const askAbout = (asked: FigureQuestion): void => set({ asked });
export const closeFigureQuestion = (): void => set({ asked: null });
export const setFigure = (current: string | null): void => set({ current, reading: 'first' });

const PREFIX = 'figure:';
/** The id of a figure among a view’s marks; differs from those of passages and masks. */
export const figureMark = (id: string): string => `${PREFIX}${id}`;
/** The figure that a mark belongs to; null for another mark. */
export const figureOfMark = (mark: string): string | null =>
  mark.startsWith(PREFIX) ? mark.slice(PREFIX.length) : null;

/** Makes a figure the current one, and scrolls to it. */
export function goToFigure(id: string): void {
  setFigure(id);
  useMasking.getState().reveal?.(figureMark(id));
}

/** Whether a person still has to decide about the figure. */
export const isOpen = ({ state }: Pick<FigureInText, 'state'>): boolean =>
  state === 'found' || state === 'returned' || state === 'reopened' || state === 'disputed';
export const isConfirmed = ({ state }: Pick<FigureInText, 'state'>): boolean =>
  state === 'confirmed' || state === 'reviewed';

export const fitsFilter = (figure: FigureInText, filter: FigureFilter): boolean =>
  filter === 'all' || (filter === 'open' ? isOpen(figure) : isConfirmed(figure));

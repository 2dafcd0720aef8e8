import { create } from 'zustand';
import type { Mask, OpenMask } from '../../../shared/contract/masks.ts';
import type { PassageId } from '../../../shared/model/index.ts';
import type { MarkedSpan } from '../reader/reading-state.ts';

/** What a dialog asks a reason for. `everywhere`: mask the same words in all sources. */
export type MaskQuestion =
  | { readonly kind: 'add'; readonly span: MarkedSpan }
  | { readonly kind: 'everywhere'; readonly span: MarkedSpan }
  | { readonly kind: 'change'; readonly mask: Mask }
  | { readonly kind: 'notPrivate'; readonly passage: PassageId; readonly words: string };

interface Masking {
  /** Whether the reader shows masks in place of passages: a page is never marked by both at once. */
  readonly isOn: boolean;
  /** Whether masks are drawn black, as in an export. */
  readonly isExported: boolean;
  /** The current mask, by {@link markOf}. */
  readonly current: string | null;
  /** The last given reason; further masks get it without asking. */
  readonly reason: string;
  readonly asked: MaskQuestion | null;
  /** Scrolls the active source to a mark; null if no source is shown. */
  readonly reveal: ((mark: string) => void) | null;
}

const EMPTY: Masking = { isOn: false, isExported: false, current: null, reason: '', asked: null, reveal: null };
export const useMasking = create<Masking>()(() => EMPTY);
const { setState: set, getState: get } = useMasking;

/** Called when another project opens. */
export const resetMasking = (): void => set(EMPTY);
export const showMasks = (isOn: boolean): void => set({ isOn, current: null, isExported: false });
export const showAsExported = (isExported: boolean): void => set({ isExported });
export const setReason = (reason: string): void => set({ reason });
export const askReason = (asked: MaskQuestion): void => set({ asked });
export const closeQuestion = (): void => set({ asked: null });
export const setMark = (current: string | null): void => set({ current });
/** Registers the function that scrolls the active source; returns a function that ends this. */
export function registerReveal(reveal: (mark: string) => void): () => void {
  set({ reveal });
  return () => {
    if (get().reveal === reveal) set({ reveal: null });
  };
}
/** Makes a mark the current one, and scrolls to it. */
export function goToMark(mark: string): void {
  set({ current: mark });
  get().reveal?.(mark);
}

const PREFIX = 'mask:';
/** The id of a mask or open place among a view’s marks; differs from those of passages. */
export const markOf = (one: Mask | OpenMask): string =>
  'id' in one
    ? `${PREFIX}${one.id}`
    : `${PREFIX}${one.kind} ${one.passage ?? ''} ${one.layer} ${one.anchor.kind === 'text' ? one.anchor.start : one.anchor.area.join(' ')}`;
export const isMark = (id: string): boolean => id.startsWith(PREFIX);

/** The words of a mask or an open place; null for an area. */
export const wordsOfMask = ({ anchor }: Mask | OpenMask): string | null =>
  anchor.kind === 'text' ? anchor.exact : null;

import { create } from 'zustand';
import type { Claim } from '../../../shared/contract/claims.ts';
import type { ClaimId } from '../../../shared/model/index.ts';

/** Which claims are listed. */
export const WHICH = ['all', 'gaps', 'ready'] as const;
export type Which = (typeof WHICH)[number];

interface Claims {
  /** Whether claims are shown in place of the figures of the evidence. */
  readonly isOpen: boolean;
  readonly which: Which;
  readonly current: ClaimId | null;
  /** Which pane a narrow window shows. */
  readonly pane: 'list' | 'claim' | 'needs';
}

const EMPTY: Claims = { isOpen: false, which: 'all', current: null, pane: 'list' };
export const useClaims = create<Claims>()(() => EMPTY);
const { setState: set } = useClaims;

/** Called when another project opens. */
export const resetClaims = (): void => set(EMPTY);
export const openClaims = (): void => set({ isOpen: true, pane: 'list' });
export const closeClaims = (): void => set({ isOpen: false });
export const setWhich = (which: Which): void => set({ which });
export const showClaim = (current: ClaimId | null): void => set({ current });
export const showPane = (pane: Claims['pane']): void => set({ pane });

/** Whether a claim has no countable gap. That does not mean that it is true. */
export const isReady = ({ gaps }: Claim): boolean => gaps.length === 0;

export const chosenOf = (claims: readonly Claim[], which: Which): readonly Claim[] =>
  which === 'all' ? claims : claims.filter((one) => isReady(one) === (which === 'ready'));

import { create } from 'zustand';
import type { RelationCard, RelationFigure } from '../../../shared/contract/relations.ts';
import type { FigureId, RelationId, SourceId } from '../../../shared/model/index.ts';

/** Which relations are listed. `look`: those that a person has to look at. */
export const WHICH = ['all', 'look', 'dismissed'] as const;
export type Which = (typeof WHICH)[number];
export const GROUPINGS = ['verdict', 'source'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** A relation that is being made or edited. */
export interface Relating {
  /** The source whose figures are listed; null: none chosen yet. */
  readonly source: SourceId | null;
  readonly figures: readonly RelationFigure[];
  /** The relation that will be replaced; null for a new one. */
  readonly instead: RelationCard | null;
  /** The figure that prints the result, if known. */
  readonly printed?: FigureId;
}

interface Relations {
  /** Whether relations are shown in place of the passages of the evidence. */
  readonly isOpen: boolean;
  readonly which: Which;
  readonly grouping: Grouping;
  readonly current: RelationId | null;
  /** Which pane a narrow window shows. */
  readonly pane: 'list' | 'relation';
  readonly relating: Relating | null;
  /** A further source to be looked through, even if it is not among the first ones. */
  readonly also: SourceId | null;
}

const EMPTY: Relations = {
  isOpen: false,
  which: 'all',
  grouping: 'verdict',
  current: null,
  pane: 'list',
  relating: null,
  also: null,
};
export const useRelations = create<Relations>()(() => EMPTY);
const { setState: set } = useRelations;

/** Called when another project opens. */
export const resetRelations = (): void => set(EMPTY);
export const openRelations = (): void => set({ isOpen: true, pane: 'list' });
export const closeRelations = (): void => set({ isOpen: false, relating: null });
export const setWhich = (which: Which): void => set({ which });
export const setGrouping = (grouping: Grouping): void => set({ grouping });
export const showRelation = (current: RelationId | null): void => set({ current });
/** Sets the relation that is current when relations are opened, and the source it is from. */
export const bringRelation = (current: RelationId, also: SourceId): void =>
  set({ which: 'all', current, also, pane: 'relation' });
export const showPane = (pane: Relations['pane']): void => set({ pane });
export const startRelating = (relating: Relating): void => set({ relating });
export const stopRelating = (): void => set({ relating: null });

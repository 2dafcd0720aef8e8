import { createContext, use } from 'react';
import type { CategoryId } from '../../../shared/model/index.ts';
import type { NumberKey } from '../../common/passages/pins.ts';

/**
 * What rows show besides their own category. They ask for it here: as properties of the tree's items it would have the
 * tree built anew, all thousand rows of it, by each letter of the filter.
 */
export interface LedgerRows {
  readonly chosen: CategoryId | null;
  readonly filter: string;
  readonly keyOf: (category: CategoryId) => NumberKey | null;
  readonly showHere: boolean;
  readonly isDraggable: boolean;
  /** Always choose: the count says where. */
  readonly onChoose: (category: CategoryId) => void;
  readonly renaming: CategoryId | null;
  /** With the new name; null: it stays. */
  readonly onRenamed: (category: CategoryId, name: string | null, byKey: boolean) => void;
}

export const LedgerRowsContext = createContext<LedgerRows | null>(null);

export function useLedgerRows(): LedgerRows {
  const rows = use(LedgerRowsContext);
  if (rows === null) throw new Error('A row of the codebook is drawn outside of its tree.');
  return rows;
}

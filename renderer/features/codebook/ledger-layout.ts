import { ListLayout, Rect, type DropTarget } from 'react-aria-components';
import { tokenPixels } from '../../ui/token.ts';
import type { TreeNode } from './tree.ts';

/** So much of a row's height, above and below, means beside it; what lies between means on it. */
const BESIDE = 0.25;

/** Where the ledger's rows lie, of which only those in sight are drawn. */
export class LedgerLayout extends ListLayout<TreeNode> {
  /** The list's own is for a list that scrolls itself (it would count the scrolled part twice), and for higher rows. */
  override getDropTargetFromPoint(_x: number, y: number, isValid: (target: DropTarget) => boolean): DropTarget | null {
    const row = this.getVisibleLayoutInfos(new Rect(0, y, 1, 1)).find(({ rect }) => rect.y <= y && y < rect.maxY);
    if (row === undefined) return { type: 'root' };
    const part = (y - row.rect.y) / row.rect.height;
    const beside = part < 0.5 ? 'before' : 'after';
    const isBeside = part < BESIDE || part > 1 - BESIDE;
    const places = isBeside ? ([beside, 'on'] as const) : (['on', beside] as const);
    const targets = places.map((dropPosition) => ({ type: 'item', key: row.key, dropPosition }) as const);
    return targets.find(isValid) ?? { type: 'item', key: row.key, dropPosition: 'on' };
  }
}

/** How high a row is before it is measured, in pixels. */
export const rowEstimate = (): number => tokenPixels('--row');

import { useRef } from 'react';
import { DropIndicator, useDragAndDrop, type DragAndDropHooks, type DropTarget, type Key } from 'react-aria-components';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { draggedTarget } from '../../common/passages/drag.ts';
import type { TagTarget } from '../../common/reader/reading-state.ts';
import type { TreeNode } from './tree.ts';
import { dropTo, type PlaceTo } from './places.ts';

/** Marks a drag of a category; never readable by another program as anything but its name. */
const CATEGORY = 'application/x-sourcebook-category';

export interface TreeDragOptions {
  readonly categories: readonly Category[];
  readonly onMove: (category: CategoryId, to: PlaceTo) => void;
  /** Something from the reader or the inspector was dropped on a category. */
  readonly onTagDropped: (category: CategoryId, target: TagTarget) => void;
}

/**
 * Dragging in the tree: categories to another place, passages and selections onto a category. React Aria gives it the
 * keyboard (the grip of a row), the line where it would land, and opens a folded family one rests over; Escape ends it.
 */
export function useTreeDrag({ categories, onMove, onTagDropped }: TreeDragOptions): DragAndDropHooks<TreeNode> {
  const moving = useRef<CategoryId | null>(null);
  // The drag ends before what was dropped is told of: what it was must be known by then.
  const tagging = useRef<TagTarget | null>(null);
  const byKey = (key: Key): Category | undefined => categories.find(({ id }) => id === String(key));
  const placeOf = (target: DropTarget): PlaceTo | null => {
    const id = target.type === 'item' ? byKey(target.key)?.id : undefined;
    if (moving.current === null || target.type !== 'item' || id === undefined) return null;
    return dropTo(categories, moving.current, id, target.dropPosition);
  };
  const { dragAndDropHooks } = useDragAndDrop<TreeNode>({
    getItems: (keys) =>
      [...keys].map((key) => {
        const category = byKey(key);
        return { [CATEGORY]: String(key), 'text/plain': category?.name ?? '' };
      }),
    onDragStart: ({ keys }) => {
      const [key] = keys;
      moving.current = key === undefined ? null : (byKey(key)?.id ?? null);
    },
    onDragEnd: () => void (moving.current = null),
    getDropOperation: (target, types) => {
      if (types.has(CATEGORY)) return placeOf(target) === null ? 'cancel' : 'move';
      tagging.current = draggedTarget();
      const isOn = target.type === 'item' && target.dropPosition === 'on';
      return isOn && tagging.current !== null && byKey(target.key)?.archived === false ? 'copy' : 'cancel';
    },
    onMove: ({ target }) => {
      const to = placeOf(target);
      if (to !== null && moving.current !== null) onMove(moving.current, to);
    },
    onItemDrop: ({ target, isInternal }) => {
      const category = byKey(target.key);
      if (!isInternal && category !== undefined && tagging.current !== null) onTagDropped(category.id, tagging.current);
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className="ledger-drop" />,
  });
  return dragAndDropHooks;
}

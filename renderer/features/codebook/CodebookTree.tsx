import {
  memo,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { z } from 'zod';
import { DropIndicator, useDragAndDrop, type DragAndDropHooks, type DropTarget, type Key } from 'react-aria-components';
import type { Cycle } from '../../../shared/contract/codebook.ts';
import { categoryId, type Category, type CategoryId, type SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { announce } from '../../common/notices/notices.ts';
import { usePassageActs, draggedTarget } from '../../common/passages/passage-acts.ts';
import { usePins } from '../../common/passages/pins.ts';
import type { TagTarget } from '../../common/reader/reading-state.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useViewState } from '../../common/workbench/view-state.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import { CategoryTree, TreeHead, TreeLayout, NoMatch } from './CategoryTree.tsx';
import { useShowArchived } from './CodebookHead.tsx';
import { menuOf, type CategoryAct, focusRow, showRow } from './category-commands.ts';
import {
  ancestorsOf,
  buildTree,
  filterTree,
  openable,
  passagesHere,
  reuseNodes,
  usedHere,
  type TreeNode,
  dropTo,
  type PlaceTo,
} from './tree.ts';
import { useCodebookActs } from './useCodebookActs.ts';

interface CodebookTreeProps {
  readonly treeRef: RefObject<HTMLDivElement | null>;
  readonly categories: readonly Category[];
  readonly rings: readonly Cycle[];
  readonly source: SourceId | null;
  readonly chosen: CategoryId | null;
  readonly filter: string;
  readonly onlyHere: boolean;
  readonly onClearFilter: () => void;
  readonly acts: readonly CategoryAct[];
  readonly renaming: CategoryId | null;
  readonly onRenamed: () => void;
  readonly onTag: ((category: CategoryId) => void) | null;
  readonly onChoose: (category: CategoryId | null) => void;
  /** Shown above the tree. */
  readonly children: ReactNode;
}

const expandedSchema = z.array(categoryId);
type Expanded = ReturnType<typeof useViewState<CategoryId[]>>;
const NONE_EXPANDED: CategoryId[] = [];

/** The tree of active categories and, if they are shown, of archived ones below it. */
export const CodebookTree = memo(function CodebookTree(props: CodebookTreeProps) {
  const { treeRef, categories, source, chosen, filter, onlyHere, onTag, onChoose } = props;
  const { t } = useTranslation();
  const { nodes, archived } = useNodes(props);
  const expanded = useViewState('codebook.expanded', expandedSchema, NONE_EXPANDED);
  const isNarrowed = onlyHere || filter.trim() !== '';
  const { keys } = usePins();
  const { menu, showMenu, closeMenu } = useMenuAt(categories);
  const [layout] = useState(() => new TreeLayout());
  const byKey = useRef(false);
  const rename = useRename(props);
  const keyOf = useCallback((id: CategoryId) => keys.find(({ category }) => category === id) ?? null, [keys]);
  const isReadOnly = useReadOnly();
  const dragging = useDragging(props, (id) => expanded.set([...new Set([...expanded.value, id])]));
  useKeptFocus(treeRef, categories, expanded, layout);
  useChosenInView(props, isNarrowed, expanded, layout);
  const shared = {
    chosen,
    filter,
    showHere: source !== null,
    keyOf,
    onChoose,
    renaming: props.renaming,
    onRenamed: rename,
  };
  return (
    // By keyboard, the row’s menu opens with the menu key, or with the button in the detail.
    <div
      className="scroll ledger"
      onContextMenu={showMenu}
      onKeyDownCapture={() => (byKey.current = true)}
      onPointerDownCapture={() => (byKey.current = false)}
    >
      {props.children}
      <TreeHead showHere={source !== null} />
      <CategoryTree
        {...shared}
        treeRef={treeRef}
        layout={layout}
        label={t('codebook.title')}
        nodes={nodes}
        expanded={isNarrowed ? openable(nodes) : expanded.value}
        onExpanded={isNarrowed ? undefined : expanded.set}
        // A click only chooses, also a double click. Enter on the chosen category tags.
        onAct={(id) => (byKey.current && onTag !== null && id === chosen ? onTag(id) : onChoose(id))}
        empty={
          isNarrowed ? <NoMatch text={t('codebook.noMatch')} onClear={props.onClearFilter} /> : t('codebook.empty')
        }
        {...(isReadOnly ? {} : { dragging })}
      />
      {archived === null ? null : <Archived {...shared} nodes={archived} />}
      {menu === null || props.acts.length === 0 ? null : (
        <ContextMenu
          label={t('codebook.menuOf', { name: menu.category.name })}
          at={menu.at}
          entries={menuOf(props.acts, menu.category)}
          onClose={closeMenu}
        />
      )}
    </div>
  );
});

const noKey = (): null => null;

/** Archived categories keep their passages but take no new ones. */
function Archived(
  props: Pick<
    Parameters<typeof CategoryTree>[0],
    'chosen' | 'filter' | 'showHere' | 'onChoose' | 'renaming' | 'onRenamed' | 'nodes'
  >,
) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDivElement>(null);
  const { nodes } = props;
  return (
    <section className="archived" aria-label={t('codebook.archived')}>
      <h3 className="ledger-section">{t('codebook.archived')}</h3>
      {nodes.length === 0 ? (
        <p className="hint ledger-empty">{t('codebook.noneArchived')}</p>
      ) : (
        <CategoryTree
          {...props}
          // Number keys never tag with an archived category.
          keyOf={noKey}
          treeRef={ref}
          label={t('codebook.archived')}
          expanded={openable(nodes)}
          onExpanded={undefined}
          onAct={props.onChoose}
          empty=""
        />
      )}
    </section>
  );
}

function useNodes({ categories, rings, source, filter, onlyHere }: CodebookTreeProps): {
  readonly nodes: readonly TreeNode[];
  readonly archived: readonly TreeNode[] | null;
} {
  const passages = useCall('passages.list', source === null ? null : { source }).data?.passages;
  const showArchived = useShowArchived().value;
  const here = useMemo(() => passagesHere(passages ?? []), [passages]);
  const built = useMemo(() => buildTree(categories, here, { rings }), [categories, here, rings]);
  const old = useMemo(() => buildTree(categories, here, { rings, archived: true }), [categories, here, rings]);
  const all = useReused(built);
  const nodes = useReused(useMemo(() => filterTree(onlyHere ? usedHere(all) : all, filter), [all, onlyHere, filter]));
  const archived = useReused(
    useMemo(() => (showArchived ? filterTree(old, filter) : NO_NODES), [old, filter, showArchived]),
  );
  return { nodes, archived: showArchived ? archived : null };
}

const NO_NODES: readonly TreeNode[] = [];

/** Reuses unchanged nodes, so that their rows are not drawn again. */
function useReused(nodes: readonly TreeNode[]): readonly TreeNode[] {
  const [kept, setKept] = useState(nodes);
  const next = useMemo(() => reuseNodes(kept, nodes), [kept, nodes]);
  if (next !== kept) setKept(next);
  return next;
}

interface MenuAt {
  readonly category: Category;
  readonly at: { readonly x: number; readonly y: number };
}
function useMenuAt(categories: readonly Category[]) {
  const [menu, setMenu] = useState<MenuAt | null>(null);
  const showMenu = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest('.ledger-item') : null;
    const category = categories.find(({ id }) => id === row?.getAttribute('data-key'));
    if (row === null || category === undefined || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    // The menu key gives no pointer position: use the row's.
    const box = row.getBoundingClientRect();
    const byKey = event.clientX === 0 && event.clientY === 0;
    setMenu({
      category,
      at: byKey ? { x: box.left + box.height, y: box.bottom } : { x: event.clientX, y: event.clientY },
    });
  };
  return { menu, showMenu, closeMenu: () => setMenu(null) };
}

/** Makes the chosen category visible: unfolds its parents, once, so that they can be folded again. */
function useChosenInView(
  { treeRef, categories, chosen }: CodebookTreeProps,
  isNarrowed: boolean,
  { value, ready, set }: Expanded,
  layout: TreeLayout,
): void {
  const shown = useRef<CategoryId | null>(null);
  const isThere = categories.some(({ id }) => id === chosen);
  useEffect(() => {
    if (isNarrowed || !ready || !isThere || chosen === null) {
      shown.current = null;
      return undefined;
    }
    if (shown.current === chosen) return undefined;
    shown.current = chosen;
    const folded = ancestorsOf(categories, chosen).filter((id) => !value.includes(id));
    if (folded.length > 0) set([...value, ...folded]);
    const frame = requestAnimationFrame(() => showRow(treeRef.current, layout, chosen));
    return () => cancelAnimationFrame(frame);
  }, [treeRef, categories, chosen, isThere, isNarrowed, ready, value, set, layout]);
}

function useRename({ treeRef, onRenamed }: CodebookTreeProps) {
  const acts = useCodebookActs();
  return (category: CategoryId, name: string | null, byKey: boolean): void => {
    onRenamed();
    if (byKey) requestAnimationFrame(() => focusRow(treeRef.current, category));
    if (name !== null) void acts.edit({ id: category, patch: { name } });
  };
}

function useDragging({ categories }: CodebookTreeProps, expand: (category: CategoryId) => void) {
  const { t } = useTranslation();
  const acts = useCodebookActs();
  const passageActs = usePassageActs();
  return useTreeDrag({
    categories,
    onMove: (category, to) => {
      if (to.parent !== null) expand(to.parent);
      void acts.move({ ids: [category], ...to });
    },
    onTagDropped: (category, target) => {
      const name = categories.find(({ id }) => id === category)?.name ?? '';
      void passageActs.tag(target, [category]).then((done) => {
        if (done !== null) announce(t('codebook.dropped', { name }));
      });
    },
  });
}

/** How many frames to wait until a moved row is drawn. */
const FRAMES = 12;

/** Moves the focus to a row that was moved, also into a folded family: the moved row is a new element. */
function useKeptFocus(
  tree: RefObject<HTMLDivElement | null>,
  categories: readonly Category[],
  expanded: Expanded,
  layout: TreeLayout,
): void {
  const last = useRef<string | null>(null);
  useEffect(() => {
    const element = tree.current;
    if (element === null) return undefined;
    const remember = (): void => {
      last.current = document.activeElement?.closest('.ledger-item')?.getAttribute('data-key') ?? null;
    };
    const forget = (event: FocusEvent): void => {
      // If no other element took the focus, the row itself was removed.
      if (event.relatedTarget !== null) last.current = null;
    };
    element.addEventListener('focusin', remember);
    element.addEventListener('focusout', forget);
    return () => {
      element.removeEventListener('focusin', remember);
      element.removeEventListener('focusout', forget);
    };
  }, [tree]);
  const { value, set } = expanded;
  useEffect(() => {
    const id = categories.find((one) => one.id === last.current)?.id;
    if (id === undefined) return undefined;
    // The tree draws a change some frames later; only then does the old row disappear.
    let frame = 0;
    const look = (left: number): void => {
      if (document.activeElement === document.body) {
        const folded = ancestorsOf(categories, id).filter((one) => !value.includes(one));
        if (folded.length > 0) return set([...value, ...folded]);
        showRow(tree.current, layout, id);
        focusRow(tree.current, id);
      }
      if (left > 0) frame = requestAnimationFrame(() => look(left - 1));
    };
    look(FRAMES);
    return () => cancelAnimationFrame(frame);
  }, [tree, categories, value, set, layout]);
}

/** The drag type of a category. Other programs see only its name. */
const CATEGORY = 'application/x-sourcebook-category';

interface TreeDragOptions {
  readonly categories: readonly Category[];
  readonly onMove: (category: CategoryId, to: PlaceTo) => void;
  /** A selection or a passage, dragged from the reader or the inspector, was dropped on a category. */
  readonly onTagDropped: (category: CategoryId, target: TagTarget) => void;
}

/**
 * Drag and drop in the tree: categories to another place, passages and selections onto a category. React Aria adds the
 * keyboard (the row's grip) and the drop line, and opens a folded family on hover. Escape cancels.
 */
function useTreeDrag({ categories, onMove, onTagDropped }: TreeDragOptions): DragAndDropHooks<TreeNode> {
  const moving = useRef<CategoryId | null>(null);
  // React Aria reports the end of the drag before the drop, so the target is remembered here.
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

import { useMemo, type RefObject } from 'react';
import { Collection, Tree, TreeItem, TreeItemContent, type DragAndDropHooks, type Key } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CategoryId } from '../../../shared/model/index.ts';
import type { NumberKey } from '../../app/state/pins.ts';
import { CategoryRow } from './CategoryRow.tsx';
import type { TreeNode } from './tree.ts';

export interface CategoryTreeProps {
  readonly treeRef: RefObject<HTMLDivElement | null>;
  readonly label: string;
  readonly nodes: readonly TreeNode[];
  readonly expanded: readonly CategoryId[];
  /** Undefined while a filter keeps everything open. */
  readonly onExpanded: ((expanded: CategoryId[]) => void) | undefined;
  readonly chosen: CategoryId | null;
  readonly filter: string;
  readonly keyOf: (category: CategoryId) => NumberKey | null;
  readonly showHere: boolean;
  /** Enter or a click. */
  readonly onAct: (category: CategoryId) => void;
  /** Always choose: the count says where. */
  readonly onChoose: (category: CategoryId) => void;
  readonly emptyText: string;
  readonly renaming: CategoryId | null;
  /** With the new name; null: it stays. */
  readonly onRenamed: (category: CategoryId, name: string | null, byKey: boolean) => void;
  readonly dragging?: DragAndDropHooks<TreeNode>;
}

/** The codebook as a ledger: sign, code, name, taggings here and in all. */
export function CategoryTree(props: CategoryTreeProps) {
  const { treeRef, nodes, expanded, onExpanded, onAct, emptyText, dragging } = props;
  const ids = useMemo(() => new Map(allNodes(nodes).map(({ id }) => [id as string, id])), [nodes]);
  const known = (key: Key): CategoryId[] => {
    const id = ids.get(String(key));
    return id === undefined ? [] : [id];
  };
  return (
    <Tree
      ref={treeRef}
      aria-label={props.label}
      className="ledger-tree"
      items={nodes}
      selectionMode="none"
      expandedKeys={expanded}
      onExpandedChange={(keys) => onExpanded?.([...keys].flatMap(known))}
      onAction={(key) => known(key).forEach(onAct)}
      renderEmptyState={() => <p className="ledger-empty mid">{emptyText}</p>}
      dependencies={[props]}
      {...(dragging === undefined ? {} : { dragAndDropHooks: dragging })}
    >
      {(node) => <CategoryItem node={node} ledger={props} />}
    </Tree>
  );
}

/** What the columns mean. */
export function LedgerHead({ showHere }: { showHere: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="ledger-row ledger-head" aria-hidden title={t('codebook.countsMeaning')}>
      <span className="ledger-name">{t('codebook.category')}</span>
      <span className="number">{showHere ? t('codebook.here') : ''}</span>
      <span className="number">{t('codebook.all')}</span>
    </div>
  );
}

const allNodes = (nodes: readonly TreeNode[]): TreeNode[] =>
  nodes.flatMap((node) => [node, ...allNodes(node.children)]);

function CategoryItem({ node, ledger }: { node: TreeNode; ledger: CategoryTreeProps }) {
  const { category, children } = node;
  return (
    <TreeItem
      id={category.id}
      textValue={`${category.code} ${category.name}`}
      className="ledger-item"
      data-chosen={ledger.chosen === category.id || undefined}
      value={node}
    >
      <TreeItemContent>
        {({ isExpanded, level }) => <CategoryRow node={node} isExpanded={isExpanded} level={level} ledger={ledger} />}
      </TreeItemContent>
      <Collection items={children} dependencies={[ledger]}>
        {(child) => <CategoryItem node={child} ledger={ledger} />}
      </Collection>
    </TreeItem>
  );
}

import type { Key, RefObject } from 'react';
import { Button, Collection, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { CategoryId } from '../../../shared/model/index.ts';
import { formatNumber } from '../../app/format.ts';
import { FamilySign, familyOf, restOf } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { matchCategory, type TreeNode } from './tree.ts';

export interface CategoryTreeProps {
  readonly treeRef: RefObject<HTMLDivElement | null>;
  readonly nodes: readonly TreeNode[];
  readonly expanded: readonly CategoryId[];
  /** Undefined while a filter keeps everything open. */
  readonly onExpanded: ((expanded: CategoryId[]) => void) | undefined;
  readonly chosen: CategoryId | null;
  readonly filter: string;
  readonly keyOf: (category: CategoryId) => number | null;
  readonly showHere: boolean;
  /** Enter or a click: tag, or choose where there is nothing to tag. */
  readonly onAct: (category: CategoryId) => void;
  /** Always choose: the count says where. */
  readonly onChoose: (category: CategoryId) => void;
  readonly emptyText: string;
}

/** The codebook as a ledger: sign, code, name, taggings here and in all. */
export function CategoryTree(props: CategoryTreeProps) {
  const { treeRef, nodes, expanded, onExpanded, onAct, emptyText } = props;
  const { t } = useTranslation();
  const ids = new Map(allNodes(nodes).map(({ category }) => [category.id as string, category.id]));
  const known = (key: Key): CategoryId[] => {
    const id = ids.get(String(key));
    return id === undefined ? [] : [id];
  };
  return (
    <div className="scroll ledger">
      <div className="ledger-row ledger-head" aria-hidden title={t('codebook.countsMeaning')}>
        <span className="ledger-name">{t('codebook.category')}</span>
        <span className="number">{props.showHere ? t('codebook.here') : ''}</span>
        <span className="number">{t('codebook.all')}</span>
      </div>
      <Tree
        ref={treeRef}
        aria-label={t('codebook.title')}
        className="ledger-tree"
        items={nodes}
        selectionMode="none"
        expandedKeys={expanded}
        onExpandedChange={(keys) => onExpanded?.([...keys].flatMap(known))}
        onAction={(key) => known(key).forEach(onAct)}
        renderEmptyState={() => <p className="ledger-empty mid">{emptyText}</p>}
        dependencies={[props]}
      >
        {(node) => <CategoryItem node={node} ledger={props} />}
      </Tree>
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

interface CategoryRowProps {
  readonly node: TreeNode;
  readonly isExpanded: boolean;
  /** From 1. */
  readonly level: number;
  readonly ledger: CategoryTreeProps;
}

function CategoryRow({ node, isExpanded, level, ledger }: CategoryRowProps) {
  const { t } = useTranslation();
  const { filter, keyOf, showHere, onChoose } = ledger;
  const { category, here, all } = node;
  const isFamily = level === 1;
  const key = keyOf(category.id);
  const term = matchCategory(category, filter)?.term ?? null;
  const hasChildren = node.children.length > 0;
  return (
    <div
      className="ledger-row"
      data-family={isFamily || undefined}
      data-level={Math.min(level, 3)}
      data-here={here > 0 || undefined}
    >
      <span className="ledger-lead">
        {hasChildren ? (
          <Button
            slot="chevron"
            className="ledger-twist"
            excludeFromTabOrder
            aria-label={t(isExpanded ? 'codebook.fold' : 'codebook.unfold', { name: category.name })}
          >
            <Icon name={isExpanded ? 'collapse' : 'expand'} size="small" />
          </Button>
        ) : key === null ? null : (
          <kbd>{key}</kbd>
        )}
      </span>
      {isFamily ? (
        <FamilySign code={category.code} colour={category.colour} />
      ) : (
        <span className="code cut">
          {restOf(category.code) === '' ? familyOf(category.code) : lastPart(category.code)}
        </span>
      )}
      <span className="ledger-name" title={`${category.code} ${category.name}`}>
        <span className="cut">{category.name}</span>
        {term === null ? null : (
          <bdi className="ledger-term cut" lang={/\p{Script=Han}/u.test(term) ? 'zh-Hans' : 'en'}>
            {term}
          </bdi>
        )}
      </span>
      <span className="number">
        {showHere ? <Count value={here} label={t('codebook.hereCount', { count: here })} /> : null}
      </span>
      <Button
        className="ledger-count number"
        excludeFromTabOrder
        aria-label={t('codebook.showPassages', { count: all, name: category.name })}
        onPress={() => onChoose(category.id)}
      >
        {all === 0 ? <span className="dim">–</span> : formatNumber(all)}
      </Button>
    </div>
  );
}

const lastPart = (code: string): string => code.slice(code.lastIndexOf('.') + 1);

function Count({ value, label }: { value: number; label: string }) {
  return (
    <>
      <span className="unseen">{label}</span>
      <span aria-hidden className={value === 0 ? 'dim' : undefined}>
        {value === 0 ? '–' : formatNumber(value)}
      </span>
    </>
  );
}

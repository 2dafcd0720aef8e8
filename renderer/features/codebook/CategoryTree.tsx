import { useMemo, useState, type RefObject, memo, useEffect, useRef, createContext, use, type ReactNode } from 'react';
import {
  Collection,
  Tree,
  TreeItem,
  TreeItemContent,
  Virtualizer,
  type DragAndDropHooks,
  type Key,
  Button,
  ListLayout,
  Rect,
  type DropTarget,
} from 'react-aria-components';
import type { CategoryId, Category } from '../../../shared/model/index.ts';
import { isComposing } from '../../ui/keys.ts';
import { onLeave } from '../../common/drafts/pending-commits.ts';
import { formatNumber } from '../../common/format.ts';
import type { NumberKey } from '../../common/passages/pins.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button as TextButton } from '../../ui/Button.tsx';
import { FamilySign, familyOf, restOf } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Marked } from '../../ui/Marked.tsx';
import { tokenPixels } from '../../ui/token.ts';
import { allNodes, type TreeNode, matchCategory, nearMatch, type Match } from './tree.ts';

interface CategoryTreeProps extends Omit<TreeRows, 'isDraggable'> {
  readonly treeRef: RefObject<HTMLDivElement | null>;
  /** Lets the caller scroll to a row that is not drawn. */
  readonly layout?: TreeLayout;
  readonly label: string;
  readonly nodes: readonly TreeNode[];
  readonly expanded: readonly CategoryId[];
  /** Undefined while a filter keeps everything open. */
  readonly onExpanded: ((expanded: CategoryId[]) => void) | undefined;
  readonly onAct: (category: CategoryId) => void;
  readonly empty: ReactNode;
  readonly dragging?: DragAndDropHooks<TreeNode>;
}

/**
 * The codebook as a tree grid: style, code, name, passages here and in all. Only visible rows are drawn: when all were,
 * with 1,000 categories unfolded, an arrow key took 0.8 s and a letter in the filter 1.5 s.
 */
export function CategoryTree(props: CategoryTreeProps) {
  const { treeRef, nodes, expanded, onExpanded, onAct, empty, dragging, layout } = props;
  const { chosen, filter, keyOf, showHere, onChoose, renaming, onRenamed } = props;
  const ids = useMemo(() => new Map(allNodes(nodes).map(({ id }) => [id as string, id])), [nodes]);
  const [own] = useState(() => layout ?? new TreeLayout());
  const [options] = useState(() => ({ estimatedRowSize: rowEstimate() }));
  const isDraggable = dragging !== undefined;
  const rows = useMemo<TreeRows>(
    () => ({ chosen, filter, keyOf, showHere, onChoose, renaming, onRenamed, isDraggable }),
    [chosen, filter, keyOf, showHere, onChoose, renaming, onRenamed, isDraggable],
  );
  const known = (key: Key): CategoryId[] => {
    const id = ids.get(String(key));
    return id === undefined ? [] : [id];
  };
  return (
    <TreeRowsContext value={rows}>
      <Virtualizer layout={own} layoutOptions={options} shouldObserveItemSize>
        <Tree
          ref={treeRef}
          aria-label={props.label}
          className="ledger-tree"
          // Its hooks for dragging come and go with read-only, which no drawn tree survives.
          key={dragging === undefined ? 'read' : 'drag'}
          items={nodes}
          selectionMode="none"
          expandedKeys={expanded}
          onExpandedChange={(keys) => onExpanded?.([...keys].flatMap(known))}
          onAction={(key) => known(key).forEach(onAct)}
          renderEmptyState={() => <div className="ledger-empty mid">{empty}</div>}
          {...(dragging === undefined ? {} : { dragAndDropHooks: dragging })}
        >
          {itemOf}
        </Tree>
      </Virtualizer>
    </TreeRowsContext>
  );
}

/** The column headings. */
export function TreeHead({ showHere }: { showHere: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="ledger-row ledger-head" aria-hidden title={t('codebook.countsMeaning')}>
      <span className="ledger-name">{t('codebook.category')}</span>
      <span className="number">{showHere ? t('codebook.here') : ''}</span>
      <span className="number">{t('codebook.all')}</span>
    </div>
  );
}

const itemOf = (node: TreeNode) => <CategoryItem node={node} />;

function CategoryItem({ node }: { node: TreeNode }) {
  const { category, children } = node;
  return (
    <TreeItem id={category.id} textValue={`${category.code} ${category.name}`} className="ledger-item" value={node}>
      <TreeItemContent>
        {({ isExpanded, level }) => <CategoryRow node={node} isExpanded={isExpanded} level={level} />}
      </TreeItemContent>
      <Collection items={children}>{itemOf}</Collection>
    </TreeItem>
  );
}

interface CategoryRowProps {
  readonly node: TreeNode;
  readonly isExpanded: boolean;
  /** Counts from 1. */
  readonly level: number;
}

/** One row: fold button or number key, style or code, name, counts. */
const CategoryRow = memo(function CategoryRow({ node, isExpanded, level }: CategoryRowProps) {
  const { t } = useTranslation();
  const { filter, showHere, chosen, isDraggable, onChoose } = useTreeRows();
  const { category, here, all } = node;
  const match = matchCategory(category, filter);
  // A category of another family can be at the top (moved there, or its parent is missing): it shows its style too.
  const isFamily = level === 1;
  return (
    <div
      className="ledger-row"
      data-chosen={chosen === category.id || undefined}
      data-family={isFamily || undefined}
      data-level={Math.min(level, 5)}
      data-here={here > 0 || undefined}
    >
      {!isDraggable ? null : (
        <Button
          slot="drag"
          className="ledger-grip"
          excludeFromTabOrder
          aria-label={t('codebook.drag', { name: category.name })}
        >
          <Icon name="more" size="small" />
        </Button>
      )}
      <Lead node={node} isExpanded={isExpanded} />
      {isFamily ? (
        <FamilySign code={category.code} colour={category.colour} />
      ) : (
        <span className="code cut" title={category.code}>
          <ShownCode category={category} match={match} />
        </span>
      )}
      <Name category={category} match={match} />
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
});

function Lead({ node, isExpanded }: Omit<CategoryRowProps, 'level'>) {
  const { t } = useTranslation();
  const { category, children } = node;
  const key = useTreeRows().keyOf(category.id);
  return (
    <span className="ledger-lead">
      {children.length > 0 ? (
        <Button
          slot="chevron"
          className="ledger-twist"
          excludeFromTabOrder
          aria-label={t(isExpanded ? 'codebook.fold' : 'codebook.unfold', { name: category.name })}
        >
          <Icon name={isExpanded ? 'collapse' : 'expand'} size="small" />
        </Button>
      ) : key === null ? null : (
        <kbd data-recent={!key.isPinned || undefined}>{key.key}</kbd>
      )}
    </span>
  );
}

/**
 * The last part of a code, since its parents' codes are visible above; the whole code if a filter matches in the
 * earlier part.
 */
function ShownCode({ category: { code }, match }: { category: Category; match: Match | null }) {
  const at = match?.code ?? null;
  const last = code.slice(code.lastIndexOf('.') + 1);
  if (at === null) return <>{restOf(code) === '' ? familyOf(code) : last}</>;
  const before = code.length - last.length;
  return at.from >= before ? (
    <Marked text={last} from={at.from - before} to={at.to - before} />
  ) : (
    <Marked text={code} from={at.from} to={at.to} />
  );
}

function Name({ category, match }: { category: Category; match: Match | null }) {
  const { renaming, onRenamed } = useTreeRows();
  const term = match?.term ?? null;
  if (renaming === category.id)
    return (
      <span className="ledger-name">
        <RenameField name={category.name} onEnd={(name, byKey) => onRenamed(category.id, name, byKey)} />
      </span>
    );
  return (
    <span className="ledger-name" title={`${category.code} ${category.name}`}>
      <bdi className="cut">
        <Marked text={category.name} from={match?.name?.from ?? 0} to={match?.name?.to ?? 0} />
      </bdi>
      {term === null ? null : (
        <bdi className="ledger-term cut" lang={/\p{Script=Han}/u.test(term.text) ? 'zh-Hans' : 'en'} title={term.text}>
          <Marked {...nearMatch(term.text, term.at)} />
        </bdi>
      )}
    </span>
  );
}

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

interface RenameFieldProps {
  readonly name: string;
  /** `name` is null if it was not changed; `byKey` says whether focus returns to the row. */
  readonly onEnd: (name: string | null, byKey: boolean) => void;
}

/** Renames a category in its row. Enter and leaving the field save; Escape cancels. */
function RenameField({ name, onEnd }: RenameFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(name);
  const input = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  const latest = useRef((_keep: boolean, _byKey: boolean): void => undefined);
  useEffect(() => {
    latest.current = (keep, byKey) => {
      if (ended.current) return;
      ended.current = true;
      const next = text.trim();
      onEnd(keep && next !== '' && next !== name ? next : null, byKey);
    };
  });
  useEffect(() => onLeave(() => latest.current(true, false)), []);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
    // The tree handles arrows and letters from anything inside its rows, in the capture phase. This listener runs
    // before it.
    const handleKey = (event: KeyboardEvent): void => {
      if (event.target !== input.current) return;
      event.stopImmediatePropagation();
      if (isComposing(event)) return;
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      event.preventDefault();
      latest.current(event.key === 'Enter', true);
    };
    window.addEventListener('keydown', handleKey, { capture: true });
    return () => window.removeEventListener('keydown', handleKey, { capture: true });
  }, []);
  return (
    <input
      ref={input}
      className="ledger-rename"
      aria-label={t('codebook.renameField', { name })}
      value={text}
      maxLength={400}
      dir="auto"
      spellCheck={false}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => latest.current(true, false)}
      // Otherwise a press in the field would drag or open the row.
      onPointerDown={(event) => event.stopPropagation()}
    />
  );
}

/**
 * What rows show besides their own category. Passed by context: as a property of the tree’s items it would rebuild the
 * tree, up to a thousand rows, for each letter typed into the filter.
 */
interface TreeRows {
  readonly chosen: CategoryId | null;
  readonly filter: string;
  readonly keyOf: (category: CategoryId) => NumberKey | null;
  readonly showHere: boolean;
  readonly isDraggable: boolean;
  /** Chooses the category; the count column calls it to show the passages. */
  readonly onChoose: (category: CategoryId) => void;
  readonly renaming: CategoryId | null;
  /** `name` is null if it was not changed. */
  readonly onRenamed: (category: CategoryId, name: string | null, byKey: boolean) => void;
}

const TreeRowsContext = createContext<TreeRows | null>(null);

function useTreeRows(): TreeRows {
  const rows = use(TreeRowsContext);
  if (rows === null) throw new Error('A row of the codebook is drawn outside of its tree.');
  return rows;
}

/**
 * The part of a row’s height, at its top and its bottom, where a drop goes before or after the row; in between it goes
 * onto the row.
 */
const BESIDE = 0.25;

/** Row positions of the tree, which draws only visible rows. */
export class TreeLayout extends ListLayout<TreeNode> {
  /**
   * Overrides the method of ListLayout, which assumes that the list itself scrolls (it would add the scroll offset
   * twice).
   */
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

/** A row's height before it is measured, in pixels. */
const rowEstimate = (): number => tokenPixels('--row');

/** Shown instead of a list when nothing matches its filter, with a button that clears the filter. */
export function NoMatch({ text, onClear }: { text: string; onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <span className="line" data-wrap>
      <span>{text}</span>
      <TextButton size="small" onPress={onClear}>
        {t('codebook.clearFilter')}
      </TextButton>
    </span>
  );
}

import { useDeferredValue, useMemo, useRef, useState, useCallback, useEffect } from 'react';
import type { Cycle } from '../../../shared/contract/codebook.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { Category, CategoryId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { CategoryDetail } from './CategoryDetail.tsx';
import { CodebookDialogs, useOpened, type Opened, type PaneOpens } from './CodebookDialogs.tsx';
import { CodebookFilter, CodebookHead } from './CodebookHead.tsx';
import { CodebookTree } from './CodebookTree.tsx';
import { NewCategory } from './NewCategory.tsx';
import { PinnedCategories } from './PinnedCategories.tsx';
import { menuOf, type CategoryAct, useCategoryCommands } from './category-commands.ts';
import { treeProblems, type TreeProblems as Problems } from './tree.ts';
import { useCodebookActs } from './useCodebookActs.ts';

interface CodebookPaneProps {
  /** The open source, for the counts "here". */
  readonly source: SourceId | null;
  readonly chosen: CategoryId | null;
  readonly onChoose: (category: CategoryId | null) => void;
  /** Tags the current selection or passage; null while there is none. */
  readonly onTag: ((category: CategoryId) => void) | null;
}

const NONE: readonly Category[] = [];
const NO_CYCLES: readonly Cycle[] = [];

/** The codebook in the sidebar: categories are found, defined and used to tag, and their passages listed. */
export function CodebookPane(props: CodebookPaneProps) {
  const { chosen, onChoose } = props;
  const { t } = useTranslation();
  const codebook = useCall('codebook.get', {});
  const { opened, opens, close } = useOpened(chosen, onChoose);
  const categories = codebook.data?.categories ?? NONE;
  const acts = useCategoryCommands(categories, opens);
  const onMerged = useMergeUndone(categories, chosen, onChoose);
  return (
    <aside className="pane codebook" aria-label={t('codebook.title')}>
      <CodebookHead onAdd={() => opens.addBelow(parentFor(categories, chosen))} opens={opens} />
      {codebook.error === null ? null : <InlineError message={codebook.error.message} />}
      {codebook.data !== undefined && categories.length === 0 ? (
        <EmptyCodebook onAdd={() => opens.addBelow(null)} />
      ) : (
        <TreeSection {...props} codebook={codebook.data} acts={acts} opened={opened} onRenamed={close} />
      )}
      <DetailSection {...props} categories={categories} acts={acts} opened={opened} opens={opens} onClose={close} />
      <PaneFooter categories={categories} codebook={codebook.data} />
      <CodebookDialogs
        opened={opened}
        codebook={codebook.data}
        onClose={close}
        onChoose={onChoose}
        onMerged={onMerged}
      />
    </aside>
  );
}

interface TreeSectionProps extends CodebookPaneProps {
  readonly codebook: CallOutput<'codebook.get'> | undefined;
  readonly acts: readonly CategoryAct[];
  readonly opened: Opened | null;
  readonly onRenamed: () => void;
}

/** The filter, the number keys and the tree. */
function TreeSection({ source, chosen, onChoose, onTag, codebook, acts, opened, onRenamed }: TreeSectionProps) {
  const [filter, setFilter] = useState('');
  const [onlyHere, setOnlyHere] = useState(false);
  const clearFilter = useCallback(() => {
    setFilter('');
    setOnlyHere(false);
  }, []);
  const tree = useRef<HTMLDivElement>(null);
  const categories = codebook?.categories ?? NONE;
  const rings = codebook?.rings;
  const active = useMemo(() => categories.filter(({ archived }) => !archived), [categories]);
  // The field shows a letter at once; the tree is rendered later, which the next letter interrupts.
  const shown = useDeferredValue(filter);
  const problems = useMemo(() => treeProblems(categories, rings ?? []), [categories, rings]);
  const problemNotes = useMemo(
    () => <TreeProblems problems={problems} categories={categories} />,
    [problems, categories],
  );
  return (
    <>
      <CodebookFilter
        filter={filter}
        onFilter={setFilter}
        onlyHere={onlyHere}
        onOnlyHere={source === null ? null : setOnlyHere}
        onLeave={() => tree.current?.focus()}
      />
      <PinnedCategories categories={active} onTag={onTag} onChoose={onChoose} />
      <CodebookTree
        treeRef={tree}
        categories={categories}
        rings={rings ?? NO_CYCLES}
        source={source}
        chosen={chosen}
        filter={shown}
        onlyHere={onlyHere}
        onClearFilter={clearFilter}
        acts={acts}
        renaming={opened?.kind === 'rename' ? opened.category : null}
        onRenamed={onRenamed}
        onTag={onTag}
        onChoose={onChoose}
      >
        {problemNotes}
      </CodebookTree>
    </>
  );
}

interface DetailSectionProps extends CodebookPaneProps {
  readonly categories: readonly Category[];
  readonly acts: readonly CategoryAct[];
  readonly opened: Opened | null;
  readonly opens: PaneOpens;
  readonly onClose: () => void;
}

/** The form of a new category, or the chosen category. */
function DetailSection({ categories, chosen, onChoose, onTag, acts, opened, opens, onClose }: DetailSectionProps) {
  const detail = categories.find(({ id }) => id === chosen);
  if (opened?.kind === 'add')
    return (
      <NewCategory
        key={opened.parent}
        categories={categories}
        parent={opened.parent}
        onAdded={opens.edit}
        onCancel={onClose}
      />
    );
  if (detail === undefined) return null;
  return (
    <CategoryDetail
      category={detail}
      categories={categories}
      entries={menuOf(acts, detail)}
      isEditing={opened?.kind === 'edit'}
      onEditing={(isEditing) => (isEditing ? opens.edit(detail.id) : onClose())}
      onTag={onTag}
      onChoose={onChoose}
      onClose={() => onChoose(null)}
    />
  );
}

function PaneFooter({
  categories,
  codebook,
}: {
  categories: readonly Category[];
  codebook: CallOutput<'codebook.get'> | undefined;
}) {
  const { t } = useTranslation();
  const active = categories.filter(({ archived }) => !archived).length;
  return (
    <footer className="pane-foot">
      <span className="grow">{t('codebook.count', { count: active })}</span>
      <span className="cut" title={codebook?.title}>
        {codebook === undefined ? '' : t('codebook.version', { version: codebook.version })}
      </span>
    </footer>
  );
}

/** The proposed parent of a new category: that of the chosen one, or the chosen one itself if it is a family. */
function parentFor(categories: readonly Category[], chosen: CategoryId | null): CategoryId | null {
  const category = categories.find(({ id, archived }) => id === chosen && !archived);
  if (category === undefined) return null;
  return category.parent ?? category.id;
}

/** Shown while the codebook has no categories: what they are for, and two ways to start. */
function EmptyCodebook({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation();
  const acts = useCodebookActs();
  return (
    <div className="scroll empty-codebook">
      <EmptyState title={t('codebook.emptyTitle')} text={t('codebook.emptyText')}>
        <Button kind="primary" icon="add" onPress={onAdd}>
          {t('codebook.addFirst')}
        </Button>
        <Button onPress={() => void acts.install()}>{t('codebook.installBuiltIn')}</Button>
        <p className="hint">{t('codebook.installMeaning')}</p>
      </EmptyState>
    </div>
  );
}

/** What concurrent edits made inconsistent in the tree, with buttons that repair it: nothing is repaired by itself. */
function TreeProblems({ problems, categories }: { problems: Problems; categories: readonly Category[] }) {
  const { t } = useTranslation();
  const acts = useCodebookActs();
  const nameOf = (id: string): string => categories.find((one) => one.id === id)?.name ?? '?';
  const toTop = (category: Category['id']): void => void acts.move({ ids: [category], parent: null });
  const cut = new Set<string>(problems.rings.map((ring) => ring.cut));
  return (
    <>
      {problems.rings.map((ring) => (
        <Note key={ring.cut} tone="warn">
          <p>{t('codebook.problems.cycle', { names: ring.members.map((id) => `“${nameOf(id)}”`).join(', ') })}</p>
          <Button size="small" onPress={() => toTop(ring.cut)}>
            {t('codebook.problems.leaveAtTop', { name: nameOf(ring.cut) })}
          </Button>
        </Note>
      ))}
      {problems.orphans
        .filter(({ id }) => !cut.has(id))
        .map(({ id, name }) => (
          <Note key={id} tone="warn">
            <p>{t('codebook.problems.orphan', { name })}</p>
            <Button size="small" onPress={() => toTop(id)}>
              {t('codebook.problems.leaveAtTop', { name })}
            </Button>
          </Note>
        ))}
      {problems.mergedInUse.map(({ category, into }) => (
        <Note key={category.id} tone="warn">
          <p>{t('codebook.problems.leftover', { count: category.passages, name: category.name, into: into.name })}</p>
          <Button size="small" onPress={() => void acts.merge({ ids: [category.id], into: into.id })}>
            {t('codebook.moveStrays', { count: category.passages, name: into.name })}
          </Button>
        </Note>
      ))}
    </>
  );
}

/**
 * When a merge of categories is undone, chooses the merged category again instead of the one that took its passages, so
 * that the next action does not apply to the wrong one. Returns a function that records a merge.
 */
function useMergeUndone(
  categories: readonly Category[],
  chosen: CategoryId | null,
  onChoose: (category: CategoryId) => void,
): (from: CategoryId, into: CategoryId) => void {
  const last = useRef<{ readonly from: CategoryId; readonly into: CategoryId; seen: boolean } | null>(null);
  useEffect(() => {
    const merge = last.current;
    if (merge === null) return;
    const from = categories.find(({ id }) => id === merge.from);
    // The merged category is archived once the merge has been read, and active again once it was undone.
    if (from?.archived === true) merge.seen = true;
    else if (merge.seen && from !== undefined) {
      last.current = null;
      if (chosen === merge.into) onChoose(merge.from);
    }
  }, [categories, chosen, onChoose]);
  return useCallback((from, into) => {
    last.current = { from, into, seen: false };
  }, []);
}

import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Ring } from '../../../shared/contract/codebook.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { Category, CategoryId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { InlineError } from '../../ui/Note.tsx';
import { menuOf, type CategoryAct } from './category-acts.ts';
import { CategoryDetail } from './CategoryDetail.tsx';
import { CodebookDialogs } from './CodebookDialogs.tsx';
import { CodebookFilter } from './CodebookFilter.tsx';
import { CodebookHead } from './CodebookHead.tsx';
import { CodebookLedger } from './CodebookLedger.tsx';
import { EmptyCodebook } from './EmptyCodebook.tsx';
import { NewCategory } from './NewCategory.tsx';
import { Oddities } from './Oddities.tsx';
import { PinnedCategories } from './PinnedCategories.tsx';
import { odditiesOf } from './tree.ts';
import { useCategoryCommands } from './useCategoryCommands.ts';
import { useUndoneMerge } from './useUndoneMerge.ts';
import { useOpened, type Opened, type PaneOpens } from './useOpened.ts';

export interface CodebookPaneProps {
  /** The source in front, for the counts "here". */
  readonly source: SourceId | null;
  readonly chosen: CategoryId | null;
  readonly onChoose: (category: CategoryId | null) => void;
  /** Tags what is selected; null while nothing is. */
  readonly onTag: ((category: CategoryId) => void) | null;
}

const NONE: readonly Category[] = [];
const NO_RINGS: readonly Ring[] = [];

/** The codebook beside the source: find a category, tag with it, say what it means, see where it was used. */
export function CodebookPane(props: CodebookPaneProps) {
  const { chosen, onChoose } = props;
  const { t } = useTranslation();
  const codebook = useCall('codebook.get', {});
  const { opened, opens, close } = useOpened(onChoose);
  const categories = codebook.data?.categories ?? NONE;
  const acts = useCategoryCommands(categories, opens);
  const onMerged = useUndoneMerge(categories, chosen, onChoose);
  return (
    <aside className="pane codebook" aria-label={t('codebook.title')}>
      <CodebookHead onAdd={() => opens.addBelow(placeFor(categories, chosen))} opens={opens} />
      {codebook.error === null ? null : <InlineError message={codebook.error.message} />}
      {codebook.data !== undefined && categories.length === 0 ? (
        <EmptyCodebook onAdd={() => opens.addBelow(null)} />
      ) : (
        <Finding {...props} codebook={codebook.data} acts={acts} opened={opened} onRenamed={close} />
      )}
      <Below {...props} categories={categories} acts={acts} opened={opened} opens={opens} onClose={close} />
      <Foot categories={categories} codebook={codebook.data} />
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

interface FindingProps extends CodebookPaneProps {
  readonly codebook: CallOutput<'codebook.get'> | undefined;
  readonly acts: readonly CategoryAct[];
  readonly opened: Opened | null;
  readonly onRenamed: () => void;
}

/** Filter, number keys and the tree. */
function Finding({ source, chosen, onChoose, onTag, codebook, acts, opened, onRenamed }: FindingProps) {
  const [filter, setFilter] = useState('');
  const [onlyHere, setOnlyHere] = useState(false);
  const tree = useRef<HTMLDivElement>(null);
  const categories = codebook?.categories ?? NONE;
  const rings = codebook?.rings;
  const living = useMemo(() => categories.filter(({ archived }) => !archived), [categories]);
  // A letter is seen at once; the tree follows, and is given up for the next letter.
  const shown = useDeferredValue(filter);
  const odd = useMemo(() => odditiesOf(categories, rings ?? []), [categories, rings]);
  const oddities = useMemo(() => <Oddities odd={odd} categories={categories} />, [odd, categories]);
  return (
    <>
      <CodebookFilter
        filter={filter}
        onFilter={setFilter}
        onlyHere={onlyHere}
        onOnlyHere={source === null ? null : setOnlyHere}
        onLeave={() => tree.current?.focus()}
      />
      <PinnedCategories categories={living} onTag={onTag} onChoose={onChoose} />
      <CodebookLedger
        treeRef={tree}
        categories={categories}
        rings={rings ?? NO_RINGS}
        source={source}
        chosen={chosen}
        filter={shown}
        onlyHere={onlyHere}
        acts={acts}
        renaming={opened?.kind === 'rename' ? opened.category : null}
        onRenamed={onRenamed}
        onTag={onTag}
        onChoose={onChoose}
      >
        {oddities}
      </CodebookLedger>
    </>
  );
}

interface BelowProps extends CodebookPaneProps {
  readonly categories: readonly Category[];
  readonly acts: readonly CategoryAct[];
  readonly opened: Opened | null;
  readonly opens: PaneOpens;
  readonly onClose: () => void;
}

/** A category that is being made, or the chosen one. */
function Below({ categories, chosen, onChoose, onTag, acts, opened, opens, onClose }: BelowProps) {
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

function Foot({
  categories,
  codebook,
}: {
  categories: readonly Category[];
  codebook: CallOutput<'codebook.get'> | undefined;
}) {
  const { t } = useTranslation();
  const living = categories.filter(({ archived }) => !archived).length;
  return (
    <footer className="pane-foot">
      <span className="grow">{t('codebook.count', { count: living, number: formatNumber(living) })}</span>
      <span className="cut" title={codebook?.title}>
        {codebook === undefined ? '' : t('codebook.version', { version: codebook.version })}
      </span>
    </footer>
  );
}

/** Where a new category is proposed: beside the chosen one, or in it where it is a family. */
function placeFor(categories: readonly Category[], chosen: CategoryId | null): CategoryId | null {
  const category = categories.find(({ id, archived }) => id === chosen && !archived);
  if (category === undefined) return null;
  return category.parent ?? category.id;
}

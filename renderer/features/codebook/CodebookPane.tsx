import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Category, CategoryId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useCommands, type Command } from '../../app/commands/registry.ts';
import { formatNumber } from '../../app/format.ts';
import { FilterField } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { menuOf } from './category-acts.ts';
import { CategoryDetail } from './CategoryDetail.tsx';
import { CodebookDialogs } from './CodebookDialogs.tsx';
import { CodebookHead } from './CodebookHead.tsx';
import { CodebookLedger } from './CodebookLedger.tsx';
import { EmptyCodebook } from './EmptyCodebook.tsx';
import { NewCategory } from './NewCategory.tsx';
import { Oddities } from './Oddities.tsx';
import { PinnedCategories } from './PinnedCategories.tsx';
import { odditiesOf } from './tree.ts';
import { useCategoryCommands, useLetterCommands } from './useCategoryCommands.ts';
import { useOpened } from './useOpened.ts';

export interface CodebookPaneProps {
  /** The source in front, for the counts "here". */
  readonly source: SourceId | null;
  readonly chosen: CategoryId | null;
  readonly onChoose: (category: CategoryId | null) => void;
  /** Tags what is selected; null while nothing is. */
  readonly onTag: ((category: CategoryId) => void) | null;
}

const NONE: readonly Category[] = [];

/** The codebook beside the source: find a category, tag with it, say what it means, see where it was used. */
export function CodebookPane({ source, chosen, onChoose, onTag }: CodebookPaneProps) {
  const { t } = useTranslation();
  const codebook = useCall('codebook.get', {});
  const [filter, setFilter] = useState('');
  const [onlyHere, setOnlyHere] = useState(false);
  const { opened, opens, close } = useOpened(onChoose);
  const filterInput = useRef<HTMLInputElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  const categories = codebook.data?.categories ?? NONE;
  const rings = codebook.data?.rings;
  const living = categories.filter(({ archived }) => !archived);
  const detail = categories.find(({ id }) => id === chosen);
  const acts = useCategoryCommands(categories, opens);
  useLetterCommands(categories);
  useFilterCommand(filterInput);
  const odd = useMemo(() => odditiesOf(categories, rings ?? []), [categories, rings]);
  const isEmpty = codebook.data !== undefined && categories.length === 0;

  return (
    <aside className="pane codebook" aria-label={t('codebook.title')}>
      <CodebookHead
        onlyHere={onlyHere}
        onOnlyHere={source === null ? null : setOnlyHere}
        onAdd={() => opens.addBelow(placeFor(categories, chosen))}
        opens={opens}
      />
      {isEmpty ? (
        <EmptyCodebook onAdd={() => opens.addBelow(null)} />
      ) : (
        <>
          <div className="codebook-filter">
            <FilterField
              label={t('codebook.filter')}
              value={filter}
              onChange={setFilter}
              keys="/"
              inputRef={filterInput}
              onLeave={() => tree.current?.focus()}
            />
          </div>
          <PinnedCategories categories={living} onTag={onTag} onChoose={onChoose} />
          {codebook.error === null ? null : <InlineError message={codebook.error.message} />}
          <CodebookLedger
            treeRef={tree}
            categories={categories}
            rings={rings ?? []}
            source={source}
            chosen={chosen}
            filter={filter}
            onlyHere={onlyHere}
            acts={acts}
            renaming={opened?.kind === 'rename' ? opened.category : null}
            onRenamed={close}
            onTag={onTag}
            onChoose={onChoose}
          >
            <Oddities odd={odd} categories={categories} />
          </CodebookLedger>
        </>
      )}
      {opened?.kind === 'add' ? (
        <NewCategory
          key={opened.parent}
          categories={categories}
          parent={opened.parent}
          onAdded={opens.edit}
          onCancel={close}
        />
      ) : detail === undefined ? null : (
        <CategoryDetail
          category={detail}
          categories={categories}
          entries={menuOf(acts, detail)}
          isEditing={opened?.kind === 'edit'}
          onEditing={(isEditing) => (isEditing ? opens.edit(detail.id) : close())}
          onTag={onTag}
          onChoose={onChoose}
          onClose={() => onChoose(null)}
        />
      )}
      <footer className="pane-foot">
        <span className="grow">
          {t('codebook.count', { count: living.length, number: formatNumber(living.length) })}
        </span>
        <span className="cut" title={codebook.data?.title}>
          {codebook.data === undefined ? '' : t('codebook.version', { version: codebook.data.version })}
        </span>
      </footer>
      <CodebookDialogs opened={opened} codebook={codebook.data} onClose={close} onChoose={onChoose} />
    </aside>
  );
}

/** Where a new category is proposed: beside the chosen one, or in it where it is a family. */
function placeFor(categories: readonly Category[], chosen: CategoryId | null): CategoryId | null {
  const category = categories.find(({ id, archived }) => id === chosen && !archived);
  if (category === undefined) return null;
  return category.parent ?? category.id;
}

function useFilterCommand(input: React.RefObject<HTMLInputElement | null>): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'filterCategories',
          title: t('codebook.filterCommand'),
          group: 'tagging',
          keys: ['[Shift]+/'],
          run: () => input.current?.focus(),
        },
      ],
      [t, input],
    ),
  );
}

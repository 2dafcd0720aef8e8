import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { categoryId, type CategoryId, type SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useCommands, type Command } from '../../app/commands/registry.ts';
import { formatNumber } from '../../app/format.ts';
import { usePins } from '../../app/state/pins.ts';
import { useViewState } from '../../app/state/view-state.ts';
import { IconToggle } from '../../ui/Button.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { CategoryDetail } from './CategoryDetail.tsx';
import { CategoryTree } from './CategoryTree.tsx';
import { PinnedCategories } from './PinnedCategories.tsx';
import { buildTree, passagesHere, filterTree, openable, usedHere } from './tree.ts';

export interface CodebookPaneProps {
  /** The source in front, for the counts "here". */
  readonly source: SourceId | null;
  readonly chosen: CategoryId | null;
  readonly onChoose: (category: CategoryId | null) => void;
  /** Tags what is selected; null while nothing is. */
  readonly onTag: ((category: CategoryId) => void) | null;
}

const expandedSchema = z.array(categoryId);
const NONE_EXPANDED: CategoryId[] = [];

/** The codebook beside the source: find a category, tag with it, read what it means, see where it was used. */
export function CodebookPane({ source, chosen, onChoose, onTag }: CodebookPaneProps) {
  const { t } = useTranslation();
  const codebook = useCall('codebook.get', {});
  const passages = useCall('passages.list', source === null ? null : { source });
  const [filter, setFilter] = useState('');
  const [onlyHere, setOnlyHere] = useState(false);
  const expanded = useViewState('codebook.expanded', expandedSchema, NONE_EXPANDED);
  const { keyOf } = usePins();
  const filterInput = useRef<HTMLInputElement>(null);
  const tree = useRef<HTMLDivElement>(null);

  const categories = codebook.data?.categories;
  const nodes = useMemo(
    () => buildTree(categories ?? [], passagesHere(passages.data?.passages ?? [])),
    [categories, passages.data],
  );
  const shown = filterTree(onlyHere ? usedHere(nodes) : nodes, filter);
  const isNarrowed = onlyHere || filter.trim() !== '';
  const living = (categories ?? []).filter(({ deleted, archived }) => !deleted && !archived);
  const detail = living.find(({ id }) => id === chosen);

  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'filterCategories',
          title: t('codebook.filterCommand'),
          group: 'tagging',
          keys: ['[Shift]+/'],
          run: () => filterInput.current?.focus(),
        },
      ],
      [t],
    ),
  );

  return (
    <aside className="pane codebook" aria-label={t('codebook.title')}>
      <header className="pane-head">
        <h2 className="grow">{t('codebook.title')}</h2>
        <IconToggle
          label={t('codebook.onlyHere')}
          icon="filter"
          selected={onlyHere}
          onChange={setOnlyHere}
          isDisabled={source === null}
        />
      </header>
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
      <CategoryTree
        treeRef={tree}
        nodes={shown}
        expanded={isNarrowed ? openable(shown) : expanded.value}
        onExpanded={isNarrowed ? undefined : expanded.set}
        chosen={chosen}
        filter={filter}
        keyOf={keyOf}
        showHere={source !== null}
        // The first act shows what a category means; only a second one, on purpose, tags.
        onAct={(id) => (onTag !== null && id === chosen ? onTag(id) : onChoose(id))}
        onChoose={onChoose}
        emptyText={filter.trim() === '' && !onlyHere ? t('codebook.empty') : t('codebook.noMatch')}
      />
      {detail === undefined ? null : <CategoryDetail category={detail} onTag={onTag} onClose={() => onChoose(null)} />}
      <footer className="pane-foot">
        <span className="grow">
          {t('codebook.count', { count: living.length, number: formatNumber(living.length) })}
        </span>
        <span>{codebook.data === undefined ? '' : t('codebook.version', { version: codebook.data.version })}</span>
      </footer>
    </aside>
  );
}

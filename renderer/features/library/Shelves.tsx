import type { Source } from '../../../shared/model/index.ts';
import { formatBytes, formatNumber } from '../../common/format.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import {
  chooseCollection,
  chooseLibraryShelf,
  LIBRARY_SHELVES,
  type LibraryShelf as Shelf,
} from '../../common/workbench/screens.ts';
import { CollectionRows, useCollections } from './Collections.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';

const ICONS: Record<Shelf, IconName> = {
  all: 'book',
  notRead: 'eye',
  notCoded: 'tag',
  withGaps: 'alert',
  removed: 'remove',
};

/** The parts of the library with their counts. */
export function Shelves({
  shelf,
  counts,
  sources,
  matching,
}: {
  shelf: Shelf;
  counts: Record<Shelf, number>;
  sources: readonly Source[];
  /** The sources that the filter leaves. */
  matching: readonly Source[];
}) {
  const { t } = useTranslation();
  const { shown: collection } = useCollections();
  const live = sources.filter(({ deleted }) => !deleted);
  const bytes = live.reduce((sum, source) => sum + source.bytes, 0);
  return (
    <aside className="pane" aria-label={t('library.title')}>
      <header className="pane-head">
        <h2 className="grow">{t('library.title')}</h2>
      </header>
      <nav className="scroll side-list" aria-label={t('library.shelf')}>
        {LIBRARY_SHELVES.map((value) => (
          <button
            key={value}
            type="button"
            className="side-row"
            aria-current={collection === null && shelf === value}
            onClick={() => chooseLibraryShelf(value)}
          >
            <Icon name={ICONS[value]} />
            <span className="cut">{t(`library.shelves.${value}`)}</span>
            <span className="number">{formatNumber(counts[value])}</span>
          </button>
        ))}
        <CollectionRows matching={matching} />
      </nav>
      <footer className="pane-foot">
        {live.length === 0
          ? t('library.nothingImported')
          : t('library.total', { count: live.length, size: formatBytes(bytes) })}
      </footer>
    </aside>
  );
}

/** The same in a narrow window: the parts, then the collections. */
export function ShelfSelect({ shelf }: { shelf: Shelf }) {
  const { t } = useTranslation();
  const { collections, shown } = useCollections();
  return (
    <Select<string>
      label={t('library.shelf')}
      value={shown?.id ?? (shelf === 'all' ? null : shelf)}
      none={t('library.shelves.all')}
      noneIsFine
      options={[
        ...LIBRARY_SHELVES.filter((value) => value !== 'all').map((value) => ({
          value,
          label: t(`library.shelves.${value}`),
        })),
        ...collections.map(({ id, name }) => ({ value: id, label: t('collections.option', { name }) })),
      ]}
      onChange={(value) => {
        const collection = collections.find(({ id }) => id === value);
        if (collection === undefined) chooseLibraryShelf(LIBRARY_SHELVES.find((one) => one === value) ?? 'all');
        else chooseCollection(collection.id);
      }}
    />
  );
}

import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Source } from '../../../shared/model/index.ts';
import { formatBytes, formatNumber } from '../../common/format.ts';
import { LIBRARY_SHELVES, type LibraryShelf as Shelf } from '../../common/workbench/library-shelf.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';

const ICONS: Record<Shelf, IconName> = { all: 'book', notCoded: 'tag', withGaps: 'alert', removed: 'remove' };

/** What of the library is shown, and how much there is of it. */
export function Shelves({
  shelf,
  counts,
  onShelf,
  sources,
}: {
  shelf: Shelf;
  counts: Record<Shelf, number>;
  onShelf: (shelf: Shelf) => void;
  sources: readonly Source[];
}) {
  const { t } = useTranslation();
  const bytes = sources.reduce((sum, source) => (source.deleted ? sum : sum + source.bytes), 0);
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
            aria-current={shelf === value}
            onClick={() => onShelf(value)}
          >
            <Icon name={ICONS[value]} />
            <span className="cut">{t(`library.shelves.${value}`)}</span>
            <span className="number">{formatNumber(counts[value])}</span>
          </button>
        ))}
      </nav>
      <footer className="pane-foot">
        {counts.all === 0
          ? t('library.nothingImported')
          : t('library.total', { count: counts.all, size: formatBytes(bytes) })}
      </footer>
    </aside>
  );
}

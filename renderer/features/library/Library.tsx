import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { z } from 'zod';
import type { Collection } from '../../../shared/contract/collections.ts';
import type { Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { formatNumber, formatBytes } from '../../common/format.ts';
import { useCopies } from '../../common/sources/copies.ts';
import { useReadSources } from '../../common/sources/read-state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import {
  chooseLibraryShelf,
  recordShown,
  showExchange,
  useLibraryShelf,
  chooseCollection,
  LIBRARY_SHELVES,
  type LibraryShelf as Shelf,
} from '../../common/workbench/screens.ts';
import { keepListed, takeReached } from '../../common/workbench/listed-sources.ts';
import { KeptPanes } from '../../common/workbench/side-panes.tsx';
import { useViewState } from '../../common/workbench/view-state.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { OnePane } from '../../ui/OnePane.tsx';
import type { Pane } from '../../ui/Panes.tsx';
import { NOTHING_SELECTED, selectionWithin, selectionWithout } from '../../ui/selection.ts';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { CollectionDialogs, CollectionMenu, useCollections, CollectionRows } from './Collections.tsx';
import { ManyDetails } from './ManyDetails.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { SourceDetails } from './SourceDetails.tsx';
import { SourceTable } from './SourceTable.tsx';
import {
  chosenSchema,
  FIRST_COLUMNS,
  shownColumns,
  COLUMN_NAMES,
  emptyColumns,
  withColumn,
  type ColumnName,
} from './columns.ts';
import { countShelves, isOnShelf, matchesText, SORT_COLUMNS, sortSources } from './filter.ts';
import { setChosen, setFilterText, useLibraryState } from './library-state.ts';
import { focusTable, useLibraryCommands } from './useLibraryCommands.ts';
import { Check } from '../../ui/Choice.tsx';
import { Flyout } from '../../ui/Flyout.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Select } from '../../ui/Select.tsx';

interface LibraryProps {
  readonly width: FrameWidth;
  readonly onImportFiles: () => void;
  readonly onImportFolder: () => void;
  /** The progress of an import, shown above the table. */
  readonly importing: ReactNode;
  /** Shown while the project has no sources. */
  readonly whenEmpty: ReactNode;
  /** The trash, which also holds items other than sources: their number, and a function that renders the list below a heading. */
  readonly removed: { readonly count: number; readonly list: (head: ReactNode) => ReactNode };
}

const NO_SOURCES: readonly Source[] = [];
const sortSchema = z.object({ column: z.enum(SORT_COLUMNS), descending: z.boolean() });
type LibrarySort = z.infer<typeof sortSchema>;
const FIRST_SORT: LibrarySort = { column: 'dateOfAct', descending: true };

/** Shows the details of a source that another screen asked for. */
function useDetailsRequest(): void {
  const { asked } = useLibraryShelf();
  useEffect(() => {
    if (asked === null) return;
    setFilterText('');
    setChosen({ selected: new Set([asked]), current: asked, anchor: asked });
    recordShown();
  }, [asked]);
}

/** Gives the reader the list to step through, and selects the source that the reader stepped to. */
function useListForReader(rows: readonly Source[]): void {
  useEffect(() => {
    keepListed(rows.filter(({ deleted }) => !deleted).map(({ id }) => id));
  }, [rows]);
  useEffect(() => {
    const reached = takeReached();
    if (reached !== null) setChosen({ selected: new Set([reached]), current: reached, anchor: reached });
  }, []);
}

/** Gives the reader the list that the Library would show, if the Library was not opened yet. */
export function ListForReader() {
  const { rows, list } = useRows();
  useEffect(() => {
    if (!list.isPending) keepListed(rows.filter(({ deleted }) => !deleted).map(({ id }) => id));
  }, [rows, list.isPending]);
  return null;
}

/** The sources in the chosen part that match the filter, sorted, and the number of sources in each part. */
function useRows() {
  const list = useCall('sources.list', { deleted: true });
  const sources = list.data?.sources ?? NO_SOURCES;
  const { shelf } = useLibraryShelf();
  const { shown: collection } = useCollections();
  const { text } = useLibraryState();
  const read = useReadSources();
  const copies = useCopies();
  const sort = useViewState('library.sort', sortSchema, FIRST_SORT);
  const { column, descending } = sort.value;
  const matching = useMemo(() => sources.filter((source) => matchesText(source, text)), [sources, text]);
  const members = useMemo(() => (collection === null ? null : new Set(collection.sources)), [collection]);
  const rows = useMemo(
    () =>
      sortSources(
        matching.filter((source) => isOnShelf(source, shelf, read) && (members?.has(source.id) ?? true)),
        column,
        descending,
        copies,
      ),
    [matching, members, shelf, read, column, descending, copies],
  );
  const counts = useMemo(() => countShelves(matching, read), [matching, read]);
  return { list, sources, matching, collection, shelf, sort, rows, counts, read, copies };
}

/** All sources of the project. */
export function Library({ width, onImportFiles, onImportFolder, importing, whenEmpty, removed }: LibraryProps) {
  const { t } = useTranslation();
  const { list, sources, matching, collection, shelf, sort, rows, counts: counted, read, copies } = useRows();
  const { chosen } = useLibraryState();
  const columns = useViewState('library.columns', chosenSchema, FIRST_COLUMNS);
  useDetailsRequest();
  useListForReader(rows);
  const shown = useMemo(() => shownColumns(columns.value, sources, copies), [columns.value, sources, copies]);
  const ids = rows.map(({ id }) => id);
  const selection = selectionWithin(chosen, ids);
  // The trash holds more than sources, and has a list of its own.
  const counts = { ...counted, removed: removed.count };
  const selected = rows.filter(({ id }) => selection.selected.has(id));
  const one = selected.length === 1 ? selected[0] : undefined;
  useLibraryCommands({
    only: one,
    selected,
    read,
    sort: sort.value,
    onSort: sort.set,
    onAll: () => setChosen({ ...NOTHING_SELECTED, selected: new Set(ids) }),
  });

  const head = (
    <LibraryHead
      width={width}
      shelf={shelf}
      collection={collection}
      count={collection === null ? counts[shelf] : rows.length}
    />
  );
  const table = (
    <section className="library-main" aria-label={t('library.sources')}>
      <LibraryBar
        head={head}
        sources={sources}
        columns={columns}
        onImportFiles={onImportFiles}
        onImportFolder={onImportFolder}
      />
      {importing}
      {list.isError ? (
        <InlineError
          message={list.error.message}
          action={<Button onPress={() => void list.refetch()}>{t('app.tryAgain')}</Button>}
        />
      ) : null}
      {list.isPending ? null : sources.length === 0 ? (
        whenEmpty
      ) : rows.length === 0 ? (
        <NoRows shelf={shelf} />
      ) : (
        <SourceTable
          rows={rows}
          shown={shown}
          read={read}
          copies={copies}
          selection={selection}
          onSelection={setChosen}
          sort={sort.value}
          onSort={sort.set}
        />
      )}
      <CollectionDialogs selected={selected} />
      <SelectionBar selected={selected} next={selectionWithout(selection, ids)} onSelection={setChosen} />
    </section>
  );

  return (
    <LibraryLayout
      width={width}
      shelves={<Shelves shelf={shelf} counts={counts} sources={sources} matching={matching} />}
      table={shelf === 'removed' ? removed.list(head) : table}
      record={shelf === 'removed' ? null : detailsOf(selected)}
    />
  );
}

interface LibraryHeadProps {
  readonly width: FrameWidth;
  readonly shelf: Shelf;
  readonly collection: Collection | null;
  readonly count: number;
}

/** The name and number of what is listed; in a narrow window, a choice of parts and collections. */
function LibraryHead({ width, shelf, collection, count }: LibraryHeadProps) {
  const { t } = useTranslation();
  if (width !== 'wide')
    return (
      <>
        <ShelfSelect shelf={shelf} />
        {collection === null ? null : <CollectionMenu collection={collection} />}
      </>
    );
  return (
    <>
      <h2 className="strong cut">
        <bdi>{collection?.name ?? t(`library.shelves.${shelf}`)}</bdi>
      </h2>
      <span className="dim">{formatNumber(count)}</span>
      {collection === null ? null : <CollectionMenu collection={collection} />}
    </>
  );
}

interface LibraryBarProps extends Pick<LibraryProps, 'onImportFiles' | 'onImportFolder'> {
  readonly head: ReactNode;
  readonly sources: readonly Source[];
  readonly columns: { readonly value: readonly ColumnName[]; readonly set: (chosen: ColumnName[]) => void };
}

/** The bar above the table: what is shown, the filter, the columns, importing. */
function LibraryBar({ head, sources, columns, onImportFiles, onImportFolder }: LibraryBarProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { text } = useLibraryState();
  return (
    <div className="bar">
      {head}
      <span className="grow" />
      {sources.length === 0 ? null : (
        <FilterField label={t('library.filter')} keys="/" value={text} onChange={setFilterText} onLeave={focusTable} />
      )}
      {sources.length === 0 ? null : <ColumnsFlyout chosen={columns.value} sources={sources} onChoose={columns.set} />}
      <IconButton label={t('exchange.open')} icon="export" onPress={() => showExchange('in')} />
      {isReadOnly ? null : (
        <>
          <IconButton label={t('library.importFolder')} icon="folder" onPress={onImportFolder} />
          <Button kind="primary" icon="add" onPress={onImportFiles}>
            {t('library.import')}
          </Button>
        </>
      )}
    </div>
  );
}

/** The details of the selected source or sources; null if none is selected. */
function detailsOf(selected: readonly Source[]): ReactNode | null {
  const [first] = selected;
  if (first === undefined) return null;
  return selected.length > 1 ? <ManyDetails sources={selected} /> : <SourceDetails key={first.id} id={first.id} />;
}

/** Why no source is shown, and how to show some. */
function NoRows({ shelf }: { shelf: Shelf }) {
  const { t } = useTranslation();
  const { text } = useLibraryState();
  const { shown: collection } = useCollections();
  if (text !== '') {
    return (
      <EmptyState title={t('library.noMatchTitle')} text={`${t('library.noMatch')} ${t('library.noMatchText')}`}>
        <Button onPress={() => setFilterText('')}>{t('library.clearFilter')}</Button>
      </EmptyState>
    );
  }
  if (collection !== null) {
    return (
      <EmptyState
        title={t('collections.title')}
        text={t('collections.empty', { key: shownKeysOf('collections').join('+') })}
      >
        <Button onPress={() => chooseLibraryShelf('all')}>{t('library.shelves.all')}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t(`library.shelves.${shelf}`)} text={t(`library.emptyShelves.${shelf}`)}>
      {shelf === 'all' ? null : <Button onPress={() => chooseLibraryShelf('all')}>{t('library.shelves.all')}</Button>}
    </EmptyState>
  );
}

interface LibraryLayoutProps {
  readonly width: FrameWidth;
  readonly shelves: ReactNode;
  readonly table: ReactNode;
  /** The details of the selected source, or null. */
  readonly record: ReactNode | null;
}

/** The layout of the library at every window width. */
function LibraryLayout({ width, shelves, table, record }: LibraryLayoutProps) {
  const { t } = useTranslation();
  if (width === 'one') return <NarrowLibrary table={table} record={record} />;
  const panes: Pane[] = [{ id: 'table', label: t('library.sources'), content: table, main: true }];
  if (width === 'wide')
    panes.unshift({ id: 'shelves', label: t('library.title'), content: shelves, width: '--pane-start' });
  if (record !== null) panes.push({ id: 'record', label: t('record.title'), content: record, width: '--pane-end' });
  return <KeptPanes key={width} id={`library-${width}`} panes={panes} />;
}

/** In a narrow window: the table, or the details of the selected source. */
function NarrowLibrary({ table, record }: { table: ReactNode; record: ReactNode | null }) {
  const { t } = useTranslation();
  // If the window becomes narrow while somebody is in the details, the details stay.
  const [shown, setShown] = useState<'table' | 'record'>(() =>
    document.activeElement?.closest('.record') instanceof Element ? 'record' : 'table',
  );
  if (record === null) return table;
  return (
    <OnePane
      label={t('app.panes')}
      panes={[
        { name: 'table', label: t('library.sources') },
        { name: 'record', label: t('record.title') },
      ]}
      shown={shown}
      onShow={setShown}
    >
      {shown === 'record' ? record : table}
    </OnePane>
  );
}

/** Chooses the columns of the table. A chosen column that is empty for all sources is shown once one of them has a value. */
function ColumnsFlyout({
  chosen,
  sources,
  onChoose,
}: {
  chosen: readonly ColumnName[];
  sources: readonly Source[];
  onChoose: (chosen: ColumnName[]) => void;
}) {
  const { t } = useTranslation();
  const empty = emptyColumns(sources, useCopies());
  // The head of a column is shorter than its name.
  const nameOf = (name: ColumnName): string =>
    name === 'documentType' || name === 'dateOfDocument'
      ? t(`library.columnNames.${name}`)
      : t(`library.columns.${name}`);
  return (
    <Flyout label={t('library.columnsMenu')}>
      {() => (
        <div className="columns-choice">
          {COLUMN_NAMES.map((name) => (
            <Check
              key={name}
              label={empty.has(name) ? t('library.columnEmpty', { column: nameOf(name) }) : nameOf(name)}
              selected={chosen.includes(name)}
              onChange={(isShown) => onChoose(withColumn(chosen, name, isShown))}
            />
          ))}
          <p className="hint">{t('library.columnsRoom')}</p>
        </div>
      )}
    </Flyout>
  );
}

const ICONS: Record<Shelf, IconName> = {
  all: 'book',
  notRead: 'eye',
  notCoded: 'tag',
  withGaps: 'alert',
  removed: 'remove',
};

/** The parts of the library with their counts. */
function Shelves({
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
function ShelfSelect({ shelf }: { shelf: Shelf }) {
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

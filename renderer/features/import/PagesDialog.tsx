import { useRef, useState, useMemo } from 'react';
import type { AskedPages, ArchiveFacts } from '../../../shared/contract/sources.ts';
import { useWrite } from '../../api/index.ts';
import { Address } from '../../common/captures/Address.tsx';
import { DigestBadge, SignatureSaid, isAnswered, statusWords } from '../../common/captures/CaptureRows.tsx';
import { formatBytes, formatCapturedHere } from '../../common/format.ts';
import { KIND_ICONS } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import type { Selection } from '../../ui/selection.ts';
import { answerPages } from './import-store.ts';
import { usePageList, type PageList, PAGE_COLUMNS, type PageRow, type PageSort } from './page-rows.ts';

/**
 * Asks which pages of an archive to import. Escape skips the archive; while pages are ticked, it takes a second Escape.
 */
export function PagesDialog({ asked, left }: { asked: AskedPages; left: number }) {
  const { t } = useTranslation();
  const { job, path, archive, pages } = asked;
  const list = usePageList(pages);
  const chosen = list.selection.selected;
  /** How many pages were ticked at the first Escape. */
  const [leaving, setLeaving] = useState(0);
  const answer = useWrite('import.choose');
  const send = (keys: readonly string[] | null): void =>
    answer.mutate({ job, path, pages: keys === null ? null : [...keys] }, { onSuccess: () => answerPages(job, path) });
  // In the archive’s order, not that of the rows or ticks.
  const importPages = (): void => send(list.all.map(({ key }) => key).filter((key) => chosen.has(key)));
  return (
    <Dialog
      title={t('archive.title')}
      isOpen
      onClose={() => (chosen.size === leaving ? send(null) : setLeaving(chosen.size))}
      ignoresOutside={chosen.size > 0}
      size="sheet"
      footer={
        <>
          <span className="grow mid" role="status">
            {t('archive.chosen', { count: chosen.size, total: pages.length })}
            {left === 0 ? null : ` · ${t('archive.more', { count: left })}`}
          </span>
          <Button onPress={() => send(null)}>{t('archive.skip')}</Button>
          <Button kind="primary" isDisabled={chosen.size === 0} isPending={answer.isPending} onPress={importPages}>
            {t('archive.bringIn', { count: chosen.size })}
          </Button>
        </>
      }
    >
      <ArchiveHead path={path} archive={archive} />
      <PageChoice list={list} onEnter={(key) => (chosen.size > 0 ? importPages() : list.tick([key]))} />
      {leaving > 0 && leaving === chosen.size ? (
        <Note tone="warn" role="alert">
          {t('archive.leaving', { count: chosen.size })}
        </Note>
      ) : null}
      {answer.error === null ? null : <InlineError message={answer.error.message} />}
    </Dialog>
  );
}

/** The filter, the table, and buttons that tick many pages at once. */
function PageChoice({ list, onEnter }: { list: PageList; onEnter: (key: string) => void }) {
  const { t } = useTranslation();
  const { all, rows, selection, tick } = list;
  const table = useRef<HTMLDivElement>(null);
  const hasList = all.some(({ listed }) => listed) && all.some(({ listed }) => !listed);
  return (
    <>
      <div className="line" data-wrap>
        <FilterField
          label={t('archive.filter')}
          value={list.wanted}
          onChange={list.setWanted}
          onLeave={() => table.current?.querySelector<HTMLElement>('[role="grid"]')?.focus()}
        />
        <span className="grow" />
        <LinkButton onPress={() => tick([...selection.selected, ...rows.map(({ key }) => key)])}>
          {rows.length === all.length ? t('archive.all') : t('archive.allShown', { count: rows.length })}
        </LinkButton>
        <LinkButton isDisabled={selection.selected.size === 0} onPress={() => tick([])}>
          {t('archive.none')}
        </LinkButton>
      </div>
      <div ref={table} className="pages-table">
        {rows.length === 0 ? (
          <p className="hint">{t('archive.noMatch')}</p>
        ) : (
          <PageTable
            rows={rows}
            hasList={hasList}
            selection={selection}
            onSelection={list.setSelection}
            sort={list.sort}
            onSort={list.setSort}
            onEnter={onEnter}
          />
        )}
      </div>
    </>
  );
}

/** The archive’s format, software and number of records, and whether its checksums and signature are right. */
function ArchiveHead({ path, archive }: { path: string; archive: ArchiveFacts }) {
  const { t } = useTranslation();
  const { format, software, records, digests, signature, notes } = archive;
  return (
    <div className="stack">
      <span className="line" data-wrap>
        <bdi className="strong archive-path">{path}</bdi>
        <span className="mid">{t('archive.records', { format: t(`archive.formats.${format}`), count: records })}</span>
        {software === null ? null : <bdi className="mid archive-path">{t('archive.software', { software })}</bdi>}
        <DigestBadge state={digests} of="archive" />
        {signature === null ? <SignatureSaid signature={null} /> : null}
      </span>
      {signature === null ? null : <SignatureSaid signature={signature} />}
      {notes.length === 0 ? null : (
        <Note tone="warn">
          <ul className="stack-tight">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Note>
      )}
    </div>
  );
}

interface PageTableProps {
  readonly rows: readonly PageRow[];
  /** Whether the archive lists its pages, and has others besides. */
  readonly hasList: boolean;
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  readonly sort: PageSort;
  readonly onSort: (sort: PageSort) => void;
  readonly onEnter: (key: string) => void;
}

/** The pages of an archive, each with a tick box. */
function PageTable({ rows, hasList, selection, onSelection, sort, onSort, onEnter }: PageTableProps) {
  const { t } = useTranslation();
  const columns = usePageColumns(hasList, selection.selected);
  return (
    <DataGrid
      label={t('archive.pages')}
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      ticks
      selection={selection}
      onSelection={onSelection}
      onOpen={onEnter}
      sort={sort}
      onSort={({ column, descending }) => {
        const known = PAGE_COLUMNS.find((name) => name === column);
        if (known !== undefined) onSort({ column: known, descending });
      }}
    />
  );
}

const keyOf = ({ key }: PageRow): string => key;

function usePageColumns(hasList: boolean, ticked: ReadonlySet<string>): Column<PageRow>[] {
  const { t } = useTranslation();
  return useMemo<Column<PageRow>[]>(
    () => [
      {
        id: 'page',
        label: t('archive.columns.page'),
        width: '--col-source',
        grows: true,
        canSort: true,
        cell: (row) => <PageCell row={row} isTicked={ticked.has(row.key)} />,
      },
      {
        id: 'time',
        label: t('archive.columns.time'),
        width: '--col-moment',
        drop: 1,
        canSort: true,
        cell: ({ time }) => <TimeCell time={time} />,
      },
      {
        id: 'status',
        label: t('archive.columns.status'),
        width: '--col-date',
        drop: 2,
        canSort: true,
        cell: ({ status }) => <StatusCell status={status} />,
      },
      {
        id: 'bytes',
        label: t('archive.columns.bytes'),
        width: '--col-num',
        drop: 3,
        isNumber: true,
        canSort: true,
        cell: ({ bytes }) => formatBytes(bytes),
      },
      ...(hasList
        ? [
            {
              id: 'listed',
              label: t('archive.columns.listed'),
              width: '--col-s',
              drop: 4,
              canSort: true,
              cell: ({ listed }) => <ListedCell listed={listed} />,
            } satisfies Column<PageRow>,
          ]
        : []),
    ],
    [t, hasList, ticked],
  );
}

function PageCell({ row, isTicked }: { row: PageRow; isTicked: boolean }) {
  const { t } = useTranslation();
  const { kind, title, url, capture, captures, digest } = row;
  return (
    <div className="line">
      <span className="check" data-selected={isTicked || undefined} aria-hidden>
        <span className="check-box">
          <Icon name="check" size="small" />
        </span>
      </span>
      <Icon name={KIND_ICONS[kind]} />
      <span className="unseen">{t(`kinds.${kind}`)}</span>
      <div className="two-lines grow">
        {title === null ? (
          <span className="cut dim">{t('archive.noTitle')}</span>
        ) : (
          <bdi className="cut column-words" title={title}>
            {title}
          </bdi>
        )}
        <span className="line">
          <Address url={url} />
          {captures === 1 ? null : (
            <span className="capture-of">{t('archive.captureOf', { at: capture, count: captures })}</span>
          )}
          {digest === 'wrong' ? <DigestBadge state="wrong" of="record" /> : null}
        </span>
      </div>
    </div>
  );
}

function TimeCell({ time }: { time: string | null }) {
  const { t } = useTranslation();
  if (time === null) return <NotKnown />;
  return (
    <span className="date" title={t('archive.asWritten', { time })}>
      {formatCapturedHere(time)}
    </span>
  );
}

function StatusCell({ status }: { status: number | null }) {
  if (status === null) return <NotKnown />;
  if (isAnswered(status)) return <span className="mid">{statusWords(status)}</span>;
  return (
    <Badge tone="warn" icon="alert">
      {statusWords(status)}
    </Badge>
  );
}

function ListedCell({ listed }: { listed: boolean }) {
  const { t } = useTranslation();
  if (!listed) return <span className="unseen">{t('archive.notListed')}</span>;
  return (
    <>
      <Icon name="check" size="small" />
      <span className="unseen">{t('archive.listed')}</span>
    </>
  );
}

function NotKnown() {
  const { t } = useTranslation();
  return (
    <span className="dim">
      <span aria-hidden>–</span>
      <span className="unseen">{t('record.notKnown')}</span>
    </span>
  );
}

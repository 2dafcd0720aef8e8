import { useMemo } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Address } from '../../common/captures/Address.tsx';
import { DigestBadge } from '../../common/captures/ArchiveSaid.tsx';
import { formatBytes, formatCapturedHere } from '../../common/format.ts';
import { isAnswered, statusWords } from '../../common/captures/http-status.ts';
import { KIND_ICONS } from '../../common/sources/kind-icons.ts';
import { Badge } from '../../ui/Badge.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Selection } from '../../ui/selection.ts';
import { PAGE_COLUMNS, type PageRow, type PageSort } from './page-rows.ts';

export interface PageTableProps {
  readonly rows: readonly PageRow[];
  /** The archive has a list of its pages, and other pages besides. */
  readonly hasList: boolean;
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  readonly sort: PageSort;
  readonly onSort: (sort: PageSort) => void;
  readonly onEnter: (key: string) => void;
}

/** The pages of an archive, each with a tick: as many as there are. */
export function PageTable({ rows, hasList, selection, onSelection, sort, onSort, onEnter }: PageTableProps) {
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

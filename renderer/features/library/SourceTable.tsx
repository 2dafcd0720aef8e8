import { useMemo } from 'react';
import { precisionOf } from '../../../shared/model/dates.ts';
import type { EdtfDate, Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { sourceName, KIND_ICONS } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openSource } from '../../common/workbench/workbench.ts';
import { Badge, GapBadge } from '../../ui/Badge.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { DateEdtf } from '../../ui/DateEdtf.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Selection } from '../../ui/selection.ts';
import { SORT_COLUMNS, type SortColumn } from './filter.ts';
import { tablePlace } from './library-state.ts';

export interface SourceTableProps {
  readonly rows: readonly Source[];
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  readonly sort: { readonly column: SortColumn; readonly descending: boolean };
  readonly onSort: (sort: { column: SortColumn; descending: boolean }) => void;
}

export function SourceTable({ rows, selection, onSelection, sort, onSort }: SourceTableProps) {
  const { t } = useTranslation();
  const columns = useColumns();
  return (
    <DataGrid
      label={t('library.sources')}
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      selection={selection}
      onSelection={onSelection}
      onOpen={(key) => {
        const source = rows.find(({ id }) => id === key);
        if (source !== undefined && !source.deleted) openSource(source.id);
      }}
      sort={sort}
      onSort={({ column, descending }) => {
        const known = SORT_COLUMNS.find((name) => name === column);
        if (known !== undefined) onSort({ column: known, descending });
      }}
      isFaint={isDeleted}
      scrolled={tablePlace}
    />
  );
}

const keyOf = (source: Source): string => source.id;
const isDeleted = (source: Source): boolean => source.deleted;

function useColumns(): Column<Source>[] {
  const { t } = useTranslation();
  return useMemo<Column<Source>[]>(
    () => [
      {
        id: 'title',
        label: t('library.columns.title'),
        width: '--col-source',
        grows: true,
        canSort: true,
        cell: (source) => <TitleCell source={source} />,
      },
      {
        id: 'publisher',
        label: t('library.columns.publisher'),
        width: '--col-name',
        drop: 4,
        canSort: true,
        cell: ({ publisher }) => <PublisherCell publisher={publisher} />,
      },
      {
        id: 'dateOfAct',
        label: t('library.columns.dateOfAct'),
        width: '--col-date-2',
        drop: 1,
        canSort: true,
        cell: ({ dateOfAct }) => <DateCell date={dateOfAct} withKind />,
      },
      {
        id: 'dateOfPublication',
        label: t('library.columns.dateOfPublication'),
        width: '--col-date',
        drop: 5,
        canSort: true,
        cell: ({ dateOfPublication }) => <DateCell date={dateOfPublication} />,
      },
      {
        id: 'grade',
        label: t('library.columns.grade'),
        width: '--col-s',
        drop: 2,
        canSort: true,
        cell: ({ grade }) => <span className="grade">{grade ?? <span className="dim">–</span>}</span>,
      },
      {
        id: 'passages',
        label: t('library.columns.passages'),
        width: '--col-num',
        isNumber: true,
        canSort: true,
        cell: ({ passages }) => (passages === 0 ? <span className="dim">–</span> : formatNumber(passages)),
      },
      {
        id: 'gaps',
        label: t('library.columns.gaps'),
        width: '--col-gaps',
        drop: 3,
        canSort: true,
        cell: (source) => <GapsCell source={source} />,
      },
    ],
    [t],
  );
}

function TitleCell({ source }: { source: Source }) {
  const { t } = useTranslation();
  return (
    <div className="line">
      <Icon name={KIND_ICONS[source.kind]} />
      <span className="unseen">{t(`kinds.${source.kind}`)}</span>
      <div className="two-lines">
        <bdi className="cut column-words" lang={source.language ?? undefined} title={sourceName(source)}>
          {sourceName(source)}
        </bdi>
        <span className="cut">
          {[source.title === null ? null : source.fileName, t('library.pages', { count: source.pages })]
            .filter((part) => part !== null)
            .join(', ')}
          <Versions of={source} />
        </span>
      </div>
    </div>
  );
}

/** Marks a source that has other versions; the inspector and the details list them. */
function Versions({ of: { id } }: { of: Source }) {
  const { t } = useTranslation();
  const count = useCall('versions.list', { source: id }).data?.versions.length ?? 0;
  if (count < 2) return null;
  return (
    <span className="versions-mark">
      <Icon name="columns" size="small" />
      {t('versions.count', { count })}
    </span>
  );
}

function PublisherCell({ publisher }: { publisher: string | null }) {
  if (publisher === null) return <span className="dim">–</span>;
  return (
    <div className="cut mid column-words" title={publisher}>
      <bdi>{publisher}</bdi>
    </div>
  );
}

function DateCell({ date, withKind = false }: { date: EdtfDate | null; withKind?: boolean }) {
  const { t } = useTranslation();
  const precision = precisionOf(date?.edtf ?? null);
  const kind =
    date?.implied === true
      ? t('dates.impliedShort')
      : precision === 'day' || precision === 'time'
        ? ''
        : t(`dates.precision.${precision}`);
  return (
    <DateEdtf
      edtf={date?.edtf ?? null}
      spoken={date === null ? t('dates.notKnown') : date.edtf}
      {...(withKind ? { kind } : {})}
    />
  );
}

/** How many missing details are named. The column has room for these and for the count of the rest. */
const MAX_GAPS_SHOWN = 2;

function GapsCell({ source }: { source: Source }) {
  const { t } = useTranslation();
  if (source.gaps.length === 0) {
    return (
      <Badge tone="ok" icon="check">
        {t('library.noGaps')}
      </Badge>
    );
  }
  const names = source.gaps.map((gap) => t(`gaps.${gap}`));
  return (
    <span className="gap-badges" title={names.join(', ')}>
      {names.slice(0, MAX_GAPS_SHOWN).map((name) => (
        <GapBadge key={name}>{name}</GapBadge>
      ))}
      {names.length > MAX_GAPS_SHOWN ? (
        <GapBadge>{t('library.moreGaps', { count: names.length - MAX_GAPS_SHOWN })}</GapBadge>
      ) : null}
    </span>
  );
}

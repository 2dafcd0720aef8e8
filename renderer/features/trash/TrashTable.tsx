import { useMemo, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Removed } from '../../../shared/contract/trash.ts';
import { pageSpan } from '../../../shared/model/index.ts';
import { formatMoment, formatWhen } from '../../common/format.ts';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { FamilySign } from '../../ui/FamilySign.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import type { Selection } from '../../ui/selection.ts';
import { keyOf, placeOf, wordsOf } from './rows.ts';

export interface TrashTableProps {
  readonly rows: readonly Removed[];
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  readonly onOpen: (row: Removed) => void;
}

const BY_TIME = { column: 'when', descending: true } as const;

/** What was removed, the newest first. */
export function TrashTable({ rows, selection, onSelection, onOpen }: TrashTableProps) {
  const { t } = useTranslation();
  const columns = useColumns();
  return (
    <DataGrid
      label={t('trash.title')}
      columns={columns}
      rows={rows}
      keyOf={keyOf}
      selection={selection}
      onSelection={onSelection}
      onOpen={(key) => {
        const row = rows.find((one) => keyOf(one) === key);
        if (row !== undefined) onOpen(row);
      }}
      sort={BY_TIME}
      onSort={() => undefined}
    />
  );
}

function useColumns(): Column<Removed>[] {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  return useMemo<Column<Removed>[]>(
    () => [
      {
        id: 'what',
        label: t('trash.columns.what'),
        width: '--col-source',
        grows: true,
        cell: (row) => <WhatCell row={row} />,
      },
      {
        id: 'where',
        label: t('trash.columns.where'),
        width: '--col-gaps',
        drop: 2,
        cell: (row) => <WhereCell row={row} />,
      },
      {
        id: 'by',
        label: t('trash.columns.by'),
        width: '--col-name',
        drop: 1,
        cell: ({ by }) => (by === null ? <span className="dim">{t('trash.unknown')}</span> : <Cut text={by.name} />),
      },
      {
        id: 'when',
        label: t('trash.columns.when'),
        width: '--col-date-2',
        cell: ({ at }) => (at === null ? null : <span title={formatMoment(at)}>{formatWhen(at, now)}</span>),
      },
    ],
    [t, now],
  );
}

const SOURCE_ICONS: Readonly<Record<string, IconName>> = { pdf: 'file', page: 'page', text: 'text', image: 'picture' };

function WhatCell({ row }: { row: Removed }) {
  const { t } = useTranslation();
  const { what } = row;
  const words = wordsOf(row);
  const language = what.kind === 'source' ? what.language : what.kind === 'passage' ? what.source.language : null;
  return (
    <div className="line">
      <KindSign what={what} />
      <div className="two-lines">
        <bdi
          className="cut column-words"
          dir="auto"
          title={words ?? undefined}
          {...(language === null ? {} : { lang: language })}
        >
          {words ?? t('trash.area')}
        </bdi>
        <span className="cut">
          <KindWords what={what} />
        </span>
      </div>
    </div>
  );
}

function KindSign({ what }: Pick<Removed, 'what'>) {
  switch (what.kind) {
    case 'source':
      return <Icon name={SOURCE_ICONS[what.fileKind] ?? 'file'} />;
    case 'passage':
      return <Icon name="passage" />;
    case 'memo':
      return <Icon name="comment" />;
    case 'category':
      return <FamilySign code={what.code} colour={what.colour} />;
  }
}

function KindWords({ what }: Pick<Removed, 'what'>) {
  const { t } = useTranslation();
  switch (what.kind) {
    case 'source':
      return what.passages === 0
        ? t('trash.source')
        : `${t('trash.source')}, ${t('trash.passages', { count: what.passages })}`;
    case 'passage':
      return what.tags === 0 ? t('trash.passage') : `${t('trash.passage')}, ${t('trash.tags', { count: what.tags })}`;
    case 'memo':
      return t(`trash.memoOn.${what.on}`);
    case 'category':
      return `${t('trash.category')} ${what.code}`;
  }
}

/** The source and page of a passage; what a memo is on. */
/** One line, shortened where it finds no room; the whole is in its tip. */
function Cut({ text }: { text: string }) {
  return (
    <div className="cut" title={text}>
      <bdi>{text}</bdi>
    </div>
  );
}

function WhereCell({ row }: { row: Removed }) {
  const { t } = useTranslation();
  const place = placeOf(row);
  if (place === null) {
    const name = row.what.kind === 'memo' ? row.what.name : null;
    return name === null ? null : <Cut text={name} />;
  }
  const { source, page, lastPage } = place;
  return (
    <div className="two-lines">
      <bdi className="cut" title={source.name} {...(source.language === null ? {} : { lang: source.language })}>
        {source.name}
      </bdi>
      <span className="cut">
        {t('trash.page', { ...pageSpan(page, lastPage) })}
        {source.removed ? `, ${t('trash.sourceRemoved')}` : ''}
      </span>
    </div>
  );
}

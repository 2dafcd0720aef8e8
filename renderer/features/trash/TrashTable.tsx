import { useMemo } from 'react';
import { type Removed, REMOVED_KINDS, type RemovedHome, type RemovedKind } from '../../../shared/contract/trash.ts';
import { pageSpan } from '../../../shared/model/index.ts';
import { foldText } from '../../../shared/text/fold.ts';
import { formatWhen } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useNow } from '../../common/now.ts';
import { KIND_ICONS } from '../../common/sources/sources.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { FamilySign } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { Selection } from '../../ui/selection.ts';

interface TrashTableProps {
  readonly rows: readonly Removed[];
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  readonly onOpen: (row: Removed) => void;
}

const BY_TIME = { column: 'when', descending: true } as const;

/** The items in the trash, newest first. */
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
  const now = useNow();
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
        cell: ({ by }) =>
          by === null ? (
            <span className="dim">{t('trash.unknown')}</span>
          ) : (
            <PersonName id={by.id} name={by.name} isInRow />
          ),
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
      return <Icon name={KIND_ICONS[what.fileKind]} />;
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
      return t('trash.source', { count: what.passages });
    case 'passage':
      return t('trash.passage', { count: what.tags });
    case 'memo':
      return t(`trash.memoOn.${what.on}`);
    case 'category':
      return t('trash.category', { code: what.code });
  }
}

/** One line, shortened if it does not fit; the tooltip has all of it. */
function ShortenedLine({ text }: { text: string }) {
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
    return name === null ? null : <ShortenedLine text={name} />;
  }
  const { source, page, lastPage } = place;
  return (
    <div className="two-lines">
      <bdi className="cut" title={source.name} {...(source.language === null ? {} : { lang: source.language })}>
        {source.name}
      </bdi>
      <span className="cut">
        {t(source.removed ? 'trash.pageOfRemoved' : 'trash.page', { ...pageSpan(page, lastPage) })}
      </span>
    </div>
  );
}

export const KINDS = ['all', ...REMOVED_KINDS] as const;
export type KindShown = (typeof KINDS)[number];

/** Where an item can be seen: a passage's place, or that of the passage a memo is about. */
export interface SeenAt {
  readonly source: RemovedHome;
  readonly page: number;
  readonly lastPage: number;
  readonly span: { readonly start: number; readonly end: number } | null;
  readonly words: string | null;
}

export function placeOf({ what }: Removed): SeenAt | null {
  return what.kind === 'passage' ? what : what.kind === 'memo' ? what.place : null;
}

/** The words or the name of an item; null for an area. */
function wordsOf({ what }: Removed): string | null {
  switch (what.kind) {
    case 'source':
    case 'category':
      return what.name;
    case 'passage':
      return what.words;
    case 'memo':
      return what.text;
  }
}

/** The items of a kind that contain every word of the query. */
export function rowsFor(removed: readonly Removed[], kind: KindShown, query: string): Removed[] {
  const words = foldText(query).split(/\s+/u).filter(Boolean);
  return removed.filter((one) => {
    if (kind !== 'all' && one.what.kind !== kind) return false;
    if (words.length === 0) return true;
    const { what } = one;
    const place = placeOf(one);
    const text = foldText(
      [
        wordsOf(one),
        one.by?.name,
        place?.source.name,
        place?.words,
        what.kind === 'category' ? what.code : '',
        what.kind === 'memo' ? what.name : '',
      ].join('\n'),
    );
    return words.every((word) => text.includes(word));
  });
}

export const keyOf = ({ what }: Removed): string => `${what.kind} ${what.id}`;
type RemovedWhat = { readonly kind: RemovedKind; readonly id: string };
export const whatOf = ({ what }: Removed): RemovedWhat => ({ kind: what.kind, id: what.id });

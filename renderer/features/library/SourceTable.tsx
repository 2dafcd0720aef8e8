import { useMemo, useState } from 'react';
import { precisionOf } from '../../../shared/model/dates.ts';
import type { EdtfDate, Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { runCommand, useCommandList, canRun, type Command } from '../../common/commands/registry.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { formatNumber } from '../../common/format.ts';
import { useCopyWords, type CopyMarks } from '../../common/sources/copies.ts';
import { sourceName, KIND_ICONS } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openSource } from '../../common/workbench/workbench.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { DateEdtf } from '../../ui/DateEdtf.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { MenuEntry } from '../../ui/Menu.tsx';
import type { Selection } from '../../ui/selection.ts';
import { factsOf, type ColumnName } from './columns.ts';
import { SORT_COLUMNS, type SortColumn } from './filter.ts';
import { focusTable } from './useLibraryCommands.ts';
import { tablePlace } from './library-state.ts';

export interface SourceTableProps {
  readonly rows: readonly Source[];
  /** The columns after the title. */
  readonly shown: readonly ColumnName[];
  /** The sources that the person has read; others are marked. */
  readonly read: ReadonlySet<string>;
  readonly copies: CopyMarks;
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  readonly sort: { readonly column: SortColumn; readonly descending: boolean };
  readonly onSort: (sort: { column: SortColumn; descending: boolean }) => void;
}

export function SourceTable({ rows, shown, read, copies, selection, onSelection, sort, onSort }: SourceTableProps) {
  const { t } = useTranslation();
  const columns = useColumns(shown, read, copies);
  const [menu, setMenu] = useState<RowMenuRequest | null>(null);
  return (
    <>
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
        onMenu={(at) => setMenu({ at })}
      />
      {menu === null ? null : (
        <RowMenu
          asked={menu}
          onClose={() => {
            setMenu(null);
            // The menu keeps the focus until it is removed.
            requestAnimationFrame(focusTable);
          }}
        />
      )}
    </>
  );
}

const keyOf = (source: Source): string => source.id;
const isDeleted = (source: Source): boolean => source.deleted;

/** How each column is drawn; columns.ts says which there are. */
function useColumns(shown: readonly ColumnName[], read: ReadonlySet<string>, copies: CopyMarks): Column<Source>[] {
  const { t } = useTranslation();
  return useMemo<Column<Source>[]>(() => {
    const title: Column<Source> = {
      id: 'title',
      label: t('library.columns.title'),
      width: '--col-source',
      grows: true,
      canSort: true,
      cell: (source) => <TitleCell source={source} isRead={read.has(source.id)} copies={copies} />,
    };
    const others = shown.map((id): Column<Source> => {
      const { width, drop, isNumber = false } = factsOf(id);
      return {
        id,
        label: t(`library.columns.${id}`),
        width,
        ...(drop === undefined ? {} : { drop }),
        isNumber,
        descendsFirst: isNumber,
        canSort: true,
        cell: (source) => <Cell column={id} source={source} copies={copies} />,
      };
    });
    return [title, ...others];
  }, [t, shown, read, copies]);
}

function Cell({ column, source, copies }: { column: ColumnName; source: Source; copies: CopyMarks }) {
  switch (column) {
    case 'publisher':
    case 'author':
      return <WordsCell words={source[column]} />;
    case 'dateOfAct':
      return <DateCell date={source.dateOfAct} withKind />;
    case 'dateOfDocument':
    case 'dateOfPublication':
    case 'dateOfCapture':
      return <DateCell date={source[column]} />;
    case 'language':
      return source.language === null ? <None /> : <span className="cut">{source.language}</span>;
    case 'documentType':
      return <DocumentTypeCell code={source.documentType} />;
    case 'grade':
      return <span className="grade">{source.grade ?? <None />}</span>;
    case 'copies':
      return <CopiesCell source={source} copies={copies} />;
    case 'addedAt':
      return <span className="cut mid">{formatMoment(source.addedAt)}</span>;
    case 'passages':
      return source.passages === 0 ? <None /> : formatNumber(source.passages);
    case 'gaps':
      return <GapsCell source={source} />;
  }
}

const None = () => <span className="dim">–</span>;

function DocumentTypeCell({ code }: { code: string | null }) {
  const types = useCall('codebook.get', {}).data?.dimensions.find((one) => one.code === 'doctype')?.values;
  return <WordsCell words={code === null ? null : (types?.find((one) => one.code === code)?.label ?? code)} />;
}

function TitleCell({ source, isRead, copies }: { source: Source; isRead: boolean; copies: CopyMarks }) {
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
          {isRead ? null : <span className="unread-mark">{t('library.unread')} · </span>}
          {[source.title === null ? null : source.fileName, t('library.pages', { count: source.pages })]
            .filter((part) => part !== null)
            .join(', ')}
          <Versions of={source} />
          <CopyOf source={source} copies={copies} />
        </span>
      </div>
    </div>
  );
}

/**
 * Marks a copy of a text, or its origin. The tooltip and the text for screen readers name the other one; the column and the details show
 * everything.
 */
function CopyOf({ source, copies }: { source: Source; copies: CopyMarks }) {
  const { t } = useTranslation();
  const words = useCopyWords()(source.id, copies);
  if (words === null) return null;
  const isOrigin = copies.get(source.id)?.origin?.id === source.id;
  return (
    <span className="versions-mark" title={words}>
      <Icon name="copy" size="small" />
      <span aria-hidden>{t(isOrigin ? 'library.origin' : 'library.copy')}</span>
      <span className="unseen">{words}</span>
    </span>
  );
}

function CopiesCell({ source, copies }: { source: Source; copies: CopyMarks }) {
  return <WordsCell words={useCopyWords()(source.id, copies)} />;
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

function WordsCell({ words }: { words: string | null }) {
  if (words === null) return <None />;
  return (
    <div className="cut mid column-words" title={words}>
      <bdi>{words}</bdi>
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
      // The kind beside it says “unknown” already.
      spoken={date !== null ? date.edtf : withKind ? '' : t('dates.notKnown')}
      {...(withKind ? { kind } : {})}
    />
  );
}

/** The number of missing details; the tooltip and the text for screen readers name them. The details show each as a gap. */
function GapsCell({ source: { gaps } }: { source: Source }) {
  const { t } = useTranslation();
  if (gaps.length === 0) return <None />;
  const names = gaps.map((gap) => t(`gaps.${gap}`)).join(', ');
  return (
    <span title={names}>
      {formatNumber(gaps.length)}
      <span className="unseen">: {names}</span>
    </span>
  );
}

/** The commands of the menu, in its order; a line between groups. */
const GROUPS = [
  ['openChosenSource', 'compareChosenSource'],
  ['editSelectedSources', 'takeSuggestions', 'toggleRead', 'collections'],
  ['verifyChosenSource'],
  ['removeSources'],
] as const;

interface RowMenuRequest {
  readonly at: { readonly x: number; readonly y: number };
}

/** The menu of the selected rows: the same commands as in the palette, with their keys. */
function RowMenu({ asked, onClose }: { asked: RowMenuRequest; onClose: () => void }) {
  const { t } = useTranslation();
  const commands = useCommandList(({ commands: all }) => all);
  const entryOf = (id: string): MenuEntry[] => {
    const command = commands.findLast((one) => one.id === id && canRun(one));
    return command === undefined ? [] : [toEntry(command)];
  };
  const groups = GROUPS.map((ids) => ids.flatMap(entryOf)).filter((entries) => entries.length > 0);
  return (
    <ContextMenu
      label={t('library.menu')}
      at={asked.at}
      onClose={onClose}
      entries={groups.flatMap((entries, at) => (at === 0 ? entries : ['line' as const, ...entries]))}
    />
  );
}

const toEntry = ({ id, title, icon, keys }: Command): MenuEntry => {
  // Enter is the table's own key.
  const key = id === 'openChosenSource' ? 'Enter' : keys?.[0];
  return {
    id,
    label: title,
    ...(icon === undefined ? {} : { icon }),
    ...(key === undefined ? {} : { keys: shownKeys(key) }),
    ...(id === 'removeSources' ? { tone: 'bad' as const } : {}),
    // Runs after the menu has closed and given the focus back, so that the command can take it.
    run: () => void requestAnimationFrame(() => requestAnimationFrame(() => void runCommand(id))),
  };
};

import { useState, useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react';
import {
  REMOVED_KINDS,
  type LetGo,
  type Removed,
  type RemovedHome,
  type RemovedKind,
} from '../../../shared/contract/trash.ts';
import { useCall, useWrite, errorDataOf, useAsk } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { announce, notify, notifyError } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openSource, openRange } from '../../common/workbench/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { NOTHING_SELECTED, selectionWithin, type Selection } from '../../ui/selection.ts';
import { pageSpan } from '../../../shared/model/index.ts';
import { foldText } from '../../../shared/text/fold.ts';
import { formatWhen } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useNow } from '../../common/now.ts';
import { KIND_ICONS } from '../../common/sources/sources.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { DataGrid, type Column } from '../../ui/DataGrid.tsx';
import { FamilySign } from '../../ui/FamilySign.tsx';
import { Icon } from '../../ui/Icon.tsx';

const NONE: readonly Removed[] = [];

/**
 * Everything that was moved to the trash. Items can be filtered, shown where they were, and restored. Nothing is ever
 * deleted here.
 */
export function Trash({ head }: { head: ReactNode }) {
  const { t } = useTranslation();
  const list = useCall('trash.list', {});
  const removed = list.data?.removed ?? NONE;
  const [kind, setKind] = useState<KindShown>('all');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<Selection>(NOTHING_SELECTED);
  const rows = rowsFor(removed, kind, text);
  const selection = selectionWithin(chosen, rows.map(keyOf));
  const selected = rows.filter((row) => selection.selected.has(keyOf(row)));
  const showPlace = useShowPlace();
  return (
    <section className="library-main" aria-label={t('trash.title')}>
      <div className="bar">
        {head}
        <span className="grow" />
        {removed.length === 0 ? null : <FilterField label={t('trash.filter')} value={text} onChange={setText} />}
      </div>
      {removed.length === 0 ? null : (
        <div className="bar trash-kinds">
          <Segments
            label={t('trash.kinds')}
            value={kind}
            options={KINDS.map((value) => ({ value, label: t(`trash.kind.${value}`) }))}
            onChange={setKind}
          />
          <span className="hint grow cut">{t('trash.kept')}</span>
        </div>
      )}
      {list.error === null ? null : <InlineError message={list.error.message} />}
      {list.isPending ? null : removed.length === 0 ? (
        <EmptyState title={t('trash.empty')} text={`${t('trash.emptyText')} ${t('trash.kept')}`} />
      ) : rows.length === 0 ? (
        <div className="library-nothing mid stack">
          <p>{text.trim() === '' ? t('trash.noneOfKind') : t('trash.noMatch')}</p>
          <div className="line">
            <Button
              onPress={() => {
                setKind('all');
                setText('');
              }}
            >
              {t('trash.clearFilter')}
            </Button>
          </div>
        </div>
      ) : (
        <TrashTable
          rows={rows}
          selection={selection}
          onSelection={setChosen}
          onOpen={(row) => void showPlace(placeOf(row))}
        />
      )}
      <SelectionActions selected={selected} onShow={(row) => void showPlace(placeOf(row))} />
    </section>
  );
}

/** Actions on the selected items. */
function SelectionActions({ selected, onShow }: { selected: readonly Removed[]; onShow: (row: Removed) => void }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const restore = useWrite('trash.restore');
  const discardedText = ({ name, was, code, letter }: LetGo): string =>
    [
      code === was.code ? [] : t('trash.newCode', { name, was: was.code, code }),
      letter === was.letter ? [] : t('trash.noLetter', { name, letter: was.letter }),
    ]
      .flat()
      .join(' ');
  const [only] = selected;
  const place = selected.length === 1 && only !== undefined ? placeOf(only) : null;
  const restoreSelected = (): void =>
    restore.mutate(
      { things: selected.map(whatOf) },
      {
        onSuccess: ({ restored, letGo }) => {
          const text = t('trash.restored', { count: restored });
          if (letGo.length === 0) announce(text);
          else notify('warn', text, letGo.map(discardedText));
        },
      },
    );
  useTrashCommands({
    onRestore: only === undefined || isReadOnly ? null : restoreSelected,
    onShow: only === undefined || place === null || place.source.removed ? null : () => onShow(only),
  });
  if (only === undefined) return null;
  return (
    <div className="selection-bar">
      {restore.error === null ? null : <InlineError message={restore.error.message} />}
      <div className="line" data-wrap>
        <span className="grow mid">
          {place?.source.removed === true ? t('trash.openFirst') : t('trash.chosen', { count: selected.length })}
        </span>
        {place === null || place.source.removed ? null : (
          <Button size="small" icon="go" keys={['Enter']} onPress={() => onShow(only)}>
            {t('trash.open')}
          </Button>
        )}
        {isReadOnly ? null : (
          <Button size="small" kind="primary" icon="restore" isPending={restore.isPending} onPress={restoreSelected}>
            {t('trash.restore', { count: selected.length })}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Opens the place where an item was, without restoring it. An area has no text to scroll to: its page is opened. */
function useShowPlace(): (place: SeenAt | null) => Promise<void> {
  const ask = useAsk();
  return useCallback(
    async (place) => {
      if (place === null || place.source.removed) return;
      const { id } = place.source;
      if (place.span !== null) {
        openRange(id, place.span);
        return;
      }
      try {
        const { layer } = await ask('sources.get', { id });
        const pages = layer === null ? [] : (await ask('layers.get', { id: layer })).pages;
        const page = pages.find((one) => one.page === place.page);
        // Opening the page's first character scrolls to the page.
        if (page === undefined || page.start === page.end) openSource(id);
        else openRange(id, { start: page.start, end: page.start + 1 });
      } catch (thrown) {
        notifyError(errorDataOf(thrown));
      }
    },
    [ask],
  );
}

/** Actions on the selected items; null if they do not apply. */
interface TrashActs {
  readonly onRestore: (() => void) | null;
  readonly onShow: (() => void) | null;
}

function useTrashCommands(acts: TrashActs): void {
  const { t } = useTranslation();
  const latest = useRef(acts);
  useEffect(() => {
    latest.current = acts;
  });
  useCommands(
    useMemo<Command[]>(() => {
      const group = 'library';
      return [
        {
          id: 'restoreChosen',
          title: t('commands.restoreChosen'),
          group,
          icon: 'restore',
          when: () => latest.current.onRestore !== null,
          run: () => latest.current.onRestore?.(),
        },
        {
          id: 'showChosenPlace',
          title: t('commands.showChosenPlace'),
          group,
          icon: 'go',
          when: () => latest.current.onShow !== null,
          run: () => latest.current.onShow?.(),
        },
      ];
    }, [t]),
  );
}

interface TrashTableProps {
  readonly rows: readonly Removed[];
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  readonly onOpen: (row: Removed) => void;
}

const BY_TIME = { column: 'when', descending: true } as const;

/** The items in the trash, newest first. */
function TrashTable({ rows, selection, onSelection, onOpen }: TrashTableProps) {
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

const KINDS = ['all', ...REMOVED_KINDS] as const;
type KindShown = (typeof KINDS)[number];

/** Where an item can be seen: a passage's place, or that of the passage a memo is about. */
interface SeenAt {
  readonly source: RemovedHome;
  readonly page: number;
  readonly lastPage: number;
  readonly span: { readonly start: number; readonly end: number } | null;
  readonly words: string | null;
}

function placeOf({ what }: Removed): SeenAt | null {
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
function rowsFor(removed: readonly Removed[], kind: KindShown, query: string): Removed[] {
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

const keyOf = ({ what }: Removed): string => `${what.kind} ${what.id}`;
type RemovedWhat = { readonly kind: RemovedKind; readonly id: string };
const whatOf = ({ what }: Removed): RemovedWhat => ({ kind: what.kind, id: what.id });

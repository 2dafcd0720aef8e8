import { useState, type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import type { LetGo, Removed } from '../../../shared/contract/trash.ts';
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
import { KINDS, keyOf, placeOf, rowsFor, whatOf, type KindShown, type SeenAt, TrashTable } from './TrashTable.tsx';

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

import { useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { SourceName } from '../../common/sources/SourceName.tsx';
import { KIND_ICONS, sourceName } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { goTo, openSource, useWorkbench } from '../../common/workbench/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { handleListKey, rowsInPage } from '../../ui/keys.ts';
import { tokenPixels } from '../../ui/token.ts';
import { useVirtualRows, type RowPlace } from '../../ui/virtual-rows.ts';
import { matchesText } from './filter.ts';

const NO_SOURCES: readonly Source[] = [];

/** The sources beside the reader. Enter opens one; with Ctrl, ⌘ or Alt, in the reader's other half. */
export function SourceList() {
  const { t, i18n } = useTranslation();
  const list = useCall('sources.list', {});
  const all = list.data?.sources ?? NO_SOURCES;
  const [text, setText] = useState('');
  const listBox = useRef<HTMLDivElement>(null);
  const sources = useMemo(() => {
    const { compare } = new Intl.Collator(i18n.language, { numeric: true });
    return all.filter((source) => matchesText(source, text)).sort((a, b) => compare(sourceName(a), sourceName(b)));
  }, [all, text, i18n.language]);
  if (list.error !== null) return <InlineError message={list.error.message} />;
  if (list.data !== undefined && all.length === 0) {
    return (
      <EmptyState title={t('sidebar.noSources')} text={t('sidebar.noSourcesText')}>
        <Button onPress={() => goTo('library')}>{t('commands.library')}</Button>
      </EmptyState>
    );
  }
  return (
    <aside className="pane" aria-label={t('sidebar.sources')}>
      <div className="codebook-filter">
        <FilterField
          label={t('library.filter')}
          value={text}
          onChange={setText}
          onLeave={() => listBox.current?.focus()}
        />
      </div>
      {sources.length === 0 ? <p className="hint ledger-empty">{t('library.noMatch')}</p> : null}
      <SourceRows listBox={listBox} sources={sources} />
      <footer className="pane-foot">
        <span className="grow">{t('sidebar.count', { count: all.length })}</span>
        <span>{t('sidebar.passages', { count: all.reduce((sum, { passages }) => sum + passages, 0) })}</span>
      </footer>
    </aside>
  );
}

function SourceRows({ listBox, sources }: { listBox: RefObject<HTMLDivElement | null>; sources: readonly Source[] }) {
  const { t } = useTranslation();
  const front = useWorkbench((state) => state.source);
  const panes = useWorkbench((state) => state.panes);
  const [chosen, setChosen] = useState<SourceId | null>(null);
  const current = sources.findIndex((source) => source.id === (chosen ?? front));
  const rowHeight = tokenPixels('--row') + tokenPixels('--s-1');
  const { items, style, idOf, activeId, placeOf } = useVirtualRows({
    scroller: () => listBox.current,
    count: sources.length,
    current,
    height: rowHeight,
    overscan: 12,
  });
  const keyDown = (event: KeyboardEvent): void =>
    handleListKey(event, {
      current,
      count: sources.length,
      page: rowsInPage(listBox.current, rowHeight),
      onMove: (next) => setChosen(sources[next]?.id ?? null),
      onKey: () => {
        const source = sources[current];
        if (event.key !== 'Enter' || source === undefined) return false;
        openFrom(event, source.id);
        return true;
      },
    });
  const click = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    const source = row instanceof HTMLElement ? sources[Number(row.dataset['row'])] : undefined;
    if (source === undefined) return;
    setChosen(source.id);
    openFrom(event, source.id);
  };
  return (
    // The list keeps the focus and handles the keys and clicks of its rows, which come and go as it scrolls.
    <div
      ref={listBox}
      className="source-list scroll"
      role="listbox"
      aria-label={t('sidebar.sources')}
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={keyDown}
      onClick={click}
    >
      <div role="presentation" className="virtual-rows" style={style}>
        {items.map((item) => {
          const { index } = item;
          const source = sources[index];
          return source === undefined ? null : (
            <SourceRow
              key={source.id}
              id={idOf(index)}
              source={source}
              isFront={source.id === front}
              isOpen={panes.some(({ tabs }) => tabs.includes(source.id))}
              isCurrent={index === current}
              index={index}
              count={sources.length}
              place={placeOf(item)}
            />
          );
        })}
      </div>
    </div>
  );
}

interface Modifiers {
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}
const openFrom = ({ ctrlKey, metaKey, altKey }: Modifiers, source: SourceId): void =>
  openSource(source, ctrlKey || metaKey || altKey ? 'beside' : 'here');

function SourceRow({
  id,
  source,
  isFront,
  isOpen,
  isCurrent,
  index,
  count,
  place,
}: {
  id: string;
  source: Source;
  isFront: boolean;
  isOpen: boolean;
  isCurrent: boolean;
  index: number;
  count: number;
  place: RowPlace;
}) {
  const { t } = useTranslation();
  return (
    <div
      role="option"
      id={id}
      aria-selected={isFront}
      aria-posinset={index + 1}
      aria-setsize={count}
      data-row={index}
      className="side-row source-row"
      data-current={isCurrent || undefined}
      data-open={isOpen || undefined}
      title={sourceName(source)}
      {...place}
    >
      <Icon name={KIND_ICONS[source.kind]} size="small" />
      <SourceName source={source} className="cut column-words" />
      <span className="number" aria-label={t('sidebar.passages', { count: source.passages })}>
        {source.passages === 0 ? '–' : formatNumber(source.passages)}
      </span>
    </div>
  );
}

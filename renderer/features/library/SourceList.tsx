import {
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
} from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { isComposing } from '../../common/commands/keys.ts';
import { formatNumber } from '../../common/format.ts';
import { KIND_ICONS, sourceName, useApart } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { goTo, openSource, useWorkbench } from '../../common/workbench/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { rowAfterKey } from '../../ui/selection.ts';
import { tokenPixels } from '../../ui/token.ts';
import { matchesText } from './filter.ts';

const NO_SOURCES: readonly Source[] = [];

/** The sources beside the reader. Enter opens one, with Ctrl or Alt in the other side. */
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
      <EmptyState title={t('shelf.noSources')} text={t('shelf.noSourcesText')}>
        <Button onPress={() => goTo('library')}>{t('commands.library')}</Button>
      </EmptyState>
    );
  }
  return (
    <aside className="pane" aria-label={t('shelf.sources')}>
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
        <span className="grow">{t('shelf.count', { count: all.length })}</span>
        <span>{t('shelf.passages', { count: all.reduce((sum, { passages }) => sum + passages, 0) })}</span>
      </footer>
    </aside>
  );
}

function SourceRows({ listBox, sources }: { listBox: RefObject<HTMLDivElement | null>; sources: readonly Source[] }) {
  const { t } = useTranslation();
  const id = useId();
  const apart = useApart();
  const front = useWorkbench((state) => state.source);
  const sides = useWorkbench((state) => state.sides);
  const [chosen, setChosen] = useState<SourceId | null>(null);
  const current = sources.findIndex((source) => source.id === (chosen ?? front));
  const rowHeight = tokenPixels('--row') + tokenPixels('--s-1');
  const virtual = useVirtualizer({
    count: sources.length,
    getScrollElement: () => listBox.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current);
  }, [current, virtual]);

  const keyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent)) return;
    const source = sources[current];
    if (event.key === 'Enter' && source !== undefined) openFrom(event, source.id);
    else {
      const page = Math.max(1, Math.floor((listBox.current?.clientHeight ?? 0) / rowHeight) - 1);
      const next = rowAfterKey(event.key, current, sources.length, page);
      if (next === null) return;
      setChosen(sources[next]?.id ?? null);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const click = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
    const source = row instanceof HTMLElement ? sources[Number(row.dataset['row'])] : undefined;
    if (source === undefined) return;
    setChosen(source.id);
    openFrom(event, source.id);
  };
  return (
    // The list handles keys and pointer for its rows and keeps the focus, since rows come and go as it scrolls.
    <div
      ref={listBox}
      className="source-list scroll"
      role="listbox"
      aria-label={t('shelf.sources')}
      aria-activedescendant={current >= 0 ? `${id}-${String(current)}` : undefined}
      tabIndex={0}
      onKeyDown={keyDown}
      onClick={click}
    >
      <div role="presentation" className="source-rows" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const source = sources[index];
          return source === undefined ? null : (
            <SourceRow
              key={source.id}
              id={`${id}-${String(index)}`}
              source={source}
              apart={apart.get(source.id)}
              isFront={source.id === front}
              isOpen={sides.some(({ tabs }) => tabs.includes(source.id))}
              isCurrent={index === current}
              place={{ start, size, index, count: sources.length }}
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
  apart,
  isFront,
  isOpen,
  isCurrent,
  place,
}: {
  id: string;
  source: Source;
  apart: string | undefined;
  isFront: boolean;
  isOpen: boolean;
  isCurrent: boolean;
  place: { start: number; size: number; index: number; count: number };
}) {
  const { t } = useTranslation();
  return (
    <div
      role="option"
      id={id}
      aria-selected={isFront}
      aria-posinset={place.index + 1}
      aria-setsize={place.count}
      data-row={place.index}
      className="side-row source-row"
      data-current={isCurrent || undefined}
      data-open={isOpen || undefined}
      title={sourceName(source)}
      style={{ transform: `translateY(${String(place.start)}px)`, blockSize: place.size }}
    >
      <Icon name={KIND_ICONS[source.kind]} size="small" />
      <bdi className="cut column-words" {...(source.language === null ? {} : { lang: source.language })}>
        {sourceName(source)}
      </bdi>
      {apart === undefined ? null : <bdi className="dim cut apart">{apart}</bdi>}
      <span className="number" aria-label={t('shelf.passages', { count: source.passages })}>
        {source.passages === 0 ? '–' : formatNumber(source.passages)}
      </span>
    </div>
  );
}

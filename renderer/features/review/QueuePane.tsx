import { useState, useEffect, useMemo, useRef } from 'react';
import { QUEUES, type QueueName, type QueueItem } from '../../../shared/contract/review.ts';
import { shownState, type PassageId } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useCall } from '../../api/index.ts';
import { isComposing } from '../../ui/keys.ts';
import { formatNumber, formatWhenShort } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { StateBadge } from '../../common/review/InspectorReview.tsx';
import { languageName, directionOf } from '../../common/review/languages.ts';
import {
  chooseItem,
  chooseQueue,
  showReviewPane,
  useReviewing,
  setFilter,
  type ReviewFilter,
  tabsOf,
  SHOWN_STATES,
  useUnread,
} from '../../common/review/state.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import type { Queue } from './useQueue.ts';
import { distinctName, useApart } from '../../common/sources/sources.ts';
import { shownKeysFrom, shownKeysOf } from '../../common/commands/command-keys.ts';

interface QueuePaneProps {
  readonly queue: Queue;
  readonly filtering: boolean;
  readonly onFilter: (open: boolean) => void;
}

/** The chosen queue with its filters. */
export function QueuePane({ queue, filtering, onFilter }: QueuePaneProps) {
  const { t } = useTranslation();
  const filter = useReviewing((state) => state.filter);
  const done = useReviewing((state) => state.done);
  const count = Object.keys(filter).length;
  return (
    <aside className="pane review-queue" aria-label={t('review.queue')}>
      <header className="pane-head">
        <h2 className="grow">{t('places.review')}</h2>
        {count === 0 ? null : <span className="hint">{t('review.filter.count', { count })}</span>}
        <IconButton
          label={t('review.filter.title')}
          icon="filter"
          keys={shownKeysOf('reviewFilter')}
          aria-expanded={filtering}
          onPress={() => onFilter(!filtering)}
        />
        <QueueMenu queue={queue} />
      </header>
      <QueueTabs queue={queue} />
      {filtering ? <Filters onClose={() => onFilter(false)} /> : null}
      {queue.error === null ? null : <InlineError message={queue.error} />}
      {queue.isRead && queue.rows.length === 0 ? <EmptyQueue isFiltered={count > 0} name={queue.name} /> : null}
      <QueueList
        queue={queue}
        onChoose={(passage) => {
          chooseItem(passage);
        }}
        onOpen={() => showReviewPane('passage')}
      />
      <footer className="pane-foot">
        <span className="grow">
          {queue.isRead ? t(`review.waiting.${queue.name}`, { count: queue.total }) : t('review.reading')}
          {done === 0 ? null : t('review.doneNow', { count: done })}
        </span>
        {queue.rows.length < queue.total ? <span>{t('review.firstOnly', { count: queue.rows.length })}</span> : null}
      </footer>
    </aside>
  );
}

/** Three queues. They are radio buttons, not tabs, because they fill the same list. */
function QueueTabs({ queue: { name, counts, roles } }: { queue: Queue }) {
  const { t } = useTranslation();
  const tabs = tabsOf(roles, name);
  const [focused, setFocused] = useState<QueueName | null>(null);
  const step = (by: number): void => {
    const at = tabs.indexOf(focused ?? name);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (next === undefined) return;
    setFocused(next);
    chooseQueue(next);
    document.getElementById(`queue-${next}`)?.focus();
  };
  return (
    <div className="review-tabs">
      <div role="radiogroup" aria-label={t('review.queue')} className="segments">
        {tabs.map((one) => (
          <button
            key={one}
            id={`queue-${one}`}
            type="button"
            role="radio"
            aria-checked={one === name}
            tabIndex={one === name ? 0 : -1}
            data-selected={one === name || undefined}
            onClick={() => chooseQueue(one)}
            onKeyDown={(event) => {
              const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
              if (by === undefined || event.nativeEvent.isComposing) return;
              event.preventDefault();
              event.stopPropagation();
              step(by);
            }}
          >
            <span className="cut">{t(`review.queues.${one}`)}</span>
            {counts === null ? null : <span className="number">{formatNumber(counts[one])}</span>}
          </button>
        ))}
      </div>
    </div>
  );
}

/** A menu of all queues with their counts and keys. */
function QueueMenu({ queue: { counts, name } }: { queue: Queue }) {
  const { t } = useTranslation();
  return (
    <Menu
      label={t('review.allQueues')}
      trigger={<IconButton label={t('review.allQueues')} icon="list" />}
      entries={QUEUES.map((one, at) => ({
        id: one,
        label:
          counts === null ? t(`review.queues.${one}`) : `${t(`review.queues.${one}`)} ${formatNumber(counts[one])}`,
        keys: shownKeysFrom(`Digit${String(at + 1)}`),
        ...(one === name ? { icon: 'check' as const } : {}),
        run: () => chooseQueue(one),
      }))}
    />
  );
}

/** Shown in place of the list: what the queue is for, or a button that clears the filters. */
function EmptyQueue({ name, isFiltered }: { name: QueueName; isFiltered: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="review-none stack">
      <p className="strong">{t(isFiltered ? 'review.none.filtered' : `review.none.${name}.title`)}</p>
      {isFiltered ? (
        <Button onPress={() => useReviewing.setState({ filter: {}, order: [], justDone: null })}>
          {t('review.filter.clear')}
        </Button>
      ) : (
        <p className="mid review-none-text">{t(`review.none.${name}.text`)}</p>
      )}
    </div>
  );
}

/** The queue's filters. Escape closes them and keeps the choices. */
function Filters({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const filter = useReviewing((state) => state.filter);
  const options = useOptions();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('button')?.focus(), []);
  const choose = <K extends keyof ReviewFilter>(key: K, value: ReviewFilter[K] | null): void => {
    const { [key]: _, ...others } = filter;
    setFilter(value === null || value === undefined ? others : { ...others, [key]: value });
  };
  const any = t('review.filter.any');
  return (
    // Escape closes the filters from anywhere inside, as the button and F do.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={box}
      className="review-filters stack"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <Select
        label={t('review.filter.state')}
        value={filter.state ?? null}
        options={SHOWN_STATES.map((value) => ({ value, label: t(`review.states.${value}`) }))}
        none={any}
        noneIsFine
        onChange={(value) => choose('state', value === null ? null : shownState.parse(value))}
      />
      <Select
        label={t('review.filter.source')}
        value={filter.source ?? null}
        options={options.sources}
        none={any}
        noneIsFine
        onChange={(value) => choose('source', value)}
      />
      <Select
        label={t('review.filter.category')}
        value={filter.category ?? null}
        options={options.categories}
        none={any}
        noneIsFine
        onChange={(value) => choose('category', value)}
      />
      <Select
        label={t('review.filter.person')}
        value={filter.person ?? null}
        options={options.people}
        none={any}
        noneIsFine
        onChange={(value) => choose('person', value)}
      />
      <Select
        label={t('review.filter.language')}
        value={filter.language ?? null}
        options={options.languages}
        none={any}
        noneIsFine
        onChange={(value) => choose('language', value)}
      />
      <div className="line">
        <Button size="small" isDisabled={Object.keys(filter).length === 0} onPress={() => setFilter({})}>
          {t('review.filter.clear')}
        </Button>
        <span className="grow" />
        <Button size="small" kind="quiet" keys={['Esc']} onPress={onClose}>
          {t('app.close')}
        </Button>
      </div>
    </div>
  );
}

function useOptions() {
  const sources = useCall('sources.list', {}).data?.sources;
  const apart = useApart();
  const categories = useCall('codebook.get', {}).data?.categories;
  const people = useCall('people.list', {}).data?.people;
  return useMemo(() => {
    const languages = [...new Set((sources ?? []).flatMap(({ language }) => language ?? []))];
    return {
      sources: (sources ?? []).map(({ id, title, fileName }) => ({
        value: id,
        label: distinctName(title ?? fileName, apart.get(id)),
      })),
      categories: (categories ?? [])
        .filter(({ deleted, archived }) => !deleted && !archived)
        .map(({ id, code, name }) => ({ value: id, label: name, hint: code })),
      people: (people ?? []).map(({ id, name }) => ({ value: id, label: name })),
      languages: languages.map((value) => ({ value, label: languageName(value), hint: value })),
    };
  }, [sources, apart, categories, people]);
}

interface QueueListProps {
  readonly queue: Queue;
  readonly onChoose: (passage: PassageId) => void;
  /** Called on Enter or a click: shows the passage where only one pane fits. */
  readonly onOpen: () => void;
}

const keyOf = ({ passage }: QueueItem): string => passage;

/** Focuses the list of the queue. */
export const focusQueue = (): void =>
  document.querySelector<HTMLElement>('.review-queue .virtual-list')?.focus({ preventScroll: true });

/** The items of the queue, as one tab stop. Only visible rows are rendered. */
function QueueList({ queue: { rows, current }, onChoose, onOpen }: QueueListProps) {
  const { t } = useTranslation();
  const unread = useUnread();
  const justDone = useReviewing((state) => state.justDone?.passage ?? null);
  return (
    <VirtualList
      label={t('review.items')}
      rows={rows}
      keyOf={keyOf}
      current={current}
      onCurrent={(key) => {
        const item = rows.find(({ passage }) => passage === key);
        if (item !== undefined) onChoose(item.passage);
      }}
      onOpen={onOpen}
      rowHeight="--review-row"
    >
      {(item) => (
        <QueueRow item={item} isDone={item.passage === justDone} unread={unread(item.passage, item.comments)} />
      )}
    </VirtualList>
  );
}

interface RowProps {
  readonly item: QueueItem;
  readonly isDone: boolean;
  /** How many comments were not seen on this computer. */
  readonly unread: number;
}

export function QueueRow({ item, isDone, unread }: RowProps) {
  const { t } = useTranslation();
  const now = useNow();
  const { quote, language, sourceTitle, page } = item;
  return (
    <div
      className="review-row"
      data-done={isDone || undefined}
      title={t('review.where', { source: sourceTitle, page })}
    >
      <div className="line">
        {isDone ? <Icon name="check" size="small" /> : null}
        <StateBadge state={item.state} />
        <span className="grow" />
        {item.comments === 0 ? null : (
          <span className="review-talk" data-unread={unread > 0 || undefined}>
            <Icon name="comment" size="small" />
            {formatNumber(item.comments)}
            <span className="unseen">
              {' '}
              {t(unread > 0 ? 'review.commentsUnread' : 'review.comments', { count: item.comments, unread })}
            </span>
          </span>
        )}
        <span className="hint cut">
          <PersonName id={null} name={item.by} isInRow />, {formatWhenShort(item.at, now)}
        </span>
      </div>
      {quote === '' ? (
        <span className="mid cut">{t('review.area', { source: sourceTitle, page })}</span>
      ) : (
        <bdi
          className="source-words review-quote cut"
          dir={directionOf(language)}
          {...(language === null ? {} : { lang: language })}
        >
          {quotedWords(quote, 'pdf')}
        </bdi>
      )}
    </div>
  );
}

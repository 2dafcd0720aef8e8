import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { QUEUES, type QueueName } from '../../../shared/contract/review.ts';
import { formatNumber } from '../../common/format.ts';
import { chooseItem, chooseQueue, showReviewPane, useReviewing } from '../../common/review/state.ts';
import { tabsOf } from '../../common/review/steps.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Filters } from './Filters.tsx';
import { QueueList } from './QueueList.tsx';
import type { Queue } from './useQueue.ts';

interface QueuePaneProps {
  readonly queue: Queue;
  readonly filtering: boolean;
  readonly onFilter: (open: boolean) => void;
}

/** What waits, for whom one chooses. */
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
          keys={['F']}
          aria-expanded={filtering}
          onPress={() => onFilter(!filtering)}
        />
        <OtherQueues queue={queue} />
      </header>
      <QueueTabs queue={queue} />
      {filtering ? <Filters onClose={() => onFilter(false)} /> : null}
      {queue.error === null ? null : <InlineError message={queue.error} />}
      {queue.isRead && queue.rows.length === 0 ? <NothingHere isFiltered={count > 0} name={queue.name} /> : null}
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

/** Three queues as tabs: radios, since each shows the same list of another kind. */
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

/** Every queue with its count and its key. */
function OtherQueues({ queue: { counts, name } }: { queue: Queue }) {
  const { t } = useTranslation();
  return (
    <Menu
      label={t('review.allQueues')}
      trigger={<IconButton label={t('review.allQueues')} icon="list" />}
      entries={QUEUES.map((one, at) => ({
        id: one,
        label:
          counts === null ? t(`review.queues.${one}`) : `${t(`review.queues.${one}`)} ${formatNumber(counts[one])}`,
        keys: [String(at + 1)],
        ...(one === name ? { icon: 'check' as const } : {}),
        run: () => chooseQueue(one),
      }))}
    />
  );
}

/** What belongs here, and where else to look. */
function NothingHere({ name, isFiltered }: { name: QueueName; isFiltered: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="review-none stack">
      <p className="strong">{t(isFiltered ? 'review.none.filtered' : `review.none.${name}.title`)}</p>
      {isFiltered ? (
        <Button onPress={() => useReviewing.setState({ filter: {}, order: [], lingering: null })}>
          {t('review.filter.clear')}
        </Button>
      ) : (
        <p className="mid review-none-text">{t(`review.none.${name}.text`)}</p>
      )}
    </div>
  );
}

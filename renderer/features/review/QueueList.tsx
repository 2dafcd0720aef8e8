import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { QueueItem } from '../../../shared/contract/review.ts';
import type { PassageId } from '../../../shared/model/index.ts';
import { formatNumber, formatWhenShort } from '../../common/format.ts';
import { directionOf } from '../../common/review/languages.ts';
import { useUnread } from '../../common/review/seen.ts';
import { useReviewing } from '../../common/review/state.ts';
import { StateBadge } from '../../common/review/StateBadge.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import type { Queue } from './useQueue.ts';

interface QueueListProps {
  readonly queue: Queue;
  readonly onChoose: (passage: PassageId) => void;
  /** Enter, or a press: to what one came for, where only one pane is shown. */
  readonly onOpen: () => void;
}

const keyOf = ({ passage }: QueueItem): string => passage;

/** The list itself, which has the keyboard for its rows. */
export const focusQueue = (): void =>
  document.querySelector<HTMLElement>('.review-queue .virtual-list')?.focus({ preventScroll: true });

/** The queue's items; however many there are, only those in sight are drawn. One tab stop. */
export function QueueList({ queue: { rows, current }, onChoose, onOpen }: QueueListProps) {
  const { t } = useTranslation();
  const unread = useUnread();
  const lingering = useReviewing((state) => state.lingering?.passage ?? null);
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
        <QueueRow item={item} isDone={item.passage === lingering} unread={unread(item.passage, item.comments)} />
      )}
    </VirtualList>
  );
}

interface RowProps {
  readonly item: QueueItem;
  readonly isDone: boolean;
  /** So many comments were not looked at here. */
  readonly unread: number;
}

function QueueRow({ item, isDone, unread }: RowProps) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
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
              {t('review.comments', { count: item.comments })}
              {unread > 0 ? `, ${t('review.unread', { count: unread })}` : ''}
            </span>
          </span>
        )}
        <bdi className="hint cut">
          {item.by}, {formatWhenShort(item.at, now)}
        </bdi>
      </div>
      {quote === '' ? (
        <span className="mid cut">{t('review.area', { source: sourceTitle, page })}</span>
      ) : (
        <bdi
          className="source-words review-quote cut"
          dir={directionOf(language)}
          {...(language === null ? {} : { lang: language })}
        >
          {quote}
        </bdi>
      )}
    </div>
  );
}

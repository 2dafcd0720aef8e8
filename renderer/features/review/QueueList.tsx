import { useEffect, useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslation } from 'react-i18next';
import type { QueueItem } from '../../../shared/contract/review.ts';
import type { PassageId } from '../../../shared/model/index.ts';
import { isComposing } from '../../app/commands/keys.ts';
import { formatNumber, formatWhenShort } from '../../app/format.ts';
import { directionOf } from '../../app/review/languages.ts';
import { useUnread } from '../../app/review/seen.ts';
import { useReviewing } from '../../app/review/state.ts';
import { StateBadge } from '../../app/review/StateBadge.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { rowAfterKey } from '../../ui/selection.ts';
import { tokenPixels } from '../../ui/token.ts';
import type { Queue } from './useQueue.ts';

interface QueueListProps {
  readonly queue: Queue;
  readonly list: RefObject<HTMLDivElement | null>;
  readonly onChoose: (passage: PassageId) => void;
  /** Enter, or a click: to what one came for, where only one pane is shown. */
  readonly onOpen: () => void;
}

/** The queue's items; however many there are, only those in sight are drawn. One tab stop. */
export function QueueList({ queue: { rows, current }, list, onChoose, onOpen }: QueueListProps) {
  const { t } = useTranslation();
  const id = useId();
  const unread = useUnread();
  const lingering = useReviewing((state) => state.lingering?.passage ?? null);
  const at = rows.findIndex(({ passage }) => passage === current);
  const rowHeight = tokenPixels('--review-row');
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.passage ?? index,
    overscan: 8,
  });
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  const keyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') onOpen();
    else {
      const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / rowHeight) - 1);
      const next = rowAfterKey(event.key, at, rows.length, page);
      if (next === null) return;
      const item = rows[next];
      if (item !== undefined) onChoose(item.passage);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={list}
      className="review-list scroll"
      role="listbox"
      aria-label={t('review.items')}
      aria-activedescendant={at >= 0 ? `${id}-${String(at)}` : undefined}
      tabIndex={0}
      onKeyDown={keyDown}
    >
      <div role="presentation" className="review-rows" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const item = rows[index];
          return item === undefined ? null : (
            <QueueRow
              key={key}
              id={`${id}-${String(index)}`}
              item={item}
              isCurrent={index === at}
              isDone={item.passage === lingering}
              unread={unread(item.passage, item.comments)}
              place={{ start, index, count: rows.length }}
              onPress={() => {
                onChoose(item.passage);
                onOpen();
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly item: QueueItem;
  readonly isCurrent: boolean;
  readonly isDone: boolean;
  /** So many comments were not looked at here. */
  readonly unread: number;
  readonly place: { readonly start: number; readonly index: number; readonly count: number };
  readonly onPress: () => void;
}

function QueueRow({ id, item, isCurrent, isDone, unread, place, onPress }: RowProps) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const { quote, language, sourceTitle, page } = item;
  return (
    // The list itself has the focus and hears the keys; a row only hears the pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      aria-selected={isCurrent}
      aria-posinset={place.index + 1}
      aria-setsize={place.count}
      tabIndex={-1}
      className="review-row"
      data-current={isCurrent || undefined}
      data-done={isDone || undefined}
      style={{ transform: `translateY(${String(place.start)}px)` }}
      title={t('review.where', { source: sourceTitle, page })}
      onClick={onPress}
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

import { useEffect, useMemo, useRef, useState } from 'react';
import { QUEUES } from '../../../shared/contract/review.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { announce } from '../../common/notices/notices.ts';
import { Thread, openTalks } from '../../common/review/Thread.tsx';
import {
  chooseItem,
  chooseQueue,
  showReviewPane,
  useReviewing,
  type ReviewPane,
  requestFocus,
} from '../../common/review/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { KeptPanes } from '../../common/workbench/side-panes.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { OnePane } from '../../ui/OnePane.tsx';
import type { Pane } from '../../ui/Panes.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { PassagePane } from './PassagePane.tsx';
import { focusQueue, QueuePane } from './QueuePane.tsx';
import { useActs } from './useActs.ts';
import { beside, useDetail, type OpenDetail, useQueue, type Queue } from './useQueue.ts';
import { keysOf } from '../../common/commands/command-keys.ts';

/** The queue, the passage and its comments, side by side as far as they fit. */
export function Review({ width }: { width: FrameWidth }) {
  const { t } = useTranslation();
  const queue = useQueue();
  const { open, error } = useDetail(queue);
  const acts = useActs(queue.rows, queue.current);
  const [filtering, setFiltering] = useState(false);
  useQueueCommands(queue, () => setFiltering(true));
  const start: Pane = {
    id: 'queue',
    label: t('review.queue'),
    width: '--pane-start',
    content: <QueuePane queue={queue} filtering={filtering} onFilter={setFiltering} />,
  };
  const passage: Pane = {
    id: 'passage',
    label: t('review.passagePane'),
    main: true,
    content:
      open === null ? (
        <NoPassage queue={queue} error={error} />
      ) : (
        <PassagePane key={open.detail.passage.id} open={open} acts={acts} withThread={width === 'folded'} />
      ),
  };
  const thread: Pane = {
    id: 'thread',
    label: t('review.thread.title'),
    width: '--pane-end',
    content: <ThreadPane open={open} />,
  };
  if (width === 'one') return <NarrowReview panes={{ queue: start, passage, thread }} />;
  return (
    <div className="review">
      <KeptPanes id="review" panes={width === 'wide' ? [start, passage, thread] : [start, passage]} />
    </div>
  );
}

function ThreadPane({ open }: { open: OpenDetail | null }) {
  const { t } = useTranslation();
  const count = open === null ? 0 : openTalks(open.detail.comments);
  return (
    <aside className="pane review-thread" aria-label={t('review.thread.title')}>
      <header className="pane-head">
        <h2 className="grow">{t('review.thread.title')}</h2>
        {open === null || open.detail.comments.length === 0 ? null : (
          <span className="dim">{t('review.thread.open', { count, of: open.detail.comments.length })}</span>
        )}
      </header>
      {open === null ? null : (
        <Thread key={open.detail.passage.id} passage={open.detail.passage.id} detail={open.detail} />
      )}
    </aside>
  );
}

/** Shown when the queue is empty: how much was done, and a button to a queue that has passages. */
function NoPassage({ queue, error }: { queue: Queue; error: string | null }) {
  const { t } = useTranslation();
  const done = useReviewing((state) => state.done);
  if (error !== null)
    return (
      <div className="review-none">
        <InlineError message={error} />
      </div>
    );
  // Nothing is shown until the queue is loaded: a message would flicker.
  if (queue.current !== null || !queue.isRead) return <div className="review-passage" aria-busy="true" />;
  const next = QUEUES.find((name) => name !== queue.name && name !== 'all' && (queue.counts?.[name] ?? 0) > 0);
  return (
    <EmptyState
      title={done > 0 ? t('review.empty.done') : t(`review.none.${queue.name}.title`)}
      text={done > 0 ? t('review.empty.doneText', { count: done }) : t(`review.none.${queue.name}.text`)}
    >
      {next === undefined ? null : (
        <Button kind="primary" onPress={() => chooseQueue(next)}>
          {t('review.empty.goTo', { queue: t(`review.queues.${next}`), count: queue.counts?.[next] ?? 0 })}
        </Button>
      )}
    </EmptyState>
  );
}

/** In a narrow window, one pane at a time. Hidden panes keep their state. */
function NarrowReview({ panes }: { panes: Readonly<Record<ReviewPane, Pane>> }) {
  const { t } = useTranslation();
  const shown = useReviewing((state) => state.pane);
  const order = ['queue', 'passage', 'thread'] as const;
  return (
    <OnePane
      label={t('app.panes')}
      panes={order.map((name) => ({ name, label: panes[name].label }))}
      shown={shown}
      onShow={showReviewPane}
      className="review"
    >
      {order.map((name) => (
        <div key={name} className="one-pane-content" hidden={name !== shown}>
          {panes[name].content}
        </div>
      ))}
    </OnePane>
  );
}

/** Commands that move through the queue, switch to another one, and open its filters and the comments. */
function useQueueCommands(queue: Queue, onFilter: () => void): void {
  const { t } = useTranslation();
  const latest = useRef({ queue, onFilter });
  useEffect(() => {
    latest.current = { queue, onFilter };
  });
  useCommands(
    useMemo<Command[]>(() => {
      const group = 'review' as const;
      const go = (by: 1 | -1): void => {
        const { rows, current } = latest.current.queue;
        const next = beside(rows, current, by);
        if (next === null) announce(t(by === 1 ? 'review.last' : 'review.first'));
        else chooseItem(next);
      };
      return [
        {
          id: 'reviewNext',
          title: t('review.commands.next'),
          group,
          keys: keysOf('reviewNext'),
          repeats: true,
          run: () => go(1),
        },
        {
          id: 'reviewPrevious',
          title: t('review.commands.previous'),
          group,
          keys: keysOf('reviewPrevious'),
          repeats: true,
          run: () => go(-1),
        },
        {
          id: 'reviewFilter',
          title: t('review.filter.title'),
          group,
          icon: 'filter',
          keys: keysOf('reviewFilter'),
          run: () => {
            showReviewPane('queue');
            latest.current.onFilter();
          },
        },
        {
          id: 'reviewComment',
          title: t('review.commands.comment'),
          group,
          icon: 'comment',
          keys: keysOf('reviewComment'),
          when: () => latest.current.queue.current !== null,
          run: () => {
            showReviewPane('thread');
            requestFocus('comment');
          },
        },
        {
          id: 'reviewList',
          title: t('review.commands.list'),
          group,
          icon: 'list',
          keys: keysOf('reviewList'),
          run: () => {
            showReviewPane('queue');
            requestAnimationFrame(focusQueue);
          },
        },
        ...QUEUES.map((name, at): Command => ({
          id: `reviewQueue.${name}`,
          title: t('review.commands.queue', { queue: t(`review.queues.${name}`) }),
          group,
          keys: [`Digit${String(at + 1)}`],
          run: () => chooseQueue(name),
        })),
      ];
    }, [t]),
  );
}

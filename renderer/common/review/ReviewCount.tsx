import { useTranslation } from '../strings/use-translation.ts';
import { useCall, useCallAtRest } from '../../api/index.ts';
import { formatNumber } from '../format.ts';
import { ownQueue } from './steps.ts';

/** How much waits for the acting person: in the queue of their role, else what concerns them by name. Nothing for nothing. */
export function ReviewCount() {
  const { t } = useTranslation();
  const roles = useCall('people.list', {}).data?.people.find(({ isMe }) => isMe)?.roles ?? [];
  const queue = ownQueue(roles) ?? 'mine';
  const counts = useCallAtRest('review.queue', { queue, filter: {}, limit: 1 })?.counts;
  const count = counts?.[queue] ?? 0;
  if (count === 0) return null;
  return (
    <span className="frame-count">
      {formatNumber(count)}
      <span className="unseen"> {t(`review.queues.${queue}`)}</span>
    </span>
  );
}

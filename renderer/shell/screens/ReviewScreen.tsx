import { Review } from '../../features/review/Review.tsx';
import { useFrameWidth } from '../../ui/useMedia.ts';

/** Passages on their way to publication: queues, and one passage at a time. */
export function ReviewScreen() {
  return <Review width={useFrameWidth()} />;
}

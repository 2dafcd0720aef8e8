import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { Note } from '../../ui/Note.tsx';

/** What is here in the name of somebody who did not sign it: whoever checks it asks them. */
export function Unsigned({ detail: { unsigned } }: { detail: ReviewDetail }) {
  return unsigned.length === 0 ? null : (
    <Note tone="warn">
      {unsigned.map(({ id, words }) => (
        <p key={id}>
          <bdi>{words}</bdi>
        </p>
      ))}
    </Note>
  );
}

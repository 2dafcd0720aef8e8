import { useState } from 'react';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { formatWhen } from '../../common/format.ts';
import { saidPieces } from '../../common/review/mentions.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Icon } from '../../ui/Icon.tsx';

/** Why the passage was sent back, by whom: what whoever mends it reads first. Nothing where it was not. */
export function ReturnedWhy({ detail: { state, moves, people } }: { detail: ReviewDetail }) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  if (state !== 'returned') return null;
  const last = moves.filter((one) => one.counts && one.state === 'returned').sort((a, b) => b.at - a.at)[0];
  if (last === undefined) return null;
  return (
    <section className="review-returned" aria-label={t('review.states.returned')}>
      <h3 className="line strong">
        <Icon name="undo" size="small" />
        {t('review.returnedBy', { name: last.name, when: formatWhen(last.at, now) })}
      </h3>
      <p className="review-returned-words" dir="auto">
        {saidPieces(last.comment, people).map(({ text, called }, at) =>
          // Pieces have no identity but their place.
          called ? (
            <bdi key={String(at)} className="strong">
              {text}
            </bdi>
          ) : (
            text
          ),
        )}
      </p>
    </section>
  );
}

import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { formatWhenShort } from '../../common/format.ts';
import type { Step } from '../../common/review/steps.ts';
import { Icon } from '../../ui/Icon.tsx';
import { progressOf, type Progress } from './progress.ts';

interface StepsProps {
  readonly detail: ReviewDetail;
  readonly main: Step | null;
  /** Who would take the step now. */
  readonly me: string;
}

/** The way of the passage: what is done and by whom, where it is, and what is ahead. */
export function Steps({ detail, main, me }: StepsProps) {
  const { t } = useTranslation();
  const [now] = useState(() => Date.now());
  const by = ({ is, move }: Progress): string => {
    switch (is) {
      case 'done':
        return move === null ? '' : `${move.name}, ${formatWhenShort(move.at, now)}`;
      case 'now':
        return main?.allowed === true ? t('review.way.you', { name: me }) : t('review.way.notYou');
      case 'skipped':
        return t('review.way.skipped');
      case 'ahead':
        return '';
    }
  };
  return (
    <ol className="review-steps" aria-label={t('review.way.label')}>
      {progressOf(detail, main).map((one) => (
        <li key={one.state} data-is={one.is} {...(one.is === 'now' ? { 'aria-current': 'step' } : {})}>
          <span className="review-step">
            {one.is === 'done' ? <Icon name="check" size="small" /> : null}
            {one.is === 'now' ? <Icon name="eye" size="small" /> : null}
            <span className="cut">
              {t(one.is === 'done' ? `review.states.${one.state}` : `review.way.act.${one.state}`)}
            </span>
          </span>
          <bdi className="review-step-by cut" title={by(one)}>
            {by(one)}
          </bdi>
        </li>
      ))}
    </ol>
  );
}

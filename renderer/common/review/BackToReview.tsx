import { useEffect, useMemo } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { useCommands, type Command } from '../commands/registry.ts';
import { useWorkbench } from '../workbench/workbench.ts';
import { backToReview, isAway, stayInPage, useReviewing } from './state.ts';

/** Over the source one has come to from the review: the way back to the very item, by the key one came with. */
export function BackToReview() {
  const { t } = useTranslation();
  const awayFor = useReviewing((state) => state.awayFor);
  const source = useWorkbench((state) => state.source);
  const passage = useWorkbench((state) => state.passage);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'backToReview',
          title: t('review.back'),
          group: 'review',
          icon: 'back',
          keys: ['Alt+ArrowLeft', 'KeyO'],
          isFirst: true,
          when: isAway,
          run: backToReview,
        },
      ],
      [t],
    ),
  );
  // Who goes on to another passage reads for themselves; the way back stays until they leave the reader or close it.
  useEffect(() => stayInPageUnlessReviewed, []);
  if (awayFor === null || source === null) return null;
  return (
    <div className="back-to-review">
      <Button size="small" icon="back" keys={['O']} onPress={backToReview}>
        {t('review.back')}
      </Button>
      <span className="hint grow cut">{passage === awayFor ? t('review.backHere') : t('review.backElsewhere')}</span>
      <IconButton size="small" icon="close" label={t('review.stay')} onPress={stayInPage} />
    </div>
  );
}

/** Whoever went elsewhere than to the review has left it. */
const stayInPageUnlessReviewed = (): void => {
  if (useWorkbench.getState().place !== 'review') stayInPage();
};

import { useEffect, useMemo } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import { useCommands, type Command } from '../commands/registry.ts';
import { showPane } from '../workbench/side-panes.ts';
import { goTo, useWorkbench } from '../workbench/workbench.ts';
import { openInReview, resetReviewing } from './state.ts';
import { wishFor } from './wish.ts';

/** The way to the review from anywhere, and what of it can be done while one reads. */
export function useReviewCommands(): void {
  const { t } = useTranslation();
  useEffect(() => resetReviewing, []);
  useCommands(
    useMemo<Command[]>(() => {
      const group = 'review' as const;
      const now = useWorkbench.getState;
      const isOnOne = (): boolean => now().place === 'read' && now().passage !== null;
      return [
        {
          id: 'review',
          title: t('review.commands.goTo'),
          group: 'anywhere',
          keys: ['Alt+Digit6'],
          inFields: true,
          run: () => goTo('review'),
        },
        {
          id: 'translatePassage',
          title: t('review.commands.translatePassage'),
          group,
          icon: 'edit',
          keys: ['KeyE'],
          when: isOnOne,
          run: () => {
            showPane('end');
            wishFor('translation');
          },
        },
        {
          id: 'commentPassage',
          title: t('review.commands.commentPassage'),
          group,
          icon: 'comment',
          keys: ['KeyC'],
          when: isOnOne,
          run: () => {
            showPane('end');
            wishFor('comment');
          },
        },
        {
          id: 'openInReview',
          title: t('review.commands.openInReview'),
          group,
          icon: 'check',
          keys: ['KeyG'],
          when: isOnOne,
          run: () => {
            const { passage } = now();
            if (passage !== null) openInReview(passage);
          },
        },
      ];
    }, [t]),
  );
}

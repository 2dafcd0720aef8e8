import type { ReactNode } from 'react';
import type { IncomingFilter } from '../../../shared/contract/merge.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showItems } from './merge-state.ts';

/** What something is called, as the way to what comes in of it, item by item. */
export function ToItems({ title, filter, children }: { title: string; filter: IncomingFilter; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <button type="button" className="team-to-items" onClick={() => showItems({ filter, title })}>
      <span className="unseen">{t('team.items.show')} </span>
      {children ?? (
        <bdi className="cut" dir="auto">
          {title}
        </bdi>
      )}
    </button>
  );
}

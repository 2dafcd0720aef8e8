import { useTranslation } from '../strings/use-translation.ts';
import type { ShownState } from '../../../shared/model/index.ts';
import { Badge } from '../../ui/Badge.tsx';
import { toneOf } from './steps.ts';

/** How far a passage has come, in a word. */
export function StateBadge({ state }: { state: ShownState }) {
  const { t } = useTranslation();
  const tone = toneOf(state);
  return (
    <Badge tone={tone} {...(tone === 'ok' ? { icon: 'check' } : {})}>
      {t(`review.states.${state}`)}
    </Badge>
  );
}

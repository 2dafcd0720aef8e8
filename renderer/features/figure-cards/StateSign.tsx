import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';

const ICONS: Readonly<Record<FigureInText['state'], IconName>> = {
  found: 'found',
  confirmed: 'check',
  reviewed: 'verified',
  returned: 'alert',
  reopened: 'alert',
  dismissed: 'remove',
  disputed: 'alert',
};
const TONES: Readonly<Partial<Record<FigureInText['state'], 'ok' | 'warn'>>> = {
  confirmed: 'ok',
  reviewed: 'ok',
  returned: 'warn',
  reopened: 'warn',
  disputed: 'warn',
};

export const toneOf = (state: FigureInText['state']): 'ok' | 'warn' | 'plain' => TONES[state] ?? 'plain';
export const iconOf = (state: FigureInText['state']): IconName => ICONS[state];

/** The state of a figure as a sign, with a word for screen readers. */
export function StateSign({ state }: { state: FigureInText['state'] }) {
  const { t } = useTranslation();
  return (
    <span className="figure-state" data-tone={toneOf(state)}>
      <Icon name={ICONS[state]} size="small" />
      <span className="unseen">{t(`figureCards.states.${state}`)}</span>
    </span>
  );
}

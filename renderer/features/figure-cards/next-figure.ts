import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import { goToFigure, isOpen } from '../../common/figures/mode.ts';
import { readingLine } from '../../common/figures/words.ts';
import { announceRow, notify } from '../../common/notices/notices.ts';
import type { Words } from '../../common/strings/use-translation.ts';

type Listed = readonly FigureInText[];

/** Goes to a figure of the list and announces it, since the focus stays in the page and screen readers do not notice the card. */
function goTo(figure: FigureInText, listed: Listed, t: Words): void {
  goToFigure(figure.id);
  announceRow(
    t('figureCards.spoken', {
      text: figure.text,
      reading: readingLine(figure, t),
      state: t(`figureCards.states.${figure.state}`),
      at: listed.indexOf(figure) + 1,
      count: listed.length,
    }),
  );
}

/** Goes to the figure after or before the current one, or to the first if none is current. Announces if there is none. */
export function goBeside(current: string | null, step: 1 | -1, listed: Listed, t: Words): void {
  const at = listed.findIndex(({ id }) => id === current);
  const next = listed[at < 0 ? 0 : at + step];
  if (next !== undefined) goTo(next, listed, t);
  else if (listed.length > 0) notify('plain', t(step === 1 ? 'figureCards.noneOn' : 'figureCards.noneBack'));
}

/** Goes to the next undecided figure after a decision, wrapping around at the end. Stays if none is left. */
export function goToOpenAfter(figure: FigureInText, listed: Listed, t: Words): void {
  const at = listed.findIndex(({ id }) => id === figure.id);
  const next = [...listed.slice(at + 1), ...listed.slice(0, Math.max(0, at))].find(isOpen);
  if (next !== undefined) goTo(next, listed, t);
}

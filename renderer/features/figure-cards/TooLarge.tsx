import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { unitWords } from '../../common/figures/words.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Note } from '../../ui/Note.tsx';

/** The reference values that a figure exceeds, with their sources. Either the reading or the reference value may be wrong. */
export function TooLarge({ source, figure: { id } }: { source: SourceId; figure: FigureInText }) {
  const { t } = useTranslation();
  const own = (useCall('figures.ofSource', { source }).data?.larger ?? []).filter(({ figure }) => figure === id);
  const all = useCall('references.list', own.length === 0 ? null : {}).data?.references ?? [];
  const values = all.filter((one) => own.some(({ reference }) => reference === one.id));
  if (values.length === 0) return null;
  return (
    <section className="pane-section" aria-label={t('figureCards.tooLarge')}>
      <Note tone="warn">
        <b className="strong">{t('figureCards.tooLarge')}</b>
        {values.map((one) => (
          <p key={one.id}>
            {t('figureCards.largerThan', {
              what: [one.quantity, one.period].filter((part) => part !== null && part !== '').join(', '),
              value: `${numberWords(one.value)} ${unitWords(one, t)}`,
            })}
            {one.citation === '' ? '' : ` (${one.citation})`}
          </p>
        ))}
      </Note>
    </section>
  );
}

import { useTranslation } from '../../common/strings/use-translation.ts';
import { RailEntry, RailSection } from '../../ui/RailSection.tsx';
import { openFigures } from './state.ts';

/** The figures in the rail of the evidence. Counting them would read every text, so that no number stands there. */
export function FiguresEntry() {
  const { t } = useTranslation();
  return (
    <RailSection title={t('figuresTable.title')}>
      <RailEntry name={t('figuresTable.every')} isCurrent={false} onPress={openFigures} />
    </RailSection>
  );
}

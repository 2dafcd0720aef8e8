import { useTranslation } from '../../common/strings/use-translation.ts';
import { RailEntry, RailSection } from '../../ui/RailSection.tsx';
import { SavedFigures } from './FigureViews.tsx';
import { openFigures, openFiguresIn } from './state.ts';

/** The entry in the rail of the evidence that opens the figures, with their saved views. */
export function FiguresEntry() {
  const { t } = useTranslation();
  return (
    <RailSection title={t('figuresTable.title')}>
      <RailEntry name={t('figuresTable.every')} isCurrent={false} onPress={openFigures} />
      <RailEntry name={t('figuresTable.toConfirm')} isCurrent={false} onPress={() => openFiguresIn('found')} />
      <RailEntry name={t('figuresTable.toReview')} isCurrent={false} onPress={() => openFiguresIn('confirmed')} />
      <SavedFigures />
    </RailSection>
  );
}

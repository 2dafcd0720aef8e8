import { useTranslation } from '../../common/strings/use-translation.ts';
import { CategoryKeys } from '../../features/codebook/PinnedCategories.tsx';
import { Inspector } from '../../features/inspector/Inspector.tsx';
import { Palette } from '../../features/palette/Palette.tsx';
import { Reader } from '../../features/reader/Reader.tsx';
import { VersionsSection } from '../../features/versions/VersionsSection.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useQuotationCommand } from '../commands/quotation.ts';
import { BackToReview } from '../../common/review/BackToReview.tsx';
import { InspectorComments, InspectorState, InspectorTranslation } from '../../common/review/InspectorReview.tsx';
import { goTo, useWorkbench } from '../../common/workbench/workbench.ts';

/** The source in front, and the palette over it. */
export function ReaderPane() {
  const { t } = useTranslation();
  const source = useWorkbench((state) => state.source);
  useQuotationCommand();
  if (source === null) {
    return (
      <EmptyState title={t('panes.noSource')} text={t('panes.noSourceText')}>
        <Button kind="primary" onPress={() => goTo('library')}>
          {t('commands.library')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <>
      <div className="reader-pane">
        <BackToReview />
        <Reader />
      </div>
      <Palette />
      <CategoryKeys />
    </>
  );
}

/** The passage one is on. */
export function InspectorPane() {
  const { t } = useTranslation();
  const { source, passage } = useWorkbench();
  if (source === null) return <aside className="pane" aria-label={t('panes.inspector')} />;
  return (
    <Inspector
      source={source}
      passage={passage}
      versions={<VersionsSection source={source} />}
      review={{ state: InspectorState, translation: InspectorTranslation, comments: InspectorComments }}
    />
  );
}

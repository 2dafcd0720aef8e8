import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { CodebookRail, CategoryKeys } from '../../features/codebook/PinnedCategories.tsx';
import { IconButton, Button } from '../../ui/Button.tsx';
import type { Pane } from '../../ui/Panes.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { OnePane } from '../../ui/OnePane.tsx';
import { useFrameWidth } from '../../ui/useMedia.ts';
import {
  KeptPanes,
  closeSidebar,
  showOnly,
  showPane,
  shownBeside,
  showSourcePane,
  useSidePanes,
  type SidePanes,
} from '../../common/workbench/side-panes.tsx';
import { chooseCategory, useWorkbench, goTo } from '../../common/workbench/workbench.ts';
import { StartPane } from './StartPane.tsx';
import { Inspector } from '../../features/inspector/Inspector.tsx';
import { FigureCardPane } from '../../features/figure-cards/FigureCardPane.tsx';
import { FigureQuestionDialog } from '../../features/figure-cards/FigureQuestionDialog.tsx';
import { FiguresPane } from '../../features/figure-cards/FiguresPane.tsx';
import { useFigureCommands } from '../../features/figure-cards/useFigureCommands.ts';
import { GoesOutPane } from '../../features/masks/GoesOutPane.tsx';
import { MaskQuestionDialog } from '../../features/masks/MaskQuestionDialog.tsx';
import { MasksPane } from '../../features/masks/MasksPane.tsx';
import { useMaskCommands } from '../../features/masks/useMaskCommands.ts';
import { Palette } from '../../features/palette/Palette.tsx';
import { Reader } from '../../features/reader/Reader.tsx';
import { SuggestionBar } from '../../features/suggestions/SuggestionBar.tsx';
import { SuggestionsPane } from '../../features/suggestions/SuggestionsPane.tsx';
import { VersionsSection } from '../../features/versions/VersionsSection.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useQuotationCommand } from '../commands/workbench.ts';
import { InspectorComments, InspectorState, InspectorTranslation } from '../../common/review/InspectorReview.tsx';
import { useFiguring } from '../../common/figures/mode.ts';
import { useMasking } from '../../common/masks/mode.ts';
import { useSuggestions, useSuggestionsShown } from '../../common/suggestions/suggestions.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { backToReview, isAway, stayInPage, useReviewing } from '../../common/review/state.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';

/** The codebook, the source and the current passage, side by side as far as they fit. */
export function ReadScreen() {
  const { t } = useTranslation();
  const width = useFrameWidth();
  const { start, end } = shownBeside(useSidePanes());
  const codebook: Pane = { id: 'codebook', label: t('sidebar.title'), content: <ReadStart />, width: '--pane-start' };
  const reader: Pane = { id: 'reader', label: t('panes.reader'), content: <ReaderPane />, main: true };
  const inspector: Pane = {
    id: 'inspector',
    label: t('panes.inspector'),
    content: <InspectorPane />,
    width: '--pane-end',
  };

  if (width === 'one') return <NarrowReader panes={{ start: codebook, main: reader, end: inspector }} />;
  const hasSidebar = width === 'wide' && start;
  const panes = [...(hasSidebar ? [codebook] : []), reader, ...(end ? [inspector] : [])];
  // The same tree at all widths, so that the reader keeps its position while the window is resized.
  return (
    <div className="read-panes">
      {hasSidebar ? null : <FoldedCodebook isOver={width === 'folded'} />}
      <KeptPanes id="read" panes={panes} />
    </div>
  );
}

/** The figures or masks of the active source while they are shown, else the codebook, the sources or the search. */
function ReadStart() {
  const isMasking = useMasking((state) => state.isOn);
  const source = useWorkbench((state) => state.source);
  const isFiguring = useFiguring((state) => state.isOn);
  if (source === null) return <StartPane />;
  if (isFiguring) return <FiguresPane source={source} />;
  return isMasking ? <MasksPane source={source} /> : <StartPane />;
}

/** The rail of pinned categories. It opens the sidebar, over the source if there is no room beside it. */
function FoldedCodebook({ isOver }: { isOver: boolean }) {
  const { t } = useTranslation();
  const tagger = useWorkbench((state) => state.tagger);
  const unfolded = useSidePanes((state) => state.unfolded);
  const isMasking = useMasking((state) => state.isOn);
  const isFiguring = useFiguring((state) => state.isOn);
  const shown = isFiguring ? 'figures' : isMasking ? 'masks' : 'codebook';
  const choose = (category: CategoryId): void => {
    chooseCategory(category);
    showPane('start');
  };
  return (
    <>
      <CodebookRail
        onTag={tagger}
        onChoose={choose}
        onUnfold={() => showPane('start')}
        unfoldLabel={t(`sidebar.show.${shown}`)}
      />
      {isOver && unfolded ? (
        <div className="read-unfolded">
          <div className="bar">
            <IconButton label={t(`sidebar.hide.${shown}`)} icon="close" onPress={closeSidebar} />
          </div>
          <ReadStart />
        </div>
      ) : null}
    </>
  );
}

/** One pane at a time; going to a passage shows the source. A hidden source keeps its position. */
function NarrowReader({ panes }: { panes: Readonly<Record<SidePanes['one'], Pane>> }) {
  const { t } = useTranslation();
  const navigations = useWorkbench((state) => state.navigations);
  const shown = useSidePanes((state) => state.one);
  useEffect(() => showSourcePane, [navigations]);
  const order = ['start', 'main', 'end'] as const;
  return (
    <OnePane
      label={t('app.panes')}
      panes={order.map((name) => ({ name, label: panes[name].label }))}
      shown={shown}
      onShow={showOnly}
    >
      {order
        .filter((name) => name === shown || name === 'main')
        .map((name) => (
          <div key={name} className="one-pane-content" hidden={name !== shown}>
            {panes[name].content}
          </div>
        ))}
    </OnePane>
  );
}

/** The active source, and the palette over it. */
export function ReaderPane() {
  const { t } = useTranslation();
  const source = useWorkbench((state) => state.source);
  const isMasking = useMasking((state) => state.isOn);
  useQuotationCommand();
  const isFiguring = useFiguring((state) => state.isOn);
  useMaskCommands(source);
  useFigureCommands(source);
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
        {isMasking || isFiguring ? null : <SuggestionBar source={source} />}
      </div>
      <Palette />
      <MaskQuestionDialog />
      <FigureQuestionDialog />
      <CategoryKeys />
    </>
  );
}

/** The current passage. */
export function InspectorPane() {
  const { t } = useTranslation();
  const { source, passage } = useWorkbench();
  const { value: isSuggesting } = useSuggestionsShown();
  const { items } = useSuggestions(source);
  const isFiguring = useFiguring((state) => state.isOn);
  const isMasking = useMasking((state) => state.isOn);
  const [tab, setTab] = useState<'passage' | 'suggestions'>('suggestions');
  if (source === null) return <aside className="pane" aria-label={t('panes.inspector')} />;
  if (isFiguring) return <FigureCardPane source={source} />;
  if (isMasking) return <GoesOutPane source={source} />;
  const tabs = isSuggesting ? (
    <Tabs
      id="inspector"
      label={t('terms.tabs')}
      tabs={[
        { id: 'passage', label: t('terms.passageTab') },
        { id: 'suggestions', label: t('terms.tab', { count: items.length }) },
      ]}
      selected={tab}
      onSelect={setTab}
      hasPanel={false}
    />
  ) : null;
  if (tabs !== null && tab === 'suggestions') return <SuggestionsPane source={source} tabs={tabs} />;
  return (
    <Inspector
      source={source}
      passage={passage}
      tabs={tabs ?? undefined}
      versions={<VersionsSection source={source} />}
      review={{ state: InspectorState, translation: InspectorTranslation, comments: InspectorComments }}
    />
  );
}

/** A bar above a source that was opened from the review: the way back to the same item, with the key that opened it. */
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
          keys: keysOf('backToReview'),
          isFirst: true,
          when: isAway,
          run: backToReview,
        },
      ],
      [t],
    ),
  );
  // The bar stays while the person goes to other passages, until the reader is left or the bar is closed.
  useEffect(() => stayInPageUnlessReviewed, []);
  if (awayFor === null || source === null) return null;
  return (
    <div className="back-to-review">
      <Button size="small" icon="back" keys={shownKeysOf('reviewOpen')} onPress={backToReview}>
        {t('review.back')}
      </Button>
      <span className="hint grow cut">{passage === awayFor ? t('review.backHere') : t('review.backElsewhere')}</span>
      <IconButton size="small" icon="close" label={t('review.stay')} onPress={stayInPage} />
    </div>
  );
}

/** Leaving the reader for a screen other than the review removes the bar. */
const stayInPageUnlessReviewed = (): void => {
  if (useWorkbench.getState().place !== 'review') stayInPage();
};

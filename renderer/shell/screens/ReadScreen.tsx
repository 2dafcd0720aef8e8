import { useEffect } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { CodebookRail } from '../../features/codebook/PinnedCategories.tsx';
import { IconButton } from '../../ui/Button.tsx';
import type { Pane } from '../../ui/Panes.tsx';
import { OnePane } from '../../ui/OnePane.tsx';
import { useFrameWidth } from '../../ui/useMedia.ts';
import { KeptPanes } from '../../common/workbench/KeptPanes.tsx';
import {
  foldShelf,
  showOnly,
  showPane,
  showSourcePane,
  useSidePanes,
  type SidePanes,
} from '../../common/workbench/side-panes.ts';
import { chooseCategory, useWorkbench } from '../../common/workbench/workbench.ts';
import { InspectorPane, ReaderPane } from './reading-parts.tsx';
import { StartPane } from './StartPane.tsx';

/** The codebook, the source and the passage one is on, side by side as far as there is room. */
export function ReadScreen() {
  const { t } = useTranslation();
  const width = useFrameWidth();
  const { start, end } = useSidePanes();
  const codebook: Pane = { id: 'codebook', label: t('shelf.title'), content: <StartPane />, width: '--pane-start' };
  const reader: Pane = { id: 'reader', label: t('panes.reader'), content: <ReaderPane />, main: true };
  const inspector: Pane = {
    id: 'inspector',
    label: t('panes.inspector'),
    content: <InspectorPane />,
    width: '--pane-end',
  };

  if (width === 'one') return <NarrowReader panes={{ start: codebook, main: reader, end: inspector }} />;
  const withShelf = width === 'wide' && start;
  const panes = [...(withShelf ? [codebook] : []), reader, ...(end ? [inspector] : [])];
  // One tree at all widths, so that the reader stays where it is while the window is drawn wider.
  return (
    <div className="read-panes">
      {withShelf ? null : <FoldedCodebook isOver={width === 'folded'} />}
      <KeptPanes id="read" panes={panes} />
    </div>
  );
}

/** The rail of pinned codes: the way back to the shelf, which opens over the source where there is no room beside it. */
function FoldedCodebook({ isOver }: { isOver: boolean }) {
  const { t } = useTranslation();
  const tagger = useWorkbench((state) => state.tagger);
  const unfolded = useSidePanes((state) => state.unfolded);
  const choose = (category: CategoryId): void => {
    chooseCategory(category);
    showPane('start');
  };
  return (
    <>
      <CodebookRail onTag={tagger} onChoose={choose} onUnfold={() => showPane('start')} />
      {isOver && unfolded ? (
        <div className="read-unfolded">
          <div className="bar">
            <IconButton label={t('codebook.hide')} icon="close" onPress={foldShelf} />
          </div>
          <StartPane />
        </div>
      ) : null}
    </>
  );
}

/** One pane at a time; going to a passage shows the source. The source stays there unseen, with its place in it. */
function NarrowReader({ panes }: { panes: Readonly<Record<SidePanes['one'], Pane>> }) {
  const { t } = useTranslation();
  const arrivals = useWorkbench((state) => state.arrivals);
  const shown = useSidePanes((state) => state.one);
  useEffect(() => showSourcePane, [arrivals]);
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

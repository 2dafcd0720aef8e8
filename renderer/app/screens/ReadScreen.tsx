import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { CodebookPane } from '../../features/codebook/CodebookPane.tsx';
import { CodebookRail } from '../../features/codebook/CodebookRail.tsx';
import { IconButton } from '../../ui/Button.tsx';
import { Panes, type Pane } from '../../ui/Panes.tsx';
import { useFrameWidth } from '../../ui/useMedia.ts';
import { useViewState } from '../state/view-state.ts';
import { chooseCategory, useWorkbench } from '../state/workbench.ts';
import { InspectorPane, ReaderPane } from './reading.tsx';

const layoutSchema = z.record(z.string(), z.number());
const NONE: Record<string, number> = {};

/** The codebook, the source and the passage one is on, side by side as far as there is room. */
export function ReadScreen() {
  const { t } = useTranslation();
  const width = useFrameWidth();
  const layout = useViewState(`panes.read.${width}`, layoutSchema, NONE);
  const reader: Pane = { id: 'reader', label: t('panes.reader'), content: <ReaderPane />, main: true };
  const inspector: Pane = {
    id: 'inspector',
    label: t('panes.inspector'),
    content: <InspectorPane />,
    width: '--pane-end',
  };
  const codebook: Pane = { id: 'codebook', label: t('codebook.title'), content: <Codebook />, width: '--pane-start' };

  if (width === 'one') return <OnePane panes={[codebook, reader, inspector]} />;
  const panes = width === 'wide' ? [codebook, reader, inspector] : [reader, inspector];
  const side = (
    <Panes
      key={width}
      id="read"
      panes={panes}
      layout={layout.value}
      onLayout={layout.set}
      edgeLabel={(pane) => t('app.resize', { pane })}
    />
  );
  return width === 'wide' ? side : <FoldedCodebook>{side}</FoldedCodebook>;
}

function Codebook() {
  const { source, category, tagger } = useWorkbench();
  return <CodebookPane source={source} chosen={category} onChoose={chooseCategory} onTag={tagger} />;
}

/** The rail of pinned codes, and the whole codebook over the source when it is asked for. */
function FoldedCodebook({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const tagger = useWorkbench((state) => state.tagger);
  const [unfolded, setUnfolded] = useState(false);
  const choose = (category: Parameters<typeof chooseCategory>[0]): void => {
    chooseCategory(category);
    setUnfolded(true);
  };
  return (
    <div className="read-folded">
      <CodebookRail onTag={tagger} onChoose={choose} onUnfold={() => setUnfolded(true)} />
      {children}
      {unfolded ? (
        <div className="read-unfolded">
          <div className="bar">
            <IconButton label={t('codebook.hide')} icon="close" onPress={() => setUnfolded(false)} />
          </div>
          <Codebook />
        </div>
      ) : null}
    </div>
  );
}

/** One pane at a time; going to a passage shows the source. */
function OnePane({ panes }: { panes: readonly Pane[] }) {
  const { t } = useTranslation();
  const arrivals = useWorkbench((state) => state.arrivals);
  const [shown, setShown] = useState('reader');
  useEffect(() => setShown('reader'), [arrivals]);
  return (
    <div className="one-pane">
      <nav aria-label={t('app.panes')}>
        {panes.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className="frame-place"
            aria-current={shown === id ? 'true' : undefined}
            onClick={() => setShown(id)}
          >
            {label}
          </button>
        ))}
      </nav>
      {panes.find(({ id }) => id === shown)?.content}
    </div>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CategoryId } from '../../../shared/model/index.ts';
import { CodebookPane } from '../../features/codebook/CodebookPane.tsx';
import { CodebookRail } from '../../features/codebook/CodebookRail.tsx';
import { IconButton } from '../../ui/Button.tsx';
import type { Pane } from '../../ui/Panes.tsx';
import { useFrameWidth } from '../../ui/useMedia.ts';
import { KeptPanes } from '../KeptPanes.tsx';
import { chooseCategory, useWorkbench } from '../state/workbench.ts';
import { InspectorPane, ReaderPane } from './reading.tsx';

/** The codebook, the source and the passage one is on, side by side as far as there is room. */
export function ReadScreen() {
  const { t } = useTranslation();
  const width = useFrameWidth();
  const codebook: Pane = { id: 'codebook', label: t('codebook.title'), content: <Codebook />, width: '--pane-start' };
  const reader: Pane = { id: 'reader', label: t('panes.reader'), content: <ReaderPane />, main: true };
  const inspector: Pane = {
    id: 'inspector',
    label: t('panes.inspector'),
    content: <InspectorPane />,
    width: '--pane-end',
  };

  if (width === 'one') return <OnePane panes={[codebook, reader, inspector]} />;
  // One tree at both widths, so that the reader stays where it is while the window is drawn wider.
  return (
    <div className="read-panes">
      {width === 'folded' ? <FoldedCodebook /> : null}
      <KeptPanes id="read" panes={width === 'folded' ? [reader, inspector] : [codebook, reader, inspector]} />
    </div>
  );
}

function Codebook() {
  const { source, category, tagger } = useWorkbench();
  return <CodebookPane source={source} chosen={category} onChoose={chooseCategory} onTag={tagger} />;
}

/** The rail of pinned codes, and the whole codebook over the source when it is asked for. */
function FoldedCodebook() {
  const { t } = useTranslation();
  const tagger = useWorkbench((state) => state.tagger);
  const [unfolded, setUnfolded] = useState(false);
  const choose = (category: CategoryId): void => {
    chooseCategory(category);
    setUnfolded(true);
  };
  return (
    <>
      <CodebookRail onTag={tagger} onChoose={choose} onUnfold={() => setUnfolded(true)} />
      {unfolded ? (
        <div className="read-unfolded">
          <div className="bar">
            <IconButton label={t('codebook.hide')} icon="close" onPress={() => setUnfolded(false)} />
          </div>
          <Codebook />
        </div>
      ) : null}
    </>
  );
}

/** One pane at a time; going to a passage shows the source. The source stays there unseen, with its place in it. */
function OnePane({ panes }: { panes: readonly Pane[] }) {
  const { t } = useTranslation();
  const arrivals = useWorkbench((state) => state.arrivals);
  const [chosen, setChosen] = useState({ arrivals, pane: 'reader' });
  const shown = chosen.arrivals === arrivals ? chosen.pane : 'reader';
  return (
    <div className="one-pane">
      <nav aria-label={t('app.panes')}>
        {panes.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className="frame-place"
            aria-current={shown === id ? 'true' : undefined}
            onClick={() => setChosen({ arrivals, pane: id })}
          >
            {label}
          </button>
        ))}
      </nav>
      {panes
        .filter(({ id, main }) => id === shown || main === true)
        .map(({ id, content }) => (
          <div key={id} className="one-pane-content" hidden={id !== shown}>
            {content}
          </div>
        ))}
    </div>
  );
}

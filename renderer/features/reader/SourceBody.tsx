import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { passageId, type Area, type Layer, type Source } from '../../../shared/model/index.ts';
import { useAsk, useCall } from '../../api/index.ts';
import { runKey } from '../../app/commands/registry.ts';
import { usePassageActs } from '../../app/passage-acts.ts';
import { setSelected, useReading } from '../../app/state/reading.ts';
import { useDrawn, useSourcePassages } from '../../app/state/source-passages.ts';
import { useViewState } from '../../app/state/view-state.ts';
import { setPassage, useWorkbench } from '../../app/state/workbench.ts';
import { InlineError, Note } from '../../ui/Note.tsx';
import { FrozenPage } from '../../viewer/page/FrozenPage.tsx';
import { PdfSource } from '../../viewer/pdf/PdfSource.tsx';
import { TextSource } from '../../viewer/text/TextSource.tsx';
import type { DrawnPassage, ViewEvents, ViewState } from '../../viewer/types.ts';
import { FrozenBanner } from './FrozenBanner.tsx';
import { PasswordDialog, usePassword } from './PasswordDialog.tsx';
import { ReaderToolbar } from './ReaderToolbar.tsx';
import { useLeaving, useOpenViews, type OpenViews } from './useOpenViews.ts';
import { sourceKey, useReaderCommands } from './useReaderCommands.ts';
import { useReadingPosition } from './useReadingPosition.ts';
import { useViewLabels } from './useViewLabels.ts';

/** One source with its tools, as soon as it is known where one was in it and what its text layer is. */
export function SourceBody({ source }: { source: Source }) {
  const position = useReadingPosition(source.id);
  const layer = useCall('layers.get', source.layer === null ? null : { id: source.layer });
  if (layer.error !== null) return <InlineError message={layer.error.message} />;
  if (!position.ready || (source.layer !== null && layer.data === undefined)) return <div className="desk" />;
  return <OpenSource source={source} layer={layer.data ?? null} position={position} />;
}

interface OpenSourceProps {
  readonly source: Source;
  readonly layer: Layer | null;
  readonly position: ReturnType<typeof useReadingPosition>;
}

function OpenSource({ source, layer, position }: OpenSourceProps) {
  const { passages, ready } = useSourcePassages(source.id);
  const drawn = useDrawn(passages);
  const views = useOpenViews(position, drawn, ready);
  const zoom = useViewState('reader.pageZoom', z.number().min(0.5).max(3), 1);
  const [problem, setProblem] = useState<Problem | null>(null);
  useReaderCommands(source, views, passages);
  useLeaving();
  const props = { source, layer, views, drawn, onProblem: setProblem };
  return (
    <>
      <ReaderToolbar source={source} views={views} zoom={zoom} />
      {source.kind === 'page' ? <FrozenBanner source={source} /> : null}
      <Remarks source={source} problem={problem} />
      <div className="desk" data-paper={views.paper}>
        {source.kind === 'pdf' ? (
          <PdfBody {...props} firstZoom={position.left.zoom} />
        ) : (
          <WrittenBody {...props} zoom={zoom.value} />
        )}
      </div>
    </>
  );
}

type Problem = 'unpaintable' | 'locked' | 'cannotOpen' | 'textDiffers';

/** What a reader must know before relying on what is shown. */
function Remarks({ source, problem }: { source: Source; problem: Problem | null }) {
  const { t } = useTranslation();
  return (
    <div className="reader-remarks">
      {source.hasText ? null : <Note>{t(source.kind === 'pdf' ? 'reader.noTextLayerPdf' : 'reader.noTextLayer')}</Note>}
      {problem === null ? null : <Note tone="warn">{t(`reader.problems.${problem}`)}</Note>}
    </div>
  );
}

interface BodyProps {
  readonly source: Source;
  readonly layer: Layer | null;
  readonly views: OpenViews;
  readonly drawn: readonly DrawnPassage[];
  readonly onProblem: (problem: Problem) => void;
}

const NO_HITS = [] as const;

function PdfBody({
  source,
  layer,
  views,
  drawn,
  onProblem,
  firstZoom,
}: BodyProps & { firstZoom: ReturnType<typeof useReadingPosition>['left']['zoom'] }) {
  const ask = useAsk();
  const acts = usePassageActs();
  const password = usePassword();
  const labels = useViewLabels(source);
  const current = useWorkbench((state) => state.passage);
  const events = useViewEvents(source, views, onProblem);
  const loadText = useCallback(
    async () => (source.layer === null ? '' : (await ask('layers.text', { id: source.layer })).text),
    [ask, source.layer],
  );
  const onArea = (page: number, area: Area): void => {
    if (source.layer === null) return;
    void acts.create({ source: source.id, layer: source.layer, marked: { kind: 'area', page, area }, exact: '' });
  };
  return (
    <>
      <PdfSource
        source={source.id}
        layer={layer}
        loadText={loadText}
        askPassword={password.ask}
        passages={drawn}
        current={current}
        hits={NO_HITS}
        firstZoom={firstZoom}
        labels={labels.pdf}
        events={{
          ...events,
          onArea,
          onPlace: views.onPlace,
          onAreaTool: views.onAreaTool,
          onUnpaintable: () => onProblem(password.wasRefused() ? 'locked' : 'unpaintable'),
        }}
        onView={views.setPdf}
        onFailed={() => onProblem('cannotOpen')}
      />
      <PasswordDialog password={password} />
    </>
  );
}

/** Text and frozen pages: what is shown is the text itself. */
function WrittenBody({ source, views, drawn, onProblem, zoom }: BodyProps & { zoom: number }) {
  const labels = useViewLabels(source);
  const current = useWorkbench((state) => state.passage);
  const events = useViewEvents(source, views, onProblem);
  const text = useCall('layers.text', source.layer === null ? null : { id: source.layer });
  if (text.error !== null) return <InlineError message={text.error.message} />;
  if (text.data === undefined || source.layer === null) return null;
  const shared = { text: text.data.text, passages: drawn, current, hits: NO_HITS, events };
  return source.kind === 'text' ? (
    <TextSource {...shared} labels={labels.text} onView={views.setText} />
  ) : (
    <FrozenPage {...shared} layer={source.layer} zoom={zoom} labels={labels.page} onView={views.setFrozen} />
  );
}

/** Selecting, clicking and keys, whatever shows the source. */
function useViewEvents(source: Source, views: OpenViews, onProblem: (problem: Problem) => void): ViewEvents {
  const ask = useAsk();
  const acts = usePassageActs();
  const turn = useRef(0);
  const { id, layer } = source;
  const { onScroll } = views;
  return useMemo<ViewEvents>(
    () => ({
      onSelect: (selected) => {
        turn.current += 1;
        const own = turn.current;
        if (selected === null || layer === null) {
          setSelected(null);
          return;
        }
        const { start, end } = selected;
        const span = { source: id, layer, marked: { kind: 'text', start, end } as const };
        setSelected({ ...span, exact: '' });
        // The words are only shown: tagging does not wait for them.
        ask('layers.text', { id: layer }).then(
          ({ text }) => {
            const waits = own === turn.current && useReading.getState().selected !== null;
            if (waits) setSelected({ ...span, exact: text.slice(start, end) });
          },
          () => undefined,
        );
      },
      onPassageClick: (passage) => {
        turn.current += 1;
        setSelected(null);
        setPassage(passageId.parse(passage));
      },
      onKey: (key) => sourceKey(key, acts) || runKey(key),
      onScroll,
      onReady: (state: ViewState) => {
        if (!state.text && state.reason === 'text-differs') onProblem('textDiffers');
      },
    }),
    [ask, acts, id, layer, onScroll, onProblem],
  );
}

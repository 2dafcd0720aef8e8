import { useCallback, useState } from 'react';
import type { Area, Layer, Source } from '../../../shared/model/index.ts';
import { useAsk, useCall } from '../../api/index.ts';
import { usePassageActs } from '../../common/passages/passage-acts.ts';
import { InlineError } from '../../ui/Note.tsx';
import { contentPath, picturePath } from '../../../shared/contract/bytes.ts';
import { FrozenPage } from '../../viewer/page/FrozenPage.tsx';
import { PdfSource } from '../../viewer/pdf/PdfSource.tsx';
import { PictureSource } from '../../viewer/picture/PictureSource.tsx';
import { TextSource } from '../../viewer/text/TextSource.tsx';
import type { DrawnPassage, ViewEvents } from '../../viewer/types.ts';
import { PasswordDialog, usePassword } from './PasswordDialog.tsx';
import type { Problem } from './Remarks.tsx';
import { useSide } from './sides.ts';
import type { OpenViews } from './useOpenViews.ts';
import type { ReadingPosition } from './useReadingPosition.ts';
import { useViewLabels } from './useViewLabels.ts';

export interface SourceViewProps {
  readonly source: Source;
  readonly layer: Layer | null;
  readonly views: OpenViews;
  readonly drawn: readonly DrawnPassage[];
  readonly events: ViewEvents;
  readonly onProblem: (problem: Problem) => void;
  /** Where one was when the source was opened. */
  readonly left: ReadingPosition;
}

/** Hits are set on the view itself, so that finding draws nothing anew but them. */
const NO_HITS = [] as const;

export function PdfBody({ source, layer, views, drawn, events, onProblem, left }: SourceViewProps) {
  const ask = useAsk();
  const password = usePassword();
  const labels = useViewLabels(source);
  const current = useSide().passage;
  const loadText = useCallback(
    async () => (source.layer === null ? '' : (await ask('layers.text', { id: source.layer })).text),
    [ask, source.layer],
  );
  const onArea = useOnArea(source, views);
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
        firstZoom={left.zoom}
        firstSpread={left.spread}
        firstTurn={left.turn}
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

/** An area that was drawn becomes a passage on the layer that is shown. */
function useOnArea({ id }: Source, { shown: { layer } }: OpenViews): (page: number, area: Area) => void {
  const acts = usePassageActs();
  return (page, area) => {
    if (layer !== null) void acts.create({ source: id, layer, marked: { kind: 'area', page, area }, exact: '' });
  };
}

/** A picture that is a source, or a page as it looked at import. */
export function PictureBody({ source, views, drawn, events, onProblem }: SourceViewProps) {
  const [left] = useState(views.position);
  const labels = useViewLabels(source);
  const current = useSide().passage;
  const onArea = useOnArea(source, views);
  const layer = useCall('layers.get', views.shown.layer === null ? null : { id: views.shown.layer });
  if (layer.error !== null) return <InlineError message={layer.error.message} />;
  if (layer.data === undefined) return null;
  return (
    <PictureSource
      path={picturePathOf(source, layer.data)}
      layer={layer.data}
      passages={drawn}
      current={current}
      firstZoom={left.zoom}
      firstTurn={left.turn}
      labels={labels.picture}
      events={{
        ...events,
        onArea,
        onPlace: views.onPlace,
        onAreaTool: views.onAreaTool,
        onUnpaintable: () => onProblem('noPicture'),
      }}
      onView={views.setPdf}
    />
  );
}

function picturePathOf({ kind, id }: Source, layer: Layer): string {
  return kind === 'page' ? picturePath(layer.id) : contentPath(id);
}

/** Text and frozen pages: what is shown is the text itself. */
export function WrittenBody({ source, views, drawn, events }: SourceViewProps) {
  const labels = useViewLabels(source);
  const current = useSide().passage;
  const text = useCall('layers.text', source.layer === null ? null : { id: source.layer });
  if (text.error !== null) return <InlineError message={text.error.message} />;
  if (text.data === undefined || source.layer === null) return null;
  const shared = { text: text.data.text, passages: drawn, current, hits: NO_HITS, events };
  return source.kind === 'text' ? (
    <TextSource {...shared} zoom={views.scale} labels={labels.text} onView={views.setText} />
  ) : (
    <FrozenPage
      {...shared}
      layer={source.layer}
      zoom={views.scale}
      paper={views.paper}
      labels={labels.page}
      onView={views.setFrozen}
    />
  );
}

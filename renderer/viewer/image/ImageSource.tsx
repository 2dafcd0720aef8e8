import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { Layer } from '../../../shared/model/index.ts';
import { isAnimated } from '../../../shared/model/layer-notes.ts';
import type { Turn, Zoom } from '../pdf/layout.ts';
import type { PdfEvents } from '../pdf/options.ts';
import type { PdfView } from '../pdf/view.ts';
import type { DrawnPassage } from '../types.ts';
import { openImageView, type ImageOptions } from './image.ts';

export interface ImageSourceProps {
  /** Where its bytes are, relative to the page. */
  readonly path: string;
  readonly layer: Pick<Layer, 'id' | 'pages' | 'notes'>;
  readonly passages: readonly DrawnPassage[];
  readonly current: string | null;
  readonly firstZoom: Zoom;
  readonly firstTurn: Turn;
  readonly labels: ImageOptions['labels'];
  readonly events: PdfEvents;
  /** Called with the view when it is created, and with null when it is destroyed. */
  readonly onView: (view: PdfView | null) => void;
}

/**
 * An image in the reader: a source of its own, or the screenshot of a page taken at import. Created again only for other
 * bytes or another layer.
 */
export function ImageSource(props: ImageSourceProps): ReactElement {
  const { path, layer, passages, current } = props;
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<PdfView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const opened = openImageView(
      element,
      options(path, layer, () => latest.current),
    );
    setView(opened);
    latest.current.onView(opened);
    return () => {
      setView(null);
      latest.current.onView(null);
      opened.destroy();
    };
  }, [path, layer]);

  useEffect(() => view?.setPassages(passages), [view, passages]);
  useEffect(() => view?.setCurrent(current), [view, current]);
  return <div ref={host} className="source-host" />;
}

/** Listeners may change from render to render; the view stays. */
function options(path: string, layer: ImageSourceProps['layer'], latest: () => ImageSourceProps): ImageOptions {
  const { firstZoom, firstTurn, labels } = latest();
  const events = (): PdfEvents => latest().events;
  return {
    url: new URL(path, document.baseURI).href,
    layer,
    isAnimated: isAnimated(layer.notes),
    zoom: firstZoom,
    turn: firstTurn,
    labels,
    events: {
      onSelect: (selected) => events().onSelect(selected),
      onArea: (page, area, box) => events().onArea(page, area, box),
      onPassageClick: (id, box) => events().onPassageClick(id, box),
      onMenu: (id, box) => events().onMenu?.(id, box),
      onKey: (key) => events().onKey(key),
      onPlace: (page, zoom, spread) => events().onPlace(page, zoom, spread),
      onReshape: (id, to) => events().onReshape?.(id, to),
      onDragOut: (passage, transfer) => events().onDragOut?.(passage, transfer),
      onAreaTool: (on) => events().onAreaTool(on),
      onUnpaintable: () => events().onUnpaintable(),
    },
  };
}

import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { Layer } from '../../../shared/model/index.ts';
import type { DrawnPassage, TextRange } from '../types.ts';
import { fetchPage, contentAddress } from './page-texts.ts';
import type { Spread, Turn, Zoom } from './layout.ts';
import { openPdfView } from './open.ts';
import type { PdfEvents, PdfOptions } from './options.ts';
import type { PdfView } from './view.ts';

export interface PdfSourceProps {
  readonly source: string;
  /** Null while the source has no text layer. */
  readonly layer: Pick<Layer, 'id' | 'pages' | 'hasText'> | null;
  readonly loadText: () => Promise<string>;
  readonly askPassword: (wrong: boolean) => Promise<string | null>;
  readonly passages: readonly DrawnPassage[];
  readonly current: string | null;
  readonly hits: readonly TextRange[];
  /** The index of the current match. */
  readonly currentHit?: number | null;
  /** The zoom it opens with; later changes go through the view. */
  readonly firstZoom: Zoom;
  readonly firstSpread?: Spread;
  readonly firstTurn?: Turn;
  readonly labels: PdfOptions['labels'];
  readonly events: PdfEvents;
  /** Called with the view when it is created, and with null when it is destroyed. */
  readonly onView: (view: PdfView | null) => void;
  /** The file could not be opened at all: it has no text layer either. */
  readonly onFailed: () => void;
}

/** A PDF in the reader: a wrapper around {@link PdfView}, created again only for another source or layer. */
export function PdfSource(props: PdfSourceProps): ReactElement {
  const { source, layer, passages, current, hits, currentHit = null } = props;
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<PdfView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    let gone = false;
    let made: PdfView | null = null;
    openPdfView(
      element,
      options(source, layer, () => latest.current),
    ).then(
      (opened) => {
        made = opened;
        if (gone) opened.destroy();
        else {
          setView(opened);
          latest.current.onView(opened);
        }
      },
      () => {
        if (!gone) latest.current.onFailed();
      },
    );
    return () => {
      gone = true;
      setView(null);
      latest.current.onView(null);
      made?.destroy();
    };
  }, [source, layer]);

  useEffect(() => view?.setPassages(passages), [view, passages]);
  useEffect(() => view?.setCurrent(current), [view, current]);
  useEffect(() => view?.setHits(hits, currentHit), [view, hits, currentHit]);
  return <div ref={host} className="source-host" />;
}

/** Listeners may change from render to render; the view stays. */
function options(source: string, layer: PdfSourceProps['layer'], latest: () => PdfSourceProps): PdfOptions {
  const { firstZoom, firstSpread = 'one', firstTurn = 0, labels } = latest();
  return {
    url: contentAddress(source),
    assets: new URL('pdfjs/', document.baseURI).href,
    layer,
    loadPage: (page) => (layer === null ? Promise.reject(new Error('No text layer.')) : fetchPage(layer.id, page)),
    loadText: () => latest().loadText(),
    askPassword: (wrong) => latest().askPassword(wrong),
    zoom: firstZoom,
    spread: firstSpread,
    turn: firstTurn,
    labels,
    events: {
      onSelect: (selected) => latest().events.onSelect(selected),
      onArea: (page, area, box) => latest().events.onArea(page, area, box),
      onPassageClick: (id, box) => latest().events.onPassageClick(id, box),
      onMenu: (id, box) => latest().events.onMenu?.(id, box),
      onKey: (key) => latest().events.onKey(key),
      onScroll: (start) => latest().events.onScroll?.(start),
      onReady: (state) => latest().events.onReady?.(state),
      onPlace: (page, zoom, spread) => latest().events.onPlace(page, zoom, spread),
      onReshape: (id, to) => latest().events.onReshape?.(id, to),
      onDragOut: (passage, transfer) => latest().events.onDragOut?.(passage, transfer),
      onAreaTool: (on) => latest().events.onAreaTool(on),
      onUnpaintable: () => latest().events.onUnpaintable(),
    },
  };
}

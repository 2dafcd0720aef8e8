import { useCallback, type ReactElement } from 'react';
import type { Layer } from '../../../shared/model/index.ts';
import { useSourceView, type MatchProps, type SourceProps } from '../useSourceView.ts';
import { fetchPage, contentAddress } from './page-texts.ts';
import type { Spread, Turn, Zoom } from './layout.ts';
import { openPdfView } from './open.ts';
import { forwardedPdfEvents, type PdfEvents, type PdfOptions } from './options.ts';
import type { PdfView } from './view.ts';

export interface PdfSourceProps extends SourceProps<PdfView, PdfEvents>, MatchProps {
  readonly source: string;
  /** Null while the source has no text layer. */
  readonly layer: Pick<Layer, 'id' | 'pages' | 'hasText'> | null;
  readonly loadText: () => Promise<string>;
  readonly askPassword: (wrong: boolean) => Promise<string | null>;
  /** The zoom it opens with; later changes go through the view. */
  readonly firstZoom: Zoom;
  readonly firstSpread?: Spread;
  readonly firstTurn?: Turn;
  readonly labels: PdfOptions['labels'];
  /** The file could not be opened at all: it has no text layer either. */
  readonly onFailed: () => void;
}

/** A PDF in the reader: a wrapper around {@link PdfView}, created again only for another source or layer. */
export function PdfSource(props: PdfSourceProps): ReactElement {
  const { source, layer } = props;
  const open = useCallback(
    (host: HTMLElement, latest: () => PdfSourceProps) => openPdfView(host, options(source, layer, latest)),
    [source, layer],
  );
  const { host } = useSourceView(props, open);
  return <div ref={host} className="source-host" />;
}

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
    events: forwardedPdfEvents(latest),
  };
}

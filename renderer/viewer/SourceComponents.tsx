import { type ReactElement, useCallback, useEffect } from 'react';
import type { Layer } from '../../shared/model/index.ts';
import { forwardedEvents, type MatchProps, type SourceProps, useSourceView } from './useSourceView.ts';
import { contentAddress, fetchPage } from './pdf/page-texts.ts';
import type { Spread, Turn, Zoom } from './pdf/layout.ts';
import { openPdfView } from './pdf/open.ts';
import { forwardedPdfEvents, type PdfEvents, type PdfOptions } from './pdf/options.ts';
import type { PdfView } from './pdf/view.ts';
import { isAnimated } from '../../shared/model/layer-notes.ts';
import { type ImageOptions, openImageView } from './image/image.ts';
import { frozenPagePath } from '../../shared/model/frozen-csp.ts';
import { type FrozenPageOptions, FrozenPageView } from './page/frozen-page-view.ts';
import './page/frozen-page.css';
import { type TextOptions, TextView } from './text/view.ts';

export interface PdfSourceProps extends SourceProps<PdfView, PdfEvents>, MatchProps {
  readonly source: string;
  /** The source’s recorded language. */
  readonly language: string | null;
  /** Null while the source has no text layer. */
  readonly layer: Pick<Layer, 'id' | 'pages' | 'hasText'> | null;
  readonly loadText: () => Promise<string>;
  readonly askPassword: (wrong: boolean) => Promise<string | null>;
  /** The zoom it opens with; later changes go through the view. */
  readonly firstZoom: Zoom;
  readonly firstSpread?: Spread;
  readonly firstTurn?: Turn;
  readonly labels: PdfOptions['labels'];
  /** Called if the file could not be opened at all; then it has no text layer either. */
  readonly onFailed: () => void;
}

/** A PDF in the reader: a wrapper around {@link PdfView}, created again only for another source, layer or language. */
export function PdfSource(props: PdfSourceProps): ReactElement {
  const { source, layer, language } = props;
  const open = useCallback(
    (host: HTMLElement, latest: () => PdfSourceProps) => openPdfView(host, options(source, layer, language, latest)),
    [source, layer, language],
  );
  const { host } = useSourceView(props, open);
  return <div ref={host} className="source-host" />;
}

function options(
  source: string,
  layer: PdfSourceProps['layer'],
  language: string | null,
  latest: () => PdfSourceProps,
): PdfOptions {
  const { firstZoom, firstSpread = 'one', firstTurn = 0, labels } = latest();
  return {
    url: contentAddress(source),
    assets: new URL('pdfjs/', document.baseURI).href,
    layer,
    language,
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

export interface ImageSourceProps extends SourceProps<PdfView, PdfEvents> {
  /** Where its bytes are, relative to the page. */
  readonly path: string;
  readonly layer: Pick<Layer, 'id' | 'pages' | 'notes'>;
  readonly firstZoom: Zoom;
  readonly firstTurn: Turn;
  readonly labels: ImageOptions['labels'];
}

/**
 * An image in the reader: a source of its own, or the screenshot of a page taken at import. Created again only for other
 * bytes or another layer.
 */
export function ImageSource(props: ImageSourceProps): ReactElement {
  const { path, layer } = props;
  const open = useCallback(
    (host: HTMLElement, latest: () => ImageSourceProps) => {
      const { firstZoom, firstTurn, labels } = latest();
      return openImageView(host, {
        url: new URL(path, document.baseURI).href,
        layer,
        isAnimated: isAnimated(layer.notes),
        zoom: firstZoom,
        turn: firstTurn,
        labels,
        events: forwardedPdfEvents(latest),
      });
    },
    [path, layer],
  );
  const { host } = useSourceView(props, open);
  return <div ref={host} className="source-host" />;
}

export interface FrozenPageProps extends SourceProps<FrozenPageView>, MatchProps {
  readonly layer: string;
  /** The layer's whole text. */
  readonly text: string;
  readonly zoom: number;
  readonly paper?: 'light' | 'dark';
  /** Whether a page without styles gets a readable layout. */
  readonly readable?: boolean;
  /** Whether embedded pages are shown whole. */
  readonly framesInFull?: boolean;
  /** Whether pictures are black, as in an export of the text alone. */
  readonly withoutPictures?: boolean;
  readonly labels: FrozenPageOptions['labels'];
}

/** A frozen page in the reader: a wrapper around {@link FrozenPageView}, created again only for another layer. */
export function FrozenPage(props: FrozenPageProps): ReactElement {
  const { layer, text, zoom, paper = 'light', readable = true, framesInFull = false, withoutPictures = false } = props;
  const open = useCallback(
    (host: HTMLElement, latest: () => FrozenPageProps) =>
      new FrozenPageView(host, {
        src: frozenPagePath(layer),
        text,
        labels: latest().labels,
        events: forwardedEvents(latest),
      }),
    [layer, text],
  );
  const { host, view } = useSourceView(props, open);
  useEffect(() => view?.setPaper(paper), [view, paper]);
  useEffect(
    () => view?.setLayout({ readable, framesInFull, withoutPictures }),
    [view, readable, framesInFull, withoutPictures],
  );
  useEffect(() => view?.setZoom(zoom), [view, zoom]);
  return <div ref={host} className="frozen-page-host" />;
}

export interface TextSourceProps extends SourceProps<TextView>, MatchProps {
  /** The layer's whole text. */
  readonly text: string;
  /** 1 is the text's own size. */
  readonly zoom?: number;
  readonly labels: TextOptions['labels'];
}

/** Plain text in the reader: a wrapper around {@link TextView}. */
export function TextSource(props: TextSourceProps): ReactElement {
  const { text, zoom = 1 } = props;
  const open = useCallback(
    (host: HTMLElement, latest: () => TextSourceProps) =>
      new TextView(host, { text, labels: latest().labels, events: forwardedEvents(latest) }),
    [text],
  );
  const { host, view } = useSourceView(props, open);
  useEffect(() => view?.setZoom(zoom), [view, zoom]);
  return <div ref={host} className="source-host" />;
}

import { useCallback, type ReactElement } from 'react';
import type { Layer } from '../../../shared/model/index.ts';
import { isAnimated } from '../../../shared/model/layer-notes.ts';
import type { Turn, Zoom } from '../pdf/layout.ts';
import { forwardedPdfEvents, type PdfEvents } from '../pdf/options.ts';
import type { PdfView } from '../pdf/view.ts';
import { useSourceView, type SourceProps } from '../useSourceView.ts';
import { openImageView, type ImageOptions } from './image.ts';

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

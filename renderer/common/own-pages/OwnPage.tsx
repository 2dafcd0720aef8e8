import { type Ref, useMemo } from 'react';
import { FROZEN_FRAME_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import { withOwnFonts } from './own-page.ts';

interface OwnPageProps {
  /** The frame’s name for screen readers. */
  readonly title: string;
  /** A page that the engine made. */
  readonly html: string;
  readonly frame?: Ref<HTMLIFrameElement>;
  /** Called once the page is loaded, and after each other page. */
  readonly onLoad?: () => void;
}

/** A page that the engine made, shown as it is exported: on white paper in both themes. It can’t run scripts or load anything. */
export function OwnPage({ title, html, frame, onLoad }: OwnPageProps) {
  const page = useMemo(() => withOwnFonts(html), [html]);
  return (
    <iframe
      ref={frame}
      className="own-page"
      title={title}
      sandbox={FROZEN_FRAME_SANDBOX}
      srcDoc={page}
      onLoad={onLoad}
    />
  );
}

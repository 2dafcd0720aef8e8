import { type Ref, useMemo } from 'react';
import { FROZEN_FRAME_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import { withOwnFonts } from './own-page.ts';

interface OwnPageProps {
  /** Names the frame for screen readers. */
  readonly title: string;
  /** A page of the engine. */
  readonly html: string;
  readonly frame?: Ref<HTMLIFrameElement>;
  /** Called once the page is there, also after another took its place. */
  readonly onLoad?: () => void;
}

/** A page of the engine as it goes out, on white paper in both themes. Nothing in it runs or loads. */
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

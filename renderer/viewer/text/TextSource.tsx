import { useCallback, useEffect, type ReactElement } from 'react';
import { forwardedEvents, useSourceView, type MatchProps, type SourceProps } from '../useSourceView.ts';
import { TextView, type TextOptions } from './view.ts';

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

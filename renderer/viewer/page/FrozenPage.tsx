import { useCallback, useEffect, type ReactElement } from 'react';
import { frozenPagePath } from '../../../shared/model/frozen-csp.ts';
import { forwardedEvents, useSourceView, type MatchProps, type SourceProps } from '../useSourceView.ts';
import { FrozenPageView, type FrozenPageOptions } from './frozen-page-view.ts';
import './frozen-page.css';

export interface FrozenPageProps extends SourceProps<FrozenPageView>, MatchProps {
  readonly layer: string;
  /** The layer's whole text. */
  readonly text: string;
  readonly zoom: number;
  readonly paper?: 'light' | 'dark';
  readonly labels: FrozenPageOptions['labels'];
}

/** A frozen page in the reader: a wrapper around {@link FrozenPageView}, created again only for another layer. */
export function FrozenPage(props: FrozenPageProps): ReactElement {
  const { layer, text, zoom, paper = 'light' } = props;
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
  useEffect(() => view?.setZoom(zoom), [view, zoom]);
  return <div ref={host} className="frozen-page-host" />;
}

import { useEffect, useLayoutEffect, useRef, type ReactElement } from 'react';
import { frozenPagePath } from '../../../shared/model/frozen-csp.ts';
import type { DrawnPassage, TextRange, ViewEvents } from '../types.ts';
import { FrozenPageView, type FrozenPageOptions } from './frozen-page-view.ts';
import './frozen-page.css';

export interface FrozenPageProps {
  readonly layer: string;
  /** The layer's whole text. */
  readonly text: string;
  readonly passages: readonly DrawnPassage[];
  readonly current: string | null;
  readonly hits: readonly TextRange[];
  /** Index of the current match. */
  readonly currentHit?: number | null;
  readonly zoom: number;
  readonly paper?: 'light' | 'dark';
  readonly labels: FrozenPageOptions['labels'];
  readonly events: ViewEvents;
  /** Called with the view when it is created, and with null when it is destroyed. */
  readonly onView: (view: FrozenPageView | null) => void;
}

/** A frozen page in the reader: a wrapper around {@link FrozenPageView}, created again only for another layer. */
export function FrozenPage(props: FrozenPageProps): ReactElement {
  const { layer, text, passages, current, hits, currentHit = null, zoom, paper = 'light' } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<FrozenPageView | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (host.current === null) return undefined;
    const made = new FrozenPageView(host.current, {
      src: frozenPagePath(layer),
      text,
      labels: latest.current.labels,
      // Listeners may change from render to render; the frame stays.
      events: {
        onSelect: (selected) => latest.current.events.onSelect(selected),
        onPassageClick: (id, box) => latest.current.events.onPassageClick(id, box),
        onMenu: (id, box) => latest.current.events.onMenu?.(id, box),
        onReshape: (id, to) => latest.current.events.onReshape?.(id, to),
        onDragOut: (passage, transfer) => latest.current.events.onDragOut?.(passage, transfer),
        onKey: (key) => latest.current.events.onKey(key),
        onAddress: (address, box) => latest.current.events.onAddress?.(address, box),
        onZoom: (factor) => latest.current.events.onZoom?.(factor),
        onScroll: (start) => latest.current.events.onScroll?.(start),
        onReady: (state) => latest.current.events.onReady?.(state),
      },
    });
    view.current = made;
    latest.current.onView(made);
    return () => {
      view.current = null;
      latest.current.onView(null);
      made.destroy();
    };
  }, [layer, text]);

  useEffect(() => view.current?.setPassages(passages), [passages, layer, text]);
  useEffect(() => view.current?.setCurrent(current), [current, layer, text]);
  useEffect(() => view.current?.setHits(hits, currentHit), [hits, currentHit, layer, text]);
  useEffect(() => view.current?.setPaper(paper), [paper, layer, text]);
  useEffect(() => view.current?.setZoom(zoom), [zoom, layer, text]);

  return <div ref={host} className="frozen-page-host" />;
}

import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { DrawnPassage, TextRange, ViewEvents } from '../types.ts';
import { TextView, type TextOptions } from './view.ts';

export interface TextSourceProps {
  /** The layer's whole text. */
  readonly text: string;
  readonly passages: readonly DrawnPassage[];
  readonly current: string | null;
  readonly hits: readonly TextRange[];
  /** Index of the current match. */
  readonly currentHit?: number | null;
  /** 1 is the text's own size. */
  readonly zoom?: number;
  readonly labels: TextOptions['labels'];
  readonly events: ViewEvents;
  /** Called with the view when it is created, and with null when it is destroyed. */
  readonly onView: (view: TextView | null) => void;
}

/** Plain text in the reader: a wrapper around {@link TextView}. */
export function TextSource(props: TextSourceProps): ReactElement {
  const { text, passages, current, hits, currentHit = null, zoom = 1 } = props;
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<TextView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (host.current === null) return undefined;
    const made = new TextView(host.current, {
      text,
      labels: latest.current.labels,
      events: {
        onSelect: (selected) => latest.current.events.onSelect(selected),
        onPassageClick: (id, box) => latest.current.events.onPassageClick(id, box),
        onMenu: (id, box) => latest.current.events.onMenu?.(id, box),
        onReshape: (id, to) => latest.current.events.onReshape?.(id, to),
        onDragOut: (passage, transfer) => latest.current.events.onDragOut?.(passage, transfer),
        onKey: (key) => latest.current.events.onKey(key),
        onZoom: (factor) => latest.current.events.onZoom?.(factor),
        onScroll: (start) => latest.current.events.onScroll?.(start),
        onReady: (state) => latest.current.events.onReady?.(state),
      },
    });
    setView(made);
    latest.current.onView(made);
    return () => {
      setView(null);
      latest.current.onView(null);
      made.destroy();
    };
  }, [text]);

  useEffect(() => view?.setPassages(passages), [view, passages]);
  useEffect(() => view?.setCurrent(current), [view, current]);
  useEffect(() => view?.setHits(hits, currentHit), [view, hits, currentHit]);
  useEffect(() => view?.setZoom(zoom), [view, zoom]);
  return <div ref={host} className="source-host" />;
}

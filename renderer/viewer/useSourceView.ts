import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { DrawnPassage, SourceView, TextRange, ViewEvents } from './types.ts';

/** The props that the components of all kinds of source share. */
export interface SourceProps<View extends SourceView, Events extends ViewEvents = ViewEvents> {
  readonly passages: readonly DrawnPassage[];
  readonly current: string | null;
  readonly events: Events;
  /** Called with the view when it is created, and with null when it is destroyed. */
  readonly onView: (view: View | null) => void;
}

/** Further props of the components of sources with text. */
export interface MatchProps {
  readonly matches: readonly TextRange[];
  /** The index of the current match. */
  readonly currentMatch?: number | null;
}

interface Props<View extends SourceView> extends SourceProps<View>, Partial<MatchProps> {
  /** The source could not be opened at all. */
  readonly onFailed?: () => void;
}

/**
 * Creates a view in an element with `open`, again only when that function changes, and destroys it with the component.
 * Listeners and labels may change with each render: `latest` returns the latest props. Returns the view, null until it
 * is open, and the ref of its element.
 */
export function useSourceView<View extends SourceView, Own extends Props<View>>(
  props: Own,
  open: (host: HTMLElement, latest: () => Own) => View | Promise<View>,
): { readonly host: RefObject<HTMLDivElement | null>; readonly view: View | null } {
  const { passages, current, matches, currentMatch = null } = props;
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<View | null>(null);
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (host.current === null) return undefined;
    let isUnmounted = false;
    let created: View | null = null;
    const opened = (next: View): void => {
      created = next;
      if (isUnmounted) return next.destroy();
      setView(next);
      latest.current.onView(next);
    };
    const opening = open(host.current, () => latest.current);
    if (opening instanceof Promise)
      opening.then(opened, () => {
        if (!isUnmounted) latest.current.onFailed?.();
      });
    else opened(opening);
    return () => {
      isUnmounted = true;
      setView(null);
      latest.current.onView(null);
      created?.destroy();
    };
  }, [open]);

  useEffect(() => view?.setPassages(passages), [view, passages]);
  useEffect(() => view?.setCurrent(current), [view, current]);
  useEffect(() => {
    if (matches !== undefined) view?.setMatches(matches, currentMatch);
  }, [view, matches, currentMatch]);
  return { host, view };
}

/** Listeners that stay the same, and call those of the latest props. */
export const forwardedEvents = (latest: () => { readonly events: ViewEvents }): ViewEvents => ({
  onSelect: (selected) => latest().events.onSelect(selected),
  onPassageClick: (id, box) => latest().events.onPassageClick(id, box),
  onMenu: (id, box) => latest().events.onMenu?.(id, box),
  onReshape: (id, to) => latest().events.onReshape?.(id, to),
  onDragOut: (passage, transfer) => latest().events.onDragOut?.(passage, transfer),
  onKey: (key) => latest().events.onKey(key),
  onAddress: (address, box) => latest().events.onAddress?.(address, box),
  onZoom: (factor) => latest().events.onZoom?.(factor),
  onScroll: (start) => latest().events.onScroll?.(start),
  onReady: (state) => latest().events.onReady?.(state),
});

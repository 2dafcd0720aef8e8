import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { DrawnPassage, SourceView, TextRange, ViewEvents } from './types.ts';

/** What the components of all kinds of source take. */
export interface SourceProps<View extends SourceView, Events extends ViewEvents = ViewEvents> {
  readonly passages: readonly DrawnPassage[];
  readonly current: string | null;
  readonly events: Events;
  /** Called with the view when it is created, and with null when it is destroyed. */
  readonly onView: (view: View | null) => void;
}

/** What the components of a source with text take besides. */
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
 * A view in an element: made by `open`, again only when that changes, and destroyed with the component. Listeners and
 * labels may change from render to render: `latest` gives those of the last one.
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
    let gone = false;
    let made: View | null = null;
    const opened = (next: View): void => {
      made = next;
      if (gone) return next.destroy();
      setView(next);
      latest.current.onView(next);
    };
    const opening = open(host.current, () => latest.current);
    if (opening instanceof Promise)
      opening.then(opened, () => {
        if (!gone) latest.current.onFailed?.();
      });
    else opened(opening);
    return () => {
      gone = true;
      setView(null);
      latest.current.onView(null);
      made?.destroy();
    };
  }, [open]);

  useEffect(() => view?.setPassages(passages), [view, passages]);
  useEffect(() => view?.setCurrent(current), [view, current]);
  useEffect(() => {
    if (matches !== undefined) view?.setMatches(matches, currentMatch);
  }, [view, matches, currentMatch]);
  return { host, view };
}

/** Listeners that stay while those they call change from render to render. */
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

import { useEffect, useLayoutEffect } from 'react';
import { z } from 'zod';
import { SHOWING_KEY } from '../../../shared/contract/project.ts';
import { sourceId, type SourceId } from '../../../shared/model/index.ts';
import { useKeepView, useViewState } from './view-state.ts';

/** A window must stay responsive this long after a source was shown, ms, before the source’s mark is removed. */
const RESPONSIVE_MS = 1000;
const LEAVE_EVENTS = ['beforeunload', 'pagehide'];
const schema = z.array(sourceId);
const NONE: SourceId[] = [];

/** The sources that this window has marked, since they may still hang it. */
const showing = new Set<SourceId>();

/** Whether this window itself marked a source; then the mark is no sign of a hang. */
export const isMarkedHere = (source: SourceId): boolean => showing.has(source);

/**
 * Marks in the project’s folder that a source is being shown, until the window has stayed responsive for a while. If
 * the window hangs or crashes before, the mark stays, and the next start opens the workbench without that source.
 */
export function useMarkShowing(source: SourceId, isReady: boolean): void {
  const keep = useKeepView();
  // A layout effect, so that the mark is made before the view asks for its page: effects of inner components run first,
  // but layout effects run before all of them.
  useLayoutEffect(() => {
    showing.add(source);
    keep(SHOWING_KEY, [...showing]);
    const unmark = (): void => {
      if (showing.delete(source)) keep(SHOWING_KEY, [...showing]);
    };
    // A window that closes normally does not hang. Data sent on `pagehide` arrives too late under Electron.
    for (const event of LEAVE_EVENTS) window.addEventListener(event, unmark);
    return () => {
      for (const event of LEAVE_EVENTS) window.removeEventListener(event, unmark);
      unmark();
    };
  }, [source, keep]);
  useEffect(() => {
    if (!isReady) return undefined;
    const unmark = (): void => {
      if (showing.delete(source)) keep(SHOWING_KEY, [...showing]);
    };
    const timer = setTimeout(() => {
      // No frames are drawn in a hidden window.
      if (document.hidden) unmark();
      else requestAnimationFrame(unmark);
    }, RESPONSIVE_MS);
    return () => clearTimeout(timer);
  }, [source, isReady, keep]);
}

/** The sources that were marked when the window last hung or crashed. */
export function useHungSources(): { readonly ready: boolean; readonly value: readonly SourceId[] } {
  return useViewState(SHOWING_KEY, schema, NONE);
}

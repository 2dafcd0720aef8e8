import { useEffect, useLayoutEffect } from 'react';
import { z } from 'zod';
import { SHOWING_KEY } from '../../../shared/contract/project.ts';
import { sourceId, type SourceId } from '../../../shared/model/index.ts';
import { useKeepView, useViewState } from './view-state.ts';

/** How long a window has to keep answering once a source is shown. */
const REST_MS = 1000;
const LEAVE_EVENTS = ['beforeunload', 'pagehide'];
const schema = z.array(sourceId);
const NONE: SourceId[] = [];

/** The sources of this window that are being shown and have not come to rest. */
const showing = new Set<SourceId>();

/**
 * Remembers in the project’s folder that a source is being shown, until the window has answered for a while after. If the window
 * hangs or crashes before, the mark stays, and the next start opens the workbench without that source.
 */
export function useRestOf(source: SourceId, isReady: boolean): void {
  const keep = useKeepView();
  // Before the view asks for its page: effects of components within run first, layout effects before all of them.
  useLayoutEffect(() => {
    showing.add(source);
    keep(SHOWING_KEY, [...showing]);
    const leave = (): void => {
      if (showing.delete(source)) keep(SHOWING_KEY, [...showing]);
    };
    // A window that closes in an orderly way does not hang. What is sent on `pagehide` comes too late for Electron.
    for (const event of LEAVE_EVENTS) window.addEventListener(event, leave);
    return () => {
      for (const event of LEAVE_EVENTS) window.removeEventListener(event, leave);
      leave();
    };
  }, [source, keep]);
  useEffect(() => {
    if (!isReady) return undefined;
    const rested = (): void => {
      if (showing.delete(source)) keep(SHOWING_KEY, [...showing]);
    };
    const timer = setTimeout(() => {
      // No frames are drawn in a hidden window.
      if (document.hidden) rested();
      else requestAnimationFrame(rested);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [source, isReady, keep]);
}

/** The sources that were being shown when the window was last seen, and had not come to rest. */
export function useNotAtRest(): { readonly ready: boolean; readonly value: readonly SourceId[] } {
  return useViewState(SHOWING_KEY, schema, NONE);
}

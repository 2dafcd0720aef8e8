import { useEffect, useRef } from 'react';
import type { Source } from '../../../shared/model/index.ts';
import { useReadSources, useSeePages } from '../../common/sources/read-state.ts';
import type { OpenViews } from './useOpenViews.ts';

/** How often it is looked what is on screen, ms: pages that are only passed by don’t count. */
const LOOK = 500;
/** Pages are told to the engine after so many looks, and on leaving. */
const TELL = 10;

/**
 * Notes which pages of a source have been on screen, until it counts as read. A text or saved page has one page, which
 * counts once its end was on screen.
 */
export function useReadPages(source: Source, length: number, { view, pdf }: OpenViews): void {
  const see = useSeePages();
  const isRead = useReadSources().has(source.id);
  const seen = useRef(new Set<number>());
  const { id, pages } = source;
  useEffect(() => {
    if (isRead) return undefined;
    const untold = new Set<number>();
    let looks = 0;
    const tell = (): void => {
      if (untold.size > 0) see(id, [...untold]);
      untold.clear();
    };
    const look = (): void => {
      if (document.visibilityState !== 'visible') return;
      const { first, last } = pdf?.inView ?? pageInView(view, length);
      for (let page = first; page <= last; page += 1) {
        if (seen.current.has(page)) continue;
        seen.current.add(page);
        untold.add(page);
      }
      looks += 1;
      if (looks % TELL === 0 || seen.current.size >= pages) tell();
    };
    const timer = setInterval(look, LOOK);
    return () => {
      clearInterval(timer);
      tell();
    };
  }, [id, pages, isRead, length, view, pdf, see]);
}

const NO_PAGE = { first: 1, last: 0 };

function pageInView(view: OpenViews['view'], length: number): { first: number; last: number } {
  if (view === null) return NO_PAGE;
  const isEndInView = length === 0 || view.boxOf({ start: length - 1, end: length }) !== null;
  return isEndInView ? { first: 1, last: 1 } : NO_PAGE;
}

import type { ReviewState } from '../../../shared/model/index.ts';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** What has to be on screen before somebody vouches for the passage: its words, its translation, its categories. */
export const TO_SEE = { 'data-to-see': true } as const;

/** The steps by which somebody vouches for others' work: they have to have seen it. */
export const VOUCHING: ReadonlySet<ReviewState> = new Set(['second-coded', 'checked', 'approved', 'released']);

/** How long a part has to stay on screen to count, in ms: longer than a key that is held down or pressed twice. */
export const LOOK_MS = 700;
/** Room left above a part that is scrolled into view, in px. */
const ABOVE = 24;

export type Looked = 'not yet' | 'partly' | 'in full';

export interface Seen {
  /** `partly`: it has been looked at, and some of what is marked with {@link TO_SEE} was not on screen. */
  readonly looked: Looked;
  /** Scrolls to the first part that was not on screen yet. Returns whether there is one further on. */
  readonly showRest: () => boolean;
}

/**
 * Whether the passage was on screen in full. A part counts once it stayed in view for a moment; scrolling past it does not. What is
 * seen is forgotten when `content` changes: the words, the translation or the tags.
 */
export function useSeen(scroller: RefObject<HTMLElement | null>, content: string): Seen {
  const spans = useRef<readonly Span[]>([]);
  const [state, setState] = useState<{ readonly content: string; readonly looked: Looked } | null>(null);

  useEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    spans.current = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      const view = viewOf(box);
      if (view === null) return;
      spans.current = joined([...spans.current, view]);
      const isAll = unseenParts(box, spans.current).length === 0;
      setState((before) =>
        before?.content === content && (before.looked === 'in full' || !isAll)
          ? before
          : { content, looked: isAll ? 'in full' : 'partly' },
      );
    };
    const begin = (): void => {
      clearTimeout(timer);
      timer = setTimeout(look, LOOK_MS);
    };
    const sized = (): void => {
      // The lines are elsewhere now. What was seen in full stays so.
      spans.current = [];
      begin();
    };
    const observer = new ResizeObserver(sized);
    observer.observe(box);
    for (const part of box.querySelectorAll('[data-to-see]')) observer.observe(part);
    box.addEventListener('scroll', begin, { passive: true });
    document.addEventListener('visibilitychange', begin);
    begin();
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      box.removeEventListener('scroll', begin);
      document.removeEventListener('visibilitychange', begin);
    };
  }, [scroller, content]);

  const showRest = useCallback((): boolean => {
    const box = scroller.current;
    const view = box === null ? null : viewOf(box);
    if (box === null || view === null) return false;
    const rest = unseenParts(box, [...spans.current, view])[0];
    if (rest === undefined) return false;
    box.scrollTo({ top: rest.start - ABOVE });
    return true;
  }, [scroller]);

  return { looked: state?.content === content ? state.looked : 'not yet', showRest };
}

/** The part of the content that is in view, in px from its top; null if the pane or the window is hidden. */
function viewOf(box: HTMLElement): Span | null {
  if (document.visibilityState === 'hidden' || box.closest('[hidden]') !== null) return null;
  // Half a pixel: positions are fractions, and a scroll position is rounded.
  return { start: box.scrollTop - 0.5, end: box.scrollTop + box.clientHeight + 0.5 };
}

function unseenParts(box: HTMLElement, seen: readonly Span[]): Span[] {
  const origin = box.getBoundingClientRect().top - box.scrollTop;
  return [...box.querySelectorAll('[data-to-see]')].flatMap((part) => {
    const { top, bottom } = part.getBoundingClientRect();
    return rangesWithout({ start: top - origin, end: bottom - origin }, seen);
  });
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The spans in order, those that touch as one. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last === undefined || span.start > last.end) all.push(span);
    else all[all.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return all;
}

/** What of a range none of the spans covers. */
export function rangesWithout({ start, end }: Span, spans: readonly Span[]): Span[] {
  const rest: Span[] = [];
  let from = start;
  for (const span of joined(spans)) {
    if (span.end <= from) continue;
    if (span.start >= end) break;
    if (span.start > from) rest.push({ start: from, end: span.start });
    from = span.end;
  }
  if (from < end) rest.push({ start: from, end });
  return rest;
}

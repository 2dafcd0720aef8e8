import { use, useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { z } from 'zod';
import type { SourceId } from '../../../shared/model/index.ts';
import { otherPane } from '../../common/reader/panes.ts';
import { useViewState } from '../../common/workbench/view-state.ts';
import { useWorkbench, type PaneId } from '../../common/workbench/workbench.ts';
import { PaneContext } from './panes.ts';

const zoomSchema = z.union([
  z.object({ fit: z.enum(['width', 'page']) }),
  z.object({ fit: z.null(), zoom: z.number().min(0.01).max(8) }),
]);
export const LEAST_SCALE = 0.5;
export const MOST_SCALE = 4;
const schema = z.object({
  /** PDFs and images: the page, the position on it, the zoom, the page layout and the rotation. */
  page: z.number().int().positive(),
  part: z.number(),
  zoom: zoomSchema,
  spread: z.enum(['one', 'two', 'cover']).default('one'),
  turn: z
    .union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)])
    .catch(0)
    .default(0),
  /** Texts and frozen pages: the first visible offset, and the zoom. */
  offset: z.number().int().nonnegative(),
  scale: z.number().min(LEAST_SCALE).max(MOST_SCALE).default(1),
  /** Pages: the screenshot is shown. */
  asPicture: z.boolean().default(false),
  /** When it was written, epoch ms. */
  at: z.number().default(0),
});
export type ReadingPosition = z.infer<typeof schema>;
const START: ReadingPosition = {
  page: 1,
  part: 0,
  zoom: { fit: 'width' },
  spread: 'one',
  turn: 0,
  offset: 0,
  scale: 1,
  asPicture: false,
  at: 0,
};

/** A position is stored after this time without a change, ms. */
const WRITE_DELAY_MS = 600;

const keyOf = (source: SourceId, pane: PaneId): string =>
  pane === 'a' ? `reading.${source}` : `reading.${source}.${pane}`;

/**
 * The reading position of a source in this pane, and how it is saved. A source open in both panes has one in each;
 * otherwise the latest of the two is used. `ready` is false until it is loaded.
 */
export function useReadingPosition(source: SourceId): {
  readonly ready: boolean;
  /** The position to start at. */
  readonly initial: ReadingPosition;
  /** The current position. */
  readonly latest: () => ReadingPosition;
  /** Sets the current position; written after a pause, and on leaving. */
  readonly keep: (position: Partial<ReadingPosition>) => void;
} {
  const pane = use(PaneContext);
  const { value, ready, set } = useViewState(keyOf(source, pane), schema, START);
  const beside = useViewState(keyOf(source, otherPane(pane)), schema, START);
  const initial = initialPosition(value, beside.value, isOpenIn(source, otherPane(pane)));
  const now = useRef<ReadingPosition | null>(null);
  const timer = useRef(0);
  const known = useRef(initial);
  // Before the effects of the views, which go to the latest position.
  useLayoutEffect(() => {
    known.current = initial;
  });

  const write = useCallback(() => {
    window.clearTimeout(timer.current);
    if (now.current !== null) set({ ...now.current, at: Date.now() });
    now.current = null;
  }, [set]);
  const keep = useCallback(
    (position: Partial<ReadingPosition>) => {
      now.current = { ...known.current, ...now.current, ...position };
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(write, WRITE_DELAY_MS);
    },
    [write],
  );
  useEffect(() => {
    // A position that is not stored yet is stored when the window closes.
    window.addEventListener('pagehide', write);
    return () => {
      window.removeEventListener('pagehide', write);
      write();
    };
  }, [write]);
  const latest = useCallback(() => ({ ...known.current, ...now.current }), []);
  return { ready: ready && beside.ready, initial, latest, keep };
}

const isOpenIn = (source: SourceId, pane: PaneId): boolean =>
  useWorkbench.getState().panes.some(({ id, tabs }) => id === pane && tabs.includes(source));

/** Which of the two panes' positions to start from. One that was never set is ignored. */
export function initialPosition(own: ReadingPosition, beside: ReadingPosition, isOpenBeside: boolean): ReadingPosition {
  if (own === START) return beside;
  return !isOpenBeside && beside.at > own.at ? beside : own;
}

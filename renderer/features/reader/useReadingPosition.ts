import { useCallback, useEffect, useRef } from 'react';
import { z } from 'zod';
import type { SourceId } from '../../../shared/model/index.ts';
import { useViewState } from '../../app/state/view-state.ts';

const zoomSchema = z.union([
  z.object({ fit: z.enum(['width', 'page']) }),
  z.object({ fit: z.null(), zoom: z.number().min(0.1).max(8) }),
]);
const schema = z.object({
  /** PDF: the page, how far down it, and the zoom. */
  page: z.number().int().positive(),
  part: z.number(),
  zoom: zoomSchema,
  /** Text and frozen pages: the first offset in view. */
  offset: z.number().int().nonnegative(),
});
export type ReadingPosition = z.infer<typeof schema>;
const START: ReadingPosition = { page: 1, part: 0, zoom: { fit: 'width' }, offset: 0 };

/** A position is written when one has stayed there this long, ms. */
const REST = 600;

/** Where one was in a source, and how it is kept. `ready` is false until it was read. */
export function useReadingPosition(source: SourceId): {
  readonly ready: boolean;
  readonly left: ReadingPosition;
  /** Says where one is now; written when one rests there, and on leaving. */
  readonly keep: (position: Partial<ReadingPosition>) => void;
} {
  const { value, ready, set } = useViewState(`reading.${source}`, schema, START);
  const now = useRef<ReadingPosition | null>(null);
  const timer = useRef(0);
  const known = useRef(value);
  useEffect(() => {
    known.current = value;
  });

  const write = useCallback(() => {
    window.clearTimeout(timer.current);
    if (now.current !== null) set(now.current);
    now.current = null;
  }, [set]);
  const keep = useCallback(
    (position: Partial<ReadingPosition>) => {
      now.current = { ...known.current, ...now.current, ...position };
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(write, REST);
    },
    [write],
  );
  useEffect(() => write, [write]);
  return { ready, left: value, keep };
}

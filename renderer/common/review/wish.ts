import { useEffect, useRef } from 'react';
import { create } from 'zustand';

type Wish = 'comment' | 'translation';

/** What shall be written, as soon as the field for it is there; null when nothing is wished. */
export const useReviewWish = create<{ readonly wish: Wish | null }>()(() => ({ wish: null }));

export const wishFor = (wish: Wish): void => useReviewWish.setState({ wish });

/** Begins what a command asked for, whether it did before the field was drawn or after. */
export function useWished(what: Wish, begin: () => void): void {
  const isWished = useReviewWish(({ wish }) => wish === what);
  const latest = useRef(begin);
  useEffect(() => {
    latest.current = begin;
  });
  useEffect(() => {
    if (!isWished) return;
    useReviewWish.setState({ wish: null });
    latest.current();
  }, [isWished]);
}

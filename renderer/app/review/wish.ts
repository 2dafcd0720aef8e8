import { create } from 'zustand';

/** What shall be written, as soon as the field for it is there; null when nothing is wished. */
export const useReviewWish = create<{ readonly wish: 'comment' | 'translation' | null }>()(() => ({ wish: null }));

export const wishFor = (wish: 'comment' | 'translation'): void => useReviewWish.setState({ wish });

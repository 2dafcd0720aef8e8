import { create } from 'zustand';

/** Which conflict the keyboard is on, and whether another value is being written for it. */
export const useConflictAt = create<{ readonly current: string | null; readonly writing: string | null }>()(() => ({
  current: null,
  writing: null,
}));

export const goToConflict = (current: string | null): void => useConflictAt.setState({ current, writing: null });
export const writeAnother = (writing: string | null): void =>
  useConflictAt.setState(writing === null ? { writing } : { writing, current: writing });

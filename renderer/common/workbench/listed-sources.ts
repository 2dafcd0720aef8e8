import { create } from 'zustand';
import type { SourceId } from '../../../shared/model/index.ts';
import { closeSource, openSource, useWorkbench } from './workbench.ts';

/**
 * The sources that the Library lists, filtered and sorted, so that the reader can go through them without it. Empty until
 * the Library was shown.
 */
const useListed = create<{
  readonly listed: readonly SourceId[];
  /** The source that was last reached by stepping: the Library selects it when it is shown again. */
  readonly reached: SourceId | null;
}>()(() => ({ listed: [], reached: null }));

/** Whether there is no list yet, because the Library has not been shown. */
export const useIsUnlisted = (): boolean => useListed(({ listed }) => listed.length === 0);
/** A step that was requested before the list was loaded, and the active source at that time. */
let awaited: { readonly source: SourceId | null; readonly go: () => void } | null = null;

export const resetListed = (): void => {
  awaited = null;
  useListed.setState({ listed: [], reached: null });
};

/** Stores the list, and makes the waiting step unless another source was opened meanwhile. */
export function keepListed(listed: readonly SourceId[]): void {
  useListed.setState({ listed });
  if (awaited === null || listed.length === 0) return;
  const { source, go } = awaited;
  awaited = null;
  if (useWorkbench.getState().source === source) go();
}

/** Runs `go` now, or once the list is loaded, so that a key pressed right after a reload is not lost. */
export function whenListed(go: () => void): void {
  if (useListed.getState().listed.length > 0) go();
  else awaited = { source: useWorkbench.getState().source, go };
}

/** Whether there is a source `by` places after the active one. True while the list is not loaded. */
export const canOpenListed = (by: 1 | -1): boolean =>
  useListed.getState().listed.length === 0 || listedAfter(by) !== null;

/** The source last reached by stepping, or null. Each is returned once. */
export function takeReached(): SourceId | null {
  const { reached } = useListed.getState();
  if (reached !== null) useListed.setState({ reached: null });
  return reached;
}

/** The tab that stepping opened. The next step replaces it, so that tabs do not pile up. */
let passing: SourceId | null = null;

/** The source `by` places after the active one in the Library's list; null past its ends. */
function listedAfter(by: 1 | -1): SourceId | null {
  const { listed } = useListed.getState();
  const { source } = useWorkbench.getState();
  const at = source === null ? -1 : listed.indexOf(source);
  return at === -1 ? ((by === 1 ? listed[0] : listed.at(-1)) ?? null) : (listed[at + by] ?? null);
}

/** Opens the source `by` places after the active one. Returns its position, from 1, and the length of the list; null past its ends. */
export function openListed(by: 1 | -1): { readonly place: number; readonly count: number } | null {
  const next = listedAfter(by);
  if (next === null) return null;
  const { listed } = useListed.getState();
  const { source, tabs } = useWorkbench.getState();
  const isOpen = tabs.includes(next);
  openSource(next);
  if (source !== null && source === passing) closeSource(source);
  passing = isOpen ? null : next;
  useListed.setState({ reached: next });
  return { place: listed.indexOf(next) + 1, count: listed.length };
}

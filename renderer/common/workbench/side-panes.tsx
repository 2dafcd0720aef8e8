import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { create } from 'zustand';
import { frameWidth } from '../../ui/useMedia.ts';
import { useViewState } from './view-state.ts';
import { useTranslation } from '../strings/use-translation.ts';
import { Panes, type Pane } from '../../ui/Panes.tsx';

/** The panes beside the source: the sidebar at its start, the inspector at its end. */
export type SidePane = 'start' | 'end';

type Shown = Readonly<Record<SidePane, boolean>>;

export interface SidePanes {
  /** Whether the pane is shown, if the window has room for it beside the source. */
  readonly start: boolean;
  readonly end: boolean;
  /** As `start` and `end`, while the reader is split: hidden by default, so that the two sources have room. */
  readonly besideTwo: Shown;
  readonly isSplit: boolean;
  /** Whether the sidebar is open over the source, in a window with room for a rail only. */
  readonly unfolded: boolean;
  /** The pane that is shown in a window with room for one pane. */
  readonly one: SidePane | 'main';
  /** Whether a pane was shown or hidden since the project was opened. */
  readonly asked: boolean;
}

const FOLDED: Shown = { start: false, end: false };
const SHOWN: SidePanes = {
  start: true,
  end: true,
  besideTwo: FOLDED,
  isSplit: false,
  unfolded: false,
  one: 'main',
  asked: false,
};

export const useSidePanes = create<SidePanes>()(() => SHOWN);
const { setState: set, getState: get } = useSidePanes;

/** Called when the reader changes between one source and two. The side panes come back with one source. */
export const setSplit = (isSplit: boolean): void => {
  if (get().isSplit !== isSplit) set({ isSplit, besideTwo: FOLDED });
};

/** Which side panes are shown in a window with room for them. */
export const shownBeside = ({ isSplit, besideTwo, start, end }: SidePanes): Shown =>
  isSplit ? besideTwo : { start, end };

const setBeside = (pane: SidePane, isShown: boolean): void => {
  const { isSplit, besideTwo } = get();
  set(isSplit ? { besideTwo: { ...besideTwo, [pane]: isShown } } : { [pane]: isShown, asked: true });
};

/** Shows a pane in the way that fits the window’s width. */
export function showPane(pane: SidePane): void {
  const width = frameWidth();
  if (width === 'one') set({ one: pane });
  else if (width === 'folded' && pane === 'start') set({ unfolded: true });
  else setBeside(pane, true);
}

/** Toggles a pane. Returns whether it is shown now. */
export function togglePane(pane: SidePane): boolean {
  if (!isPaneShown(pane)) {
    showPane(pane);
    return true;
  }
  const width = frameWidth();
  if (width === 'one') set({ one: 'main' });
  else if (width === 'folded' && pane === 'start') set({ unfolded: false });
  else setBeside(pane, false);
  return false;
}

export function isPaneShown(pane: SidePane): boolean {
  const { unfolded, one } = get();
  const { start, end } = shownBeside(get());
  const width = frameWidth();
  if (width === 'one') return one === pane;
  if (pane === 'end') return end;
  return width === 'folded' ? unfolded : start;
}

/** Shows the source in a window with room for one pane. */
export const showSourcePane = (): void => set({ one: 'main' });
/** Sets the pane that is shown in a window with room for one. */
export const showOnly = (one: SidePanes['one']): void => set({ one });
export const closeSidebar = (): void => set({ unfolded: false });

const shownSchema = z.object({ start: z.boolean(), end: z.boolean() });
const BOTH = { start: true, end: true };

/** Restores which panes were hidden in this project, and stores it from then on. */
export function useKeptSidePanes(): void {
  const { start, end } = useSidePanes();
  const kept = useViewState('panes.shown', shownSchema, BOTH);
  const restored = useRef(false);
  const { ready, value, set: keep } = kept;
  useEffect(() => {
    if (restored.current || !ready) return;
    restored.current = true;
    // If a pane was toggled before this was read, keep that.
    if (!get().asked) set(value);
  }, [ready, value]);
  const last = useRef(BOTH);
  useEffect(() => {
    if (!restored.current || (last.current.start === start && last.current.end === end)) return;
    last.current = { start, end };
    keep({ start, end });
  }, [start, end, keep]);
  // Reset when the project is closed: another project has its own state.
  useEffect(() => () => set(({ isSplit }) => ({ ...SHOWN, isSplit })), []);
}

/** For each set of panes, each pane’s share of the width in percent. */
const sharesSchema = z.record(z.string(), z.record(z.string(), z.number()));
const NONE: z.infer<typeof sharesSchema> = {};

/** Panes whose widths are kept with the project, each set of panes by itself. */
export function KeptPanes({ id, panes }: { id: string; panes: readonly Pane[] }) {
  const { t } = useTranslation();
  const kept = useViewState(`panes.${id}`, sharesSchema, NONE);
  const set = panes.map((pane) => pane.id).join(' ');
  if (!kept.ready) return null;
  return (
    <Panes
      id={id}
      panes={panes}
      layout={kept.value[set]}
      onLayout={(layout) => kept.set({ ...kept.value, [set]: { ...layout } })}
      edgeLabel={(pane) => t('app.resize', { pane })}
    />
  );
}

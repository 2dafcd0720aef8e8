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
  /** Whether it is shown, where there is room beside the source. */
  readonly start: boolean;
  readonly end: boolean;
  /** The same while the reader is split: folded then, so that the two sources have the room, unless asked for. */
  readonly besideTwo: Shown;
  readonly isSplit: boolean;
  /** Whether the sidebar is open over the source, where there is room for a rail only. */
  readonly unfolded: boolean;
  /** The pane that is shown, where there is room for one. */
  readonly one: SidePane | 'main';
  /** A pane was shown or hidden since the project was opened. */
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

/** Called when the reader has one source or two side by side. The panes beside it come back when it has one again. */
export const setSplit = (isSplit: boolean): void => {
  if (get().isSplit !== isSplit) set({ isSplit, besideTwo: FOLDED });
};

/** Which panes are shown where there is room beside the source. */
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

/** Shows the source where there is room for one pane only. */
export const showSourcePane = (): void => set({ one: 'main' });
/** The pane that is shown where there is room for one. */
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
    // A pane that was toggled before this was read keeps that state.
    if (!get().asked) set(value);
  }, [ready, value]);
  const last = useRef(BOTH);
  useEffect(() => {
    if (!restored.current || (last.current.start === start && last.current.end === end)) return;
    last.current = { start, end };
    keep({ start, end });
  }, [start, end, keep]);
  // Another project has its own state.
  useEffect(() => () => set(({ isSplit }) => ({ ...SHOWN, isSplit })), []);
}

/** The shares of the panes of each set, in percent. */
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

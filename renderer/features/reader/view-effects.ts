import { use, useEffect, useRef } from 'react';
import { closePalette, setSelected, useReading } from '../../common/reader/reading-state.ts';
import { sideOf } from '../../common/workbench/workbench.ts';
import type { SourceView, TextRange } from '../../viewer/types.ts';
import { registerFocus } from './focus-side.ts';
import { SideContext, useIsActive, useSide } from './sides.ts';

/** Goes to the passage or the place one comes for, as soon as there is something to go to. */
export function useArrivals(
  view: SourceView | null,
  ready: boolean,
  reveal: (id: string) => void,
  turnTo: (spot: TextRange) => boolean,
): void {
  const { id, arrivals } = useSide();
  const done = useRef(-1);
  useEffect(() => {
    if (view === null || !ready || done.current === arrivals) return;
    done.current = arrivals;
    const { passage = null, spot = null } = sideOf(id) ?? {};
    if (passage !== null) reveal(passage);
    else if (spot !== null && !turnTo(spot)) view.scrollTo(spot.start, spot.end);
  }, [view, ready, id, arrivals, reveal, turnTo]);
}

/** When what was selected has become a passage, the selection goes. */
export function useLetGo(view: SourceView | null): void {
  const side = use(SideContext);
  const selected = useReading((state) => state.selections[side]);
  useEffect(() => {
    if (selected === null && view !== null && view.selection() !== null) view.setSelection(null);
  }, [selected, view]);
}

/** The palette gives the keyboard back to the source it was called from. */
export function useFocusAfterPalette(view: SourceView | null): void {
  const isActive = useIsActive();
  const isOpen = useReading((state) => state.palette !== null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen && isActive) view?.focus();
    wasOpen.current = isOpen;
  }, [isOpen, isActive, view]);
}

/** A source that opens takes the keyboard if nothing else has it, and takes it back when the buttons for a selection go. */
export function useFocusOnOpening(view: SourceView | null): void {
  const side = use(SideContext);
  const isActive = useIsActive();
  const selected = useReading((state) => state.selections[side]);
  useEffect(() => {
    if (view !== null && isActive && selected === null && document.activeElement === document.body) view.focus();
  }, [view, isActive, selected]);
}

/** The source takes the keyboard when its side is gone to. */
export function useFocusOfSide(view: SourceView | null): void {
  const side = use(SideContext);
  useEffect(() => (view === null ? undefined : registerFocus(side, () => view.focus())), [side, view]);
}

/** What was selected in a source, and the palette over it, go when one leaves it. */
export function useLeaving(): void {
  const side = use(SideContext);
  useEffect(
    () => () => {
      setSelected(null, side);
      closePalette();
    },
    [side],
  );
}

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import { closePalette, setSelected, useReading } from '../../app/state/reading.ts';
import { useViewState } from '../../app/state/view-state.ts';
import { setPage, useWorkbench } from '../../app/state/workbench.ts';
import type { FrozenPageView } from '../../viewer/page/frozen-page-view.ts';
import type { PdfView } from '../../viewer/pdf/view.ts';
import type { TextView } from '../../viewer/text/view.ts';
import type { DrawnPassage, ScreenBox, SourceView } from '../../viewer/types.ts';
import type { useReadingPosition } from './useReadingPosition.ts';

const PAPERS = ['light', 'dark'] as const;
export type Paper = (typeof PAPERS)[number];

/** The view that shows the source in front, and what is known of it. */
export interface OpenViews {
  readonly view: SourceView | null;
  readonly pdf: PdfView | null;
  readonly place: { readonly page: number; readonly zoom: number };
  readonly areaTool: boolean;
  readonly paper: Paper;
  readonly setPaper: (paper: Paper) => void;
  readonly setPdf: (view: PdfView | null) => void;
  readonly setText: (view: TextView | null) => void;
  readonly setFrozen: (view: FrozenPageView | null) => void;
  readonly onPlace: (page: number, zoom: number) => void;
  readonly onScroll: (offset: number) => void;
  readonly onAreaTool: (on: boolean) => void;
  /** Brings a passage into view. */
  readonly reveal: (id: string) => void;
  /** Where a passage, or what is selected, is on the screen. */
  readonly boxOf: (id: string | null) => ScreenBox | null;
}

export function useOpenViews(
  position: ReturnType<typeof useReadingPosition>,
  drawn: readonly DrawnPassage[],
  ready: boolean,
): OpenViews {
  const [view, setView] = useState<SourceView | null>(null);
  const [pdf, setPdfView] = useState<PdfView | null>(null);
  const [place, setPlace] = useState({ page: 1, zoom: 1 });
  const [areaTool, setAreaTool] = useState(false);
  const paper = useViewState<Paper>('reader.paper', z.enum(PAPERS), 'light');
  const { keep } = position;

  const latestDrawn = useRef(drawn);
  useEffect(() => {
    latestDrawn.current = drawn;
  });
  const reveal = useCallback(
    (id: string) => {
      const passage = latestDrawn.current.find((one) => one.id === id);
      if (passage === undefined) return;
      if (pdf !== null) pdf.revealPassage(passage);
      else if (passage.kind === 'text') view?.scrollTo(passage.start, passage.end);
    },
    [view, pdf],
  );
  useArrivals(view, ready, reveal);
  useLetGo(view);
  useFocusAfterPalette(view);
  useFocusOnOpening(view);

  const setters = useSetters(position, setView, setPdfView);
  const latestPdf = useRef<PdfView | null>(null);
  useEffect(() => {
    latestPdf.current = pdf;
  });
  const onPlace = useCallback(
    (page: number, zoom: number) => {
      setPlace((now) => (now.page === page && now.zoom === zoom ? now : { page, zoom }));
      setPage(page);
      const shown = latestPdf.current;
      if (shown !== null) keep({ ...shown.position(), zoom: shown.zoom });
    },
    [keep],
  );
  const onScroll = useCallback((offset: number) => keep({ offset }), [keep]);
  const boxOf = useCallback(
    (id: string | null) => {
      const passage = latestDrawn.current.find((one) => one.id === id);
      if (id !== null && pdf !== null) return pdf.boxOfPassage(id);
      const range = passage ?? view?.selection() ?? null;
      return range === null || view === null ? null : view.boxOf(range);
    },
    [view, pdf],
  );
  const setPaper = paper.set;
  return useMemo(
    () => ({
      view,
      pdf,
      place,
      areaTool,
      paper: paper.value,
      setPaper,
      ...setters,
      onPlace,
      onScroll,
      onAreaTool: setAreaTool,
      reveal,
      boxOf,
    }),
    [view, pdf, place, areaTool, paper.value, setPaper, setters, onPlace, onScroll, reveal, boxOf],
  );
}

/** Takes a view when it is made, and puts it where one was. */
function useSetters(
  position: ReturnType<typeof useReadingPosition>,
  setView: (view: SourceView | null) => void,
  setPdfView: (view: PdfView | null) => void,
): Pick<OpenViews, 'setPdf' | 'setText' | 'setFrozen'> {
  const first = useRef(position.left);
  const setPdf = useCallback(
    (next: PdfView | null) => {
      // First where one was; a passage one comes for is gone to after that.
      next?.goToPosition(first.current);
      setPdfView(next);
      setView(next);
    },
    [setPdfView, setView],
  );
  const setText = useCallback(
    (next: TextView | null) => {
      next?.goTo(first.current.offset);
      setView(next);
    },
    [setView],
  );
  const setFrozen = useCallback(
    (next: FrozenPageView | null) => {
      const { offset } = first.current;
      if (offset > 0) next?.scrollTo(offset, offset + 1);
      setView(next);
    },
    [setView],
  );
  return useMemo(() => ({ setPdf, setText, setFrozen }), [setPdf, setText, setFrozen]);
}

/** Goes to the passage one comes for, as soon as there is something to go to. */
function useArrivals(view: SourceView | null, ready: boolean, reveal: (id: string) => void): void {
  const arrivals = useWorkbench((state) => state.arrivals);
  const done = useRef(-1);
  useEffect(() => {
    const { passage } = useWorkbench.getState();
    if (view === null || !ready || done.current === arrivals) return;
    done.current = arrivals;
    if (passage !== null) reveal(passage);
  }, [view, ready, arrivals, reveal]);
}

/** When what was selected has become a passage, the selection goes. */
function useLetGo(view: SourceView | null): void {
  const selected = useReading((state) => state.selected);
  useEffect(() => {
    if (selected === null && view !== null && view.selection() !== null) view.setSelection(null);
  }, [selected, view]);
}

/** The palette gives the keyboard back to the source it was called from. */
function useFocusAfterPalette(view: SourceView | null): void {
  const isOpen = useReading((state) => state.palette !== null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) view?.focus();
    wasOpen.current = isOpen;
  }, [isOpen, view]);
}

/** A source that opens takes the keyboard if nothing else has it, and takes it back when the buttons for a selection go. */
function useFocusOnOpening(view: SourceView | null): void {
  const selected = useReading((state) => state.selected);
  useEffect(() => {
    if (view !== null && selected === null && document.activeElement === document.body) view.focus();
  }, [view, selected]);
}

/** What was selected in a source, and the palette over it, go when one leaves it. */
export function useLeaving(): void {
  useEffect(
    () => () => {
      setSelected(null);
      closePalette();
    },
    [],
  );
}

import { use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Source } from '../../../shared/model/index.ts';
import { useReading } from '../../app/state/reading.ts';
import { setPage } from '../../app/state/workbench.ts';
import type { FrozenPageView } from '../../viewer/page/frozen-page-view.ts';
import type { Spread } from '../../viewer/pdf/layout.ts';
import type { PdfView } from '../../viewer/pdf/view.ts';
import type { TextView } from '../../viewer/text/view.ts';
import type { DrawnPassage, ScreenBox, SourceView } from '../../viewer/types.ts';
import { SideContext } from './sides.ts';
import { usePaper, type Paper } from './usePaper.ts';
import { useArrivals, useFocusAfterPalette, useFocusOnOpening, useFocusOfSide, useLetGo } from './view-effects.ts';
import { LEAST_SCALE, MOST_SCALE, type useReadingPosition } from './useReadingPosition.ts';

export interface Place {
  /** PDF: the page one reads, from 1. */
  readonly page: number;
  /** 1 is the source's own size. */
  readonly zoom: number;
  readonly spread: Spread;
}

/** The view that shows the source in front, and what is known of it. */
export interface OpenViews {
  readonly view: SourceView | null;
  readonly pdf: PdfView | null;
  readonly place: Place;
  /** How large text and frozen pages are set; 1 is their own size. */
  readonly scale: number;
  readonly setScale: (scale: number) => void;
  /** So many times as large as it is now. */
  readonly onZoom: (factor: number) => void;
  readonly areaTool: boolean;
  readonly paper: Paper;
  readonly setPaper: (paper: Paper) => void;
  readonly setPdf: (view: PdfView | null) => void;
  readonly setText: (view: TextView | null) => void;
  readonly setFrozen: (view: FrozenPageView | null) => void;
  readonly onPlace: (page: number, zoom: number, spread: Spread) => void;
  readonly onScroll: (offset: number) => void;
  readonly onAreaTool: (on: boolean) => void;
  /** Brings a passage into view. */
  readonly reveal: (id: string) => void;
  /** Where a passage, or what is selected, is on the screen. */
  readonly boxOf: (id: string | null) => ScreenBox | null;
}

export function useOpenViews(
  kind: Source['kind'],
  position: ReturnType<typeof useReadingPosition>,
  drawn: readonly DrawnPassage[],
  ready: boolean,
): OpenViews {
  const side = use(SideContext);
  const [view, setView] = useState<SourceView | null>(null);
  const [pdf, setPdfView] = useState<PdfView | null>(null);
  const [place, setPlace] = useState<Place>({ page: 1, zoom: 1, spread: position.left.spread });
  const [areaTool, setAreaTool] = useState(false);
  const paper = usePaper(kind);
  const { keep } = position;
  const scale = useScale(position);

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
  useFocusOfSide(view);

  const setters = useSetters(position, setView, setPdfView);
  const latestPdf = useRef<PdfView | null>(null);
  useEffect(() => {
    latestPdf.current = pdf;
  });
  const onPlace = useCallback(
    (page: number, zoom: number, spread: Spread) => {
      setPlace((now) =>
        now.page === page && now.zoom === zoom && now.spread === spread ? now : { page, zoom, spread },
      );
      setPage(page, side);
      const shown = latestPdf.current;
      if (shown !== null) keep({ ...shown.position(), zoom: shown.zoom, spread, turn: shown.turn });
    },
    [keep, side],
  );
  const onScroll = useCallback((offset: number) => keep({ offset }), [keep]);
  const boxOf = useCallback(
    (id: string | null) => {
      const passage = latestDrawn.current.find((one) => one.id === id);
      if (id !== null && pdf !== null) return pdf.boxOfPassage(id);
      const { selected } = useReading.getState();
      const marked = selected?.marked.kind === 'text' ? selected.marked : null;
      const range = passage ?? view?.selection() ?? marked;
      return range === null || view === null ? null : view.boxOf(range);
    },
    [view, pdf],
  );
  return useMemo(
    () => ({
      view,
      pdf,
      place,
      ...scale,
      areaTool,
      ...paper,
      ...setters,
      onPlace,
      onScroll,
      onAreaTool: setAreaTool,
      reveal,
      boxOf,
    }),
    [view, pdf, place, scale, areaTool, paper, setters, onPlace, onScroll, reveal, boxOf],
  );
}

/** How large text and frozen pages are set, kept with the place in them. */
function useScale({
  left,
  keep,
}: ReturnType<typeof useReadingPosition>): Pick<OpenViews, 'scale' | 'setScale' | 'onZoom'> {
  const [scale, set] = useState(left.scale);
  const latest = useRef(left.scale);
  const setScale = useCallback(
    (wanted: number) => {
      latest.current = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, wanted));
      set(latest.current);
      keep({ scale: latest.current });
    },
    [keep],
  );
  // Several turns of the wheel come between two drawings.
  const onZoom = useCallback((factor: number) => setScale(latest.current * factor), [setScale]);
  return useMemo(() => ({ scale, setScale, onZoom }), [scale, setScale, onZoom]);
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
      next?.goTo(first.current.offset);
      setView(next);
    },
    [setView],
  );
  return useMemo(() => ({ setPdf, setText, setFrozen }), [setPdf, setText, setFrozen]);
}

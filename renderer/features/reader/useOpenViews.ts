import { use, useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { z } from 'zod';
import { useCall } from '../../api/index.ts';
import { useSayPassage } from '../../common/passages/spoken.ts';
import { useReading, closePalette, setSelected } from '../../common/reader/reading-state.ts';
import { useViewState } from '../../common/workbench/view-state.ts';
import { setPage, paneOf } from '../../common/workbench/workbench.ts';
import { registerScreenFocus } from '../../ui/focus-memory.ts';
import { useMedia } from '../../ui/useMedia.ts';
import type { FrozenPageView } from '../../viewer/page/frozen-page-view.ts';
import type { Spread } from '../../viewer/pdf/layout.ts';
import type { PdfView } from '../../viewer/pdf/view.ts';
import type { TextView } from '../../viewer/text/view.ts';
import type { DrawnPassage, ScreenBox, SourceView, TextRange } from '../../viewer/types.ts';
import { type Shown, useAfterPageSwitch, usePageSwitch, type ShownKind } from './shown.ts';
import { PaneContext, registerFocus, useIsActive, useReaderPane } from './panes.ts';
import { LEAST_SCALE, MOST_SCALE, type ReadingPosition, type useReadingPosition } from './useReadingPosition.ts';

interface Place {
  /** The current page of a PDF, from 1. */
  readonly page: number;
  /** 1 is the source's own size. */
  readonly zoom: number;
  readonly spread: Spread;
}

/** The view that shows the source, and its state. */
export interface OpenViews {
  readonly shown: Shown;
  readonly view: SourceView | null;
  /** The view of pages: of a PDF or an image. */
  readonly pdf: PdfView | null;
  readonly place: Place;
  /** The zoom of texts and frozen pages; 1 is their own size. */
  readonly scale: number;
  readonly setScale: (scale: number) => void;
  /** Multiplies the zoom. */
  readonly onZoom: (factor: number) => void;
  readonly areaTool: boolean;
  readonly paper: Paper;
  readonly setPaper: (paper: Paper) => void;
  /** Shows a page's screenshot and starts drawing an area there. */
  readonly drawOnScreenshot: () => void;
  readonly setPdf: (view: PdfView | null) => void;
  readonly setText: (view: TextView | null) => void;
  readonly setFrozen: (view: FrozenPageView | null) => void;
  /** The current position. */
  readonly position: () => ReadingPosition;
  readonly onPlace: (page: number, zoom: number, spread: Spread) => void;
  readonly onScroll: (offset: number) => void;
  readonly onAreaTool: (on: boolean) => void;
  /** Scrolls to a passage. */
  readonly reveal: (id: string) => void;
  /** Where a passage, or the selection, is on the screen. */
  readonly boxOf: (id: string | null) => ScreenBox | null;
}

/** The view that shows the source, and what can be done with it. */
export function useOpenViews(
  shown: Shown,
  position: ReturnType<typeof useReadingPosition>,
  drawn: readonly DrawnPassage[],
  ready: boolean,
  elsewhere: (id: string) => boolean,
): OpenViews {
  const pane = use(PaneContext);
  const [view, setView] = useState<SourceView | null>(null);
  const [pdf, setPdfView] = useState<PdfView | null>(null);
  const [place, setPlace] = useState<Place>({ page: 1, zoom: 1, spread: position.initial.spread });
  const [areaTool, setAreaTool] = useState(false);
  const paper = usePaper(shown.kind);
  const { keep, latest } = position;
  const scale = useScale(position);

  const pageSwitch = usePageSwitch(shown, elsewhere);
  const latestDrawn = useRef(drawn);
  useEffect(() => {
    latestDrawn.current = drawn;
  });
  const reveal = useCallback(
    (id: string) => {
      const passage = latestDrawn.current.find((one) => one.id === id);
      if (passage === undefined) {
        pageSwitch.toPassage(id);
        return;
      }
      if (pdf !== null) pdf.revealPassage(passage);
      else if (passage.kind === 'text') view?.scrollTo(passage.start, passage.end);
    },
    [view, pdf, pageSwitch],
  );
  useNavigationTarget(view, ready, reveal, pageSwitch.toRange);
  useAfterPageSwitch(pageSwitch, { shown, view, pdf, drawn, reveal });
  useClearSelection(view);
  useFocusAfterPalette(view);
  useFocusOnOpening(view);
  usePaneFocus(view);

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
      setPage(page, pane);
      const sheet = latestPdf.current;
      if (sheet !== null) keep({ ...sheet.position(), zoom: sheet.zoom, spread, turn: sheet.turn });
    },
    [keep, pane],
  );
  const onScroll = useCallback((offset: number) => keep({ offset }), [keep]);
  const boxOf = useBoxOf(latestDrawn, view, pdf);
  return useMemo(
    () => ({
      shown,
      view,
      pdf,
      place,
      ...scale,
      areaTool,
      ...paper,
      ...setters,
      position: latest,
      onPlace,
      onScroll,
      onAreaTool: setAreaTool,
      reveal,
      boxOf,
      drawOnScreenshot: pageSwitch.toArea,
    }),
    [shown, view, pdf, place, scale, areaTool, paper, setters, onPlace, onScroll, reveal, boxOf, latest, pageSwitch],
  );
}

function useBoxOf(
  drawn: RefObject<readonly DrawnPassage[]>,
  view: SourceView | null,
  pdf: PdfView | null,
): OpenViews['boxOf'] {
  return useCallback(
    (id: string | null) => {
      const passage = drawn.current.find((one) => one.id === id);
      if (id !== null && pdf !== null) return pdf.boxOfPassage(id);
      const { selected } = useReading.getState();
      const marked = selected?.marked.kind === 'text' ? selected.marked : null;
      const range = passage ?? view?.selection() ?? marked;
      return range === null || view === null ? null : view.boxOf(range);
    },
    [drawn, view, pdf],
  );
}

/** The zoom of texts and frozen pages, kept with the reading position. */
function useScale({
  initial,
  keep,
}: ReturnType<typeof useReadingPosition>): Pick<OpenViews, 'scale' | 'setScale' | 'onZoom'> {
  const [scale, set] = useState(initial.scale);
  const latest = useRef(initial.scale);
  const setScale = useCallback(
    (wanted: number) => {
      latest.current = Math.min(MOST_SCALE, Math.max(LEAST_SCALE, wanted));
      set(latest.current);
      keep({ scale: latest.current });
    },
    [keep],
  );
  // Several wheel events can come between two renders.
  const onZoom = useCallback((factor: number) => setScale(latest.current * factor), [setScale]);
  return useMemo(() => ({ scale, setScale, onZoom }), [scale, setScale, onZoom]);
}

/** Functions that store a new view and scroll it to the reading position. */
function useSetters(
  position: ReturnType<typeof useReadingPosition>,
  setView: (view: SourceView | null) => void,
  setPdfView: (view: PdfView | null) => void,
): Pick<OpenViews, 'setPdf' | 'setText' | 'setFrozen'> {
  const { latest } = position;
  const setPdf = useCallback(
    (next: PdfView | null) => {
      // The reading position first; a passage that was navigated to is scrolled to afterwards.
      next?.goToPosition(latest());
      setPdfView(next);
      setView(next);
    },
    [latest, setPdfView, setView],
  );
  const setText = useCallback(
    (next: TextView | null) => {
      next?.goTo(latest().offset);
      setView(next);
    },
    [latest, setView],
  );
  const setFrozen = useCallback(
    (next: FrozenPageView | null) => {
      next?.goTo(latest().offset);
      setView(next);
    },
    [latest, setView],
  );
  return useMemo(() => ({ setPdf, setText, setFrozen }), [setPdf, setText, setFrozen]);
}

/** Goes to the passage or range that was navigated to, once the view is ready. */
function useNavigationTarget(
  view: SourceView | null,
  ready: boolean,
  reveal: (id: string) => void,
  turnTo: (openedRange: TextRange) => boolean,
): void {
  const { id, navigations } = useReaderPane();
  const sayPassage = useSayPassage();
  const done = useRef(-1);
  useEffect(() => {
    if (view === null || !ready || done.current === navigations) return;
    done.current = navigations;
    const { passage = null, openedRange = null } = paneOf(id) ?? {};
    if (passage !== null) {
      reveal(passage);
      sayPassage('reached', passage);
    } else if (openedRange !== null && !turnTo(openedRange)) view.scrollTo(openedRange.start, openedRange.end);
  }, [view, ready, id, navigations, reveal, turnTo, sayPassage]);
}

/**
 * Clears the view’s selection when it became a passage, or another passage was opened. A selection that was begun in
 * the meantime, and is not reported yet, stays.
 */
function useClearSelection(view: SourceView | null): void {
  const pane = use(PaneContext);
  useEffect(() => {
    if (view === null) return undefined;
    return useReading.subscribe(({ selections }, before) => {
      const was = before.selections[pane]?.marked;
      if (selections[pane] !== null || was?.kind !== 'text') return;
      const now = view.selection();
      if (now?.start === was.start && now.end === was.end) view.setSelection(null);
    });
  }, [view, pane]);
}

/** Returns the focus to the source when the palette closes. */
function useFocusAfterPalette(view: SourceView | null): void {
  const isActive = useIsActive();
  const isOpen = useReading((state) => state.palette !== null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen && isActive) view?.focus();
    wasOpen.current = isOpen;
  }, [isOpen, isActive, view]);
}

/** Focuses a source when it opens and when the selection’s buttons disappear, unless something else has the focus. */
function useFocusOnOpening(view: SourceView | null): void {
  const pane = use(PaneContext);
  const isActive = useIsActive();
  const selected = useReading((state) => state.selections[pane]);
  useEffect(() => {
    if (view !== null && isActive && selected === null && document.activeElement === document.body) view.focus();
  }, [view, isActive, selected]);
}

/** Registers how to focus this pane. */
function usePaneFocus(view: SourceView | null): void {
  const pane = use(PaneContext);
  const isActive = useIsActive();
  useEffect(() => (view === null ? undefined : registerFocus(pane, () => view.focus())), [pane, view]);
  useEffect(() => (view === null || !isActive ? undefined : registerScreenFocus(() => view.focus())), [isActive, view]);
}

/** Clears the selection and closes the palette when the source is closed or another comes to the front. */
export function useClearOnClose(): void {
  const pane = use(PaneContext);
  useEffect(
    () => () => {
      setSelected(null, pane);
      closePalette();
    },
    [pane],
  );
}

const PAPERS = ['light', 'dark'] as const;
export type Paper = (typeof PAPERS)[number];
const schema = z.enum(PAPERS).nullable();

/**
 * The paper colour of a source: as chosen in this project, else by the settings. By default pages are on white paper,
 * since they are made for it, and plain text follows the theme. A choice that equals the default is not stored.
 */
function usePaper(kind: ShownKind): { readonly paper: Paper; readonly setPaper: (paper: Paper) => void } {
  const { value: kept, set } = useViewState('reader.paper', schema, null);
  const settings = useCall('app.state', {}).data?.settings;
  const isSystemDark = useMedia('(prefers-color-scheme: dark)');
  const theme = settings?.theme ?? 'system';
  const asTheme: Paper = theme === 'dark' || (theme === 'system' && isSystemDark) ? 'dark' : 'light';
  const inSettings = settings?.paper ?? 'light';
  const asSet = inSettings === 'asTheme' || (kind === 'text' && inSettings === 'light') ? asTheme : inSettings;
  const setPaper = useCallback((paper: Paper) => set(paper === asSet ? null : paper), [set, asSet]);
  const paper = kept ?? asSet;
  return useMemo(() => ({ paper, setPaper }), [paper, setPaper]);
}

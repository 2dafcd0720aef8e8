import { use, useCallback, useMemo, useRef } from 'react';
import { pageAt } from '../../../shared/anchoring/anchor.ts';
import { passageId, type Layer, type Passage, type Source } from '../../../shared/model/index.ts';
import { useAsk, useCall } from '../../api/index.ts';
import { dropHeldKeys } from '../../common/commands/held-keys.ts';
import { isKeyHeld, runKey } from '../../common/commands/registry.ts';
import { figureOfMark, setFigure, useFiguring } from '../../common/figures/mode.ts';
import { isMark, setMark, useMasking } from '../../common/masks/mode.ts';
import { startDrag, usePassageActs, type PassageActs } from '../../common/passages/passage-acts.ts';
import { quotationOf } from '../../common/passages/quotation.ts';
import { setSelected, useReading } from '../../common/reader/reading-state.ts';
import { suggestedRange } from '../../common/suggestions/suggestions.ts';
import { activate, clearOpenedRange, setPassage } from '../../common/workbench/workbench.ts';
import type { PdfView } from '../../viewer/pdf/view.ts';
import type { SourceView, TextRange, ViewEvents, ViewKey, ViewState } from '../../viewer/types.ts';
import type { Problem } from './Remarks.tsx';
import type { LinkMenuRequest, PassageMenuRequest } from './SourceMenus.tsx';
import { sourceKey } from './commands/target.ts';
import { PaneContext } from './panes.ts';
import type { OpenViews } from './useOpenViews.ts';

export interface ViewInput {
  readonly events: ViewEvents;
  /** Selects a range as a person would; null clears the selection. */
  readonly select: (range: TextRange | null) => void;
  /** The first visible offset, as last reported by the view. */
  readonly firstInView: () => number;
}

/** The parts of the views that are used here. */
interface ShownView extends Pick<OpenViews, 'onScroll' | 'onZoom'> {
  readonly view: Pick<SourceView, 'setSelection'> | null;
  readonly pdf: Pick<PdfView, 'wordsOf'> | null;
}

/** Listeners for selecting, clicking, dragging and keys, the same for every kind of view. */
export function useViewEvents(
  source: Source,
  layer: Layer | null,
  views: ShownView,
  passages: readonly Passage[],
  on: {
    readonly onProblem: (problem: Problem) => void;
    readonly onLink: (link: LinkMenuRequest) => void;
    readonly onMenu: (asked: PassageMenuRequest) => void;
  },
): ViewInput {
  const pane = use(PaneContext);
  const acts = usePassageActs();
  const { onScroll, onZoom, view, pdf } = views;
  const { onProblem, onLink, onMenu } = on;
  const storeSelection = useStoreSelection(source, pane, useWords(source, pdf));
  const seen = useRef(0);
  const dragOut = useDragQuotation(source, layer, passages);

  const select = useCallback(
    (range: TextRange | null) => {
      view?.setSelection(range);
      storeSelection(range);
    },
    [view, storeSelection],
  );
  const events = useMemo<ViewEvents>(
    () => ({
      onSelect: (range) => {
        if (range !== null) activate(pane);
        if (range !== null) dropHeldKeys();
        storeSelection(range);
      },
      onPassageClick: (id) => {
        activate(pane);
        if (putInFront(id)) return;
        const suggested = suggestedRange(id);
        if (suggested === null) {
          storeSelection(null);
          setPassage(passageId.parse(id), pane);
        } else {
          setPassage(null, pane);
          select(suggested);
        }
      },
      onMenu: (id, { left, bottom }) => {
        activate(pane);
        // A figure has no menu; selected words can be made one.
        if (useMasking.getState().isOn || (useFiguring.getState().isOn && id !== null)) return;
        const suggested = id === null ? null : suggestedRange(id);
        if (suggested !== null) {
          setPassage(null, pane);
          select(suggested);
        } else if (id !== null) {
          select(null);
          setPassage(passageId.parse(id), pane);
        }
        onMenu({ isPassage: id !== null && suggested === null, at: { x: left, y: bottom } });
      },
      onReshape: (passage, to) => acts.reshape(passageId.parse(passage), to),
      onDragOut: dragOut,
      onKey: (key) => {
        activate(pane);
        return pressKey(key, acts);
      },
      onScroll: (start) => {
        seen.current = start;
        onScroll(start);
      },
      onZoom,
      onAddress: (address, { left, bottom }) => onLink({ address, at: { x: left, y: bottom } }),
      onReady: (state: ViewState) => {
        if (!state.text && state.reason === 'text-differs') onProblem('textDiffers');
      },
    }),
    [acts, pane, storeSelection, select, dragOut, onScroll, onZoom, onProblem, onLink, onMenu],
  );
  const firstInView = useCallback(() => seen.current, []);
  return useMemo(() => ({ events, select, firstInView }), [events, select, firstInView]);
}

/** Presses a key in the view, now or after the act in progress; returns whether the app takes it. */
function pressKey(key: ViewKey, acts: PassageActs): boolean {
  const press = (): boolean => sourceKey(key, acts) || runKey(key);
  return isKeyHeld(key, false, () => void press()) || press();
}

/** Puts the mask or figure with this mark in front; returns whether it is one. Held keys were meant for what was in front before. */
function putInFront(mark: string): boolean {
  dropHeldKeys();
  const figure = figureOfMark(mark);
  if (figure !== null) setFigure(figure);
  else if (isMark(mark)) setMark(mark);
  else return false;
  return true;
}

type Words = (range: TextRange) => string | null;

/**
 * Returns the words of a range; null if they are not loaded, as for a selection across pages of a PDF just opened.
 */
function useWords({ kind, layer }: Source, pdf: ShownView['pdf']): Words {
  const { data } = useCall('layers.text', kind === 'pdf' || layer === null ? null : { id: layer });
  const text = data?.text ?? null;
  return useCallback(
    (range) => (pdf !== null ? pdf.wordsOf(range) : (text?.slice(range.start, range.end) ?? null)),
    [pdf, text],
  );
}

/**
 * Returns a function that stores the selection. Tagging does not wait for its words, which are only displayed and
 * quoted.
 */
function useStoreSelection({ id, layer }: Source, pane: 'a' | 'b', wordsOf: Words): (range: TextRange | null) => void {
  const ask = useAsk();
  const turn = useRef(0);
  return useCallback(
    (range: TextRange | null) => {
      turn.current += 1;
      const own = turn.current;
      if (range === null || layer === null) {
        setSelected(null, pane);
        return;
      }
      clearOpenedRange(pane);
      const { start, end } = range;
      const span = { source: id, layer, marked: { kind: 'text', start, end } as const };
      const words = wordsOf(range);
      setSelected({ ...span, exact: words ?? '' }, pane);
      if (words !== null) return;
      ask('layers.text', { id: layer }).then(
        ({ text }) => {
          const waits = own === turn.current && useReading.getState().selections[pane] !== null;
          if (waits) setSelected({ ...span, exact: text.slice(start, end) }, pane);
        },
        () => undefined,
      );
    },
    [ask, id, layer, pane, wordsOf],
  );
}

/**
 * Returns a function that adds the quotation of a passage or of the selection to a drag; nothing while its words are
 * not loaded.
 */
function useDragQuotation(source: Source, layer: Layer | null, passages: readonly Passage[]) {
  const pane = use(PaneContext);
  return useCallback(
    (id: string | null, transfer: DataTransfer) => {
      const passage = passages.find((one) => one.id === id);
      if (passage !== undefined) {
        startDrag(transfer, { kind: 'passage', passage: passage.id }, quotationOf(passage, source));
        return;
      }
      const span = useReading.getState().selections[pane];
      if (span === null || span.marked.kind !== 'text' || span.exact === '') return;
      const { start, end } = span.marked;
      const anchor: Passage['anchor'] = {
        kind: 'text',
        start,
        end,
        exact: span.exact,
        prefix: '',
        suffix: '',
        page: pageAt(layer?.pages ?? [], start),
        quads: [],
      };
      const lastPage = pageAt(layer?.pages ?? [], end - 1);
      startDrag(transfer, { kind: 'marked', span }, quotationOf({ anchor, lastPage }, source));
    },
    [passages, source, layer, pane],
  );
}

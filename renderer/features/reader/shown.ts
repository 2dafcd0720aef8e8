import { useCallback, useMemo, useState, useEffect, useRef } from 'react';
import type { LayerId, Passage, Source } from '../../../shared/model/index.ts';
import type { useReadingPosition } from './useReadingPosition.ts';
import type { PdfView } from '../../viewer/pdf/view.ts';
import type { DrawnPassage, SourceView, TextRange } from '../../viewer/types.ts';

/** What a source is shown as. `picture`: an image, or a page's screenshot. */
export type ShownKind = 'pdf' | 'picture' | 'page' | 'text';

/** Whether it is drawn by viewer/pdf as pages, which can hold areas. */
export const isOnSheet = (kind: ShownKind): boolean => kind === 'pdf' || kind === 'picture';

export interface Shown {
  readonly kind: ShownKind;
  /** The layer that is shown, which new passages refer to; null while there is none. */
  readonly layer: LayerId | null;
  /** Switches between a page's text and its screenshot; null if it has none. */
  readonly setAsPicture: ((on: boolean) => void) | null;
}

/** How a source is shown. A page with a screenshot opens as it was last shown. */
export function useShown(source: Source, { left, keep }: ReturnType<typeof useReadingPosition>): Shown {
  const [asPicture, set] = useState(left.asPicture);
  const setAsPicture = useCallback(
    (on: boolean) => {
      set(on);
      keep({ asPicture: on });
    },
    [keep],
  );
  const { kind, layer, picture } = source;
  return useMemo(() => {
    const can = kind === 'page' && picture !== null;
    const shown = shownKind(kind, can && asPicture);
    return {
      kind: shown,
      layer: can && shown === 'picture' ? picture : layer,
      setAsPicture: can ? setAsPicture : null,
    };
  }, [kind, layer, picture, asPicture, setAsPicture]);
}

function shownKind(kind: Source['kind'], asPicture: boolean): ShownKind {
  switch (kind) {
    case 'image':
      return 'picture';
    case 'page':
      return asPicture ? 'picture' : 'page';
    case 'pdf':
    case 'text':
      return kind;
  }
}

/** The passages drawn on what is shown: text passages on their own layer, a page's areas on its screenshot. */
export function passagesOn(passages: readonly Passage[], source: Source, { kind, layer }: Shown): readonly Passage[] {
  return passages.filter((passage) => {
    if (passage.anchor.kind === 'text') return kind !== 'picture' && passage.layer === layer;
    return source.kind === 'page' ? kind === 'picture' && passage.layer === layer : true;
  });
}

/** The passages on the source's present layers, without those on an earlier text. */
export const presentPassages = (passages: readonly Passage[], { layer }: Source): readonly Passage[] =>
  passages.filter((passage) => passage.anchor.kind === 'area' || passage.layer === layer);

/** What to do once the other view of a page (its text or its screenshot) is shown. */
type Waiting =
  | { readonly kind: 'passage'; readonly id: string }
  | { readonly kind: 'range'; readonly range: TextRange }
  | { readonly kind: 'area' };

/** Switching between a page's text and its screenshot. */
interface OtherSide {
  /** Goes to a passage in the other view, if it is there. */
  readonly toPassage: (id: string) => void;
  /** Goes to a range of the text. Returns false if the text is shown already. */
  readonly toRange: (range: TextRange) => boolean;
  /** Starts drawing an area on the screenshot. */
  readonly toArea: () => void;
  /** What is waiting to be done; {@link useTurnedOver} takes it. */
  readonly take: (isThere: (waiting: Waiting) => boolean) => Waiting | null;
}

/** `elsewhere` returns whether a passage is in the other view. */
export function useTurningOver({ kind, setAsPicture }: Shown, elsewhere: (id: string) => boolean): OtherSide {
  const waiting = useRef<Waiting | null>(null);
  const latest = useRef(elsewhere);
  useEffect(() => {
    latest.current = elsewhere;
  });
  return useMemo(() => {
    const turn = (toPicture: boolean, wanted: Waiting): void => {
      waiting.current = wanted;
      setAsPicture?.(toPicture);
    };
    return {
      toPassage: (id) => {
        if (setAsPicture !== null && latest.current(id)) turn(kind !== 'picture', { kind: 'passage', id });
      },
      toRange: (range) => {
        if (setAsPicture === null || kind !== 'picture') return false;
        turn(false, { kind: 'range', range });
        return true;
      },
      toArea: () => turn(true, { kind: 'area' }),
      take: (isThere) => {
        const wanted = waiting.current;
        if (wanted === null || !isThere(wanted)) return null;
        waiting.current = null;
        return wanted;
      },
    };
  }, [kind, setAsPicture]);
}

/** Does what is waiting, once the view it needs is ready. */
export function useTurnedOver(
  { take }: OtherSide,
  now: {
    readonly shown: Shown;
    readonly view: SourceView | null;
    readonly pdf: PdfView | null;
    readonly drawn: readonly DrawnPassage[];
    readonly reveal: (id: string) => void;
  },
): void {
  const { shown, view, pdf, drawn, reveal } = now;
  useEffect(() => {
    // The previous view is still set for a moment.
    if (view === null || (pdf !== null) !== isOnSheet(shown.kind)) return;
    const wanted = take((one) => one.kind !== 'passage' || drawn.some(({ id }) => id === one.id));
    if (wanted === null) return;
    switch (wanted.kind) {
      case 'passage':
        reveal(wanted.id);
        break;
      case 'range':
        view.scrollTo(wanted.range.start, wanted.range.end);
        break;
      case 'area':
        pdf?.markArea(true);
    }
  }, [take, shown, view, pdf, drawn, reveal]);
}

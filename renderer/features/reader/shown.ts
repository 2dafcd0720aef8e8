import { useCallback, useMemo, useState, useEffect, useRef } from 'react';
import type { LayerId, Passage, Source } from '../../../shared/model/index.ts';
import type { useReadingPosition } from './useReadingPosition.ts';
import type { PdfView } from '../../viewer/pdf/view.ts';
import type { DrawnPassage, SourceView, TextRange } from '../../viewer/types.ts';

/** What a source is shown as. `picture`: an image, or a page as it looked at import. */
export type ShownKind = 'pdf' | 'picture' | 'page' | 'text';

/** Whether it lies on a sheet of pages (viewer/pdf), which takes areas. */
export const isOnSheet = (kind: ShownKind): boolean => kind === 'pdf' || kind === 'picture';

export interface Shown {
  readonly kind: ShownKind;
  /** The layer that is shown, on which new passages lie; null while there is none. */
  readonly layer: LayerId | null;
  /** Pages that have a picture: shows it, or the page again. */
  readonly setAsPicture: ((on: boolean) => void) | null;
}

/** How a source is shown now: a page that has a picture is shown as either, and is found again as it was left. */
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

/** The passages that are drawn on what is shown: words on the very text they lie on, a page's areas on its picture. */
export function passagesOn(passages: readonly Passage[], source: Source, { kind, layer }: Shown): readonly Passage[] {
  return passages.filter((passage) => {
    if (passage.anchor.kind === 'text') return kind !== 'picture' && passage.layer === layer;
    return source.kind === 'page' ? kind === 'picture' && passage.layer === layer : true;
  });
}

/** Those on any of what is shown of a source: not the ones on a text that it had before. */
export const presentPassages = (passages: readonly Passage[], { layer }: Source): readonly Passage[] =>
  passages.filter((passage) => passage.anchor.kind === 'area' || passage.layer === layer);

/** What one came for on the other of a page's two sides (its text, its picture), to be done when that is shown. */
type Waiting =
  | { readonly kind: 'passage'; readonly id: string }
  | { readonly kind: 'range'; readonly range: TextRange }
  | { readonly kind: 'area' };

/** A page turned over: from its text to its picture, or back. */
interface OtherSide {
  /** Goes to a passage on the other side; nothing where there is none. */
  readonly toPassage: (id: string) => void;
  /** Goes to a range of the text. Answers false where the text is shown already. */
  readonly toRange: (range: TextRange) => boolean;
  /** Draws an area on the picture. */
  readonly toArea: () => void;
  /** What is waited for; taken by {@link useTurnedOver}. */
  readonly take: (isThere: (waiting: Waiting) => boolean) => Waiting | null;
}

/** `elsewhere` says which passages lie on the other side. */
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

/** Does what one turned the page over for, as soon as what it needs is there. */
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
    // The view of before is still known for a moment.
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

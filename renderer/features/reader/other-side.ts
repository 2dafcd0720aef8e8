import { useEffect, useMemo, useRef } from 'react';
import type { PdfView } from '../../viewer/pdf/view.ts';
import type { DrawnPassage, SourceView, TextRange } from '../../viewer/types.ts';
import { isOnSheet, type Shown } from './shown.ts';

/** What one came for on the other of a page's two sides (its text, its picture), to be done when that is shown. */
type Waiting =
  | { readonly kind: 'passage'; readonly id: string }
  | { readonly kind: 'range'; readonly range: TextRange }
  | { readonly kind: 'area' };

/** A page turned over: from its text to its picture, or back. */
export interface OtherSide {
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

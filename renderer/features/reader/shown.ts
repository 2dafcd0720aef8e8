import { useCallback, useMemo, useState, useEffect, useRef } from 'react';
import type { LayerId, Passage, Source } from '../../../shared/model/index.ts';
import type { PdfView } from '../../viewer/pdf/view.ts';
import type { DrawnPassage, SourceView, TextRange } from '../../viewer/types.ts';
import type { useReadingPosition } from './useReadingPosition.ts';

/** What a source is shown as. `image`: an image, or a page's screenshot. */
export type ShownKind = 'pdf' | 'image' | 'page' | 'text';

/** Whether it is displayed by viewer/pdf as pages, on which areas can be drawn. */
export const isOnSheet = (kind: ShownKind): boolean => kind === 'pdf' || kind === 'image';

export interface Shown {
  readonly kind: ShownKind;
  /** The layer that is shown, which new passages refer to; null while there is none. */
  readonly layer: LayerId | null;
  /** Switches between a page's text and its screenshot; null if it has none. */
  readonly showScreenshot: ((on: boolean) => void) | null;
}

/** How a source is shown. A page with a screenshot opens as it was last shown. */
export function useShown(source: Source, { initial, keep }: ReturnType<typeof useReadingPosition>): Shown {
  const [asScreenshot, set] = useState(initial.asPicture);
  const showScreenshot = useCallback(
    (on: boolean) => {
      set(on);
      keep({ asPicture: on });
    },
    [keep],
  );
  const { kind, layer, picture } = source;
  return useMemo(() => {
    const can = kind === 'page' && picture !== null;
    const shown = shownKind(kind, can && asScreenshot);
    return {
      kind: shown,
      layer: can && shown === 'image' ? picture : layer,
      showScreenshot: can ? showScreenshot : null,
    };
  }, [kind, layer, picture, asScreenshot, showScreenshot]);
}

function shownKind(kind: Source['kind'], asScreenshot: boolean): ShownKind {
  switch (kind) {
    case 'image':
      return 'image';
    case 'page':
      return asScreenshot ? 'image' : 'page';
    case 'pdf':
    case 'text':
      return kind;
  }
}

/** The passages drawn on what is shown: text passages on their own layer, a page's areas on its screenshot. */
export const passagesOn = (passages: readonly Passage[], source: Source, shown: Shown): readonly Passage[] =>
  passages.filter((passage) => isOn(passage, source, shown));

/** Whether a passage or a mask is drawn on what is shown. */
export function isOn(one: Pick<Passage, 'anchor' | 'layer'>, source: Source, { kind, layer }: Shown): boolean {
  if (one.anchor.kind === 'text') return kind !== 'image' && one.layer === layer;
  return source.kind === 'page' ? kind === 'image' && one.layer === layer : true;
}

/** The passages on the source's present layers, without those on an earlier text. */
export const presentPassages = (passages: readonly Passage[], { layer }: Source): readonly Passage[] =>
  passages.filter((passage) => passage.anchor.kind === 'area' || passage.layer === layer);

/** What to do once the other view of a page (its text or its screenshot) is displayed. */
type PendingAction =
  | { readonly kind: 'passage'; readonly id: string }
  | { readonly kind: 'range'; readonly range: TextRange }
  | { readonly kind: 'area' };

/** Switching between a page's text and its screenshot. */
interface PageSwitch {
  /** Goes to a passage in the other view, if it is there. */
  readonly toPassage: (id: string) => void;
  /** Goes to a range of the text. Returns false if the text is shown already. */
  readonly toRange: (range: TextRange) => boolean;
  /** Starts drawing an area on the screenshot. */
  readonly toArea: () => void;
  /** Removes and returns the pending action if it can be done; {@link useAfterPageSwitch} does it. */
  readonly take: (isThere: (pending: PendingAction) => boolean) => PendingAction | null;
}

/** Switches between a page’s text and its screenshot. `elsewhere` returns whether a passage is in the other view. */
export function usePageSwitch({ kind, showScreenshot }: Shown, elsewhere: (id: string) => boolean): PageSwitch {
  const pending = useRef<PendingAction | null>(null);
  const latest = useRef(elsewhere);
  useEffect(() => {
    latest.current = elsewhere;
  });
  return useMemo(() => {
    const turn = (toPicture: boolean, wanted: PendingAction): void => {
      pending.current = wanted;
      showScreenshot?.(toPicture);
    };
    return {
      toPassage: (id) => {
        if (showScreenshot !== null && latest.current(id)) turn(kind !== 'image', { kind: 'passage', id });
      },
      toRange: (range) => {
        if (showScreenshot === null || kind !== 'image') return false;
        turn(false, { kind: 'range', range });
        return true;
      },
      toArea: () => turn(true, { kind: 'area' }),
      take: (isThere) => {
        const wanted = pending.current;
        if (wanted === null || !isThere(wanted)) return null;
        pending.current = null;
        return wanted;
      },
    };
  }, [kind, showScreenshot]);
}

/** Does the pending action, once the view it needs is ready. */
export function useAfterPageSwitch(
  { take }: PageSwitch,
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
    // For a moment after switching, the previous view is still set.
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

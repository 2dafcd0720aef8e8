import { useCallback, useMemo, useState } from 'react';
import type { LayerId, Passage, Source } from '../../../shared/model/index.ts';
import type { useReadingPosition } from './useReadingPosition.ts';

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

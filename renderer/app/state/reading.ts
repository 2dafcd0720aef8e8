import { create } from 'zustand';
import type { Marked } from '../../../shared/contract/passages.ts';
import type { LayerId, PassageId, SourceId } from '../../../shared/model/index.ts';
import type { ScreenBox } from '../../viewer/types.ts';

/** What a person has marked in the source in front and not made a passage of yet. */
export interface MarkedSpan {
  readonly source: SourceId;
  readonly layer: LayerId;
  readonly marked: Marked;
  /** Its words, as the layer has them. */
  readonly exact: string;
}

/** What the palette tags: what is marked (which becomes a passage in the same commit), or passages there are. */
export type TagTarget =
  { readonly kind: 'marked'; readonly span: MarkedSpan } | { readonly kind: 'passage'; readonly passage: PassageId };

export interface OpenPalette {
  readonly mode: 'tags' | 'dimensions';
  readonly target: TagTarget;
  /** Where the passage is on the screen: the palette opens below it. */
  readonly box: ScreenBox;
}

/** What the reader, the palette and the inspector know together of the reading that goes on. */
export interface Reading {
  readonly selected: MarkedSpan | null;
  readonly palette: OpenPalette | null;
}

export const useReading = create<Reading>()(() => ({ selected: null, palette: null }));

export const setSelected = (selected: MarkedSpan | null): void => useReading.setState({ selected });
export const openPalette = (palette: OpenPalette): void => useReading.setState({ palette });
export const closePalette = (): void => useReading.setState({ palette: null });
/** The palette goes on with another target: what was marked has become a passage. */
export const retargetPalette = (target: TagTarget): void =>
  useReading.setState(({ palette }) => ({ palette: palette === null ? null : { ...palette, target } }));
export const setPaletteMode = (mode: OpenPalette['mode']): void =>
  useReading.setState(({ palette }) => ({ palette: palette === null ? null : { ...palette, mode } }));

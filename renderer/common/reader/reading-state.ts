import { create } from 'zustand';
import type { Marked } from '../../../shared/contract/passages.ts';
import type { LayerId, PassageId, SourceId } from '../../../shared/model/index.ts';
import type { ScreenBox } from '../../viewer/types.ts';
import { useWorkbench, type PaneId } from '../workbench/workbench.ts';

/** A range or area marked in the current source that is not a passage yet. */
export interface MarkedSpan {
  readonly source: SourceId;
  readonly layer: LayerId;
  readonly marked: Marked;
  /** The marked words, from the layer’s text. */
  readonly exact: string;
}

/** What the palette tags: a marked range (which becomes a passage in the same commit), or existing passages. */
export type TagTarget =
  { readonly kind: 'marked'; readonly span: MarkedSpan } | { readonly kind: 'passage'; readonly passage: PassageId };

export interface OpenPalette {
  readonly mode: 'tags' | 'dimensions';
  readonly target: TagTarget;
  /** The passage’s box on the screen: the palette opens below it. */
  readonly box: ScreenBox;
}

/** State that the reader, the palette and the inspector share. */
export interface Reading {
  /** What is selected in each pane of the reader. */
  readonly selections: Readonly<Record<PaneId, MarkedSpan | null>>;
  /** What is selected in the active pane. */
  readonly selected: MarkedSpan | null;
  /** The current match in each pane: a new passage is made of it while nothing is selected. */
  readonly matches: Readonly<Record<PaneId, MarkedSpan | null>>;
  readonly palette: OpenPalette | null;
}

export const useReading = create<Reading>()(() => ({
  selections: { a: null, b: null },
  selected: null,
  matches: { a: null, b: null },
  palette: null,
}));

export const setSelected = (span: MarkedSpan | null, pane: PaneId = useWorkbench.getState().active): void =>
  useReading.setState(({ selections }) => inFront({ ...selections, [pane]: span }));

const inFront = (selections: Reading['selections']): Pick<Reading, 'selections' | 'selected'> => ({
  selections,
  selected: selections[useWorkbench.getState().active],
});
// Set at once, not after drawing: the next key may already tag.
useWorkbench.subscribe(({ active }, before) => {
  if (active !== before.active) useReading.setState(({ selections }) => inFront(selections));
});
// Going to a passage or match drops the selection, so that keys act on the passage or match.
useWorkbench.subscribe(({ panes }, before) => {
  if (panes === before.panes) return;
  for (const { id, passage, navigations } of panes) {
    const was = before.panes.find((pane) => pane.id === id);
    const went =
      (passage !== null && passage !== was?.passage) || (was !== undefined && navigations !== was.navigations);
    if (went && useReading.getState().selections[id] !== null) setSelected(null, id);
  }
});
export const setMatch = (span: MarkedSpan | null, pane: PaneId): void =>
  useReading.setState(({ matches }) => ({ matches: { ...matches, [pane]: span } }));
/** The current match in the active pane. */
export const matchInFront = (): MarkedSpan | null => useReading.getState().matches[useWorkbench.getState().active];
export const openPalette = (palette: OpenPalette): void => useReading.setState({ palette });
export const closePalette = (): void => useReading.setState({ palette: null });
/** Gives the palette another target: the marked range has become a passage. */
export const retargetPalette = (target: TagTarget): void =>
  useReading.setState(({ palette }) => ({ palette: palette === null ? null : { ...palette, target } }));
export const setPaletteMode = (mode: OpenPalette['mode']): void =>
  useReading.setState(({ palette }) => ({ palette: palette === null ? null : { ...palette, mode } }));

/** A search over all sources that another feature requests; `count` tells repeated requests for the same words apart. */
export const useSearchRequest = create<{ readonly query: string; readonly count: number }>()(() => ({
  query: '',
  count: 0,
}));

/** Opens the search over all sources with these words. */
export const askSearch = (query: string): void =>
  useSearchRequest.setState(({ count }) => ({ query, count: count + 1 }));

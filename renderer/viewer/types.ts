import type { Area } from '../../shared/model/index.ts';

/**
 * The interface of every view of a source: PDF, image, frozen page or plain text. Offsets count UTF-16 code units in
 * the whole text of the layer shown; a range’s end is exclusive.
 */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A passage as the views draw it. */
export interface DrawnPassage {
  readonly id: string;
  readonly kind: 'text' | 'area';
  /** For `text`; 0 and 0 for an area. */
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly page: number;
  /** For `area`: in PDF points, or in pixels of an image. */
  readonly area: Area | null;
  /** Families of its tags, in codebook order (`trf`); empty for a passage without tags. */
  readonly families: readonly string[];
  /** The colour of the first family, where that is not one of the twelve built in. */
  readonly colour?: string;
  /** The categories' codes (`TRF.QUOTA`), for the margin. */
  readonly codes: readonly string[];
  /** Whether these are only suggested words, not a passage: drawn with a dotted line without a fill; no grips, cannot be dragged. */
  readonly suggested?: true;
  /** Whether its edges can’t be moved, since the project is read-only: no grips. */
  readonly fixed?: true;
  /** Whether a suggestion was made because it resembles passages, not because of a term: drawn with a dashed line. */
  readonly learned?: true;
}

/** The new range or area of a passage whose edge was moved. */
export type Reshaped =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  | { readonly kind: 'area'; readonly page: number; readonly area: Area };

/** The step of an edge that is moved with the keyboard. */
export type EdgeStep = 'character' | 'word';

/** A selection with its place on the screen, so that the palette can open beside it. */
export interface Selected extends TextRange {
  /** In CSS pixels of the app's own viewport. */
  readonly box: ScreenBox;
}
export interface ScreenBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A key pressed while the source has the focus, in the form that the app’s key bindings take. */
export interface ViewKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

/** The events of a view. All arguments are plain values; a view never changes the project. */
export interface ViewEvents {
  /** The selection has changed and the pointer or key is up; null when nothing is selected. */
  onSelect(selected: Selected | null): void;
  /** An area was drawn. Views without areas never call it. */
  onArea?(page: number, area: Area, box: ScreenBox): void;
  onPassageClick(id: string, box: ScreenBox): void;
  /** The context menu of a passage was requested at `box`; of the selection where `id` is null. */
  onMenu?(id: string | null, box: ScreenBox): void;
  /**
   * An edge of the current passage was moved. The view keeps drawing what `setPassages` was given; the listener calls
   * it with the new range or area once that is stored.
   */
  onReshape?(id: string, to: Reshaped): void;
  /**
   * A passage, or with null the selection, is being dragged out: the listener fills the transfer. The app’s window
   * receives `dragend` in every case, even where the drag began in a frame.
   */
  onDragOut?(passage: string | null, transfer: DataTransfer): void;
  /** Returns true when the app handled the key; the view then ignores it. */
  onKey(key: ViewKey): boolean;
  /** The context menu of a link was requested. The app offers “copy address” and never follows it. */
  onAddress?(address: string, box: ScreenBox): void;
  /** Zoom by a factor, from Ctrl+wheel or a trackpad pinch. Views that zoom by themselves never call it. */
  onZoom?(factor: number): void;
  /** The first visible offset changed by scrolling. */
  onScroll?(start: number): void;
  /** The view is ready, or cannot show this text: then text passages are off, and `reason` says why. */
  onReady?(state: ViewState): void;
}
export type ViewState =
  | {
      readonly text: true;
      /** A page without styles of its own. */
      readonly unstyled?: boolean;
      /** How many pages are embedded in the page. */
      readonly frames?: number;
    }
  | { readonly text: false; readonly reason: 'text-differs' | 'unreadable' };

/**
 * What the highlighted ranges are: matches of a search (`found`), or differences from another version: words that are
 * `gone` from the newer version or `new` in it. An empty range marks a place where only the other version has words.
 * The current range may overlap others.
 */
export type MatchLook = 'found' | 'gone' | 'new';

export interface SourceView {
  /** Scrolls the range into view, and opens folded content that it is in. */
  scrollTo(start: number, end: number): void;
  /** The visible part of a range on the screen, below which the palette opens; null while it is out of view. */
  boxOf(range: TextRange): ScreenBox | null;
  selection(): TextRange | null;
  setSelection(range: TextRange | null): void;
  setPassages(passages: readonly DrawnPassage[]): void;
  /** The current passage, drawn stronger. */
  setCurrent(id: string | null): void;
  /** Sets matches, in the order of the text. `current` is the index of the current one, drawn stronger. */
  setMatches(matches: readonly TextRange[], current?: number | null, look?: MatchLook): void;
  /** The offset one grapheme or word forward or back in the text; stops at the text’s ends. */
  step(offset: number, by: EdgeStep, forward: boolean): number;
  focus(): void;
  destroy(): void;
}

import type { Area } from '../../shared/model/index.ts';

/**
 * What the reader asks of any view of a source: PDF, frozen page or plain text. Offsets count UTF-16 code units in
 * the whole text of the layer that is shown; a range's end is exclusive.
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
  /** For `area`: PDF points. */
  readonly area: Area | null;
  /** Families of its tags, in the order of the codebook (`trf`); empty while it carries no tag. */
  readonly families: readonly string[];
  /** The colour of the first family, where that is not one of the twelve built in. */
  readonly colour?: string;
  /** The categories' codes (`TRF.QUOTA`), for the margin. */
  readonly codes: readonly string[];
}

/** Where a passage is to lie from now on. */
export type Reshaped =
  | { readonly kind: 'text'; readonly start: number; readonly end: number }
  | { readonly kind: 'area'; readonly page: number; readonly area: Area };

/** What an edge is moved by with the keyboard. */
export type EdgeStep = 'character' | 'word';

/** A selection, with where it lies on the screen, so that the palette can open beside it. */
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

/** A key pressed while the source has the focus, as the app's key bindings want it. */
export interface ViewKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

/** What a view tells the reader. Each is called with plain values; a view never changes the project. */
export interface ViewEvents {
  /** The selection settled (pointer up, key up), or is gone. */
  onSelect(selected: Selected | null): void;
  /** An area was drawn; views that take no areas never call it. */
  onArea?(page: number, area: Area, box: ScreenBox): void;
  onPassageClick(id: string, box: ScreenBox): void;
  /** A passage was asked for its acts (context menu); null: what is selected was. `box` is the place it was asked at. */
  onMenu?(id: string | null, box: ScreenBox): void;
  /**
   * An edge of the current passage was dragged elsewhere and let go. The view goes on drawing what `setPassages` says: the
   * new place comes from there, once it is in the project.
   */
  onReshape?(id: string, to: Reshaped): void;
  /**
   * What is selected, or a passage, is being dragged out: whoever listens fills the transfer. Null: the selection. However it
   * ends, the app's window hears `dragend`, also where the drag began in a frame.
   */
  onDragOut?(passage: string | null, transfer: DataTransfer): void;
  /** Answers true when the app took the key; the view then does nothing with it. */
  onKey(key: ViewKey): boolean;
  /** A link was asked for its address (context menu): the app offers "copy address", and never goes there. */
  onAddress?(address: string, box: ScreenBox): void;
  /** The wheel with Ctrl, or two fingers on a trackpad: so many times as large. Views that know their own zoom never call it. */
  onZoom?(factor: number): void;
  /** The first visible offset changed, by scrolling. */
  onScroll?(start: number): void;
  /** The view is ready to draw, or cannot show this text: passages of text are then off, and `reason` says why. */
  onReady?(state: ViewState): void;
}
export type ViewState =
  { readonly text: true } | { readonly text: false; readonly reason: 'text-differs' | 'unreadable' };

/**
 * What hits are: found by a search; or what another version of the source has otherwise: words that are `gone` from the newer
 * one, or `new` in it. An empty hit is a place where the other version has words that this one has not; the hit one is on
 * may lie over those it covers.
 */
export type HitLook = 'found' | 'gone' | 'new';

export interface SourceView {
  /** Brings the range into view; opens what is folded over it. */
  scrollTo(start: number, end: number): void;
  /** Where a range lies on the screen, as far as it is in view: the palette opens below it. Null while it is out of view. */
  boxOf(range: TextRange): ScreenBox | null;
  selection(): TextRange | null;
  setSelection(range: TextRange | null): void;
  setPassages(passages: readonly DrawnPassage[]): void;
  /** The passage one is on: drawn stronger. */
  setCurrent(id: string | null): void;
  /** Passing search hits, in the order of the text; `current` is the index of the one that one is on, drawn stronger. */
  setHits(hits: readonly TextRange[], current?: number | null, look?: HitLook): void;
  /** The offset one character (grapheme) or word before or after, in the order of the text; the text's own ends at its ends. */
  step(offset: number, by: EdgeStep, on: boolean): number;
  focus(): void;
  destroy(): void;
}

import type { TextRange } from '../types.ts';

/** A boundary point of a document. */
export interface DomPoint {
  readonly node: Node;
  readonly offset: number;
}

/**
 * Text that the browser lays out (plain text or a frozen page), for selecting and dragging. Offsets count UTF-16 code
 * units in `text`; boxes and points are in the viewport of `document`, which for a frozen page is its frame’s.
 */
export interface FlowSurface {
  readonly document: Document;
  /** Gets the pointer events: the frame’s document, or the view’s element. */
  readonly target: Node & GlobalEventHandlers;
  readonly text: string;
  /** Where an offset is in the document; with `closing`, after the unit before it. Null where there is no text. */
  toDom(offset: number, closing: boolean): DomPoint | null;
  /** The offset of a boundary point; null outside the text. */
  toOffset(point: DomPoint, closing: boolean): number | null;
  /** One box for each part of a drawn line; none for folded text. */
  boxes(range: TextRange): readonly DOMRect[];
  /** The code unit whose box is under a point; null beside the text. */
  unitAt(x: number, y: number): number | null;
  /** The first offset in view. */
  firstVisible(): number;
  /** Scrolls a caret at an offset into view. */
  reveal(offset: number): void;
  /** The visible part of the document. */
  view(): { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  /** Returns whether anything scrolled. */
  scrollBy(x: number, y: number): boolean;
}

/** Anchor and focus of a selection; equal for a caret. */
export interface Ends {
  readonly anchor: number;
  readonly focus: number;
}

/** The document’s selection within the text; null if it is elsewhere or empty. */
export function endsOf(surface: FlowSurface): Ends | null {
  const selection = surface.document.getSelection();
  if (selection === null || selection.anchorNode === null || selection.focusNode === null) return null;
  const range = selection.getRangeAt(0);
  const isBackwards = range.startContainer !== selection.anchorNode || range.startOffset !== selection.anchorOffset;
  const isCaret = selection.isCollapsed;
  const anchor = surface.toOffset(
    { node: selection.anchorNode, offset: selection.anchorOffset },
    isBackwards && !isCaret,
  );
  const focus = surface.toOffset(
    { node: selection.focusNode, offset: selection.focusOffset },
    !isBackwards && !isCaret,
  );
  return anchor === null || focus === null ? null : { anchor, focus };
}

/** Selects between two offsets in the document; the selection grows at `focus`. */
export function selectEnds(surface: FlowSurface, { anchor, focus }: Ends): void {
  const from = surface.toDom(anchor, anchor > focus);
  const to = surface.toDom(focus, focus > anchor);
  const selection = surface.document.getSelection();
  if (from !== null && to !== null) selection?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
}

/** The offset between characters nearest to a point; null outside the text. */
export function offsetAt(surface: FlowSurface, x: number, y: number): number | null {
  const caret = surface.document.caretPositionFromPoint(x, y);
  return caret === null ? null : surface.toOffset({ node: caret.offsetNode, offset: caret.offset }, false);
}

/** The caret’s line at an offset: of the character after it, or with `closing` of the one before. */
export function caretBox(
  surface: Pick<FlowSurface, 'document' | 'toDom'>,
  offset: number,
  closing: boolean,
): DOMRect | null {
  const point = surface.toDom(offset, closing);
  if (point === null) return null;
  const range = surface.document.createRange();
  range.setStart(point.node, point.offset);
  range.collapse(true);
  const rects = [...range.getClientRects()];
  // At a line break a caret has two places: the end of one line and the start of the next.
  return (closing ? rects[0] : rects.at(-1)) ?? null;
}

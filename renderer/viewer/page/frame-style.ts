/** A frame's document and the window whose classes its objects must come from. */
export interface Frame {
  readonly document: Document;
  readonly window: Window & typeof globalThis;
}

/** Names that a page's style sheet cannot guess, so that it cannot restyle or hide the marks. */
export function secretName(purpose: string): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `fz-${purpose}-${Array.from(random, (part) => part.toString(36)).join('')}`;
}

/** A style sheet of ours in a frame, after all of the page's own. */
export class FrameSheet {
  readonly #document: Document;
  readonly #sheet: CSSStyleSheet;

  constructor({ document, window }: Frame) {
    this.#document = document;
    this.#sheet = new window.CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#sheet];
  }
  set(css: string): void {
    this.#sheet.replaceSync(css);
  }
  remove(): void {
    this.#document.adoptedStyleSheets = this.#document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
  }
}

/**
 * What a page may not decide: that its text can be selected, what a selection looks like, and that things move for somebody who
 * asked for stillness. (Animations jump to their end: taken away, what they fade in would stay unseen.)
 */
export const readerRules = (selection: string): string =>
  `*, *::before, *::after { user-select: text !important; -webkit-user-select: text !important; }
   *::selection { background-color: ${selection} !important; }
   html { scroll-behavior: auto !important; }
   @media (forced-colors: active) { *::selection { background-color: Highlight !important; color: HighlightText !important; } }
   @media (prefers-reduced-motion: reduce) {
     *, *::before, *::after { animation-duration: 1ms !important; animation-delay: 0s !important;
       animation-iteration-count: 1 !important; transition-duration: 1ms !important; transition-delay: 0s !important; }
   }`;

/** The pointer over a grip says what dragging it does. */
export const OVER_EDGE = '*, *::before, *::after { cursor: ew-resize !important; }';

/**
 * Dark paper: the whole frame is turned over from outside, and what are pictures is turned back, for a face in negative is no
 * evidence of anything.
 */
export const DARK_PAPER =
  ':is(img, video, picture, canvas, svg image, [style*="background-image"]) { filter: invert(1) hue-rotate(180deg) !important; }';

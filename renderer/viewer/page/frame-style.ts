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

/** What a page may not decide: that its text can be selected, and what a selection looks like. */
export const readerRules = (selection: string): string =>
  `*, *::before, *::after { user-select: text !important; -webkit-user-select: text !important; }
   *::selection { background-color: ${selection} !important; }
   html { scroll-behavior: auto !important; }`;

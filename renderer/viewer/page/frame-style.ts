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

/**
 * Fonts we ship, for the characters a saved page asks for and this machine has no font for: on a system without Chinese
 * or Uyghur fonts the page would be boxes. They stand last in every family list, so that they are used for missing
 * characters only; a page's own fonts and its text are untouched, and nothing stored is changed.
 */
export const FALLBACK_FAMILIES = ['Noto Sans SC Variable', 'Noto Sans Arabic Variable'] as const;
const LAST = FALLBACK_FAMILIES.map((family) => `'${family}'`).join(', ');

const isShipped = (rule: CSSRule): rule is CSSFontFaceRule =>
  rule instanceof CSSFontFaceRule &&
  FALLBACK_FAMILIES.some((family) => rule.style.getPropertyValue('font-family').includes(family));

/** The app's own `@font-face` rules, their addresses made whole: in a frame they would be taken relative to the page. */
function shippedFaces(app: Document): string {
  return [...app.styleSheets]
    .flatMap((sheet) =>
      [...sheet.cssRules].filter(isShipped).map((rule) => ({ text: rule.cssText, base: sheet.href ?? app.baseURI })),
    )
    .map(({ text, base }) =>
      text.replace(/url\("([^"]+)"\)/g, (_whole, address: string) => `url("${new URL(address, base).href}")`),
    )
    .join('\n');
}

/**
 * Puts the fonts into the frame, as far as `text` needs them. To be awaited before the frame is shown: Chromium 153 keeps
 * the shapes of a line that was drawn while no font had its characters, whatever its fonts are later.
 */
export async function addFallbackFonts(frame: Frame, app: Document, text: string): Promise<void> {
  new FrameSheet(frame).set(shippedFaces(app));
  const needed = [...new Set(text)].join('');
  // A font that cannot be had leaves the page as the system draws it.
  const fonts = FALLBACK_FAMILIES.flatMap((family) => [`16px '${family}'`, `bold 16px '${family}'`]);
  await Promise.allSettled(fonts.map((font) => frame.document.fonts.load(font, needed)));
  // The one rule at the root weighs nothing (`:where`), so whatever the page says of fonts wins.
  new FrameSheet(frame).set(`:where(html) { font-family: serif, ${LAST}; }`);
  for (const sheet of frame.document.styleSheets) for (const rule of sheet.cssRules) extend(rule, frame.window);
  for (const element of frame.document.querySelectorAll<HTMLElement>('[style*="font"]')) extendStyle(element.style);
}

/** The frame's rules are made of the frame's own classes. */
function extend(rule: CSSRule, window: Frame['window']): void {
  if (rule instanceof window.CSSGroupingRule) for (const inner of rule.cssRules) extend(inner, window);
  if (rule instanceof window.CSSStyleRule) extendStyle(rule.style);
}

function extendStyle(style: CSSStyleDeclaration): void {
  const family = style.getPropertyValue('font-family');
  if (family === '' || /^(inherit|initial|unset|revert|revert-layer)$/.test(family)) return;
  style.setProperty('font-family', `${family}, ${LAST}`, style.getPropertyPriority('font-family'));
}

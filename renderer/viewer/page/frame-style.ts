/**
 * The size at which a page is laid out out of sight, CSS pixels: to read its styles, to take its screenshot, and to find the words it
 * doesn't show. One size, so that all three see the same layout.
 */
export const VIEW = { width: 1280, height: 800 } as const;

/** A frame's document and the window whose classes its objects must come from. */
export interface Frame {
  readonly document: Document;
  readonly window: Window & typeof globalThis;
}

/** A name that a page’s style sheet cannot guess, so that it cannot restyle or hide the highlights. */
export function secretName(purpose: string): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `fz-${purpose}-${Array.from(random, (part) => part.toString(36)).join('')}`;
}

/** One of our style sheets in a frame, after all of the page’s own. */
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
 * Rules for the page: its text can be selected, the selection is visible ({@link withoutSelectionStyles} removes what the page says of
 * both), and nothing moves for people who prefer reduced motion. (Animations jump to their end: without them, content that fades in would stay invisible.)
 */
const readingRules = (selection: string): string =>
  `*, *::before, *::after { user-select: text !important; -webkit-user-select: text !important; }
   *::selection { background-color: ${selection} !important; }
   html { scroll-behavior: auto !important; }
   @media (forced-colors: active) { *::selection { background-color: Highlight !important; color: HighlightText !important; } }
   @media (prefers-reduced-motion: reduce) {
     *, *::before, *::after { animation-duration: 1ms !important; animation-delay: 0s !important;
       animation-iteration-count: 1 !important; transition-duration: 1ms !important; transition-delay: 0s !important; }
   }`;

const SELECTABILITY = ['user-select', '-webkit-user-select'] as const;

/**
 * Removes a page’s own rules on selecting: whether its text can be selected, and how a selection looks. Overriding them is not enough: an
 * important declaration in a layer or in a `style` attribute wins over ours, and people would quote a selection that they cannot see.
 * Changes only the shown document, never the stored bytes. Returns the frame.
 */
export function withoutSelectionStyles(frame: Frame): Frame {
  withoutStyles(frame, SELECTABILITY, ({ selectorText, style }) => {
    if (/::(?:-\w+-)?selection/i.test(selectorText)) style.cssText = '';
  });
  return frame;
}

/**
 * Removes what a page says about some properties, in its style sheets and in `style` attributes. `also` is called with each of its rules.
 */
export function withoutStyles(
  { document, window }: Frame,
  properties: readonly string[],
  also: (rule: CSSStyleRule) => void = () => undefined,
): void {
  const inRules = (rules: CSSRuleList): void => {
    for (const rule of rules) {
      if (rule instanceof window.CSSStyleRule) {
        also(rule);
        for (const name of properties) rule.style.removeProperty(name);
      }
      if (rule instanceof window.CSSStyleRule || rule instanceof window.CSSGroupingRule) inRules(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) inRules(sheet.cssRules);
  const named = properties.map((name) => `[style*="${name}" i]`).join(',');
  for (const element of document.querySelectorAll<HTMLElement>(named))
    for (const name of properties) element.style.removeProperty(name);
}

/** Attributes and elements that gave pages their layout before style sheets. */
const OLD_STYLES =
  '[style], [bgcolor], [background], [align], [valign], [width]:not(img, col, svg *), font, center, frameset, body[text], table[border]';
/** Up to this many old attributes do not count as a layout. */
const MOST_OLD_STYLES = 2;

/** The rules that freezing adds to every page, for what it puts in place of links, frames and form fields. */
const OF_FREEZING = /^:where\((?:fz-|\[data-fz-)/;

/** Whether a page has no working styles: neither saved with it nor in its elements. */
export function isUnstyled({ document }: Frame): boolean {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  return (
    rules.every(({ cssText }) => OF_FREEZING.test(cssText)) &&
    document.querySelectorAll(OLD_STYLES).length <= MOST_OLD_STYLES
  );
}

/**
 * A readable layout for a page without styles. `:where` has no specificity, so any rule of the page would win. It changes only the layout:
 * the text is read from the document, not from what is drawn.
 */
const READABLE = `
  :where(html) { background: #fff; color: #1b1c1e; font-size: 17px; line-height: 1.65; }
  :where(html:lang(zh), html:lang(ja), :lang(zh), :lang(ja)) { line-height: 1.85; }
  :where(html:lang(ug), :lang(ug), :lang(ar), :lang(fa)) { line-height: 2; }
  :where(body) { max-inline-size: 42rem; margin: 0 auto; padding: 2rem 1.75rem 4rem; overflow-wrap: break-word; }
  :where(h1, h2, h3, h4, h5, h6) { line-height: 1.3; margin-block: 1.6em 0.5em; }
  :where(h1) { font-size: 1.7em; margin-block-start: 0; }
  :where(h2) { font-size: 1.3em; }
  :where(h3, h4, h5, h6) { font-size: 1.1em; }
  :where(p, ul, ol, dl, table, pre, blockquote, figure) { margin-block: 0 1em; }
  :where(blockquote, figure) { margin-inline: 1.5em 0; }
  :where(table) { border-collapse: collapse; }
  :where(td, th) { border: 1px solid #c9cbd0; padding: 0.3em 0.7em; text-align: start; vertical-align: top; }
  :where(img, svg, video, canvas) { max-inline-size: 100%; block-size: auto; }
  :where(pre) { overflow-x: auto; font-size: 0.9em; }
  :where(hr) { border: 0; border-block-start: 1px solid #c9cbd0; margin-block: 2em; }`;

/** How many pages are embedded in a frozen page, in frames of a frameset or within its text. */
export const framesIn = ({ document }: Frame): number => document.querySelectorAll('fz-frame > fz-html').length;

/**
 * Shows each embedded page in full, one below the other, instead of in a scrolling box. It changes only the layout, as {@link READABLE}
 * does.
 */
const FRAMES_IN_FULL = `
  fz-frameset { display: block !important; height: auto !important; background: none !important; }
  fz-frame:has(> fz-html) { display: block !important; box-sizing: border-box !important; width: auto !important; height: auto !important;
    max-height: none !important; overflow: visible !important; margin-block: 8px !important; border: 1px solid #8c8c8c !important; }
  fz-frame > fz-html, fz-frame > fz-html > fz-body { height: auto !important; min-height: 0 !important; max-height: none !important;
    overflow: visible !important; }`;

/** Writes into the box of an embedded page that it was not captured; drawn by a style, so it is no part of the text. */
const emptyFrames = (words: string): string =>
  `:where(fz-frame:empty)::before { content: ${JSON.stringify(words)}; display: block; padding: 8px; font: 13px sans-serif; color: #555; }`;

/** Shows the cursor for dragging an edge of the current passage. */
const OVER_EDGE = '*, *::before, *::after { cursor: ew-resize !important; }';

/**
 * Dark paper: the whole frame is inverted from outside, and images are inverted back, so that no face appears in
 * negative.
 */
const DARK_PAPER =
  ':is(img, video, picture, canvas, svg image, [style*="background-image"]) { filter: invert(1) hue-rotate(180deg) !important; }';

/** Pictures are black boxes; background pictures are removed, since they have no box of their own. */
const WITHOUT_PICTURES = `
  *, *::before, *::after { background-image: none !important; border-image: none !important; list-style-image: none !important; }
  :is(img, video, picture, canvas, svg image) { background-color: #000 !important; filter: brightness(0) !important; }`;

/** Our rules for a page as it is shown now. */
export function readerRules(shown: {
  readonly isReadable: boolean;
  readonly framesInFull: boolean;
  readonly withoutPictures: boolean;
  readonly isOverEdge: boolean;
  readonly isDark: boolean;
  /** The colour of what is selected. */
  readonly selection: string;
  /** The words in the box of an embedded page that was not captured. */
  readonly emptyFrame: string;
}): string {
  const rules = [
    shown.isReadable && READABLE,
    shown.framesInFull && FRAMES_IN_FULL,
    emptyFrames(shown.emptyFrame),
    readingRules(shown.selection),
    shown.isOverEdge && OVER_EDGE,
    shown.isDark && DARK_PAPER,
    shown.withoutPictures && WITHOUT_PICTURES,
  ];
  return rules.filter((one) => one !== false).join('\n');
}

/**
 * Fonts we ship for characters of a saved page that this machine has no font for: without Chinese or Uyghur fonts, the
 * page would show boxes. They come last in every font list, so they serve missing characters only. The page’s own fonts
 * and text stay as they are, and nothing stored changes.
 */
export const FALLBACK_FAMILIES = ['Noto Sans SC Variable', 'Noto Sans Arabic Variable'] as const;
const LAST = FALLBACK_FAMILIES.map((family) => `'${family}'`).join(', ');

const isShipped = (rule: CSSRule): rule is CSSFontFaceRule =>
  rule instanceof CSSFontFaceRule &&
  FALLBACK_FAMILIES.some((family) => rule.style.getPropertyValue('font-family').includes(family));

/**
 * The app’s own `@font-face` rules with absolute addresses: in a frame, relative ones would resolve against the page.
 */
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
 * Adds the fonts that `text` needs to the frame. Await this before the frame is shown: once a line was drawn without a
 * font for its characters, Chromium 153 keeps the boxes even when the font arrives.
 */
export async function addFallbackFonts(frame: Frame, app: Document, text: string): Promise<void> {
  new FrameSheet(frame).set(shippedFaces(app));
  const needed = [...new Set(text)].join('');
  // If a font fails to load, the page is shown with the system’s fonts.
  const fonts = FALLBACK_FAMILIES.flatMap((family) => [`16px '${family}'`, `bold 16px '${family}'`]);
  await Promise.allSettled(fonts.map((font) => frame.document.fonts.load(font, needed)));
  // `:where` has no specificity, so the page’s own font rules win.
  new FrameSheet(frame).set(`:where(html) { font-family: serif, ${LAST}; }`);
  for (const sheet of frame.document.styleSheets) for (const rule of sheet.cssRules) extend(rule, frame.window);
  for (const element of frame.document.querySelectorAll<HTMLElement>('[style*="font"]')) extendStyle(element.style);
}

/** Rules in the frame are instances of the frame’s classes, not of this window’s. */
function extend(rule: CSSRule, window: Frame['window']): void {
  if (rule instanceof window.CSSGroupingRule) for (const inner of rule.cssRules) extend(inner, window);
  if (rule instanceof window.CSSStyleRule) extendStyle(rule.style);
}

function extendStyle(style: CSSStyleDeclaration): void {
  const family = style.getPropertyValue('font-family');
  if (family === '' || /^(inherit|initial|unset|revert|revert-layer)$/.test(family)) return;
  style.setProperty('font-family', `${family}, ${LAST}`, style.getPropertyPriority('font-family'));
}

import { FROZEN_PRINT_SANDBOX, frozenPrintPath } from '../../../shared/model/frozen-csp.ts';
import { type Frame, FrameSheet, addFallbackFonts, secretName } from '../page/frame-style.ts';
import { FrameText } from '../page/frame-text.ts';
import { readPaints } from '../page/paints.ts';
import type { DrawnPassage } from '../types.ts';
import { markForPrint } from './print-text.ts';
import { FOOTER_FONTS, paperRules, PrintFrame, type Footer } from './print-frame.ts';

/** Styles of the root and body with which the whole page is printed. */
const WHOLE = { 'block-size': 'auto', 'min-block-size': '0', 'max-block-size': 'none', overflow: 'visible' } as const;

/**
 * Properties that margin boxes inherit from the root in spite of `all: initial` (Chromium 140; found by printing the
 * footer under each of a hundred properties of the root).
 */
const INHERITED = [
  '-webkit-text-fill-color',
  '-webkit-text-stroke-width',
  '-webkit-text-stroke-color',
  '-webkit-text-security',
  'text-emphasis-style',
  'text-rendering',
  'font-variant-caps',
  'font-variant-emoji',
] as const;

/** Rules that override the page’s: no named pages, animations at their end, and nothing repeated on every sheet. */
const rulesOfPaper = (fixed: string): string => `
  *, *::before, *::after { page: auto !important; animation-duration: 1ms !important; animation-delay: 0s !important; }
  [${fixed}~='before']::before, [${fixed}~='after']::after { position: absolute !important; }`;

/**
 * Prepares a frozen page for printing: all of it, as on the screen, without its print styles. `text` is the layer’s:
 * passages are marked only if the page’s own text is equal.
 */
export async function preparePage(
  layer: string,
  text: string,
  passages: readonly DrawnPassage[],
  footer: Footer,
): Promise<PrintFrame> {
  const printed = await PrintFrame.open(FROZEN_PRINT_SANDBOX, frozenPrintPath(layer));
  await fitFrozenPage(printed.frame, text, passages, footer);
  return printed;
}

/** Changes a frozen page so that all of it is printed, and adds passages and the footer. */
export async function fitFrozenPage(
  frame: Frame,
  text: string,
  passages: readonly DrawnPassage[],
  footer: Footer,
): Promise<void> {
  await addFallbackFonts(frame, document, text);
  const own = new FrameText(frame.document);
  const fixed = `data-${secretName('fixed')}`;
  showAllContent(frame, fixed);
  showRootInFull(frame);
  applyScreenStyles(frame);
  addFirstLayer(frame.document, rulesOfPaper(fixed));
  new FrameSheet(frame).set(paperRules(footer));
  if (own.text === text) markForPrint(frame, passages, (range) => own.range(range), readPaints(document.body));
  await frame.document.fonts.ready;
}

/** Adds rules in the first cascade layer, whose `!important` overrides every style sheet and layer of the page. */
function addFirstLayer(document: Document, css: string): void {
  const style = document.createElement('style');
  style.textContent = `@layer ${secretName('paper')} { ${css} }`;
  document.documentElement.prepend(style);
}

/**
 * Shows the page’s root and body in full, by styles set on the elements, which override all layers. Values that the
 * footer would inherit from the root are moved to the body, so that the page looks the same.
 */
function showRootInFull({ document, window }: Frame): void {
  const { documentElement: root, body } = document;
  if (window.getComputedStyle(root).display === 'none') root.style.setProperty('display', 'block', 'important');
  for (const { style } of [root, body])
    for (const [name, value] of Object.entries(WHOLE)) style.setProperty(name, value, 'important');
  body.style.setProperty('zoom', String(body.currentCSSZoom), 'important');
  root.style.setProperty('zoom', '1', 'important');
  const shown = window.getComputedStyle(body);
  // The root takes the body’s values: where the two differed, the footer began left of the sheet.
  for (const name of ['writing-mode', 'direction'])
    root.style.setProperty(name, shown.getPropertyValue(name), 'important');
  for (const name of INHERITED) {
    const before = shown.getPropertyValue(name);
    root.style.setProperty(name, 'initial', 'important');
    if (shown.getPropertyValue(name) !== before) body.style.setProperty(name, before, 'important');
  }
}

/**
 * Opens folded content, expands scrolling elements, and prints fixed elements once instead of on every sheet. Generated
 * content cannot have styles of its own, so its element is marked with an attribute.
 */
function showAllContent({ document, window }: Frame, fixed: string): void {
  for (const details of document.querySelectorAll('details')) details.setAttribute('open', '');
  for (const element of document.querySelectorAll<HTMLElement>(':root, body, body *')) {
    const { position, overflowX, overflowY } = window.getComputedStyle(element);
    const generated = ['before', 'after'].filter(
      (one) => window.getComputedStyle(element, `::${one}`).position === 'fixed',
    );
    if (generated.length > 0) element.setAttribute(fixed, generated.join(' '));
    if (position === 'fixed') element.style.setProperty('position', 'absolute', 'important');
    if (position === 'sticky') element.style.setProperty('position', 'static', 'important');
    if (!/auto|scroll/.test(`${overflowX} ${overflowY}`)) continue;
    element.style.setProperty('overflow', 'visible', 'important');
    element.style.setProperty('max-block-size', 'none', 'important');
    if (element.scrollHeight > element.clientHeight) element.style.setProperty('block-size', 'auto', 'important');
  }
}

/**
 * Turns the page’s print rules off and its screen rules on, so that it is printed as it was read. Its own page rules
 * (for the first sheet, a named one, in a layer) would override ours and are removed.
 */
function applyScreenStyles({ document, window }: Frame): void {
  const turn = (media: MediaList): void => {
    const turned = media.mediaText.replace(/\bprint\b/gi, 'speech').replace(/\bscreen\b/gi, 'all');
    if (turned !== media.mediaText) media.mediaText = turned;
  };
  const overridesOurs = (rule: CSSRule): boolean =>
    rule instanceof window.CSSPageRule ||
    (rule instanceof window.CSSFontFaceRule && isFooterFont(rule.style.getPropertyValue('font-family')));
  const walk = (within: CSSStyleSheet | CSSGroupingRule | CSSStyleRule): void => {
    // From the last rule, so that the indexes of earlier ones stay valid.
    for (const [at, rule] of [...[...within.cssRules].entries()].reverse()) {
      if (overridesOurs(rule)) within.deleteRule(at);
      if (rule instanceof window.CSSMediaRule) turn(rule.media);
      if (rule instanceof window.CSSGroupingRule || rule instanceof window.CSSStyleRule) walk(rule);
    }
  };
  for (const sheet of document.styleSheets) {
    turn(sheet.media);
    walk(sheet);
  }
}

const isFooterFont = (family: string): boolean =>
  FOOTER_FONTS.some((own) => family.toLowerCase().includes(own.toLowerCase()));

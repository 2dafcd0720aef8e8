import { FROZEN_PRINT_SANDBOX, frozenPrintPath } from '../../../shared/model/frozen-csp.ts';
import { addFallbackFonts } from '../page/fallback-fonts.ts';
import { FrameSheet, type Frame } from '../page/frame-style.ts';
import { FrameText } from '../page/frame-text.ts';
import { readPaints } from '../page/paints.ts';
import type { DrawnPassage } from '../types.ts';
import { markForPrint } from './marked-text.ts';
import { paperRules, PrintFrame, type Foot } from './print-frame.ts';

/** Nothing of a page's own may keep part of it off the paper. */
const WHOLE = `
  html, body { block-size: auto !important; min-block-size: 0 !important; max-block-size: none !important; overflow: visible !important; }
  *, *::before, *::after { animation-duration: 1ms !important; animation-delay: 0s !important; }`;

/**
 * Prepares a frozen page for the printer: the whole of it, as it is shown, not what its print styles make of it. `text` is
 * the layer's: passages are marked only if the page's own is the same.
 */
export async function preparePage(
  layer: string,
  text: string,
  passages: readonly DrawnPassage[],
  foot: Foot,
): Promise<PrintFrame> {
  const printed = await PrintFrame.open(FROZEN_PRINT_SANDBOX, frozenPrintPath(layer));
  await dressFrozenPage(printed.frame, text, passages, foot);
  return printed;
}

/** Does that to the document in a frame. */
export async function dressFrozenPage(
  frame: Frame,
  text: string,
  passages: readonly DrawnPassage[],
  foot: Foot,
): Promise<void> {
  await addFallbackFonts(frame, document, text);
  const own = new FrameText(frame.document);
  unfoldAll(frame);
  asOnScreen(frame);
  new FrameSheet(frame).set(`${paperRules(foot)} ${WHOLE}`);
  if (own.text === text) markForPrint(frame, passages, (range) => own.range(range), readPaints(document.body));
  await frame.document.fonts.ready;
}

/** Opens what is folded, lets out what scrolls, and lays down what would stand on every sheet over the text. */
function unfoldAll({ document, window }: Frame): void {
  for (const details of document.querySelectorAll('details')) details.setAttribute('open', '');
  for (const element of document.querySelectorAll<HTMLElement>('body, body *')) {
    const { position, overflowX, overflowY } = window.getComputedStyle(element);
    if (position === 'fixed') element.style.setProperty('position', 'absolute', 'important');
    if (position === 'sticky') element.style.setProperty('position', 'static', 'important');
    if (!/auto|scroll/.test(`${overflowX} ${overflowY}`)) continue;
    element.style.setProperty('overflow', 'visible', 'important');
    element.style.setProperty('max-block-size', 'none', 'important');
    if (element.scrollHeight > element.clientHeight) element.style.setProperty('block-size', 'auto', 'important');
  }
}

/** The page's rules for paper never apply, those for screens do: what is printed is what was read. */
function asOnScreen({ document, window }: Frame): void {
  const turn = (media: MediaList): void => {
    const turned = media.mediaText.replace(/\bprint\b/gi, 'speech').replace(/\bscreen\b/gi, 'all');
    if (turned !== media.mediaText) media.mediaText = turned;
  };
  const walk = (rules: CSSRuleList): void => {
    for (const rule of rules) {
      if (rule instanceof window.CSSMediaRule) turn(rule.media);
      if (rule instanceof window.CSSGroupingRule) walk(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) {
    turn(sheet.media);
    walk(sheet.cssRules);
  }
}

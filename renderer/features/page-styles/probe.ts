import type { Frame } from '../../viewer/page/frame-style.ts';

/** The most elements of a page that can be frozen. */
const MOST = 400_000;
/** How long the app may wait for one slice of the work, ms. */
const SLICE = 8;
const LOOK_AT_CLOCK = 64;

const XHTML = 'http://www.w3.org/1999/xhtml';
/**
 * Elements whose styles are not read: they have no text of their own, or they are the page itself, which would have no text
 * at all if it hides itself.
 */
const WITHOUT_STYLE = new Set(['html', 'head', 'body', 'meta', 'title', 'style', 'wbr']);
const ROWS = new Set(['table', 'table-row', 'table-row-group', 'table-header-group', 'table-footer-group']);
/** White space between the children of such boxes is not shown, whatever `white-space` says. */
const WITHOUT_SPACE = new Set([...ROWS, 'inline-table', 'flex', 'inline-flex', 'grid', 'inline-grid']);
const KEPT_SPACE = new Set(['preserve', 'preserve-breaks', 'break-spaces']);

/**
 * The computed styles that the text depends on, for each element in document order (see shared/text/page-text.ts). It
 * works in slices, so that the app is not blocked: 40,000 elements take a quarter of a second. Null for a page with too
 * many elements.
 */
export async function probeStyles({ document, window }: Frame): Promise<string[] | null> {
  finishAnimations(document);
  const styles: string[] = [];
  const elements = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT);
  /** The outermost hidden element around `node`; null if there is none. */
  let hidden: Element | null = null;
  let since = performance.now();
  for (let node = elements.nextNode(); node !== null; node = elements.nextNode()) {
    if (!(node instanceof window.Element)) continue;
    if (styles.length === MOST) return null;
    if (hidden !== null && !hidden.contains(node)) hidden = null;
    const computed = hidden === null ? window.getComputedStyle(node) : null;
    if (computed !== null && hidesContent(computed) && !WITHOUT_STYLE.has(node.localName)) hidden = node;
    styles.push(hidden !== null || computed === null ? 'h' : styleOf(node, computed));
    if (styles.length % LOOK_AT_CLOCK === 0 && performance.now() - since > SLICE) {
      await nextTurn();
      since = performance.now();
    }
  }
  return styles;
}

const hidesContent = (style: CSSStyleDeclaration): boolean =>
  style.display === 'none' || style.getPropertyValue('content-visibility') === 'hidden';

function styleOf(element: Element, style: CSSStyleDeclaration): string {
  if (WITHOUT_STYLE.has(element.localName)) return '';
  if (style.visibility !== 'visible') return 'h';
  if (element.namespaceURI !== XHTML || element.localName === 'br') return '';
  const { display } = style;
  const keepsSpace = KEPT_SPACE.has(style.getPropertyValue('white-space-collapse')) && !WITHOUT_SPACE.has(display);
  return letterOf(display) + (keepsSpace ? 'p' : '');
}

function letterOf(display: string): 'b' | 'i' | 'r' | 't' {
  if (display === 'table-cell') return 't';
  if (ROWS.has(display)) return 'r';
  return /^(?:inline|ruby|contents|math)/.test(display) ? 'i' : 'b';
}

/** Finishes animations, so that what fades in is visible. Endless ones keep running. */
function finishAnimations(document: Document): void {
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
  }
}

/** Lets the app work. Timers of a hidden window run once a second or once a minute; messages are not delayed. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}

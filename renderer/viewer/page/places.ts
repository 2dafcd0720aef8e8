import type { TextRange } from '../types.ts';
import { isElementNode } from './dom-tree.ts';
import type { Frame } from './frame-style.ts';
import type { FrameText } from './frame-text.ts';

/**
 * Brings a range of the page into view, out of whatever is folded over it and whatever scrolls around it. What the page hides
 * for good has no place: then what is shown nearest around it comes.
 */
export function showPlace(
  { window }: Frame,
  text: FrameText,
  place: TextRange,
  block: 'center' | 'nearest' = 'center',
): void {
  const range = text.range(place);
  if (range === null) return;
  unfold(range.startContainer);
  const { innerHeight, innerWidth } = window;
  const [box] = text.boxes(place);
  const isInView =
    box !== undefined && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
  // A caret in white space has no box, and stands beside what is in view.
  if (isInView || (box === undefined && block === 'nearest')) return;
  // Also scrolls what scrolls within the page.
  shownAround(range.startContainer)?.scrollIntoView({ block, inline: 'nearest' });
  const [moved] = text.boxes(place);
  if (moved === undefined || (moved.top >= 0 && moved.bottom <= innerHeight)) return;
  const above = block === 'center' ? innerHeight / 3 : moved.top < 0 ? 0 : innerHeight - moved.height;
  window.scrollBy(0, moved.top - above);
}

/** Opens what is folded over a node. */
function unfold(node: Node): void {
  for (let at: Node | null = node; at !== null; at = at.parentNode) {
    if (isElementNode(at) && at.localName === 'details') at.setAttribute('open', '');
  }
}

/** The nearest element around a node that has a box. */
function shownAround(node: Node): Element | null {
  let element = isElementNode(node) ? node : node.parentElement;
  while (element !== null && element.getClientRects().length === 0) element = element.parentElement;
  return element;
}

/** Goes to a place that a link within the page names; the page's address does not change. */
export function goToFragment(document: Document, fragment: string): void {
  const name = decodeFragment(fragment.slice(1));
  const target = document.getElementById(name) ?? document.querySelector(`a[name="${CSS.escape(name)}"]`);
  if (target !== null) unfold(target);
  target?.scrollIntoView();
}

function decodeFragment(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch (thrown) {
    if (thrown instanceof URIError) return fragment; // not escaped, then
    throw thrown;
  }
}

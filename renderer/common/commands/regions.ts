/**
 * The parts of the page that F6 goes through, in their order on it. A part that lies in another one of these is no part
 * of its own.
 */
const REGIONS = [
  '.frame-top',
  '.rail',
  '.read-unfolded',
  '[data-panel]',
  '.one-pane > nav',
  '.one-pane-content',
  '.library-main',
  '.start > section',
  '.notices:has(*)',
  '.status-bar',
].join(', ');

/** What one comes to a part for: the source itself, its table or tree. Else its first control. */
const MEANT = '.pdf-view, .text-view, iframe, [role="grid"], [role="treegrid"], [role="tree"]';
const CONTROLS = 'button, input, textarea, select, a[href], [tabindex="0"]';

const isShown = (element: Element): boolean =>
  element instanceof HTMLElement && element.checkVisibility() && element.closest('[inert]') === null;

/** What had the focus last in each part: one comes back to it. */
const last = new WeakMap<Element, HTMLElement>();

const regionsNow = (): Element[] =>
  [...document.querySelectorAll(REGIONS)].filter(
    (region) => isShown(region) && region.parentElement?.closest(REGIONS) === null,
  );

function entryOf(region: Element): HTMLElement | null {
  const before = last.get(region);
  if (before?.isConnected === true && isShown(before)) return before;
  const meant = [...region.querySelectorAll(MEANT)].find(isShown);
  if (meant instanceof HTMLElement) return meant;
  const control = [...region.querySelectorAll(CONTROLS)].find(
    (one) => isShown(one) && !one.hasAttribute('disabled') && one.getAttribute('tabindex') !== '-1',
  );
  return control instanceof HTMLElement ? control : null;
}

/** Puts the focus into the part of the page after the one that has it, or the one before. Answers the part's element. */
export function focusNextRegion(on: boolean): Element | null {
  const { activeElement } = document;
  const regions = regionsNow();
  const at = regions.findIndex((region) => region.contains(activeElement));
  const here = regions[at];
  if (here !== undefined && activeElement instanceof HTMLElement) last.set(here, activeElement);
  // From nowhere, on to the first and back to the last.
  const from = at < 0 ? (on ? -1 : 0) : at;
  const count = regions.length;
  const ordered = regions.map((_, by) => regions[(from + (on ? by + 1 : -by - 1) + 2 * count) % count]);
  for (const region of ordered) {
    const entry = region === undefined ? null : entryOf(region);
    if (region === undefined || entry === null) continue;
    entry.focus();
    return region;
  }
  return null;
}

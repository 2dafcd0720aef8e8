import { FROZEN_META_CSP } from '../../../shared/model/frozen-csp.ts';
import { STAMP, STAMPS } from '../../../shared/text/page-text.ts';
import { CUSTOM_ELEMENT, HTML_ELEMENTS, INPUT_TYPES, MATH_ELEMENTS, SVG_ELEMENTS } from './allow.ts';
import { isOwnAddress, isPlainAttribute, mayHoldAddress } from './attributes.ts';
import { OPTIONS_ATTRIBUTE } from './fields.ts';
import { LINK_ATTRIBUTE, rewriteDeclarations, rewriteStyleSheet, type CssAddresses } from './css.ts';
import { attribute, HTML, isElement, isTemplate, NS, textContent, walk, type Document, type Element } from './tree.ts';

/**
 * What a frozen page must not contain, one line each; empty if the page is inert. Checks the page as parsed, however it was
 * made, and runs before a page is stored.
 */
export function findActive(document: Document): string[] {
  const found: string[] = [];
  const checked: Checked = new Map();
  for (const node of walk(document)) {
    if (node.nodeName === '#comment') found.push('a comment');
    if (!isElement(node)) continue;
    if (isTemplate(node)) found.push('<template>');
    if (!isAllowed(node)) found.push(`<${node.tagName}>`);
    for (const { name, value, prefix } of node.attrs) {
      const isPrefixed = prefix !== undefined && prefix !== '';
      if (isPrefixed || !isInert(node, name, value, checked))
        found.push(`${node.tagName} ${name}="${value.slice(0, 40)}"`);
    }
    if (node.tagName === 'style')
      checkCss(textContent(node), (css, addresses) => rewriteStyleSheet(css, addresses, 'frozen'), found);
  }
  return found;
}

const OWN_META: readonly Readonly<Record<string, string>>[] = [
  { charset: 'utf-8' },
  { 'http-equiv': 'Content-Security-Policy', content: FROZEN_META_CSP },
  { name: 'viewport', content: 'width=device-width' },
];
const isOwnMeta = (element: Element): boolean =>
  OWN_META.some(
    (own) =>
      Object.keys(own).length === element.attrs.length &&
      Object.entries(own).every(([name, value]) => attribute(element, name) === value),
  );

function isAllowed(element: Element): boolean {
  const name = element.tagName;
  switch (element.namespaceURI) {
    case NS.HTML:
      return HTML_ELEMENTS.has(name) || CUSTOM_ELEMENT.test(name) || (name === 'meta' && isOwnMeta(element));
    case NS.SVG:
      return SVG_ELEMENTS.has(name);
    case NS.MATHML:
      return MATH_ELEMENTS.has(name);
    default:
      return false;
  }
}

/** Our own attributes, each with the elements it may be on. */
const OWN_ATTRIBUTES: ReadonlyMap<string, (element: Element, value: string) => boolean> = new Map([
  ['src', (e: Element, value: string) => e.tagName === 'img' && isOwnAddress(value)],
  ['background', (_: Element, value: string) => isOwnAddress(value)],
  ['name', (e: Element) => e.tagName === 'a' || e.tagName === 'fz-link'],
  ['media', (e: Element) => e.tagName === 'style'],
  ['disabled', (e: Element) => /^(?:(?:fz-)?(?:input|select)|fz-(?:button|textarea))$/.test(e.tagName)],
  [OPTIONS_ATTRIBUTE, (e: Element) => e.tagName === 'fz-select'],
  ['tabindex', (e: Element, value: string) => e.tagName === 'button' && value === '-1'],
  [LINK_ATTRIBUTE, (e: Element) => e.tagName === 'a' || e.tagName === 'fz-link'],
  ['data-fz-host', (_: Element, value: string) => /^\d+$/.test(value)],
  [STAMP, (_: Element, value: string) => STAMPS.has(value)],
  ['data-fz-missing', (e: Element, value: string) => e.tagName === 'img' && value === ''],
]);

function isInert(element: Element, name: string, value: string, checked: Checked): boolean {
  if (element.tagName === 'meta') return true; // checked as a whole: one of ours
  const isHtml = element.namespaceURI === HTML;
  if (name === 'style') return isInertCss(value, checked);
  if (element.namespaceURI === NS.SVG && name === 'href') {
    return value.startsWith('#') || (element.tagName === 'image' && isOwnAddress(value));
  }
  if (isHtml && name === 'type' && element.tagName === 'input') return INPUT_TYPES.has(value) && value !== 'submit';
  if (isHtml && name === 'type' && element.tagName === 'button') return value === 'button';
  if (name === STAMP && !isHtml) return value === 'h';
  const own = isHtml ? OWN_ATTRIBUTES.get(name) : undefined;
  if (own !== undefined) return own(element, value);
  if (!isPlainAttribute(name, value, isHtml)) return false;
  return isHtml || !mayHoldAddress(value) || isInertCss(value, checked);
}

/** Declarations already checked: pages repeat a few `style` attributes thousands of times. */
type Checked = Map<string, boolean>;
const REPEATED = 400;

function isInertCss(css: string, checked: Checked): boolean {
  const known = checked.get(css);
  if (known !== undefined) return known;
  const found: string[] = [];
  checkCss(css, rewriteDeclarations, found);
  if (css.length <= REPEATED) checked.set(css, found.length === 0);
  return found.length === 0;
}

/** A frozen style is a fixed point of rewriting: it must not contain anything that rewriting would still change. */
function checkCss(css: string, rewrite: (css: string, addresses: CssAddresses) => string, found: string[]): void {
  const again = rewrite(css, {
    image: (address) =>
      address === '' || address.startsWith('#') || isOwnAddress(address) || address === 'about:invalid'
        ? address
        : null,
    sheet: () => null,
  });
  if (again !== css) found.push(`a style with ${firstDifference(css, again)}`);
}

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (a[at] === b[at]) at++;
  return a.slice(at, at + 40);
}

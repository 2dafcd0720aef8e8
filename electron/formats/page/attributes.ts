import { ARIA_ATTRIBUTE, DATA_ATTRIBUTE, HTML_ATTRIBUTES, isForeignAttribute, LONG_ATTRIBUTES } from './allow.ts';
import { LIMITS } from './limits.ts';
import { RESOURCE_ADDRESS, type Resources } from './resources.ts';
import type { Styles } from './styles.ts';
import { attribute, HTML, setAttribute, type Element } from './tree.ts';

/**
 * Copies the allowed attributes of an element, except addresses, which the caller handles. Returns whether there were more of
 * them than are kept: those by any name, `data-` and `aria-`, have a limit.
 */
export function copyAttributes(
  from: Element,
  to: Element,
  { styles, resources, base }: { readonly styles: Styles; readonly resources: Resources; readonly base: string | null },
): boolean {
  const isHtml = from.namespaceURI === HTML;
  let named = 0;
  for (const { name, value, prefix } of from.attrs) {
    if (prefix !== undefined && prefix !== '') continue;
    if (name === 'style') {
      const css = styles.declarations(value, base);
      if (css.trim() !== '') setAttribute(to, 'style', css);
    } else if (name === 'background' && isHtml) {
      const address = resources.address(value, base, 'picture');
      if (address !== null) setAttribute(to, name, address);
    } else if (isPlainAttribute(name, value, isHtml)) {
      if (ANY_NAME.test(name) && ++named > LIMITS.dataAttributes) continue;
      setAttribute(to, name, isHtml || !mayHoldAddress(value) ? value : styles.declarations(value, base));
    }
  }
  return named > LIMITS.dataAttributes;
}
const ANY_NAME = /^(?:data|aria)-/;

/** Whether an attribute is copied as it is: it holds no address and has a plausible length. */
export function isPlainAttribute(name: string, value: string, isHtml: boolean): boolean {
  if (value.length > LIMITS.attribute && !LONG_ATTRIBUTES.has(name)) return false;
  if (isHtml ? HTML_ATTRIBUTES.has(name) : isForeignAttribute(name)) return true;
  if (ARIA_ATTRIBUTE.test(name)) return true;
  return DATA_ATTRIBUTE.test(name) && value.length <= LIMITS.dataAttribute;
}

/** In SVG a paint can be `url(…)`, with escapes. */
export const mayHoldAddress = (value: string): boolean => /url|src|image|\\/i.test(value);

/** The target of an SVG reference: a part of the same page, or an image in the capture. */
export function svgTarget(element: Element, resources: Resources, base: string | null): string | null {
  const href =
    attribute(element, 'href') ?? element.attrs.find((a) => a.prefix === 'xlink' && a.name === 'href')?.value;
  if (href === undefined) return null;
  if (href.startsWith('#')) return href;
  return element.tagName === 'image' ? resources.address(href, base, 'picture') : null;
}

export const isOwnAddress = (address: string): boolean => RESOURCE_ADDRESS.test(address);

/** The length in an attribute (`100`, `50%`) as a declaration with a semicolon; empty if it is invalid. */
export function cssLength(property: string, value: string | null): string {
  const size = /^\s*(\d{1,5})(?:px)?(%?)\s*$/.exec(value ?? '');
  return size === null ? '' : `${property}:${size[1]}${size[2] === '%' ? '%' : 'px'};`;
}

import { resolveAddress } from './addresses.ts';
import { attribute, childrenOf, findElement, isElement, type Document, type Element } from './tree.ts';

/** The page's own parts; its body may be a `frameset`. */
export function partsOf(document: Document): { html: Element | null; head: Element | null; body: Element | null } {
  const html = childrenOf(document).find((node): node is Element => isElement(node) && node.tagName === 'html') ?? null;
  const parts = html === null ? [] : childrenOf(html).filter(isElement);
  return {
    html,
    head: parts.find((part) => part.tagName === 'head') ?? null,
    body: parts.find((part) => part.tagName === 'body' || part.tagName === 'frameset') ?? null,
  };
}

/** The base of a page's relative addresses; null if the page does not say where it was captured. */
export function baseOf(document: Document, address: string | null): string | null {
  const base = findElement(document, (e) => e.tagName === 'base' && attribute(e, 'href') !== null);
  const href = base === null ? null : attribute(base, 'href');
  return (href === null ? null : resolveAddress(href, address)) ?? address;
}

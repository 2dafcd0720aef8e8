import { SHOWN_SCHEMES } from './allow.ts';
import { LIMITS } from './limits.ts';

/** An address as a browser would resolve it; null if it is invalid. */
export function resolveAddress(address: string, base: string | null): string | null {
  const url = URL.parse(address, base ?? undefined);
  return url?.href ?? null;
}

/**
 * The target of a link as inert text: an absolute address, `#part` for a place in the page itself, the relative address as
 * written if the page's own is unknown, or `''` for what is not shown (`javascript:` and the like).
 */
export function shownAddress(href: string, base: string | null, page: string | null): string {
  const given = href.trim();
  if (given.length > LIMITS.attribute) return '';
  if (given.startsWith('#')) return given;
  const url = URL.parse(given, base ?? undefined);
  if (url === null) return hasScheme(given) ? '' : given;
  if (!SHOWN_SCHEMES.has(url.protocol)) return '';
  const isHere = page !== null && url.hash !== '' && withoutFragment(url.href) === withoutFragment(page);
  return isHere ? url.hash : url.href;
}

const withoutFragment = (address: string): string => address.split('#', 1)[0] ?? '';

/** Browsers ignore white space and controls in and before a scheme. */
const hasScheme = (address: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(address.replace(/[\u0000-\u0020]+/g, ''));

/** The addresses in a `srcset`, those of the largest image first (parsed as in the HTML standard, in linear time). */
export function srcsetAddresses(srcset: string | null): string[] {
  const text = srcset ?? '';
  const candidates: { address: string; size: number }[] = [];
  let at = 0;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  };
  for (;;) {
    take(/[\s,]*/y);
    const address = take(/\S+/y);
    if (address === '') break;
    const descriptor = address.endsWith(',') ? '' : take(/[^,]*/y);
    candidates.push({ address: address.replace(/,+$/, ''), size: Number.parseFloat(descriptor) || 1 });
  }
  return candidates.sort((a, b) => b.size - a.size).map((candidate) => candidate.address);
}

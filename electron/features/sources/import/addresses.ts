import type { PageOfArchive } from '../../../../shared/contract/sources.ts';

/** The addresses that an import was asked to take out of its archives; one need be in any of them only. */
export interface Addresses {
  /** The pages of the archive `path` with one of the addresses: every capture of it. Remembers which addresses were found. */
  among(path: string, pages: readonly PageOfArchive[]): PageOfArchive[];
  /** Those that were in no archive so far, with the first archive that was looked through. */
  missing(): { readonly address: string; readonly archive: string | null }[];
}

export function createAddresses(asked: readonly string[]): Addresses {
  const found = new Set<string>();
  let archive: string | null = null;
  const byHref = new Map(asked.map((address) => [hrefOf(address), address]));
  return {
    among: (path, pages) => {
      archive ??= path;
      return pages.filter((page) => {
        const address = byHref.get(hrefOf(page.url));
        if (address !== undefined) found.add(address);
        return address !== undefined;
      });
    },
    missing: () =>
      [...byHref.values()].filter((address) => !found.has(address)).map((address) => ({ address, archive })),
  };
}

/** As browsers write it, without a fragment, which is no part of what is captured: `HTTP://Example.org` is one with `http://example.org/`. */
function hrefOf(address: string): string {
  const url = URL.parse(address.trim());
  if (url === null) return address.trim();
  url.hash = '';
  return url.href;
}

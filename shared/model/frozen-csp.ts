/**
 * How a frozen page is served. Both hosts send exactly these headers.
 *
 * A page is at `frozen/<layer id>/` and its resources are at `frozen/<layer id>/r/<sha256>`: the page refers to them as
 * `r/<sha256>`, so it needs no `<base>` and works in both hosts.
 */

/** The policy inside the frozen document itself, for when it is opened without our hosts. */
export const FROZEN_META_CSP =
  "default-src 'none'; img-src 'self'; font-src 'self'; style-src 'unsafe-inline'; script-src 'none'; connect-src 'none'; " +
  "object-src 'none'; frame-src 'none'; form-action 'none'; base-uri 'none'";

/**
 * The policy sent with it. `frame-ancestors` and `sandbox` only work in a header. `allow-same-origin` lets the reader attach
 * its listeners from outside; without `allow-scripts` no script of the page can run.
 */
export const FROZEN_CSP =
  "default-src 'none'; img-src 'self'; font-src 'self'; style-src 'unsafe-inline'; script-src 'none'; connect-src 'none'; " +
  "object-src 'none'; frame-src 'none'; frame-ancestors 'self'; form-action 'none'; base-uri 'none'; sandbox allow-same-origin";

const COMMON = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  // A policy does not keep Chromium from resolving names ahead of time. Freezing removes what causes it; this is a second
  // guard.
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-store',
} as const;

/** Headers of the frozen document. */
export const FROZEN_PAGE_HEADERS: Readonly<Record<string, string>> = {
  ...COMMON,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': FROZEN_CSP,
};

/**
 * Headers of one of its resources. The type comes from {@link frozenResourceType} on the stored bytes, never from what the
 * page declared. An SVG opened by itself would be a document, so it gets its own policy.
 */
export const frozenResourceHeaders = (type: string): Readonly<Record<string, string>> => ({
  ...COMMON,
  'content-type': type,
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
});

/** The frame the reader shows it in. */
export const FROZEN_FRAME_SANDBOX = 'allow-same-origin';

/**
 * For a page to be printed: the same sandbox, except that its window may be told to print, which a sandbox without
 * `allow-modals` ignores even from outside. The page cannot ask for it itself, since scripts are off.
 */
export const FROZEN_PRINT_SANDBOX = `${FROZEN_FRAME_SANDBOX} allow-modals`;
export const FROZEN_PRINT_HEADERS: Readonly<Record<string, string>> = {
  ...FROZEN_PAGE_HEADERS,
  'content-security-policy': `${FROZEN_CSP} allow-modals`,
};

/** Where a layer's page is served for printing: beside the page, so that its resources have the same addresses. */
export const frozenPrintPath = (layer: string): string => `frozen/${layer}/print`;

/** Where a layer's page is served, relative to the app's own address. */
export const frozenPagePath = (layer: string): string => `frozen/${layer}/`;

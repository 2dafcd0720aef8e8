/**
 * The content security policy of the workbench's own page, the same on both hosts. `wasm-unsafe-eval`: pdf.js decodes
 * JPEG 2000 and JBIG2 in WebAssembly. `unsafe-inline` for styles: react-aria sets style attributes. `data:` and
 * `blob:`: pdf.js makes fonts and images out of a PDF's own.
 */
export const APP_CSP = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of every response of both hosts. More specific ones override these. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-store',
};

/** Headers for bytes of a source that aren't shown as a document: a browser neither renders, runs nor sniffs them. */
export const EVIDENCE_HEADERS: Readonly<Record<string, string>> = {
  ...COMMON_HEADERS,
  'content-security-policy': "default-src 'none'; sandbox",
};

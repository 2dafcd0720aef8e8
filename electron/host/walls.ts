/**
 * The content security policy of the workbench's own page, the same on both hosts. `wasm-unsafe-eval`: pdf.js decodes
 * JPEG 2000 and JBIG2 in WebAssembly. `unsafe-inline` for styles: react-aria sets style attributes. `data:` and
 * `blob:`: pdf.js makes fonts and pictures of what it found in a PDF.
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

/** What every answer of either host carries; the more particular headers are set over these. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-store',
};

/** For bytes from outside that nobody is to look at as a document: no browser shows, runs or sniffs them. */
export const EVIDENCE_HEADERS: Readonly<Record<string, string>> = {
  ...COMMON_HEADERS,
  'content-security-policy': "default-src 'none'; sandbox",
};

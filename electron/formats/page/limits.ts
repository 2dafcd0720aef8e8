/**
 * How much of a page is read. What exceeds a limit is left out and mentioned in a note, unless nothing useful would remain:
 * then the page is rejected. Units are bytes unless stated otherwise.
 */
export const LIMITS = {
  /** Bytes of a file; a larger one is rejected. */
  html: 64 << 20,
  /**
   * At most 16 MB of markup, not counting base64 (SingleFile stores images so): the parser needs some 40 bytes for each byte, and 64 MB of
   * words took 2.9 GB.
   */
  markup: 16 << 20,
  css: 8 << 20,
  nodes: 400_000,
  /** Levels. Chromium stops nesting at 512; a tree that is cut there would differ from ours. */
  depth: 200,
  resources: 4000,
  oneResource: 32 << 20,
  allResources: 256 << 20,
  /** Code units of one attribute, except a path's or a field's value. */
  attribute: 8192,
  /** Code units of one `data-` attribute. */
  dataAttribute: 256,
  /** The most `data-` and `aria-` attributes of one element. A tag with 200,000 of them took a minute to copy. */
  dataAttributes: 500,
  frames: 64,
  frameDepth: 4,
  importDepth: 8,
} as const;

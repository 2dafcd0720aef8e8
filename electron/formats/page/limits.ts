/**
 * How much of a page is taken in. What is over a limit is left out and said so in a note, except where nothing useful
 * would remain: then the page is refused. Units are bytes unless they say otherwise.
 */
export const LIMITS = {
  /** A larger file is refused. */
  html: 64 << 20,
  /**
   * The same without what is in it as base64 (SingleFile keeps pictures so). The parser holds some 40 bytes for each that it
   * reads as text: of 64 MB of words it took 2.9 GB.
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
  frames: 64,
  frameDepth: 4,
  importDepth: 8,
} as const;

/** How much of an MHTML file is read. Units are bytes unless stated otherwise. */
export const LIMITS = {
  /** A larger file is rejected: 256 MiB of images in base64 and the largest page fit. */
  file: 448 << 20,
  /** A file with more parts is rejected. */
  parts: 20_000,
  /** Bytes of one part's header; the rest is ignored. */
  header: 64 << 10,
  /** Levels of nested parts; deeper ones are left out. */
  depth: 8,
  /** Characters of a boundary; RFC 2046 allows 70. */
  boundary: 200,
  /** How far the first boundary may be from the beginning if none is declared. */
  guess: 256 << 10,
} as const;

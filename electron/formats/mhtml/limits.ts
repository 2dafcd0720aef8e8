/** How much of an MHTML file is taken in. Units are bytes unless they say otherwise. */
export const LIMITS = {
  /** A larger file is refused: 256 MiB of pictures in base64 and the largest page fit. */
  file: 448 << 20,
  /** A file with more is refused. */
  parts: 20_000,
  /** Of one part's header; what goes beyond is not looked at. */
  header: 64 << 10,
  /** Levels of parts in parts; deeper ones are left out. */
  depth: 8,
  /** Of a boundary; RFC 2046 allows 70. */
  boundary: 200,
  /** How far the first boundary may be from the beginning where none is declared. */
  guess: 256 << 10,
} as const;

/**
 * How much of a web archive is read. What exceeds a limit is left out and mentioned in a note, except where the limit detects
 * a decompression bomb: then the archive is rejected. Units are bytes unless stated otherwise. These limits are listed in
 * docs/limits.md.
 */
export const LIMITS = {
  /** Records that are read; those after them are not. */
  records: 200_000,
  /** Pages that are offered. */
  pages: 50_000,
  /** The block of one record: HTTP header and body as recorded. A larger record is skipped. */
  block: 64 << 20,
  /** A body without its content encodings. */
  body: 64 << 20,
  /** The header of a record or of an HTTP message. */
  header: 64 << 10,
  /** How many times its size an archive may unpack to in total, checked from `ratioFrom` bytes on. */
  ratio: 200,
  ratioFrom: 64 << 20,
  /** What is unpacked to a file beside the index: a WARC in one gzip member, or one that is deflated in a WACZ. */
  unpacked: 16 * 2 ** 30,
  /** If a record begins later than this in its gzip member, it could not be read quickly: then the file is unpacked. */
  skip: 1 << 20,
  /** Code units of an address. Records with a longer one cannot be pages or their parts. */
  address: 8192,
  /** Code units of a title; the rest is cut. */
  title: 500,
  /** How much of a page is searched for its title. */
  titleWithin: 64 << 10,
  /** Code units of all addresses, titles and digests together, which are kept in memory. */
  names: 32 << 20,
  /** How often in one file the next record is searched for after damage. */
  damages: 1000,
  /** Steps of one redirect, and originals that a revisit record may refer to. */
  hops: 8,
  /** Redirects to a page are searched this far back, in ms: the time one page takes to load. */
  redirectWithin: 60_000,
  /** Content encodings of one body. */
  encodings: 3,
  /** Files of a WACZ. */
  entries: 10_000,
  /** One file of a WACZ that is read whole: `datapackage.json`, its digest, a list of pages. */
  listFile: 32 << 20,
  /** Values in the JSON of such a file, or of one of its lines. */
  values: 1_000_000,
  /** Lines of `pages.jsonl` and `extraPages.jsonl` together. */
  listed: 50_000,
  /** Notes on one archive. */
  notes: 100,
} as const;

export type Limits = { readonly [K in keyof typeof LIMITS]: number };

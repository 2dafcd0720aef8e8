/**
 * How much of a web archive is read. What is over a limit is left out and said so in a note, except where the limit is
 * what tells an archive from a bomb: then the archive is refused. Units are bytes unless they say otherwise. They are
 * stated in docs/limits.md.
 */
export const LIMITS = {
  /** Records that are read; what follows them is not. */
  records: 200_000,
  /** Pages that are offered. */
  pages: 50_000,
  /** The block of one record: HTTP header and body as recorded. A larger record is passed over. */
  block: 64 << 20,
  /** A body with its content encodings undone. */
  body: 64 << 20,
  /** The header of a record or of an HTTP message; a longer one is no header. */
  header: 64 << 10,
  /** Times its size that an archive may unpack to in all, looked at from `ratioFrom` on. */
  ratio: 200,
  ratioFrom: 64 << 20,
  /** What is unpacked to a file beside the index: a WARC in one gzip member, or one that a WACZ holds deflated. */
  unpacked: 16 * 2 ** 30,
  /** A record that begins later than this in its gzip member could not be read quickly: then the file is unpacked. */
  skip: 1 << 20,
  /** Code units of an address. Records with a longer one cannot be pages or their parts. */
  address: 8192,
  /** Code units of a title; the rest is cut. */
  title: 500,
  /** How much of a page is looked at for its title. */
  titleWithin: 64 << 10,
  /** Code units of all addresses, titles and digests together: they are kept in memory. */
  names: 32 << 20,
  /** Places in one file where the reader may search for the next record after damage. */
  damages: 1000,
  /** Steps of one redirect, and originals that a revisit record may lead to. */
  hops: 8,
  /** Ways of reaching one page by redirect reach back so long, in ms: the recording of one load. */
  redirectWithin: 60_000,
  /** Content encodings of one body. */
  encodings: 3,
  /** Files of a WACZ. */
  entries: 10_000,
  /** One file of a WACZ that is read whole: `datapackage.json`, its digest, a list of pages. */
  listFile: 32 << 20,
  /** Lines of `pages.jsonl` and `extraPages.jsonl` together. */
  listed: 50_000,
  /** Notes of one archive; more of them help nobody. */
  notes: 100,
} as const;

export type Limits = { readonly [K in keyof typeof LIMITS]: number };

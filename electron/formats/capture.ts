import type { Redirect } from '../../shared/model/index.ts';
import type { PrefilledRecord } from './extracted.ts';

/** Something a capture holds besides the page itself: a picture, a style sheet, a framed page. */
export interface CapturedPart {
  readonly bytes: Uint8Array;
  /** Content type as declared, parameters and all; empty where nothing is. A part is what its bytes say, not this. */
  readonly type: string;
  /**
   * What its own relative addresses are relative to, where that is not the address it was found by: a frame of an MHTML
   * file is found by `cid:`, a redirected style sheet by where it was asked for.
   */
  readonly address?: string | null;
}

/**
 * A web page with what was captured beside it, out of whichever format: what the freezer freezes. Bytes are as captured,
 * transfer and content encodings undone.
 */
export interface Capture {
  readonly html: Uint8Array;
  /** The encoding that HTTP or MIME headers declare, as a label of the Encoding standard; null where they declare none. */
  readonly charset: string | null;
  /** What relative addresses are relative to; null where unknown. */
  readonly address: string | null;
  /** The part of this absolute address (`cid:` too), or null where the capture does not hold it. Never reaches further. */
  find(address: string): CapturedPart | null;
  /** What the format says of the capture (not the page of itself), and where it says so. */
  readonly record: PrefilledRecord;
  readonly prefilled: Readonly<Record<string, string>>;
  readonly status: number | null;
  readonly redirects: readonly Redirect[];
  /** What a reader should know: "the archive is cut", "a part is there twice". */
  readonly notes: readonly string[];
}

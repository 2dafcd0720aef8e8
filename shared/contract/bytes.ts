/**
 * Addresses of bulk bytes, relative to the page and the same on both hosts. They answer GET and HEAD, with ranges.
 * (`frozen/<layer id>/` and its resources: see shared/model/frozen-csp.ts.)
 */

/** A source's original, as received: PDF as `application/pdf`, all else as bytes that no browser opens. */
export const originalPath = (source: string): string => `original/${source}`;

/** One page (from 1) of a text layer, with its geometry, as shared/text/page-payload.ts encodes it. */
export const layerPagePath = (layer: string, page: number): string => `layer/${layer}/page/${page}`;

/** What a source shows that is not its original: a PDF or picture taken out of an archive (`Source.content`), or the original itself. */
export const contentPath = (source: string): string => `content/${source}`;

/** A frozen page that waits for its styles (shared/contract/page-styles.ts); its resources lie at `pending/<token>/r/<sha256>`. */
export const pendingPagePath = (token: string): string => `pending/${token}/`;

/** The picture of a frozen page as it was at import, by its layer (engine `picture`): a PNG as bytes that no browser opens. */
export const picturePath = (layer: string): string => `picture/${layer}`;

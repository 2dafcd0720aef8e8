/**
 * Addresses of bulk bytes, relative to the page and the same on both hosts. They answer GET and HEAD, with ranges.
 * (`frozen/<layer id>/` and its resources: see shared/model/frozen-csp.ts.)
 */

/** A source's original, as received: PDF as `application/pdf`, all else as bytes that no browser opens. */
export const originalPath = (source: string): string => `original/${source}`;

/** One page (from 1) of a text layer, with its geometry, as shared/text/page-payload.ts encodes it. */
export const layerPagePath = (layer: string, page: number): string => `layer/${layer}/page/${page}`;

/**
 * What is shown of a source that is not its original: a PDF or image extracted from an archive (`Source.content`), or the
 * original.
 */
export const contentPath = (source: string): string => `content/${source}`;

/**
 * A frozen page waiting for its styles to be read (shared/contract/page-styles.ts); its resources are at
 * `pending/<token>/r/<sha256>`.
 */
export const pendingPagePath = (token: string): string => `pending/${token}/`;

/**
 * The screenshot of a frozen page taken at import, by its layer (engine `picture`): a PNG, served as bytes that no browser
 * opens.
 */
export const picturePath = (layer: string): string => `picture/${layer}`;

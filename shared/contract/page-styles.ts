import { z } from 'zod';
import { sha256 } from '../model/index.ts';
import { call } from './define.ts';

/**
 * What a page shows depends on its styles, and only a browser can evaluate those. So a page frozen while a window is open is
 * rendered by that window once, out of sight, and the window reports what each element is. That is written into the frozen
 * page, and its text depends on no browser afterwards.
 */

/** What one element is: a stamp of shared/text/page-text.ts, or empty where its name says it all. */
export const elementStyle = z.string().regex(/^(?:|h|[birt]p?)$/);

/** Asks a window to read a page’s styles. The page is at `pending/<token>/` until the window answers. */
export const pageStylesWanted = z.object({ token: z.string() });

/** More than a frozen page has. */
const MOST_ELEMENTS = 1_000_000;

export const pageStylesAnswer = z.object({
  token: z.string(),
  /** The browser: `Chromium 156`. */
  browser: z.string().max(80),
  /** One for each element of the document, in document order; null if the window could not show the page. */
  styles: z.array(elementStyle).max(MOST_ELEMENTS).nullable(),
  /** A screenshot of the whole page, a PNG in base64; null if none could be made. */
  picture: z
    .object({
      png: z.base64().max(40_000_000),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      /** Height of the whole page; the screenshot of a very long page is cut. */
      pageHeight: z.number().int().positive(),
    })
    .nullable(),
});

export const pageStyles = {
  /** One window reads a page’s styles: true for the first that asks. */
  'pageStyles.take': call('read', z.object({ token: z.string() }), z.object({ mine: z.boolean() })),
  /** The layer whose bytes `pending/<token>/` shows; NOT_FOUND once it was answered or given up. */
  'pageStyles.page': call(
    'read',
    z.object({ token: z.string() }),
    z.object({ frozen: sha256, resources: z.array(sha256) }),
  ),
  'pageStyles.done': call('read', pageStylesAnswer, z.object({})),
};

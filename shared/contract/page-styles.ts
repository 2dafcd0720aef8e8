import { z } from 'zod';
import { sha256 } from '../model/index.ts';
import { call } from './define.ts';

/**
 * What a page shows depends on its styles, and only a browser knows what they do. So a page that is frozen while
 * a window is open is shown by that window once, unseen, and the window says what each element is; that is written into
 * the frozen page, and from then on its text depends on no browser any more.
 */

/** What one element is, in one short text: a stamp of shared/text/page-text.ts, or nothing where its name says it all. */
export const elementStyle = z.string().regex(/^(?:|h|[birt]p?)$/);

/** A window is asked what a page’s styles do. The page lies at `pending/<token>/` until it answers. */
export const pageStylesWanted = z.object({ token: z.string() });

/** More than a frozen page has. */
const MOST_ELEMENTS = 1_000_000;

export const pageStylesAnswer = z.object({
  token: z.string(),
  /** Which browser says so: `Chromium 156`. */
  browser: z.string().max(80),
  /** One for each element of the document, in document order; null where the window could not show it. */
  styles: z.array(elementStyle).max(MOST_ELEMENTS).nullable(),
  /** The whole page as it was shown, a PNG in base64; null where none could be made. */
  picture: z
    .object({
      png: z.base64().max(40_000_000),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
      /** How high the whole page is: a page that is too long is cut. */
      pageHeight: z.number().int().positive(),
    })
    .nullable(),
});

export const pageStyles = {
  /** Of several windows one reads a page’s styles: true for the first that asks. */
  'pageStyles.take': call('read', z.object({ token: z.string() }), z.object({ mine: z.boolean() })),
  /** Whose bytes `pending/<token>/` shows; NOT_FOUND once it was answered or given up. */
  'pageStyles.page': call(
    'read',
    z.object({ token: z.string() }),
    z.object({ frozen: sha256, resources: z.array(sha256) }),
  ),
  'pageStyles.done': call('read', pageStylesAnswer, z.object({})),
};

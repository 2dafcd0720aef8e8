import { FROZEN_FRAME_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import { type Frame, VIEW } from './frame-style.ts';

/** The longest wait for a page, and then for its fonts, ms. */
const LOADING_MS = 10_000;
/** The longest wait of {@link loadUnseen}, ms. */
export const LONGEST_MS = 2 * LOADING_MS;

/** A frame like the reader’s, outside of the visible part of the window: its page is laid out, but nobody sees it. */
export function unseenFrame(): HTMLIFrameElement {
  const iframe = document.createElement('iframe');
  iframe.setAttribute('sandbox', FROZEN_FRAME_SANDBOX);
  iframe.setAttribute('referrerpolicy', 'no-referrer');
  iframe.setAttribute('allow', '');
  iframe.setAttribute('aria-hidden', 'true');
  iframe.inert = true;
  iframe.tabIndex = -1;
  iframe.style.cssText = `position:fixed;left:-20000px;top:0;border:0;visibility:visible;pointer-events:none;width:${VIEW.width}px;height:${VIEW.height}px`;
  return iframe;
}

/** Loads a frozen page with its images and fonts into a frame that is not in the document yet; null if it can’t be shown. */
export async function loadUnseen(iframe: HTMLIFrameElement, src: string): Promise<Frame | null> {
  const loaded = new Promise<void>((resolve) => iframe.addEventListener('load', () => resolve(), { once: true }));
  iframe.src = src;
  document.body.append(iframe);
  await within(LOADING_MS, loaded);
  const { contentDocument } = iframe;
  const window = contentDocument?.defaultView;
  // An HTTP error is rendered as a page too, but has no CSP of ours in it.
  const isPage = contentDocument?.querySelector('meta[http-equiv="Content-Security-Policy"]') !== null;
  if (!contentDocument || !window || !isPage) return null;
  await within(LOADING_MS, contentDocument.fonts.ready);
  return { document: contentDocument, window };
}

/** The result of `work`, or null if it takes longer than `ms` milliseconds. */
export const within = <T>(ms: number, work: Promise<T>): Promise<T | null> =>
  Promise.race([work, new Promise<null>((resolve) => setTimeout(() => resolve(null), Math.max(0, ms)))]);

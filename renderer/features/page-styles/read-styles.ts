import { pendingPagePath } from '../../../shared/contract/bytes.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import { FROZEN_FRAME_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import { type Frame, addFallbackFonts, VIEW } from '../../viewer/page/frame-style.ts';
import { base64Of, takeScreenshot } from './screenshot.ts';
import { probeStyles } from './probe.ts';

/** The longest wait for a page’s images and fonts, ms. */
const LOADING = 10_000;
/** The longest time for the whole page, ms. Shorter than the engine’s wait, `done` in electron/project/sources/page-styles.ts. */
const WHOLE = 22_000;

const UNSEEN = 'position:fixed;left:-20000px;top:0;border:0;visibility:visible;pointer-events:none;';

/** Reads the styles of the page at `pending/<token>/`, which is rendered outside the visible part of the window. */
export async function readStyles(token: string): Promise<CallInput<'pageStyles.done'>> {
  const started = performance.now();
  const iframe = document.createElement('iframe');
  iframe.setAttribute('sandbox', FROZEN_FRAME_SANDBOX);
  iframe.setAttribute('referrerpolicy', 'no-referrer');
  iframe.setAttribute('allow', '');
  iframe.setAttribute('aria-hidden', 'true');
  iframe.inert = true;
  iframe.tabIndex = -1;
  iframe.style.cssText = `${UNSEEN}width:${VIEW.width}px;height:${VIEW.height}px`;
  const answer = { token, browser: browserName(navigator.userAgent), styles: null, picture: null };
  try {
    const frame = await load(iframe, pendingPagePath(token));
    if (frame === null) return answer;
    await addFallbackFonts(frame, document, frame.document.body.textContent);
    const styles = await probeStyles(frame);
    if (styles === null) return answer;
    const picture = await within(WHOLE - (performance.now() - started), takeScreenshot(frame, readerFor(token)));
    return { ...answer, styles, picture };
  } catch (thrown) {
    reportError(thrown);
    return answer;
  } finally {
    iframe.remove();
  }
}

/** The frame once the page is loaded; null if it cannot be shown. */
async function load(iframe: HTMLIFrameElement, src: string): Promise<Frame | null> {
  const loaded = new Promise<void>((resolve) => iframe.addEventListener('load', () => resolve(), { once: true }));
  iframe.src = src;
  document.body.append(iframe);
  await within(LOADING, loaded);
  const { contentDocument } = iframe;
  const window = contentDocument?.defaultView;
  // An HTTP error is rendered as a page too, but has no CSP of ours in it.
  const isPage = contentDocument?.querySelector('meta[http-equiv="Content-Security-Policy"]') !== null;
  if (!contentDocument || !window || !isPage) return null;
  await within(LOADING, contentDocument.fonts.ready);
  return { document: contentDocument, window };
}

/** The result of `work`, or null after so many ms. */
const within = <T>(ms: number, work: Promise<T>): Promise<T | null> =>
  Promise.race([work, new Promise<null>((resolve) => setTimeout(() => resolve(null), Math.max(0, ms)))]);

/** Fetches the page’s resources and the app’s fonts. What cannot be fetched is missing in the screenshot. */
const readerFor =
  (token: string) =>
  async (address: string): Promise<string | null> => {
    const url = new URL(address, new URL(pendingPagePath(token), document.baseURI));
    if (url.origin !== location.origin) return null;
    const answer = await fetch(url);
    if (!answer.ok) return null;
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    return `data:${type};base64,${await base64Of(await answer.blob())}`;
  };

/** A browser’s name and major version, from its user agent string. */
export function browserName(agent: string): string {
  for (const [pattern, name] of BROWSERS) {
    const version = pattern.exec(agent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return 'an unknown browser';
}
const BROWSERS = [
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\b(?:Headless)?Chrom(?:e|ium)\/(\d+)/, 'Chromium'],
  [/\bVersion\/(\d+).*\bSafari\//, 'Safari'],
] as const;

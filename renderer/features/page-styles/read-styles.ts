import { pendingPagePath } from '../../../shared/contract/bytes.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import { FROZEN_FRAME_SANDBOX } from '../../../shared/model/frozen-csp.ts';
import { type Frame, addFallbackFonts } from '../../viewer/page/frame-style.ts';
import { VIEW } from './inert-copy.ts';
import { base64Of, takePicture } from './picture.ts';
import { probeStyles } from './probe.ts';

/** Pictures and fonts that do not come hold a page up no longer, ms. */
const LOADING = 10_000;
/** For the whole of it; the engine waits a little longer. */
const WHOLE = 22_000;

const UNSEEN = 'position:fixed;left:-20000px;top:0;border:0;visibility:visible;pointer-events:none;';

/** What this window makes of a page that waits at `pending/<token>/`: it is shown beside the window, unseen. */
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
    const picture = await within(WHOLE - (performance.now() - started), takePicture(frame, readerFor(token)));
    return { ...answer, styles, picture };
  } catch (thrown) {
    reportError(thrown);
    return answer;
  } finally {
    iframe.remove();
  }
}

/** The frame once the page is there; null where it cannot be shown. */
async function load(iframe: HTMLIFrameElement, src: string): Promise<Frame | null> {
  const loaded = new Promise<void>((resolve) => iframe.addEventListener('load', () => resolve(), { once: true }));
  iframe.src = src;
  document.body.append(iframe);
  await within(LOADING, loaded);
  const { contentDocument } = iframe;
  const window = contentDocument?.defaultView;
  // A refusal is shown as a page, too, and has no policy of ours in it.
  const isPage = contentDocument?.querySelector('meta[http-equiv="Content-Security-Policy"]') !== null;
  if (!contentDocument || !window || !isPage) return null;
  await within(LOADING, contentDocument.fonts.ready);
  return { document: contentDocument, window };
}

/** What comes of `work` in so many ms, else null. */
const within = <T>(ms: number, work: Promise<T>): Promise<T | null> =>
  Promise.race([work, new Promise<null>((resolve) => setTimeout(() => resolve(null), Math.max(0, ms)))]);

/** Reads what a page shows, and the app's own fonts. What cannot be had is left out of the picture. */
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

/** A browser's name and major version by its user agent string, as a person knows it. */
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

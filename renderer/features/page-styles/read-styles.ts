import { pendingPagePath } from '../../../shared/contract/bytes.ts';
import type { CallInput } from '../../../shared/contract/index.ts';
import { addFallbackFonts } from '../../viewer/page/frame-style.ts';
import { loadUnseen, unseenFrame, within } from '../../viewer/page/unseen-frame.ts';
import { base64Of, takeScreenshot } from './screenshot.ts';
import { probeStyles } from './probe.ts';

/** The longest time for the whole page, ms. Shorter than the engine’s wait, `done` in electron/project/sources/page-styles.ts. */
const WHOLE = 22_000;

/** Reads the styles of the page at `pending/<token>/`, which is rendered outside the visible part of the window. */
export async function readStyles(token: string): Promise<CallInput<'pageStyles.done'>> {
  const started = performance.now();
  const iframe = unseenFrame();
  const answer = { token, browser: browserName(navigator.userAgent), styles: null, picture: null };
  try {
    const frame = await loadUnseen(iframe, pendingPagePath(token));
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

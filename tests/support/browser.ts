import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type LaunchOptions } from 'playwright-core';

/**
 * Flags for a Chromium under test. The package's own `chromium.args` are not used: they switch web security and site
 * isolation off and run everything in one process, so a hostile page would be tested against a browser nobody has.
 */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** The Chromium of `@sparticuz/chromium`, or the one `SOURCEBOOK_CHROMIUM` names. */
export const chromiumPath = (): Promise<string> => {
  const named = process.env['SOURCEBOOK_CHROMIUM'];
  return named === undefined ? chromium.executablePath() : Promise.resolve(named);
};

/** Starts a headless Chromium for a test; the caller closes it. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromiumPath(),
    headless: true,
    ...options,
    args: [...CHROMIUM_ARGS, ...(options.args ?? [])],
  });
}

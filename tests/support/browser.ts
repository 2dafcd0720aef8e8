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

/** Starts a headless Chromium; the caller closes it. Tests that need no flags of their own share one: `sharedChromium`. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromiumPath(),
    headless: true,
    ...options,
    args: [...CHROMIUM_ARGS, ...(options.args ?? [])],
  });
}

let shared: Promise<Browser> | null = null;

/**
 * One Chromium for all test files that a worker of vitest runs (starting one takes a second of processor time). A test opens
 * a context of its own, closes that, and leaves the browser open: it ends with the worker, to which vitest sends SIGTERM.
 */
export function sharedChromium(): Promise<Browser> {
  shared = shared === null ? startShared() : shared.then((one) => (one.isConnected() ? one : startShared()));
  return shared;
}

/** For what is no test: it would wait for the browser for ever. */
export async function closeSharedChromium(): Promise<void> {
  await (await shared)?.close();
}

function startShared(): Promise<Browser> {
  // Playwright kills its browsers and removes their folders when the process exits.
  if (shared === null) process.once('SIGTERM', () => process.exit());
  return launchChromium({ handleSIGTERM: false });
}

import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type LaunchOptions } from 'playwright-core';

/**
 * Flags for a Chromium under test. The package's own `chromium.args` are not used: they disable web security and site
 * isolation and run everything in one process, so hostile pages would be tested against a browser that no one uses.
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
 * One Chromium for all test files of a vitest worker (starting one takes a second of processor time). A test opens and closes
 * its own context and leaves the browser open: it ends with the worker, to which vitest sends SIGTERM.
 */
export function sharedChromium(): Promise<Browser> {
  shared = shared === null ? startShared() : shared.then((one) => (one.isConnected() ? one : startShared()));
  return shared;
}

/** For scripts that are not tests, which would otherwise wait for the browser for ever. */
export async function closeSharedChromium(): Promise<void> {
  await (await shared)?.close();
}

function startShared(): Promise<Browser> {
  // Playwright kills its browsers and removes their folders when the process exits.
  if (shared === null) process.once('SIGTERM', () => process.exit());
  return launchChromium({ handleSIGTERM: false });
}

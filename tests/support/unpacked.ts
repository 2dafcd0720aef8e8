import { chromiumPath } from './browser.ts';

/**
 * Unpacks the tests' Chromium before any worker uses it. The package unpacks it on first use: with several workers starting
 * at once on a new machine, all but one can start a file that is still being written (seen once).
 */
export default async function unpacked(): Promise<void> {
  await chromiumPath();
}

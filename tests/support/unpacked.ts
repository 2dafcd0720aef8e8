import { chromiumPath } from './browser.ts';

/**
 * Unpacks the tests' Chromium before any worker wants it. The package unpacks it on first use, to its place under its name:
 * of several workers that begin at once on a new machine, all but one start a file that is still being written (seen once).
 */
export default async function unpacked(): Promise<void> {
  await chromiumPath();
}

import { writeFileSync } from 'node:fs';
import type { Reporter } from 'vitest/node';

/** The variable with the path of the file that is written. */
export const UNHANDLED_FILE = 'VITEST_UNHANDLED_FILE';

/**
 * A reporter that writes how many errors of a run belong to no test, which the JSON report leaves out. An error that came late can
 * be of a file whose tests all passed.
 */
export default class Unhandled implements Reporter {
  onTestRunEnd(_files: unknown, errors: readonly unknown[]): void {
    const path = process.env[UNHANDLED_FILE];
    if (path !== undefined) writeFileSync(path, String(errors.length));
  }
}

import { setEnvironmentData } from 'node:worker_threads';
import { afterAll, beforeAll } from 'vitest';

const WORK = 'sourcebook.scrypt-work';

/**
 * For the tests of a file: what is encrypted with a passphrase takes a 256th of age's own work, in this process and the threads
 * it starts. `tests/unit/formats/age/work.test.ts` shows that nothing else takes less.
 */
export function lessScryptWork(): void {
  beforeAll(() => setEnvironmentData(WORK, 10));
  afterAll(() => setEnvironmentData(WORK, undefined));
}

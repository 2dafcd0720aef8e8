import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../electron/start/set-up.mjs';
import { filesToRunAgain, tallyAfter } from '../../run/alone.ts';
import { NOTHING, type FileResult } from '../../run/tally.ts';

const file = (path: string, failed: number): FileResult => ({
  path: join(root, path),
  hasPassed: failed === 0,
  hasFailed: failed > 0,
  passed: 2,
  failed,
  skipped: 1,
});
const journey = (name: string, failed = 1): FileResult => file(`tests/e2e/${name}.test.ts`, failed);
const run = (files: readonly FileResult[], unhandled: number | null = 0): Parameters<typeof filesToRunAgain>[0] => ({
  tally: NOTHING,
  files,
  unhandled,
});

describe('what is run again for a landing', () => {
  it('is the files that failed', () => {
    const failed = [journey('reader'), file('tests/unit/a.test.ts', 1)];
    expect(filesToRunAgain(run([...failed, journey('search', 0), file('tests/unit/b.test.ts', 0)]))).toEqual(failed);
  });

  it.each([
    ['many failed', run('abcdefg'.split('').map((name) => journey(name)))],
    ['an error belonged to no test', run([journey('reader')], 1)],
    ['the run did not come to its end', run([journey('reader')], null)],
  ])('is nothing where %s', (_, whole) => {
    expect(filesToRunAgain(whole)).toEqual([]);
  });

  it('counts as it ended the second time, and only so', () => {
    const first = { ...NOTHING, passed: 100, failed: 3, skipped: 5 };
    const again = tallyAfter(first, [journey('reader', 2), journey('search', 1)], {
      ...NOTHING,
      passed: 6,
      failed: 1,
      skipped: 2,
    });
    expect(again).toEqual({ ...NOTHING, passed: 102, failed: 1, skipped: 5 });
  });
});

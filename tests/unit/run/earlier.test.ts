import { describe, expect, it } from 'vitest';
import { chooseTests, Earlier, NO_EARLIER, noteRun } from '../../run/earlier.ts';
import type { FileResult } from '../../run/tally.ts';

/** Apart from its bracket, so that this file does not seem to draw cases itself. */
const ASSERT = 'fc.assert';
const FILES = new Map([
  ['a.test.ts', `it('a')`],
  ['b.test.ts', `it('b')`],
  ['drawn.test.ts', `${ASSERT}(fc.property(one, holds));`],
]);
const KEYS = new Map([...FILES.keys()].map((test) => [test, `${test} 1`]));
const withKey = (test: string, key: string): Map<string, string> => new Map([...KEYS, [test, key]]);

const result = (over: Partial<FileResult> = {}): FileResult => ({
  path: '',
  hasPassed: true,
  hasFailed: false,
  failed: 0,
  passed: 3,
  skipped: 1,
  ...over,
});
const failing = result({ hasPassed: false, hasFailed: true, passed: 2 });

/** What is kept after these files ran. */
function after(
  results: Readonly<Record<string, FileResult>>,
  earlier = NO_EARLIER,
  over: Partial<Parameters<typeof noteRun>[1]> = {},
): Earlier {
  const run = { before: KEYS, after: KEYS, results: new Map(Object.entries(results)), canPass: true, ...over };
  return Earlier.parse(JSON.parse(JSON.stringify(noteRun(earlier, run))));
}
const runs = (earlier: Earlier, keys = KEYS): string[] => chooseTests(FILES, keys, earlier).run;
const all = { 'a.test.ts': result(), 'b.test.ts': result(), 'drawn.test.ts': result() };

describe('which test files run', () => {
  it('is all of them where nothing is known, as in a clean clone', () => {
    expect(runs(NO_EARLIER)).toEqual(['a.test.ts', 'b.test.ts', 'drawn.test.ts']);
    expect(chooseTests(FILES, KEYS, NO_EARLIER).kept.earlier).toBe(0);
  });

  it('is none after all passed, but those that draw other cases in each run', () => {
    const chosen = chooseTests(FILES, KEYS, after(all));
    expect(chosen).toEqual({ run: ['drawn.test.ts'], kept: { passed: 6, failed: 0, skipped: 2, earlier: 8 } });
  });

  it('is again a file whose inputs changed, and not one that has its old inputs again', () => {
    expect(runs(after(all), withKey('a.test.ts', 'a.test.ts 2'))).toContain('a.test.ts');
    expect(runs(after(all), KEYS)).not.toContain('a.test.ts');
  });

  it('is again a file that failed, whatever it did before', () => {
    expect(runs(after({ 'a.test.ts': failing }, after(all)))).toContain('a.test.ts');
  });

  it('is again a file of which only a part ran', () => {
    expect(runs(after({ 'a.test.ts': result({ hasPassed: false }) }, after(all)))).toContain('a.test.ts');
  });

  it('is each time a file that both failed and passed on the same inputs, until they are others', () => {
    const flaky = after(all, after({ 'a.test.ts': failing }));
    expect(runs(flaky)).toContain('a.test.ts');
    expect(runs(after(all, flaky))).toContain('a.test.ts');
    const changed = withKey('a.test.ts', 'a.test.ts 2');
    expect(runs(after(all, flaky, { before: changed, after: changed }), changed)).toEqual(['drawn.test.ts']);
  });

  it('is again a file whose inputs were changed while it ran', () => {
    const changed = withKey('a.test.ts', 'a.test.ts 2');
    const edited = after(all, NO_EARLIER, { after: changed });
    expect(runs(edited, changed)).toContain('a.test.ts');
    expect(runs(edited, KEYS)).toContain('a.test.ts');
    expect(runs(edited, KEYS)).not.toContain('b.test.ts');
  });

  it('is again every file of a run with an error that belongs to no test, and of one that named some tests', () => {
    expect(runs(after(all, NO_EARLIER, { canPass: false }))).toEqual([...KEYS.keys()]);
  });

  it('keeps what passed in a run in which others failed, and what did not run', () => {
    expect(runs(after({ 'a.test.ts': failing, 'b.test.ts': result() }))).toEqual(['a.test.ts', 'drawn.test.ts']);
    expect(runs(after({ 'a.test.ts': result() }, after(all)))).toEqual(['drawn.test.ts']);
  });

  it('forgets a file that is gone', () => {
    const gone = new Map([...KEYS].filter(([test]) => test !== 'a.test.ts'));
    expect(Object.keys(after({ 'b.test.ts': result() }, after(all), { before: gone, after: gone }).passed)).toEqual([
      'drawn.test.ts',
      'b.test.ts',
    ]);
  });
});

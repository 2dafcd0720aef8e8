import { describe, expect, it } from 'vitest';
import { closingLine, filesOfVitest, NOTHING, sum, tallyOfVitest } from '../../run/tally.ts';

const report = (over: object): object => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [{ name: '/a.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] }],
  ...over,
});

describe('the tally of a vitest run', () => {
  it('counts tests, and to-dos as skipped', () => {
    const tally = tallyOfVitest(report({ numFailedTests: 2, numPendingTests: 1, numTodoTests: 1 }), 1);
    expect(tally).toEqual({ ...NOTHING, passed: 3, failed: 2, skipped: 2 });
  });

  it('counts a file that did not load', () => {
    expect(
      tallyOfVitest(report({ testResults: [{ name: '', status: 'failed', assertionResults: [] }] }), 1).failed,
    ).toBe(1);
  });

  it('does not count a failed test twice, once for its file', () => {
    const testResults = [{ name: '', status: 'failed', assertionResults: [{ status: 'failed' }] }];
    expect(tallyOfVitest(report({ numFailedTests: 1, testResults }), 1).failed).toBe(1);
  });

  it.each([
    ['wrote no report', null, 0],
    ['ran no test', report({ numPassedTests: 0, testResults: [] }), 0],
    ['skipped every test', report({ numPassedTests: 0, numPendingTests: 5 }), 0],
    ['failed outside its tests', report({}), 1],
  ])('is a failure when vitest %s', (_, json, code) => {
    expect(tallyOfVitest(json, code).failed).toBe(1);
  });

  it('sums up to the closing line', () => {
    const all = sum([tallyOfVitest(report({}), 0), { ...NOTHING, passed: 1, failed: 2, skipped: 4 }]);
    expect(closingLine(all)).toBe('4 passed, 2 failed, 4 skipped');
  });

  it('says at the end how much was not run again, since it passed earlier', () => {
    const all = sum([
      { ...NOTHING, passed: 110, skipped: 2 },
      { ...NOTHING, passed: 4890, skipped: 10, earlier: 4900 },
    ]);
    expect(closingLine(all)).toBe(
      '5000 passed, 0 failed, 12 skipped (4,900 passed earlier on these same files; 112 run)',
    );
  });
});

describe('a file of a vitest run', () => {
  const fileOf = (status: string, ...results: readonly string[]): unknown => {
    const assertionResults = results.map((one) => ({ status: one }));
    return filesOfVitest(report({ testResults: [{ name: '/a.test.ts', status, assertionResults }] }))[0];
  };

  it('has passed if each of its tests passed or is skipped', () => {
    expect(fileOf('passed', 'passed', 'skipped', 'todo')).toEqual({
      path: '/a.test.ts',
      hasPassed: true,
      hasFailed: false,
      passed: 1,
      failed: 0,
      skipped: 2,
    });
  });

  it.each([
    ['a test failed', 'failed', ['passed', 'failed'], true],
    ['it failed outside its tests', 'failed', ['passed'], true],
    ['it did not come to its end', 'passed', ['passed', 'pending'], false],
    ['every test is skipped', 'passed', ['skipped'], false],
    ['it has no test', 'passed', [], false],
  ])('has not passed if %s', (_, status, results, hasFailed) => {
    expect(fileOf(status, ...results)).toMatchObject({ hasPassed: false, hasFailed });
  });

  it('is none where vitest wrote no report', () => {
    expect(filesOfVitest(null)).toEqual([]);
  });
});

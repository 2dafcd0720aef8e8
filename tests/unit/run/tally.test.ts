import { describe, expect, it } from 'vitest';
import { closingLine, NOTHING, sum, tallyAfter, tallyOfVitest, vitestRun } from '../../run/tally.ts';

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
});

describe('files that failed and are run again', () => {
  const failing = {
    name: '/a.test.ts',
    status: 'failed',
    assertionResults: [{ status: 'passed' }, { status: 'failed' }],
  };
  const passing = {
    name: '/b.test.ts',
    status: 'passed',
    assertionResults: [{ status: 'passed' }, { status: 'passed' }],
  };
  const first = vitestRun(report({ numFailedTests: 1, testResults: [failing, passing] }), 1);

  it('are those that failed, not the others', () => {
    expect(first.failed.map(({ path }) => path)).toEqual(['/a.test.ts']);
  });

  it('count as in the second run', () => {
    const passed = vitestRun(report({ numPassedTests: 2, testResults: [{ ...failing, status: 'passed' }] }), 0);
    expect(tallyAfter(first, passed)).toEqual({ passed: 4, failed: 0, skipped: 0 });
    const again = vitestRun(report({ numPassedTests: 1, numFailedTests: 1, testResults: [failing] }), 1);
    expect(tallyAfter(first, again)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('are none after an error outside any test, which still fails the run', () => {
    const broken = vitestRun(report({}), 1);
    expect(broken).toEqual({ tally: { passed: 3, failed: 1, skipped: 0 }, failed: [] });
  });
});

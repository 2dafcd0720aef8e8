import { describe, expect, it } from 'vitest';
import {
  afterDone,
  afterMissedEnd,
  afterPassword,
  afterProgress,
  afterReload,
  countItems,
  IDLE,
  secondsLeft,
  type ImportState,
} from '../../../../renderer/features/import/import-store.ts';
import { IMPORTED } from '../../../support/shell/fixtures.ts';

const progress = (over: object) => ({
  job: 'j',
  total: 10,
  walking: false,
  done: 2,
  failed: 0,
  current: [],
  finished: [],
  ...over,
});
const running = (state: ImportState) => {
  if (state.running === null) throw new Error('no import');
  return state.running;
};

describe('an import', () => {
  it('collects finished items from events', () => {
    const [first, second] = IMPORTED;
    const one = afterProgress(IDLE, progress({ finished: [first] }), 1000);
    const two = afterProgress(one, progress({ done: 3, finished: [second] }), 2000);
    expect(running(two)).toMatchObject({ done: 3, startedAt: 1000, items: [first, second], ended: false });
  });

  it('starts over with another job', () => {
    const one = afterProgress(IDLE, progress({ finished: IMPORTED }), 1000);
    expect(running(afterProgress(one, progress({ job: 'k' }), 5000))).toMatchObject({
      job: 'k',
      items: [],
      startedAt: 5000,
    });
  });

  it('ends with its complete report, and opens it if something failed', () => {
    const done = afterDone(afterProgress(IDLE, progress({}), 0), { job: 'j', items: IMPORTED, cancelled: false }, 9);
    expect(running(done)).toMatchObject({ ended: true, done: 4, failed: 1, items: IMPORTED });
    expect(done.reportOpen).toBe(true);
    const fine = afterDone(
      IDLE,
      { job: 'j', items: IMPORTED.filter(({ status }) => status === 'added'), cancelled: false },
      9,
    );
    expect(fine.reportOpen).toBe(false);
  });

  it('is adopted by a page that loads during it, with the password it waits for', () => {
    const [first, second, third] = IMPORTED;
    const waiting = [{ path: 'locked.pdf', wrong: true }];
    const told = {
      job: 'j',
      startedAt: 500,
      progress: progress({ done: 2, finished: [first, second] }),
      waiting,
      asked: [],
    };
    const fresh = afterReload(IDLE, [told]);
    expect(running(fresh)).toMatchObject({ startedAt: 500, done: 2, items: [first, second], ended: false });
    expect(fresh.passwords).toEqual([{ job: 'j', path: 'locked.pdf', wrong: true }]);
    // The event came before the answer: it takes precedence, and no file is listed twice.
    const heard = afterProgress(IDLE, progress({ done: 3, finished: [second, third] }), 9000);
    const asked = afterPassword(heard, { job: 'j', path: 'locked.pdf', wrong: true });
    const both = afterReload(asked, [told]);
    expect(running(both)).toMatchObject({ startedAt: 500, done: 3, items: [first, second, third] });
    expect(both.passwords).toHaveLength(1);
    // The event comes after the answer.
    expect(running(afterProgress(fresh, progress({ done: 2, finished: [second] }), 9000)).items).toHaveLength(2);
  });

  it('that ended before the page loaded is said, with its failures, unless another runs', () => {
    const report = { job: 'j', items: IMPORTED, cancelled: false };
    const missed = afterMissedEnd(IDLE, report, 9);
    expect(running(missed)).toMatchObject({ ended: true, failed: 1, items: IMPORTED });
    expect(missed.reportOpen).toBe(true);
    expect(afterMissedEnd(IDLE, null, 9)).toBe(IDLE);
    const other = afterProgress(IDLE, progress({ job: 'k' }), 0);
    expect(afterMissedEnd(other, report, 9)).toBe(other);
  });

  it('that has ended, or never existed, is not adopted', () => {
    const done = afterDone(IDLE, { job: 'j', items: [], cancelled: false }, 9);
    const told = { job: 'j', startedAt: 0, progress: progress({}), waiting: [{ path: 'x', wrong: false }], asked: [] };
    expect(afterReload(done, [told])).toBe(done);
    expect(afterReload(IDLE, [])).toBe(IDLE);
  });

  it('is not started again by a late event', () => {
    const done = afterDone(IDLE, { job: 'j', items: [], cancelled: true }, 9);
    expect(afterProgress(done, progress({}), 10)).toBe(done);
  });

  it('asks for each password once, and not after its end', () => {
    const asked = { job: 'j', path: 'a.pdf', wrong: false };
    const twice = afterPassword(afterPassword(IDLE, asked), { ...asked, wrong: true });
    expect(twice.passwords).toEqual([{ ...asked, wrong: true }]);
    expect(afterDone(twice, { job: 'j', items: [], cancelled: true }, 9).passwords).toEqual([]);
  });

  it('estimates the remaining time only once that is possible', () => {
    const one = running(afterProgress(IDLE, progress({ done: 5 }), 0));
    expect(secondsLeft(one, 1000)).toBeNull();
    expect(secondsLeft(one, 10_000)).toBe(10);
    expect(secondsLeft({ ...one, walking: true }, 10_000)).toBeNull();
    expect(secondsLeft({ ...one, done: 1 }, 10_000)).toBeNull();
  });

  it('counts its files by status', () => {
    expect(countItems(IMPORTED)).toEqual({ added: 1, duplicate: 1, skipped: 1, failed: 1 });
  });
});

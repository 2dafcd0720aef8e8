import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Fault, toErrorData } from '../../../shared/errors.ts';

const thrownBy = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (thrown) {
    return thrown;
  }
};

describe('a thrown value as data', () => {
  it('is the Fault’s own data if it is a Fault', () => {
    const fault = new Fault('NOT_FOUND', 'No such passage in this project.', { id: 'x' });
    expect(toErrorData(fault)).toEqual({
      code: 'NOT_FOUND',
      message: 'No such passage in this project.',
      context: { id: 'x' },
    });
  });

  it('is INTERNAL with a reason and no stack otherwise', () => {
    const { code, message, context } = toErrorData(new TypeError('a bug'));
    expect([code, context]).toEqual(['INTERNAL', { detail: 'a bug' }]);
    // It may come after a commit: that nothing was changed would not be true.
    expect(message).toBe(
      'Something unexpected went wrong: a bug. Saved work is safe. If it happens again, restart Sourcebook.',
    );
    expect(toErrorData('odd').context).toEqual({ detail: 'odd' });
  });

  it('never contains a path of this machine, as system errors do', () => {
    const thrown = thrownBy(() => readFileSync('/no/such/place/secret.txt'));
    expect(String(thrown)).toContain('secret');
    expect(JSON.stringify(toErrorData(thrown))).not.toContain('secret');
    expect(toErrorData(thrown).context).toEqual({ detail: 'ENOENT (open)' });
  });
});

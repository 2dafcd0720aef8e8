import { describe, expect, it } from 'vitest';
import { Fault } from '../../../shared/errors.ts';
import { exportFault, readFault, storeFault } from '../../../shared/file-faults.ts';
import { asFault } from '../../../electron/db/faults.ts';

const error = (code: string): Error => Object.assign(new Error(code), { code });
const codeOf = (thrown: unknown): unknown => (thrown instanceof Fault ? thrown.data.code : thrown);

describe('the errors of the system', () => {
  it('report a full disk in the same words everywhere', () => {
    const messages = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'].flatMap((code) =>
      [storeFault, exportFault, asFault].map((fault) => fault(error(code))),
    );
    expect(new Set(messages.map(codeOf))).toEqual(new Set(['DISK_FULL']));
    expect(new Set(messages.map((one) => (one instanceof Fault ? one.data.message : one))).size).toBe(1);
  });

  it('say what to do about a forbidden write', () => {
    for (const code of ['EACCES', 'EPERM', 'EROFS']) {
      expect(codeOf(storeFault(error(code)))).toBe('PROJECT_READ_ONLY');
      expect(codeOf(asFault(error(code)))).toBe('PROJECT_READ_ONLY');
      expect(codeOf(exportFault(error(code)))).toBe('NOT_ALLOWED');
    }
  });

  it('are returned unchanged if no one can do anything about them', () => {
    const unknown = error('EWEIRD');
    for (const fault of [readFault, storeFault, exportFault, asFault]) expect(fault(unknown)).toBe(unknown);
  });
});

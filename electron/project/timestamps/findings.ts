import type { Stamp } from '../../../shared/contract/timestamps.ts';
import type { VerifyReport } from '../../../shared/contract/project.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { plain } from '../../formats/archive/certificates.ts';
import type { ReadContext } from '../context.ts';
import { listStamps } from './stamps.ts';

export type StampFindings = Pick<VerifyReport, 'failures' | 'remarks'>;

/**
 * What verification reports about the time stamps in a project. A time stamp that proves nothing is a failure. One whose authority no root
 * trusted here vouches for, or whose signature is of a kind that can’t be checked here, is not: another installation may know more.
 */
export function verifyStamps({ db, trustedRoots }: Pick<ReadContext, 'db' | 'trustedRoots'>): StampFindings {
  const stamps = listStamps(db, trustedRoots());
  const of = (one: Stamp): string =>
    `The time stamp of ${one.snapshot === null ? 'the file' : 'snapshot'} “${plain(one.name, 200)}”`;
  return {
    failures: stamps
      .filter(({ standing }) => standing === 'nothing')
      .map((one) => ({ kind: 'timestamp', id: one.id, message: `${of(one)} shows nothing. ${one.why}` })),
    remarks: stamps.flatMap((one) => {
      const { standing, said, id } = one;
      if (standing === 'unsupported')
        return [{ kind: 'timestamp', id, message: `${of(one)} isn’t checked. ${one.why}` }];
      if (standing !== 'untrusted' || said === null) return [];
      const from = `${formatMoment(said.at)}, ${plain(said.authority, 200)}`;
      return [{ kind: 'timestamp', id, message: `${of(one)} (${from}) isn’t checked against a root that you trust.` }];
    }),
  };
}

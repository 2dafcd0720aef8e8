import type { CallOutput } from '../../shared/contract/index.ts';
import type { VerifyReport } from '../../shared/contract/project.ts';
import type { Engine } from './engine.ts';

/** How the texts compare with their originals: null where that was not asked for, or a damaged file keeps it from being known. */
export type ComparedAgain = Pick<
  CallOutput<'sources.compareOriginals'>,
  'compared' | 'otherVersion' | 'unread' | 'locked'
>;

export type ThoroughReport = VerifyReport & { readonly again: ComparedAgain | null };

/**
 * Verifies an open project; `thorough`: also reads every original again and compares it with its text layers, protected PDFs with the
 * `passwords`.
 */
export async function verifyEngine(
  engine: Pick<Engine, 'call'>,
  { thorough, passwords }: { readonly thorough: boolean; readonly passwords: readonly string[] },
): Promise<ThoroughReport> {
  const report = await engine.call('project.verify', {});
  if (!thorough) return { ...report, again: null };
  const { failures, remarks, ...again } = await engine.call('sources.compareOriginals', { passwords: [...passwords] });
  const known = new Set(report.failures.map(({ id }) => id));
  const all = [...report.failures, ...failures.filter(({ id }) => !known.has(id))];
  return {
    ...report,
    ok: all.length === 0,
    failures: all,
    remarks: [...report.remarks, ...remarks.map((message) => ({ kind: 'layer', id: '', message }))],
    again,
  };
}

import type { AgreementReport } from '../../../shared/contract/coding.ts';
import { heldSecondCoding } from '../../../shared/review/second-coding.ts';
import type { ReadContext } from '../../project/context.ts';
import { reviewedOf } from '../../project/review/state.ts';
import { secondCodedPassages } from './queries.ts';

type Counts = AgreementReport['secondCoded'];

/** What the second codings of passages rest on, in some sources (none named: in all). */
export function secondCodings(context: ReadContext, sources: ReadonlySet<string>): Counts {
  const rows = context.db
    .all(secondCodedPassages, {})
    .filter(({ source }) => sources.size === 0 || sources.has(source));
  const counts = { own: 0, confirmed: 0, unsaid: 0 };
  for (const { position } of reviewedOf(
    context,
    rows.map(({ id }) => ({ id, tagged: true })),
  ).values()) {
    const how = heldSecondCoding(position.line)?.how;
    if (how !== undefined) counts[how]++;
  }
  return counts;
}

/** The same in a sentence; empty where nothing is second-coded. */
export function secondCodingsInWords({ own, confirmed, unsaid }: Counts): string {
  const all = own + confirmed + unsaid;
  if (all === 0) return '';
  const were = (count: number): string => String(count);
  const parts = [
    ...(own > 0 ? [`${were(own)} with the second coder’s own tags (counted here)`] : []),
    ...(confirmed > 0
      ? [`${were(confirmed)} by confirming someone else’s tags (not a second judgement, so not counted)`]
      : []),
    ...(unsaid > 0 ? [`${were(unsaid)} without saying which tags`] : []),
  ];
  return `Of ${String(all)} second-coded ${all === 1 ? 'passage' : 'passages'}: ${parts.join('; ')}.`;
}

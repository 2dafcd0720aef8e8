import type { AgreementReport } from '../../../shared/contract/coding.ts';
import { heldSecondCoding } from '../../../shared/review/second-coding.ts';
import type { ReadContext } from '../../engine/feature.ts';
import { reviewedOf } from '../../engine/review-state.ts';
import { secondCodedPassages } from './queries.ts';

type Counts = AgreementReport['secondCoded'];

/** What the second codings of passages rest on, in some sources (none named: in all). */
export function secondCodings(context: ReadContext, sources: ReadonlySet<string>): Counts {
  const rows = context.db
    .all(secondCodedPassages, {})
    .filter(({ source }) => sources.size === 0 || sources.has(source));
  const counts = { own: 0, confirmed: 0, unsaid: 0 };
  for (const { standing } of reviewedOf(
    context,
    rows.map(({ id }) => ({ id, tagged: true })),
  ).values()) {
    const how = heldSecondCoding(standing.line)?.how;
    if (how !== undefined) counts[how]++;
  }
  return counts;
}

/** The same in a sentence; empty where nothing is second-coded. */
export function secondCodingsInWords({ own, confirmed, unsaid }: Counts): string {
  const all = own + confirmed + unsaid;
  if (all === 0) return '';
  const were = (count: number): string => `${String(count)} ${count === 1 ? 'was' : 'were'} so`;
  const parts = [
    ...(own > 0 ? [`${were(own)} by tags of the second coder’s own, which are counted here`] : []),
    ...(confirmed > 0
      ? [`${were(confirmed)} by confirming somebody else’s, which is no second judgement and is not counted`]
      : []),
    ...(unsaid > 0 ? [`${were(unsaid)} by a step that does not say on which`] : []),
  ];
  return `Of ${String(all)} ${all === 1 ? 'passage' : 'passages'} called second-coded, ${parts.join('; ')}.`;
}

import type { Condition } from '../../../shared/query/ast.ts';
import { leavesOf } from '../../../shared/query/ast.ts';
import { Faults, type QueryFault } from '../../../shared/query/faults.ts';
import { readQuery } from '../../../shared/query/parse.ts';
import type { ReadContext } from '../../project/context.ts';
import { idsOfConditions } from '../../project/evidence/filter.ts';
import { type Evidence, withEvidence } from '../../project/evidence/read-set.ts';
import type { SearchQuery } from '../../workers/jobs.ts';

/** What the conditions of a query ask, or what is wrong with their values. */
interface Resolved extends Pick<SearchQuery, 'conditions' | 'dimensions'> {
  readonly faults: readonly QueryFault[];
}

const NONE: Resolved = { conditions: [], dimensions: [], faults: [] };

/**
 * Looks the conditions of a query up in the evidence of the project, which only the engine’s thread has. A query without a colon has
 * none, and costs nothing here.
 */
export async function resolvedQuery(context: ReadContext, text: string): Promise<Resolved> {
  if (!/[:：]/.test(text)) return NONE;
  return withEvidence(context, {}, (evidence) => resolvedIn(context, evidence, text));
}

function resolvedIn(context: ReadContext, evidence: Evidence, text: string): Resolved {
  const dimensions = evidence.codebook.dimensions.map(({ code }) => code);
  const { query } = readQuery(text, dimensions);
  const conditions =
    query === null ? [] : leavesOf(query).filter((leaf): leaf is Condition => leaf.kind === 'condition');
  if (conditions.length === 0) return { ...NONE, dimensions };
  const faults = new Faults(text);
  const ids = idsOfConditions(context.db, evidence, conditions, faults);
  return {
    dimensions,
    faults: faults.sorted(),
    conditions: ids.map((found, at) => ({
      field: conditions[at]?.field ?? '',
      of: found.of,
      ids: found.ids.join(' '),
      named: found.of === 'passages' ? found.named.join(' ') : '',
    })),
  };
}

import type { RelationCard } from '../../../shared/contract/relations.ts';
import { startRelating } from '../../common/relations/state.ts';

/** Other figures, or another operation, in place of a relation. */
export function editOf(relation: RelationCard): void {
  const { inputs, printed } = relation;
  const figures = printed === null ? inputs : [...inputs, printed];
  startRelating({ source: figures[0]?.sourceId ?? null, figures, instead: relation });
}

import type { RelationCard } from '../../../shared/contract/relations.ts';
import { startRelating } from '../../common/relations/state.ts';

/** Opens the dialog that replaces a relation by one with other figures or another operation. */
export function editOf(relation: RelationCard): void {
  const { inputs, printed } = relation;
  const figures = printed === null ? inputs : [...inputs, printed];
  startRelating({ source: figures[0]?.sourceId ?? null, figures, instead: relation });
}

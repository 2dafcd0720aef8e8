import { Fault } from '../../../shared/errors.ts';
import type { Passage, PassageId } from '../../../shared/model/index.ts';
import type { Situation } from '../../../shared/review/steps.ts';
import { basisNow, type Reviewed, reviewedOf, type ReviewReader } from '../../project/review/state.ts';
import { contributionsOf, contributedBy } from '../../project/review/contributors.ts';
import { passageOf } from '../../project/passages/passages.ts';

/** One passage with what the review says of it, and what decides the next steps of the acting person. NOT_FOUND. */
export function situationOf(
  reader: ReviewReader & { readonly person: { readonly id: string } },
  id: PassageId,
): { readonly passage: Passage; readonly reviewed: Reviewed; readonly situation: Situation } {
  const passage = passageOf(reader, id);
  const reviewed = reviewedOf(reader, [{ id, tagged: passage.tags.length > 0 }]).get(id);
  const basis = basisNow(reader, id);
  if (reviewed === undefined || basis === null)
    throw new Fault('NOT_FOUND', 'This passage’s location can’t be read. Verify the project.', { id });
  return {
    passage,
    reviewed,
    situation: {
      person: reader.person.id,
      shown: reviewed.state,
      position: reviewed.position,
      basis,
      valid: reviewed.counted.valid,
      contributed: contributedBy(reader.person.id, contributionsOf(reader, JSON.stringify([id])).get(id) ?? []),
      removed: passage.deleted,
    },
  };
}

/** A passage as a label names it: “要做好对口支援…”, or “an area”. */
export function quoted({ anchor }: Passage): string {
  if (anchor.kind === 'area') return `an area of page ${anchor.page}`;
  const line = anchor.exact.replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line);
  return `“${characters.length <= 24 ? line : `${characters.slice(0, 24).join('')}…`}”`;
}

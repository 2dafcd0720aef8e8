import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { personId, translationDraft, type PassageId } from '../../../shared/model/index.ts';
import type { Move } from '../../../shared/review/standing.ts';
import { stepsOf } from '../../../shared/review/steps.ts';
import type { ReadContext } from '../../engine/feature.ts';
import { commentsOn } from './comments.ts';
import { differencesOf } from './differences.ts';
import { namer, peopleOf } from './people.ts';
import { translationRecords } from './queries.ts';
import { situationOf } from './situation.ts';

/** Everything a reviewer needs of one passage. NOT_FOUND. */
export function detailOf(context: ReadContext, id: PassageId): ReviewDetail {
  const { passage, reviewed, situation } = situationOf(context, id);
  const people = peopleOf(context);
  const nameOf = namer(people);
  const forged = new Set<Move>(reviewed.counted.forged);
  const { move } = reviewed.standing;
  return {
    passage,
    state: reviewed.state,
    moves: reviewed.moves.map((one) => ({
      state: one.state,
      comment: one.comment,
      person: personId.parse(one.person),
      name: nameOf(one.person),
      at: one.at,
      forged: forged.has(one),
    })),
    differences:
      reviewed.state === 'reopened' && move !== null && move.basis !== null
        ? differencesOf(context, passage, { ...move, basis: move.basis }, situation.basis, nameOf)
        : [],
    steps: stepsOf(situation).map(({ to, refusal }) => ({
      to,
      allowed: refusal === null,
      why: refusal?.why ?? '',
      code: refusal?.code ?? null,
    })),
    translations: [...reviewed.translations],
    comments: commentsOn(context.db, id),
    people,
    drafts: draftsOf(context, id, nameOf),
  };
}

/** Every text a translation ever had, the newest first; of one that was removed, too. */
function draftsOf(
  context: ReadContext,
  passage: PassageId,
  nameOf: (person: string) => string,
): ReviewDetail['drafts'] {
  const records = context.db.all(translationRecords, { passage });
  const languages = new Map(records.map((row) => [row.id, row.language ?? '']));
  const said = records.length === 0 ? [] : context.project.team.said('translation', [...languages.keys()], ['draft']);
  return said.toReversed().flatMap(({ id, value, person, at }) => {
    const draft = translationDraft.safeParse(value);
    if (!draft.success) return [];
    // Who signed it, which whoever is named may not be.
    return [{ language: languages.get(id) ?? '', text: draft.data.text, person: nameOf(person), at }];
  });
}

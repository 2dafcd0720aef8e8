import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Json } from '../../../shared/changes/canonical.ts';
import type { ReviewState } from '../../../shared/model/index.ts';
import type { Basis } from '../../../shared/review/basis.ts';
import { keepsBasis } from '../../../shared/review/standing.ts';
import { refusalOf } from '../../../shared/review/steps.ts';
import type { WriteContext } from '../../engine/feature.ts';
import { quoted, situationOf } from './situation.ts';

const VERBS: Readonly<Record<ReviewState, string>> = {
  draft: 'Set back to draft',
  coded: 'Mark as coded',
  'second-coded': 'Mark as second-coded',
  translated: 'Mark as translated',
  checked: 'Check',
  approved: 'Approve',
  released: 'Release',
  returned: 'Return',
};

/** Moves a passage on in one commit: its state, and a record by whom and on what ground. */
export function move(context: WriteContext, { passage: id, to, comment, base }: CallArgs<'review.move'>): void {
  const { passage, situation } = situationOf(context, id);
  if (base !== undefined && base !== situation.shown)
    throw new Fault(
      'EXISTS',
      `This passage was moved on meanwhile: it is ${situation.shown} by now. Look at it again, and decide.`,
      { id, state: situation.shown },
    );
  const refusal = refusalOf(to, situation);
  if (refusal !== null)
    throw new Fault(refusal.code, refusal.why, { id, to, person: context.person.name, personId: context.person.id });
  if (to === 'returned' && comment.trim() === '')
    throw new Fault('NOT_ALLOWED', 'Say in a comment what has to be done before this passage goes on.', { id, to });
  const review = context.newId();
  context.db.commit(`${VERBS[to]}: ${quoted(passage)}`, [
    { entity: 'passage', id, field: 'state', value: to },
    { entity: 'review', id: review, field: 'passage', value: id },
    { entity: 'review', id: review, field: 'state', value: to },
    { entity: 'review', id: review, field: 'comment', value: comment.trim() },
    ...(keepsBasis(to)
      ? [{ entity: 'review' as const, id: review, field: 'basis' as const, value: asJson(situation.basis) }]
      : []),
    { entity: 'review', id: review, field: 'person', value: context.person.id },
  ]);
}

/** A basis as the log takes it: an interface has no index signature, a spread of it does. */
function asJson({ translations, source, decided, ...basis }: Basis): Json {
  return {
    ...basis,
    source: source === null ? null : { ...source },
    translations: translations.map((one) => ({ ...one })),
    decided: decided === null ? null : { ...decided },
  };
}

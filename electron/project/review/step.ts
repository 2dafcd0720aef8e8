import type { Json } from '../../../shared/changes/canonical.ts';
import { Fault } from '../../../shared/errors.ts';
import type { CategoryId, ReviewState, ShownState } from '../../../shared/model/index.ts';
import type { Basis } from '../../../shared/review/basis.ts';
import type { Confirmed } from '../../../shared/review/move.ts';
import { confirmable } from '../../../shared/review/second-coding.ts';
import { keepsBasis } from '../../../shared/review/status.ts';
import { rejectionOf } from '../../../shared/review/steps.ts';
import type { Edit } from '../../db/types.ts';
import type { WriteContext } from '../context.ts';
import type { Situated } from './situation.ts';

/** A step that someone takes with a passage. */
export interface Step {
  readonly passage: string;
  readonly to: ReviewState;
  readonly comment: string;
  /** See `review.move`. */
  readonly agrees?: readonly CategoryId[] | undefined;
}

/** What a step is called in a label. */
export const STEP_VERBS: Readonly<Record<ReviewState, string>> = {
  draft: 'Return to draft',
  coded: 'Mark as coded',
  'second-coded': 'Mark as second-coded',
  translated: 'Mark as translated',
  checked: 'Check',
  approved: 'Approve',
  released: 'Release',
  returned: 'Return',
};

/** The edits of a step, also on the passages that it moves along. */
export interface Taken {
  readonly edits: readonly Edit[];
  readonly moved: readonly string[];
}

/**
 * Takes a step with a passage, and with those others at its place that are in the same state or wait for the same check, if the acting person
 * may take it there. Passages in `already` were moved before and are left out. Second coding moves no others, since it is about the tags of
 * one passage. Throws NOT_ALLOWED and FOUR_EYES.
 */
export function takeStep(
  context: WriteContext,
  step: Step,
  situations: ReadonlyMap<string, Situated>,
  already: ReadonlySet<string> = new Set(),
): Taken {
  const { passage, to, comment } = step;
  const found = situations.get(passage);
  if (found === undefined)
    throw new Fault('NOT_FOUND', 'This passage’s location can’t be read. Verify the project.', { id: passage });
  const { situation, beside } = found;
  const rejection = rejectionOf(to, situation);
  if (rejection !== null)
    throw new Fault(rejection.code, rejection.why, {
      id: passage,
      to,
      person: context.person.name,
      personId: context.person.id,
    });
  if (to === 'returned' && comment.trim() === '')
    throw new Fault('NOT_ALLOWED', 'Add a comment saying what should change.', { id: passage, to });
  const confirmed = confirmedBy(context, step, situation.basis);
  const along =
    to === 'second-coded'
      ? []
      : beside.filter((id) => !already.has(id) && isMovedAlong(id, step, situations, situation.shown));
  return {
    edits: [
      ...stepEdits(context, step, situation.basis, confirmed),
      ...along.flatMap((id) => {
        const basis = situations.get(id)?.situation.basis;
        return basis === undefined ? [] : stepEdits(context, { ...step, passage: id }, basis, []);
      }),
    ],
    moved: [passage, ...along],
  };
}

/** The states before a check: one check covers all passages at a place that are in any of them. */
const BEFORE_CHECK: readonly ShownState[] = ['coded', 'second-coded', 'translated'];

function isMovedAlong(id: string, { to }: Step, situations: ReadonlyMap<string, Situated>, shown: ShownState): boolean {
  const other = situations.get(id)?.situation;
  if (other === undefined) return false;
  const isAlike =
    to === 'checked' && BEFORE_CHECK.includes(shown) ? BEFORE_CHECK.includes(other.shown) : other.shown === shown;
  return isAlike && rejectionOf(to, other) === null;
}

/** A record of who took the step and on what basis, and the passage’s new state. */
function stepEdits(
  context: WriteContext,
  { passage: id, to, comment }: Step,
  basis: Basis,
  confirmed: readonly Confirmed[],
): Edit[] {
  const review = context.newId();
  return [
    { entity: 'passage', id, field: 'state', value: to },
    { entity: 'review', id: review, field: 'passage', value: id },
    { entity: 'review', id: review, field: 'state', value: to },
    { entity: 'review', id: review, field: 'comment', value: comment.trim() },
    ...(keepsBasis(to)
      ? [{ entity: 'review' as const, id: review, field: 'basis' as const, value: asJson(basis) }]
      : []),
    ...(confirmed.length === 0
      ? []
      : [
          {
            entity: 'review' as const,
            id: review,
            field: 'confirmed' as const,
            value: confirmed.map((one) => [...one]),
          },
        ]),
    { entity: 'review', id: review, field: 'person', value: context.person.id },
  ];
}

/** Other people's tags that a second coder confirms. Throws BAD_INPUT, and NOT_ALLOWED for a second coding without any tag. */
function confirmedBy({ person }: WriteContext, { passage, to, agrees }: Step, basis: Basis): Confirmed[] {
  if (to !== 'second-coded') {
    if (agrees === undefined) return [];
    throw new Fault('BAD_INPUT', 'Only second-coding confirms tags.', { to });
  }
  const otherTags = confirmable(basis, person.id);
  const hasOwn = otherTags.length < basis.tags.length;
  const wanted = new Set<string>(agrees ?? (hasOwn ? [] : otherTags.map(([category]) => category)));
  const confirmed = otherTags.filter(([category]) => wanted.has(category));
  if ([...wanted].some((category) => !confirmed.some(([one]) => one === category)))
    throw new Fault('BAD_INPUT', 'No one else has added one of these tags, so there’s nothing to confirm.', {
      id: passage,
    });
  if (!hasOwn && confirmed.length === 0)
    throw new Fault('NOT_ALLOWED', 'Choose the tags you agree with, or tag this passage yourself.', {
      id: passage,
    });
  return confirmed;
}

/** A basis as a JSON value. An interface has no index signature, an object literal has. */
function asJson({ translations, source, decided, ...basis }: Basis): Json {
  return {
    ...basis,
    source: source === null ? null : { ...source },
    translations: translations.map((one) => ({ ...one })),
    decided: decided === null ? null : { ...decided },
  };
}

import { Fault } from '../../../shared/errors.ts';
import {
  type Passage,
  passageId,
  type PassageId,
  type ReviewState,
  type ShownState,
} from '../../../shared/model/index.ts';
import type { Edit } from '../../db/types.ts';
import { passagesAt } from '../../project/passages/places.ts';
import { type Situation, rejectionOf } from '../../../shared/review/steps.ts';
import type { ReviewReader } from '../../project/review/moves.ts';
import { basisNow, type Reviewed, reviewedOf } from '../../project/review/state.ts';
import { contributionsOf } from '../../project/review/contributors.ts';
import { Installations } from '../../project/people/installations.ts';
import { passageOf } from '../../project/passages/passages.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import type { Json } from '../../../shared/changes/canonical.ts';
import type { Basis } from '../../../shared/review/basis.ts';
import { confirmable } from '../../../shared/review/second-coding.ts';
import { checkersOf, keepsBasis } from '../../../shared/review/status.ts';
import type { WriteContext } from '../../project/context.ts';
import type { Confirmed, ContributionKind } from '../../../shared/review/move.ts';

/** A passage, its review, and what decides which steps the acting person may take. Throws NOT_FOUND. */
export function situationOf(
  reader: ReviewReader & { readonly person: { readonly id: string } },
  id: PassageId,
): { readonly passage: Passage; readonly reviewed: Reviewed; readonly situation: Situation } {
  const passage = passageOf(reader, id);
  const reviewed = reviewedOf(reader, [{ id, tagged: passage.tags.length > 0 }]).get(id);
  const basis = basisNow(reader, id);
  const beside = besideOf(reader.db, id);
  if (reviewed === undefined || basis === null)
    throw new Fault('NOT_FOUND', 'This passage’s location can’t be read. Verify the project.', { id });
  const me = reader.person.id;
  const contributions = contributionsOf(reader, JSON.stringify([id, ...beside]));
  const kindsOf = (people: ReadonlySet<string>, on: readonly string[]): ReadonlySet<ContributionKind> =>
    new Set(
      on.flatMap((one) =>
        (contributions.get(one) ?? []).flatMap(({ person, kind }) => (people.has(person) ? [kind] : [])),
      ),
    );
  const sharing = new Installations(reader.db).oneWith(me);
  const reviewedBeside = reviewedOf(
    reader,
    beside.map((one) => ({ id: one, tagged: true })),
  );
  return {
    passage,
    reviewed,
    situation: {
      person: me,
      shown: reviewed.state,
      position: reviewed.position,
      basis,
      valid: reviewed.counted.valid,
      contributed: kindsOf(new Set([me]), [id]),
      surroundings: {
        beside: kindsOf(new Set([me]), beside),
        checkedBeside: new Set([...reviewedBeside.values()].flatMap((one) => [...checkersOf(one.counted.valid)])),
        sharing,
        bySharing: kindsOf(sharing, [id, ...beside]),
      },
      removed: passage.deleted,
    },
  };
}

/** The other passages at a passage’s place. */
const besideOf = (db: ReviewReader['db'], passage: string): string[] =>
  passagesAt(db, [passage])
    .flat()
    .filter((id) => id !== passage);

/** A passage as an undo label names it: “要做好对口支援…”, or “an area of page 3”. */
export function quoted({ anchor }: Passage): string {
  if (anchor.kind === 'area') return `an area of page ${anchor.page}`;
  const line = anchor.exact.replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line);
  return `“${characters.length <= 24 ? line : `${characters.slice(0, 24).join('')}…`}”`;
}

const VERBS: Readonly<Record<ReviewState, string>> = {
  draft: 'Return to draft',
  coded: 'Mark as coded',
  'second-coded': 'Mark as second-coded',
  translated: 'Mark as translated',
  checked: 'Check',
  approved: 'Approve',
  released: 'Release',
  returned: 'Return',
};

/** Moves a passage to a state in one commit, and with it the others at its place. */
export function move(context: WriteContext, input: CallArgs<'review.move'>): void {
  const { passage: id, to, comment, base } = input;
  const { passage, situation } = situationOf(context, id);
  if (base !== undefined && base !== situation.shown)
    throw new Fault('EXISTS', `This passage has moved on: it’s now ${situation.shown}. Review it again, then decide.`, {
      id,
      state: situation.shown,
    });
  const rejection = rejectionOf(to, situation);
  if (rejection !== null)
    throw new Fault(rejection.code, rejection.why, {
      id,
      to,
      person: context.person.name,
      personId: context.person.id,
    });
  if (to === 'returned' && comment.trim() === '')
    throw new Fault('NOT_ALLOWED', 'Add a comment saying what should change.', { id, to });
  const confirmed = confirmedBy(context, input, situation.basis);
  const edits = stepEdits(context, input, situation.basis, confirmed);
  context.db.commit(`${VERBS[to]}: ${quoted(passage)}`, [
    ...edits,
    ...alsoMoved(context, input, situation).flatMap(({ passage: { id: other }, situation: { basis } }) =>
      stepEdits(context, { ...input, passage: other }, basis, []),
    ),
  ]);
}

/** One look checks them all. */
const BEFORE_CHECK: readonly ShownState[] = ['coded', 'second-coded', 'translated'];

/**
 * The passages at the same place that the step holds for too: those in the same state, or waiting for the same check, if the acting
 * person may take it there. Not second coding, which is about the tags of one passage.
 */
function alsoMoved(
  context: WriteContext,
  { passage, to }: CallArgs<'review.move'>,
  { shown }: Situation,
): ReturnType<typeof situationOf>[] {
  if (to === 'second-coded') return [];
  return besideOf(context.db, passage)
    .map((id) => situationOf(context, passageId.parse(id)))
    .filter(({ situation }) => {
      const isAlike =
        to === 'checked' && BEFORE_CHECK.includes(shown)
          ? BEFORE_CHECK.includes(situation.shown)
          : situation.shown === shown;
      return isAlike && rejectionOf(to, situation) === null;
    });
}

/** A record of who took the step and on what basis, and the passage’s new state. */
function stepEdits(
  context: WriteContext,
  { passage: id, to, comment }: CallArgs<'review.move'>,
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
function confirmedBy(
  { person }: WriteContext,
  { passage, to, agrees }: CallArgs<'review.move'>,
  basis: Basis,
): Confirmed[] {
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

/** A basis as a JSON value: an interface has no index signature, an object literal has. */
function asJson({ translations, source, decided, ...basis }: Basis): Json {
  return {
    ...basis,
    source: source === null ? null : { ...source },
    translations: translations.map((one) => ({ ...one })),
    decided: decided === null ? null : { ...decided },
  };
}

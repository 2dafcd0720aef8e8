import { Fault } from '../../../shared/errors.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import type { Passage, PassageId } from '../../../shared/model/index.ts';
import type { Situation } from '../../../shared/review/steps.ts';
import type { WriteContext } from '../../project/context.ts';
import { passageOf } from '../../project/passages/passages.ts';
import type { ReviewReader } from '../../project/review/moves.ts';
import { type Situated, situationsOf } from '../../project/review/situation.ts';
import type { Reviewed } from '../../project/review/state.ts';
import { STEP_VERBS, takeStep } from '../../project/review/step.ts';

/** A passage, its review, and what decides which steps the acting person may take. Throws NOT_FOUND. */
export function situationOf(
  reader: ReviewReader & { readonly person: { readonly id: string } },
  id: PassageId,
): {
  readonly passage: Passage;
  readonly reviewed: Reviewed;
  readonly situation: Situation;
  /** Those at its place, too. */
  readonly situations: ReadonlyMap<string, Situated>;
} {
  const passage = passageOf(reader, id);
  const situations = situationsOf(reader, [id]);
  const found = situations.get(id);
  if (found === undefined)
    throw new Fault('NOT_FOUND', 'This passage’s location can’t be read. Verify the project.', { id });
  return { passage, reviewed: found.reviewed, situation: found.situation, situations };
}

/** A passage as an undo label names it: “要做好对口支援…”, or “an area of page 3”. */
export function quoted({ anchor }: Passage): string {
  if (anchor.kind === 'area') return `an area of page ${anchor.page}`;
  const line = anchor.exact.replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line);
  return `“${characters.length <= 24 ? line : `${characters.slice(0, 24).join('')}…`}”`;
}

/** Moves a passage to a state in one commit, and with it the others at its place. */
export function move(context: WriteContext, input: CallArgs<'review.move'>): void {
  const { passage: id, base } = input;
  const { passage, situation, situations } = situationOf(context, id);
  if (base !== undefined && base !== situation.shown)
    throw new Fault('EXISTS', `This passage has moved on: it’s now ${situation.shown}. Review it again, then decide.`, {
      id,
      state: situation.shown,
    });
  const { edits } = takeStep(context, input, situations);
  context.db.commit(`${STEP_VERBS[input.to]}: ${quoted(passage)}`, edits);
}

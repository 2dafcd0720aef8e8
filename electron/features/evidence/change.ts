import type { CallArgs, CallOutput, EventPayload } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { passageId, type PassageId } from '../../../shared/model/index.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { Edit } from '../../db/types.ts';
import { categoryName } from '../../project/codebook/categories.ts';
import type { WriteContext } from '../../project/context.ts';
import type { Evidence } from '../../project/evidence/read-set.ts';
import { withPlaces } from '../../project/evidence/with-places.ts';
import { selectionOf } from '../../project/evidence/selection.ts';
import { namesOf, tagEdits } from '../../project/passages/edits.ts';
import { choiceLabel, settingEdits } from '../../project/passages/settings.ts';
import { type Situated, situationsOf } from '../../project/review/situation.ts';
import { STEP_VERBS, takeStep } from '../../project/review/step.ts';
import { listed } from '../../project/undo-labels.ts';
import { faultsOf } from './rows.ts';

type Input = CallArgs<'evidence.change'>;
type Output = CallOutput<'evidence.change'>;
type Refused = Output['refused'][number];

/** What is to be written for some passages. */
interface Plan {
  readonly label: string;
  readonly edits: readonly Edit[];
  readonly changed: number;
  readonly same: number;
  readonly refused: readonly Refused[];
}

/** Finds the passages and changes them before anything else can be committed. */
export const change = (context: WriteContext, input: Input): Promise<Output> =>
  withPlaces(context, input, (evidence) => changeIn(context, evidence, input));

function changeIn(context: WriteContext, evidence: Evidence, input: Input): Output {
  const chosen = passagesOf(context, evidence, input);
  if (chosen.faults.length > 0) return { faults: chosen.faults, changed: 0, same: 0, refused: [] };
  const preparing = tellerOf(context, 'preparing', chosen.passages.length);
  preparing(0);
  const plan = planOf(context, input, chosen.passages, preparing);
  const saving = tellerOf(context, 'saving', plan.changed);
  saving(0);
  // Edits that set what is there already are left out: then nothing is written, and there is nothing to undo.
  context.db.commit(
    plan.changed > 1 ? `${plan.label} (${counted(plan.changed, 'passage')})` : plan.label,
    plan.edits,
    null,
    (share) => saving(Math.floor(plan.changed * share)),
  );
  return { faults: [], changed: plan.changed, same: plan.same, refused: [...chosen.refused, ...plan.refused] };
}

/** How many passages are done. Throws CANCELLED once the person has stopped it: the transaction is rolled back, nothing is changed. */
type Teller = (done: number) => void;

/** Fewer are done before anybody could read how far it is. */
const TOLD_FROM = 500;

function tellerOf(context: WriteContext, phase: EventPayload<'evidence.progress'>['phase'], total: number): Teller {
  return (done) => {
    if (context.interrupted()) throw new Fault('CANCELLED', 'Stopped. No passage was changed.');
    if (total >= TOLD_FROM) context.emit('evidence.progress', { phase, done, total });
  };
}

/** The passages to change: those that are listed and live, or those that the query finds. */
function passagesOf(context: WriteContext, evidence: Evidence, { passages, query, within, total, except }: Input) {
  if (passages !== undefined) {
    const all = [...new Set(passages)];
    const gone = all.filter((id) => evidence.set.rowOf(id) === undefined);
    return {
      faults: [],
      passages: all.filter((id) => evidence.set.rowOf(id) !== undefined),
      refused: gone.map((passage): Refused => ({
        passage,
        code: 'NOT_FOUND',
        why: 'This passage or its source is in the trash, or no longer here. Restore it before you edit it.',
      })),
    };
  }
  const selection = selectionOf(context.db, evidence, { query, within });
  const faults = faultsOf(selection);
  const { length } = selection.rows;
  if (faults.length === 0 && total !== length)
    throw new Fault(
      'EXISTS',
      `The filter finds ${counted(length, 'passage')} now. Look at them again, then change them.`,
      { total: length },
    );
  return {
    faults,
    passages: without(
      except,
      Array.from(selection.rows, (row) => passageId.parse(evidence.set.idOf(row))),
    ),
    refused: [],
  };
}

function without(except: readonly PassageId[], passages: readonly PassageId[]): readonly PassageId[] {
  const left = new Set(except);
  return passages.filter((id) => !left.has(id));
}

function planOf(context: WriteContext, input: Input, passages: readonly PassageId[], tell: Teller): Plan {
  const asked = [input.add.length + input.remove.length > 0, input.set !== undefined, input.move !== undefined];
  if (asked.filter(Boolean).length !== 1)
    throw new Fault('BAD_INPUT', 'Change tags, a dimension or the review state: one of them at a time.');
  if (input.move !== undefined) return movePlan(context, input.move, passages, tell);
  if (input.set !== undefined) {
    const { dimension, values } = input.set;
    const label = choiceLabel(context.db, dimension, values);
    return inAll(label, settingEdits(context, passages, dimension, values));
  }
  return tagPlan(context, input, passages);
}

function tagPlan(context: WriteContext, { add, remove }: Input, passages: readonly PassageId[]): Plan {
  const both = add.find((id) => remove.includes(id));
  if (both !== undefined)
    throw new Fault('BAD_INPUT', 'You can’t add and remove the same category at once.', { id: both });
  const added = namesOf(context, add);
  const removed = remove.flatMap((id) => context.db.get(categoryName, { id })?.name ?? []);
  const label = added.length > 0 ? `Tag passage: ${listed(added)}` : `Remove tag from passage: ${listed(removed)}`;
  return inAll(label, tagEdits(context, passages, add, remove));
}

function inAll(label: string, changes: readonly { readonly edits: readonly Edit[] }[]): Plan {
  const changed = changes.filter(({ edits }) => edits.length > 0);
  return {
    label,
    edits: changed.flatMap(({ edits }) => edits),
    changed: changed.length,
    same: changes.length - changed.length,
    refused: [],
  };
}

/** So many passages are looked at between two times it is told how far it is: some 100 ms. */
const AT_ONCE = 2000;

function movePlan(
  context: WriteContext,
  { to, comment }: NonNullable<Input['move']>,
  passages: readonly PassageId[],
  tell: Teller,
): Plan {
  if (to === 'returned' && comment.trim() === '')
    throw new Fault('NOT_ALLOWED', 'Add a comment saying what should change.', { to });
  const situations = new Map<string, Situated>();
  for (let at = 0; at < passages.length; at += AT_ONCE) {
    // Counted as half of the looking.
    tell(Math.floor(at / 2));
    for (const [id, one] of situationsOf(context, passages.slice(at, at + AT_ONCE))) situations.set(id, one);
  }
  const edits: Edit[] = [];
  const moved = new Set<string>();
  const refused: Refused[] = [];
  for (const [at, passage] of passages.entries()) {
    if (at % AT_ONCE === 0) tell(Math.floor((passages.length + at) / 2));
    // Moved along with another one at its place.
    if (moved.has(passage)) continue;
    try {
      const taken = takeStep(context, { passage, to, comment }, situations, moved);
      edits.push(...taken.edits);
      for (const id of taken.moved) moved.add(id);
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown;
      const { code, message } = thrown.data;
      if (code !== 'NOT_FOUND' && code !== 'NOT_ALLOWED' && code !== 'FOUR_EYES') throw thrown;
      refused.push({ passage, code, why: message });
    }
  }
  return { label: STEP_VERBS[to], edits, changed: moved.size, same: 0, refused };
}

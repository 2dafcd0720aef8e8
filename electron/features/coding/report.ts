import { setImmediate as pause } from 'node:timers/promises';
import { codersOf } from '../../../shared/agreement/compared.ts';
import { agreement, type Agreement, type Figures, type Interval } from '../../../shared/agreement/figures.ts';
import type { AgreementFigures, AgreementReport, CodedAs } from '../../../shared/contract/coding.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { type AssignmentId, categoryId, type Unit } from '../../../shared/model/index.ts';
import { codebookDigest } from '../../project/codebook/digest.ts';
import type { ReadContext } from '../../project/context.ts';
import { projectTitles } from '../../project/project-titles.ts';
import { redefined, staleTags } from './stale-tags.ts';
import { submissionsOf } from '../../project/submissions.ts';
import { submittedAt } from './submitted.ts';
import { type Judged, judgedUnits, judgementsOn, type Question } from './judgements.ts';
import { secondCodedPassages } from './queries.ts';
import { assignmentOf } from './assignments.ts';
import type { Texts } from './units.ts';
import { heldSecondCoding } from '../../../shared/review/second-coding.ts';
import { reviewedOf } from '../../project/review/state.ts';
import { everyCategory } from '../../project/codebook/categories.ts';
import { livePeople } from '../../project/people/names.ts';
import { counted, numbered } from '../../../shared/text/counted.ts';

/** How long the bootstrap runs before other calls get a turn, in milliseconds. */
const SLICE = 40;

/**
 * How far coders agree, on each category and over all categories used. Throws NOT_FOUND for an unknown assignment, person or
 * category.
 */
export async function report(context: ReadContext, input: CallArgs<'agreement.report'>): Promise<AgreementReport> {
  const question = questionOf(context, { ...input, as: asOf(context, input) });
  const judged = judgedUnits(context, question);
  const listed = listedCategories(context, judged, input.categories);
  const running = agreement(
    judgementsOn(
      judged,
      listed.map(({ id }) => id),
    ),
    input,
  );
  const found = await whole(running);
  const { codebookTitle: title = null, codebookVersion: version = null } =
    context.db.get(projectTitles, { id: context.project.id }) ?? {};
  const counted = new Set<string>(judged.coders.map(({ id }) => id));
  const changed = redefined(context);
  const stale =
    changed.size === 0 ? [] : staleTags(context, (tag) => counted.has(tag.person) && changed.has(tag.category));
  const asked = question.assignment?.units.map(({ source }) => source) ?? question.sources;
  const secondCoded = secondCodings(context, new Set<string>(asked));
  const again =
    question.assignment === null ? null : (submissionsOf(context, question.assignment).again.at(-1)?.at ?? null);
  return {
    unit: question.unit,
    as: question.as,
    handedIn: question.assignment === null ? null : submittedAt(context, question.assignment),
    submittedAgain: again,
    units: judged.units.length,
    coders: judged.coders.map((coder, at) => ({
      ...coder,
      units: judged.judges.filter((who) => who.includes(at)).length,
    })),
    codebook: {
      title: title ?? '',
      version: version ?? '',
      digest: codebookDigest(context.db),
      changed: [...new Set(stale.map(({ category }) => category))],
    },
    thresholds: input.thresholds,
    bootstrap: { samples: input.samples, seed: input.seed },
    categories: listed.flatMap(({ id, code, name }, at) => {
      const one = found.categories[at];
      return one === undefined ? [] : [{ id: categoryId.parse(id), code, name, ...figuresOf(one) }];
    }),
    overall: figuresOf(found.overall),
    secondCoded,
    note: [
      noteOn(judged, question),
      again === null
        ? ''
        : 'The assignment was submitted again after the lead’s codes were in this project; as submitted, only the submission before that counts.',
      secondCodingsInWords(secondCoded),
    ]
      .filter((one) => one !== '')
      .join(' '),
  };
}

/** What was asked for; by default an assignment that both sides finished counts as submitted, since later edits are not blind. */
function asOf(context: ReadContext, { as, assignment: id }: CallArgs<'agreement.report'>): CodedAs {
  if (as !== undefined || id === undefined) return as ?? 'now';
  const assignment = assignmentOf(context, id);
  return assignment.leadDone && submittedAt(context, assignment) !== null ? 'handed-in' : 'now';
}

/** Runs to the end, letting the engine answer other calls in between. */
async function whole(running: Generator<void, Agreement>): Promise<Agreement> {
  for (let began = performance.now(); ;) {
    const step = running.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < SLICE) continue;
    await pause();
    began = performance.now();
  }
}

const figuresOf = ({ interval, ...figures }: Figures & { interval: Interval }): AgreementFigures => ({
  ...figures,
  interval: interval === null ? null : [interval[0], interval[1]],
});

/** Checks what is asked. With an assignment, the unit is the assignment's, and its two people are compared if none were named. */
export function questionOf(
  context: Texts & Pick<ReadContext, 'project'>,
  input: {
    readonly unit: Unit;
    readonly coders: readonly string[];
    readonly sources?: readonly string[];
    readonly assignment?: AssignmentId;
    readonly as?: CodedAs;
  },
): Question {
  const known = new Set(livePeople(context.db).map(({ id }) => id));
  for (const id of input.coders)
    if (!known.has(id))
      throw new Fault('NOT_FOUND', 'No such person in this project. Reload the list and choose again.', { id });
  const assignment = input.assignment === undefined ? null : assignmentOf(context, input.assignment);
  if (assignment === null && input.as === 'handed-in')
    throw new Fault('BAD_INPUT', 'Only an assignment can be submitted. Give one, or use the current tags.');
  const unit = assignment?.unit ?? input.unit;
  const coders = input.coders.length === 0 && assignment !== null ? codersOf(assignment) : input.coders;
  return { unit, coders, sources: input.sources ?? [], assignment, as: input.as ?? 'now' };
}

/** The categories asked for; by default all active ones, and archived or removed ones that were used. */
function listedCategories(
  { db }: Texts,
  { marks }: Judged,
  asked: readonly string[],
): { readonly id: string; readonly code: string; readonly name: string }[] {
  const used = new Set(marks.map(({ category }) => category));
  const all = db.all(everyCategory, {}).filter(({ id, deleted }) => deleted !== 1 || used.has(id));
  for (const id of asked)
    if (!all.some((one) => one.id === id))
      throw new Fault('NOT_FOUND', 'No such category in the codebook. Reload the list and choose again.', { id });
  const wanted = new Set(asked);
  return all
    .filter(({ id, archived }) => (wanted.size > 0 ? wanted.has(id) : archived !== 1 || used.has(id)))
    .map(({ id, code, name }) => ({ id, code: code ?? '', name: name ?? '' }));
}

function noteOn({ notCounted }: Judged, { unit, assignment, as }: Question): string {
  const sentences = [
    `Each ${unit} is a unit. For each category, a coder’s judgement is yes or no on every unit they coded; only units coded by two or more count (n).`,
    assignment === null
      ? 'A coder counts as having coded every unit of each source they tagged, or the units of their assigned sample.'
      : 'Only units in the assignment’s sample count. Its coder counts as having coded all of them; others, those of sources they tagged.',
    as === 'handed-in'
      ? 'Tags count as submitted: the coder’s when they finished, everyone else’s without edits made after seeing them.'
      : 'Tags count as they are now, including edits made after coders saw each other’s work.',
    'A unit has a category if a passage the coder tagged with it overlaps the unit by at least one non-space character.',
    'The overall figure pools all units over every category that anyone used.',
    'The interval is a percentile bootstrap of alpha over units. Draws where a category doesn’t vary are left out.',
    ...(notCounted.areas > 0
      ? [`${counted(notCounted.areas, 'tag')} on areas of pages couldn’t be counted, because areas have no text.`]
      : []),
    ...(notCounted.otherTexts > 0
      ? [
          `${counted(notCounted.otherTexts, 'tag')} on a text layer other than the one divided into units couldn’t be counted.`,
        ]
      : []),
    ...(notCounted.unread.length > 0
      ? [
          `Nothing in ${notCounted.unread.map((title) => `“${title}”`).join(', ')} was counted: ${notCounted.unread.length === 1 ? 'its text' : 'their texts'} can’t be read. Verify the project to see what’s damaged.`,
        ]
      : []),
  ];
  return sentences.join(' ');
}

type Counts = AgreementReport['secondCoded'];

/** How the passages in these sources (none: in all sources) were second-coded. */
function secondCodings(context: ReadContext, sources: ReadonlySet<string>): Counts {
  const rows = context.db
    .all(secondCodedPassages, {})
    .filter(({ source }) => sources.size === 0 || sources.has(source));
  const counts = { own: 0, confirmed: 0, unsaid: 0 };
  for (const { position } of reviewedOf(
    context,
    rows.map(({ id }) => ({ id, tagged: true })),
  ).values()) {
    const how = heldSecondCoding(position.line)?.how;
    if (how !== undefined) counts[how]++;
  }
  return counts;
}

/** The same in a sentence; empty if nothing is second-coded. */
function secondCodingsInWords({ own, confirmed, unsaid }: Counts): string {
  const all = own + confirmed + unsaid;
  if (all === 0) return '';
  const parts = [
    ...(own > 0 ? [`${numbered(own)} with the second coder’s own tags (counted here)`] : []),
    ...(confirmed > 0
      ? [`${numbered(confirmed)} by confirming someone else’s tags (not a second judgement, so not counted)`]
      : []),
    ...(unsaid > 0 ? [`${numbered(unsaid)} without saying which tags`] : []),
  ];
  return `Of ${counted(all, 'second-coded passage')}: ${parts.join('; ')}.`;
}

import type { ReviewDetail, ReviewMove } from '../../../shared/contract/review.ts';
import {
  type Passage,
  passageId,
  personId,
  translationDraft,
  type PassageId,
  recordId,
} from '../../../shared/model/index.ts';
import { isForged, type Move, whyNotCounted } from '../../../shared/review/move.ts';
import { secondCodingOf } from '../../../shared/review/second-coding.ts';
import { isVouched, notCountedOf } from '../../../shared/review/status.ts';
import { stepsOf } from '../../../shared/review/steps.ts';
import type { ReadContext } from '../../project/context.ts';
import type { Reviewed } from '../../project/review/state.ts';
import { commentsAt } from './comments.ts';
import { differencesOf } from './differences.ts';
import { namer, peopleOf } from './people.ts';
import { translationRecords } from './queries.ts';
import { passageOf } from '../../project/passages/passages.ts';
import { passagesAt } from '../../project/passages/places.ts';
import { Installations } from '../../project/people/installations.ts';
import { contributionsOf } from '../../project/review/contributors.ts';
import { situationOf } from './move.ts';
import { unsigned } from '../../project/people/attribution.ts';
import type { AttributedKind } from '../../project/people/unsigned-reasons.ts';
import { categoryName, categoryOfTag } from '../../project/codebook/categories.ts';

/** Everything a reviewer needs of one passage. Throws NOT_FOUND. */
export function detailOf(context: ReadContext, id: PassageId): ReviewDetail {
  const { passage, reviewed, situation, situations } = situationOf(context, id);
  const people = peopleOf(context);
  const nameOf = namer(context);
  const { move } = reviewed.position;
  const beside = passagesAt(context.db, [id])
    .flat()
    .filter((one) => one !== id)
    .map((one) => passageOf(context, passageId.parse(one)));
  const sharing = sharingOn(context, passage, beside, nameOf);
  return {
    passage,
    beside,
    state: reviewed.state,
    moves: reviewed.moves.map((one) => {
      // Coding and translating vouch for nothing.
      const shared = one.state === 'second-coded' || isVouched(one.state) ? sharing(one.person) : NOT_SHARED;
      return {
        ...toReviewMove(context, one, reviewed, nameOf),
        sameInstallation: shared.names,
        confirmedBy: shared.confirmers,
      };
    }),
    forgedBeside: beside.flatMap((one) => {
      const there = situations.get(one.id)?.reviewed;
      if (there === undefined) return [];
      return there.moves
        .map((step) => toReviewMove(context, step, there, nameOf))
        .filter(({ forged }) => forged)
        .map((step) => ({
          passage: one.id,
          of: nameOf(one.person),
          move: { ...step, sameInstallation: [], confirmedBy: [] },
        }));
    }),
    unsigned: unsignedOn(context, id, nameOf),
    differences:
      reviewed.state === 'reopened' && move !== null && move.basis !== null
        ? differencesOf(context, passage, { ...move, basis: move.basis }, situation.basis, nameOf)
        : [],
    steps: stepsOf(situation).map(({ to, rejection }) => ({
      to,
      allowed: rejection === null,
      why: rejection?.why ?? '',
      code: rejection?.code ?? null,
    })),
    translations: [...reviewed.translations],
    comments: commentsAt(context.db, [id, ...beside.map((one) => one.id)]),
    people,
    drafts: draftsOf(context, id, nameOf),
  };
}

/** Names of those who signed on the same installation, and of those who confirmed the keys of all of them. */
interface Sharing {
  readonly names: string[];
  readonly confirmers: string[];
}
const NOT_SHARED: Sharing = { names: [], confirmers: [] };

/**
 * For someone those who worked on the passage, or on the others at its place, and signed on the same installation, with who
 * confirmed the keys of both from another.
 */
function sharingOn(
  context: ReadContext,
  { id, person, tags }: Passage,
  beside: readonly Passage[],
  nameOf: (person: string) => string,
): (person: string) => Sharing {
  const installations = new Installations(context.db);
  if (!installations.isAnyShared) return () => NOT_SHARED;
  const ids = [id, ...beside.map((one) => one.id)];
  const contributions = [...contributionsOf(context, JSON.stringify(ids)).values()].flat();
  const workers = new Set<string>([
    person,
    ...[tags, ...beside.map((one) => one.tags)].flat().map((tag) => tag.person),
    ...beside.map((one) => one.person),
    ...contributions.map((one) => one.person),
  ]);
  return (mover) => {
    const sharing = [...workers].filter((worker) => installations.sharing(mover).has(worker));
    const one = installations.oneWith(mover);
    const confirmers = sharing.some((worker) => one.has(worker))
      ? []
      : [...new Set([mover, ...sharing].flatMap((worker) => [...installations.confirmers(worker)]))];
    return { names: sharing.map(nameOf), confirmers: sharing.length === 0 ? [] : confirmers.map(nameOf) };
  };
}

function toReviewMove(
  context: ReadContext,
  move: Move,
  { counted, position }: Reviewed,
  nameOf: (person: string) => string,
): Omit<ReviewMove, 'sameInstallation' | 'confirmedBy'> {
  const name = nameOf(move.person);
  const reason = notCountedOf(move, counted, position);
  const { state, comment, at } = move;
  return {
    state,
    comment,
    person: personId.parse(move.person),
    name,
    at,
    forged: isForged(reason),
    counts: reason === null,
    why: reason === null ? '' : whyNotCounted(reason, state, name, nameOf(move.removedBy ?? '')),
    second: secondOf(context, move, nameOf),
  };
}

function secondOf({ db }: ReadContext, move: Move, nameOf: (person: string) => string): ReviewMove['second'] {
  const second = secondCodingOf(move);
  if (second === null) return null;
  const named = (category: string): string =>
    `“${db.get(categoryName, { id: category })?.name ?? category.slice(0, 8)}”`;
  switch (second.how) {
    case 'own':
      return { how: 'own', words: `with their own tags: ${second.categories.map(named).join(', ')}` };
    case 'confirmed': {
      const tags = second.confirmed.map(([category, person]) => `${named(category)} (${nameOf(person)})`);
      return { how: 'confirmed', words: `agreeing with ${tags.join(', ')}` };
    }
    case 'unsaid':
      return { how: 'unsaid', words: 'without specifying tags' };
  }
}

/** Every text a translation ever had, newest first, including removed translations. */
function draftsOf(
  context: ReadContext,
  passage: PassageId,
  nameOf: (person: string) => string,
): ReviewDetail['drafts'] {
  const records = context.db.all(translationRecords, { passage });
  const languages = new Map(records.map((row) => [row.id, row.language ?? '']));
  const changes =
    records.length === 0 ? [] : context.project.log.changes('translation', [...languages.keys()], ['draft']);
  return changes.toReversed().flatMap(({ id, value, person, at }) => {
    const draft = translationDraft.safeParse(value);
    if (!draft.success) return [];
    // The signer, who may not be the person the draft names.
    return [{ language: languages.get(id) ?? '', text: draft.data.text, person: nameOf(person), at }];
  });
}

type Unsigned = ReviewDetail['unsigned'][number];

/** What a passage has in the name of someone who did not sign it, in words. */
function unsignedOn(
  context: ReadContext,
  passage: PassageId,
  nameOf: (person: string) => string,
): ReviewDetail['unsigned'] {
  return unsigned(context, [passage]).flatMap(({ entity, id, person, by, at, reason, takenFrom }): Unsigned[] => {
    if (!isShown(entity)) return [];
    const what = entity === 'tag' ? `The tag “${nameOfTag(context, id)}”` : WHAT[entity];
    const why =
      reason === 'added' ? ', who added it from another project' : reason === 'unkeyed' ? ', who imported it' : '';
    const words =
      takenFrom === null
        ? `${what} is in ${nameOf(person)}’s name, but was signed by ${nameOf(by)}${why}.`
        : `${what} is ${nameOf(takenFrom)}’s by their signature, and was put in ${nameOf(person)}’s name by ${nameOf(by)}.`;
    return [
      { entity, id: recordId.parse(id), person: personId.parse(person), by, at, words, forged: reason === 'forged' },
    ];
  });
}

/** Review steps have their own warning beside the step; some kinds are on no passage. */
const isShown = (entity: AttributedKind): entity is Unsigned['entity'] => entity === 'tag' || entity in WHAT;

function nameOfTag({ db }: ReadContext, id: string): string {
  const category = db.get(categoryOfTag, { tag: id })?.category ?? null;
  return category === null ? '' : (db.get(categoryName, { id: category })?.name ?? category.slice(0, 8));
}

const WHAT: Readonly<Record<Exclude<Unsigned['entity'], 'tag'>, string>> = {
  passage: 'The passage',
  setting: 'A dimension setting',
  memo: 'A memo',
  comment: 'A comment',
  translation: 'The translation',
  adjudication: 'The decision',
};

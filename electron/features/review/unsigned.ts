import { type ReviewDetail } from '../../../shared/contract/review.ts';
import { type PassageId, personId, recordId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { unsigned } from '../../project/people/attribution.ts';
import { categoryWords, tagCategory } from './queries.ts';

type Told = ReviewDetail['unsigned'][number];

/** What is on a passage in the name of somebody who did not sign it, in words. */
export function unsignedOn(
  context: ReadContext,
  passage: PassageId,
  nameOf: (person: string) => string,
): ReviewDetail['unsigned'] {
  return unsigned(context, [passage]).flatMap(({ entity, id, person, by, at }): Told[] => {
    // How a step stands is said beside the step.
    if (entity === 'review') return [];
    const what = entity === 'tag' ? `The tag “${nameOfTag(context, id)}”` : WHAT[entity];
    const words = `${what} names ${nameOf(person)}, but was signed by ${nameOf(by)}.`;
    return [{ entity, id: recordId.parse(id), person: personId.parse(person), by, at, words }];
  });
}

function nameOfTag({ db }: ReadContext, id: string): string {
  const category = db.get(tagCategory, { id })?.category ?? null;
  return category === null ? '' : (db.get(categoryWords, { id: category })?.words ?? category.slice(0, 8));
}

const WHAT: Readonly<Record<Exclude<Told['entity'], 'tag'>, string>> = {
  setting: 'A dimension setting',
  memo: 'A memo',
  comment: 'A comment',
  translation: 'The translation',
  adjudication: 'The decision',
};

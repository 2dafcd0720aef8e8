import type { ReviewDetail } from '../../../shared/contract/review.ts';
import type { PersonId } from '../../../shared/model/index.ts';
import { rankOf, type Step } from '../../common/review/steps.ts';

type People = ReviewDetail['people'];

/** Whose tags and whose passage it is. */
export const codersOf = ({ passage }: Pick<ReviewDetail, 'passage'>): readonly PersonId[] => [
  ...new Set([passage.person, ...passage.tags.map(({ person }) => person)]),
];
const translatorsOf = ({ translations }: Pick<ReviewDetail, 'translations'>): readonly PersonId[] => [
  ...new Set(translations.map(({ person }) => person)),
];

/** The people who can approve once `own` has checked: editors where somebody is one, else anybody; nobody who coded, translated or checked. */
export function approversAfter(detail: ReviewDetail, own: PersonId | null): People {
  const taken = new Set<string>([...codersOf(detail), ...translatorsOf(detail), ...(own === null ? [] : [own])]);
  const free = detail.people.filter(({ id }) => !taken.has(id));
  const editors = free.filter(({ roles }) => roles.includes('editor'));
  return editors.length > 0 ? editors : free;
}

/** Who made what is looked at, and so cannot look at it. */
export function makersOf(detail: ReviewDetail, main: Step | null): People {
  if (main === null || rankOf(main.to) < rankOf('checked')) return [];
  const makers = new Set<string>(translatorsOf(detail).length > 0 ? translatorsOf(detail) : codersOf(detail));
  return detail.people.filter(({ id }) => makers.has(id));
}

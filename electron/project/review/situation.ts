import type { ContributionKind } from '../../../shared/review/move.ts';
import { checkersOf } from '../../../shared/review/status.ts';
import type { Situation } from '../../../shared/review/steps.ts';
import { query } from '../../db/types.ts';
import { passagesAt } from '../passages/places.ts';
import { tagsOfPassages } from '../passages/queries.ts';
import { Installations } from '../people/installations.ts';
import { contributionsOf } from './contributors.ts';
import type { ReviewReader } from './moves.ts';
import { basesNow, type Reviewed, reviewedOf } from './state.ts';

/** A passage’s review and what decides which steps the acting person may take. */
export interface Situated {
  readonly reviewed: Reviewed;
  readonly situation: Situation;
  /** The other passages at its place. */
  readonly beside: readonly string[];
}

const inTrash = query<{ ids: string }, { id: string; deleted: number }>(
  'review.inTrash',
  `SELECT p.id, p.deleted IS 1 AS deleted FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value`,
);

/**
 * The situations of passages and of the others at their places, with a fixed number of statements for any number of passages. Passages that do
 * not exist, or whose anchor cannot be read, are left out.
 */
export function situationsOf(
  reader: ReviewReader & { readonly person: { readonly id: string } },
  ids: readonly string[],
): Map<string, Situated> {
  const { db, person } = reader;
  const places = passagesAt(db, ids);
  const placeOf = new Map(places.flatMap((place) => place.map((id) => [id, place])));
  const all = [...new Set([...ids, ...places.flat()])];
  const list = JSON.stringify(all);
  const tagged = new Set(db.all(tagsOfPassages, { ids: list }).map(({ passage }) => passage));
  const reviews = reviewedOf(
    reader,
    all.map((id) => ({ id, tagged: tagged.has(id) })),
  );
  const bases = basesNow(reader, all);
  const contributions = contributionsOf(reader, list);
  const sharing = new Installations(db).oneWith(person.id);
  const kindsOf = (people: ReadonlySet<string>, on: readonly string[]): ReadonlySet<ContributionKind> =>
    new Set(
      on.flatMap((id) => (contributions.get(id) ?? []).flatMap((one) => (people.has(one.person) ? [one.kind] : []))),
    );
  const me = new Set([person.id]);
  const checkersBeside = (beside: readonly string[]): ReadonlySet<string> =>
    new Set(beside.flatMap((id) => [...checkersOf(reviews.get(id)?.counted.valid ?? [])]));
  return new Map(
    db.all(inTrash, { ids: list }).flatMap(({ id, deleted }): [string, Situated][] => {
      const [reviewed, basis] = [reviews.get(id), bases.get(id)];
      if (reviewed === undefined || basis === undefined) return [];
      const beside = (placeOf.get(id) ?? []).filter((other) => other !== id);
      const situation: Situation = {
        person: person.id,
        shown: reviewed.state,
        position: reviewed.position,
        basis,
        valid: reviewed.counted.valid,
        contributed: kindsOf(me, [id]),
        surroundings: {
          beside: kindsOf(me, beside),
          checkedBeside: checkersBeside(beside),
          sharing,
          bySharing: kindsOf(sharing, [id, ...beside]),
        },
        removed: deleted === 1,
      };
      return [[id, { reviewed, situation, beside }]];
    }),
  );
}

import { parsed } from '../../../shared/changes/canonical.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { personId, role } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { shownNames } from '../../project/people/names.ts';
import { peopleOfProject } from './queries.ts';

/** Everyone in the project with their roles, and the acting person even before their first edit. */
export function peopleOf({ db, person }: Pick<ReadContext, 'db' | 'person'>): ReviewDetail['people'] {
  const names = shownNames(db);
  const people = db.all(peopleOfProject, {}).map((row) => {
    const roles = row.roles === null ? null : parsed(row.roles);
    return {
      id: personId.parse(row.id),
      name: names.get(row.id) ?? row.id.slice(0, 8),
      roles: Array.isArray(roles) ? roles.flatMap((one) => role.safeParse(one).data ?? []) : [],
    };
  });
  if (people.some(({ id }) => id === person.id)) return people;
  const own = (person.roles ?? []).flatMap((one) => role.safeParse(one).data ?? []);
  return [...people, { id: person.id, name: person.name, roles: own }];
}

/** Names of people as they are shown; the beginning of the id for someone without a name. */
export function namer({ db, person: me }: Pick<ReadContext, 'db' | 'person'>): (person: string) => string {
  const names = shownNames(db);
  return (person) => names.get(person) ?? (person === me.id ? me.name : person.slice(0, 8));
}

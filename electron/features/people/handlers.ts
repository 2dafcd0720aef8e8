import { z } from 'zod';
import type { people as contract, ProjectPerson } from '../../../shared/contract/people.ts';
import { Fault } from '../../../shared/errors.ts';
import { personId, role, type Role } from '../../../shared/model/index.ts';
import type { Handlers, ReadContext } from '../../project/context.ts';
import { assertFingerprint, fingerprintOf, personIdOf } from '../../project/people/people.ts';
import {
  livePeople,
  namesOfPeople,
  ownNames,
  personById,
  type PersonRow,
  shownNames,
} from '../../project/people/names.ts';
import { derivedId } from '../../project/ids.ts';
import { Installations } from '../../project/people/installations.ts';
import { visibleName } from '../../../shared/model/person-name.ts';
import { minisignKey } from '../../formats/minisign/key.ts';

export const peopleHandlers: Handlers<typeof contract> = {
  'people.list': (context) => ({ people: listed(context) }),
  'people.setRoles': (context, { id, roles }) => {
    const row = context.db.get(personById, { id });
    const { person } = context;
    const isNewHere = row === undefined && id === person.id;
    if (row === undefined && !isNewHere)
      throw new Fault('NOT_FOUND', 'No such person in this project. Choose one from the list.', { id });
    const wanted = [...new Set(roles)];
    // The acting person is listed even before their first edit. Their name is a commit of its own, so that undoing the roles keeps it.
    if (isNewHere)
      context.db.commit(`Join project: ${person.name}`, [{ entity: 'person', id, field: 'name', value: person.name }]);
    context.db.commit(
      `Set roles of ${(isNewHere ? person.name : row?.name) ?? id}: ${wanted.length === 0 ? 'none' : wanted.join(', ')}`,
      [{ entity: 'person', id, field: 'roles', value: wanted }],
    );
    return {};
  },
  'people.confirm': (context, { id, fingerprint }) => {
    const confirmed = assertFingerprint(
      listed(context).find((one) => one.id === id),
      fingerprint,
    );
    const record = { entity: 'confirmation', id: derivedId('confirmation', context.person.id, id) } as const;
    context.db.commit(`Confirm the key of ${confirmed.name}`, [
      { ...record, field: 'confirmed', value: id },
      { ...record, field: 'deleted', value: false },
    ]);
    return {};
  },
};

/**
 * Everyone who has a person record, and everyone who signed a commit without having one: a commit by an unknown key must
 * not go unseen.
 */
function listed(context: ReadContext): ProjectPerson[] {
  const authors = new Map(context.project.log.authors().map((author) => [author.person as string, author]));
  const named = livePeople(context.db);
  const written = new Map(context.db.all(namesOfPeople, {}).map(({ id, name }) => [id, name]));
  const known = new Set(named.map(({ id }) => id));
  const own = ownNames(context.db);
  const unnamed = [...authors.values()]
    .filter(({ person }) => !known.has(person))
    .map(({ person, key }): PersonRow => ({ id: person, name: null, key, roles: null }));
  const installations = new Installations(context.db);
  const shown = shownNames(context.db);
  const nameOf = (person: string): string => shown.get(person) ?? person.slice(0, 8);
  return [...named, ...unnamed].map((row) => {
    const author = authors.get(row.id);
    const key = keyOf(row) ?? author?.key ?? null;
    const bytes = key === null ? null : Buffer.from(key, 'hex');
    return {
      id: personId.parse(row.id),
      name: visibleName(own.get(row.id)?.at(-1) ?? written.get(row.id) ?? 'unknown'),
      roles: rolesOf(row.roles),
      key,
      fingerprint: bytes === null ? '' : fingerprintOf(bytes),
      minisign: bytes === null ? null : minisignKey(bytes),
      commits: author?.commits ?? 0,
      first: author?.first ?? null,
      last: author?.last ?? null,
      isMe: row.id === context.person.id,
      sameInstallation: [...installations.sharing(row.id)].map(nameOf),
      isOne: installations.oneWith(row.id).size > 0,
      confirmedBy: [...installations.confirmers(row.id)].map(nameOf),
    };
  });
}

/** The record's key, if the person's id derives from it. Anyone can write another key into a record. */
function keyOf({ id, key }: PersonRow): string | null {
  if (key === null || !/^[0-9a-f]{64}$/.test(key)) return null;
  return personIdOf(Buffer.from(key, 'hex')) === id ? key : null;
}

/** The roles this version knows; a merged log may have others. */
function rolesOf(json: string | null): Role[] {
  const found = z.array(z.unknown()).safeParse(json === null ? [] : JSON.parse(json)).data ?? [];
  return found.flatMap((one) => role.safeParse(one).data ?? []);
}

import type { CallArgs, CallOutput } from '../../shared/contract/index.ts';
import type { KnownPerson, ProjectPerson } from '../../shared/contract/people.ts';
import { Fault } from '../../shared/errors.ts';
import type { OpenProject } from './engines.ts';
import type { Home } from './home.ts';
import type { WindowId } from './shell.ts';
import { trustOf } from './trust.ts';

/** The people of a project, with whether their keys are confirmed on this installation. */
export interface People {
  people(window: WindowId): Promise<CallOutput<'app.people'>>;
  trustPerson(window: WindowId, input: CallArgs<'app.trustPerson'>): Promise<CallOutput<'app.trustPerson'>>;
}

export function createPeople(home: Home, projectOf: (window: WindowId) => Promise<OpenProject>): People {
  const listed = async (window: WindowId): Promise<ProjectPerson[]> => {
    const { engine } = await projectOf(window);
    return (await engine.call('people.list', {})).people;
  };
  return {
    people: async (window) => ({ people: await withTrust(home, await listed(window)) }),
    async trustPerson(window, { id, fingerprint }) {
      const person = (await listed(window)).find((one) => one.id === id);
      confirm(home, person, fingerprint);
      return {};
    },
  };
}

export async function withTrust(home: Home, people: readonly ProjectPerson[]): Promise<KnownPerson[]> {
  const own = home.ownPeople();
  const known = home.known();
  const all: KnownPerson[] = [];
  for (const person of people) {
    const trusted = trustOf(person, own, known);
    const age = trusted.trust === 'me' ? await home.ageRecipient(person.name) : null;
    all.push({ ...person, ...trusted, age });
  }
  return all;
}

/** Stores a key as confirmed, if `fingerprint` is that of this person's key. NOT_FOUND, BAD_INPUT. */
export function confirm(home: Home, person: ProjectPerson | undefined, fingerprint: string): void {
  if (person === undefined) throw new Fault('NOT_FOUND', 'No such person in this project. Choose one from the list.');
  if (person.key === null)
    throw new Fault('BAD_INPUT', `${person.name} hasn’t signed anything here, so there’s no key to confirm.`);
  if (digitsOf(fingerprint) !== digitsOf(person.fingerprint))
    throw new Fault(
      'BAD_INPUT',
      `That isn’t the fingerprint of the key signing as ${person.name}. Ask again by phone or in person; if it still differs, someone else is using this name.`,
    );
  home.confirm({ id: person.id, name: person.name, key: person.key });
}

const digitsOf = (fingerprint: string): string => fingerprint.replace(/[^0-9a-f]/gi, '').toUpperCase();

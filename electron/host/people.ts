import type { CallArgs, CallOutput } from '../../shared/contract/index.ts';
import type { KnownPerson, ProjectPerson } from '../../shared/contract/people.ts';
import { toErrorData } from '../../shared/errors.ts';
import { assertFingerprint } from '../project/people/people.ts';
import type { OpenProject } from './engines.ts';
import type { Home } from './home.ts';
import type { WindowId } from './shell.ts';
import { trustOf } from './trust.ts';

/** The people of a project, with whether their keys are confirmed on this installation. */
export interface People {
  people(window: WindowId): Promise<CallOutput<'app.people'>>;
  /** Confirms that person’s key. Throws NOT_FOUND, BAD_INPUT where the fingerprint is another, KEY_LOCKED. */
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
      await confirmInProject(home, (await projectOf(window)).engine, person, fingerprint);
      return {};
    },
  };
}

/** Those people, each with whether their key is confirmed on this installation; oneself with the age recipient of one’s key. */
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

/** Stores a key as confirmed on this installation, if `fingerprint` is that of this person's key. NOT_FOUND, BAD_INPUT. */
export function confirm(home: Home, person: ProjectPerson | undefined, fingerprint: string): void {
  const { id, name, key } = assertFingerprint(person, fingerprint);
  home.confirm({ id, name, key });
}

/** Confirms a key on this installation, and in the project for everyone unless nothing can be written there. Also KEY_LOCKED. */
export async function confirmInProject(
  home: Home,
  { call }: Pick<OpenProject['engine'], 'call'>,
  person: ProjectPerson | undefined,
  fingerprint: string,
): Promise<void> {
  const { id } = assertFingerprint(person, fingerprint);
  try {
    await call('people.confirm', { id, fingerprint });
  } catch (thrown) {
    if (!UNWRITABLE.has(toErrorData(thrown).code)) throw thrown;
  }
  confirm(home, person, fingerprint);
}
const UNWRITABLE: ReadonlySet<string> = new Set(['PROJECT_READ_ONLY', 'PROJECT_LOCKED', 'NAME_NEEDED', 'DISK_FULL']);

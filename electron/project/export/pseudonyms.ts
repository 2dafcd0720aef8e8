import { homedir, hostname, userInfo } from 'node:os';
import type { ReadContext } from '../context.ts';
import { allPeople } from './part-queries.ts';
import { scrubber, type Scrubbers } from './scrub.ts';

/** Account names that identify no one. */
const NOBODY = /^(?:root|admin|administrator|user|guest|localhost)$/i;

/** Whether a name is one that {@link pseudonymsOf} gives. */
export const isPseudonym = (name: string): boolean => /^Coder [1-9]\d*$/.test(name);

/** “Coder 1” and so on, in the order in which people joined the project, and what replaces every name that a person ever had. */
export function pseudonymsOf({ db, project, person }: ReadContext): {
  readonly of: (person: string) => string;
  readonly scrub: Scrubbers;
} {
  const given = new Map<string, string>();
  const of = (id: string): string => {
    const known = given.get(id) ?? `Coder ${given.size + 1}`;
    given.set(id, known);
    return known;
  };
  const texts = new Map<string, string>();
  const people = db.all(allPeople, {}).map(({ id }) => id);
  for (const id of people) of(id);
  // Oldest first: if two people used one name, it counts for the one who had it last.
  for (const { id, value } of project.log.changes('person', people, ['name']))
    if (typeof value === 'string' && value.trim() !== '') texts.set(value, of(id));
  if (!texts.has(person.name)) texts.set(person.name, of(person.id));
  return { of, scrub: scrubber({ names: texts, machine: machineWords() }) };
}

/** Names that identify this machine and its user. */
function machineWords(): string[] {
  const host = hostname();
  const words = [homedir(), homedir().replaceAll('\\', '/'), userInfo().username, host, host.split('.')[0] ?? ''];
  return words.filter((word) => word.length > 1 && !NOBODY.test(word));
}

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Fault } from '../../shared/errors.ts';
import { passageId, sourceId, type PassageId, type SourceId } from '../../shared/model/index.ts';
import type { Person } from '../db/types.ts';
import { openEngine, type Engine } from '../engine/engine.ts';
import { openHome } from '../host/home.ts';
import { PROJECT_SUFFIX } from '../host/file-names.ts';

/** Who calls, and on which installation: what every command has from the options that all share. */
export interface Caller {
  readonly person: Person;
  readonly installation: string;
  /** Says something beside the result, on stderr. */
  readonly notice: (text: string) => void;
}

/** `name` is `--person`; without it the installation's default person acts. */
export function callerOf(name: string | undefined, notice: (text: string) => void): Caller {
  const home = openHome();
  const known = new Set(home.ownPeople().map(({ id }) => id));
  const caller = { person: home.person(name), installation: home.installation(), notice };
  // A typing error must not become somebody who signs for ever, unseen.
  if (name !== undefined && known.size > 0 && !known.has(caller.person.id))
    notice(`“${caller.person.name}” is new on this installation; Sourcebook created a key for them.`);
  for (const text of home.takeNotices()) notice(text);
  return caller;
}

/** The folder of a project that is there. The suffix may be left out. */
export function projectFolder(given: string): string {
  const folder = resolve(given);
  return existsSync(folder) || !existsSync(folder + PROJECT_SUFFIX) ? folder : folder + PROJECT_SUFFIX;
}

/** The folder a new project gets: always with the suffix. */
export function newProjectFolder(given: string): string {
  const folder = resolve(given);
  return folder.endsWith(PROJECT_SUFFIX) ? folder : folder + PROJECT_SUFFIX;
}

/**
 * Opens the project in this process, and closes it whatever happens. While somebody else has it open it can be read;
 * what would write says PROJECT_LOCKED and who has it.
 */
export async function withProject<T>(
  caller: Caller,
  project: string,
  work: (engine: Engine) => T | Promise<T>,
): Promise<T> {
  const { person, installation, notice } = caller;
  const engine = await openEngine({ folder: projectFolder(project), person, installation, whenLocked: 'read' });
  try {
    return await work(engine);
  } finally {
    const problem = engine.backupProblem();
    if (problem !== null) notice(`Couldn’t make today’s backup of this project. ${problem.message}`);
    await engine.close();
  }
}

/** A source by its id, or by the beginning of it where only one fits: nobody types 36 characters. */
export async function findSource(engine: Engine, given: string): Promise<SourceId> {
  const whole = sourceId.safeParse(given.toLowerCase());
  if (whole.success) return (await engine.call('sources.get', { id: whole.data })).id;
  return startingWith((await engine.call('sources.list', {})).sources, given, 'source').id;
}

/** The same for a passage. */
export async function findPassage(engine: Engine, given: string): Promise<PassageId> {
  const whole = passageId.safeParse(given.toLowerCase());
  if (whole.success) return (await engine.call('passages.get', { id: whole.data })).id;
  return startingWith((await engine.call('passages.list', {})).passages, given, 'passage').id;
}

const SHORTEST = 6;
/** The one thing whose id begins so. NOT_FOUND, or AMBIGUOUS. `what` is one of them in words. */
export function startingWith<T extends { readonly id: string }>(all: readonly T[], given: string, what: string): T {
  const fitting = given.length < SHORTEST ? [] : all.filter((one) => one.id.startsWith(given.toLowerCase()));
  const [only] = fitting;
  if (only === undefined)
    throw new Fault('NOT_FOUND', `No ${what} matches “${given}” in this project. Run the list command for IDs.`, {
      id: given,
    });
  if (fitting.length === 1) return only;
  throw new Fault('AMBIGUOUS', `${fitting.length} ${what} IDs start with “${given}”. Type more of the ID.`, {
    id: given,
  });
}

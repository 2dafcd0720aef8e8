import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ActingPerson } from '../db/types.ts';
import { openEngine, type Engine } from '../engine/engine.ts';
import { openHome, type Home } from '../host/home.ts';
import { olderText } from '../host/last-seen.ts';
import { PROJECT_SUFFIX } from '../host/file-names.ts';

/** Who calls a command, and on which installation. */
export interface Caller {
  readonly person: ActingPerson;
  readonly installation: string;
  /** Prints a sentence on stderr. */
  readonly notice: (text: string) => void;
}

let opened: Home | null = null;

/** Called before each command, which opens the data again. */
export function beginCommand(): void {
  opened = null;
}

/** This installation's data. One for the whole command, since a key that was opened is open only in it. */
export const ownHome = (): Home => (opened ??= openHome());

/** `name`: the value of `--person`. Default: the person in the settings. */
export function callerOf(name: string | undefined, notice: (text: string) => void): Caller {
  const home = ownHome();
  const known = new Set(home.ownPeople().map(({ id }) => id));
  const caller = { person: home.actor(name), installation: home.installation(), notice };
  // A mistyped name would make a new person, whose signatures stay in the history.
  if (name !== undefined && known.size > 0 && !known.has(caller.person.id))
    notice(`“${caller.person.name}” is new on this installation; Sourcebook created a key for them.`);
  for (const text of home.takeNotices()) notice(text);
  return caller;
}

/** The folder of an existing project. The suffix may be left out. */
export function projectFolder(given: string): string {
  const folder = resolve(given);
  return existsSync(folder) || !existsSync(folder + PROJECT_SUFFIX) ? folder : folder + PROJECT_SUFFIX;
}

/** The folder for a new project, always with the suffix. */
export function newProjectFolder(given: string): string {
  const folder = resolve(given);
  return folder.endsWith(PROJECT_SUFFIX) ? folder : folder + PROJECT_SUFFIX;
}

/**
 * Opens the project in this process for the time of `work`. If it is open elsewhere it is read-only: calls that would write
 * fail with PROJECT_LOCKED, which names who has it open.
 */
export async function withProject<T>(
  caller: Caller,
  project: string,
  work: (engine: Engine) => T | Promise<T>,
): Promise<T> {
  const { person, installation, notice } = caller;
  const engine = await openEngine({
    folder: projectFolder(project),
    person,
    installation,
    trustedRoots: ownHome().rootsFile,
    cacheStamps: ownHome().cacheStamps,
    replacements: ownHome().replacements,
    whenLocked: 'read',
  });
  const folder = realpathSync(projectFolder(project));
  const older = await ownHome().seen.check(folder, engine);
  if (older !== null) notice(olderText(older));
  const { seen } = ownHome();
  engine.onEvent(({ event }) => void (event === 'project.changed' && seen.noteSoon(folder, engine)));
  try {
    return await work(engine);
  } finally {
    await seen.notePending(engine);
    const problem = engine.backupProblem();
    if (problem !== null) notice(`Couldn’t make today’s backup of this project. ${problem.message}`);
    await engine.close();
  }
}

/** Notes what the project has now as the newest that was seen. */
export async function acceptOlder({ person, installation }: Caller, project: string): Promise<void> {
  const folder = realpathSync(projectFolder(project));
  const engine = await openEngine({
    folder,
    person,
    installation,
    cacheStamps: ownHome().cacheStamps,
    replacements: ownHome().replacements,
    whenLocked: 'read',
  });
  try {
    await ownHome().seen.accept(folder, engine);
  } finally {
    await engine.close();
  }
}

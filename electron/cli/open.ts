import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { Fault } from '../../shared/errors.ts';
import type { Person } from '../db/types.ts';
import { openEngine, type Engine } from '../engine/engine.ts';
import { openHome } from '../host/home.ts';
import { PROJECT_SUFFIX } from '../host/names.ts';

/** Who calls, and on which installation: what every command has from the options that all share. */
export interface Caller {
  readonly person: Person;
  readonly installation: string;
}

/** `name` is `--person`; without it the installation's default person acts. */
export function callerOf(name: string | undefined): Caller {
  const home = openHome();
  return { person: home.person(name), installation: home.installation() };
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

/** Opens the project in this process, and closes it whatever happens. */
export async function withProject<T>(
  caller: Caller,
  project: string,
  work: (engine: Engine) => T | Promise<T>,
): Promise<T> {
  const engine = await openEngine({ folder: projectFolder(project), ...caller });
  try {
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** An id as it was typed. What cannot be one names nothing, which is all a person needs to know. */
export function idOf<T>(schema: z.ZodType<T>, text: string, what: string): T {
  const parsed = schema.safeParse(text.trim().toLowerCase());
  if (parsed.success) return parsed.data;
  throw new Fault('NOT_FOUND', `This project has no such ${what}.`, { id: text });
}

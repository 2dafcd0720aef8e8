import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** More projects than anyone has. Those noted longest ago are forgotten first. */
const KEPT = 1000;

/**
 * A project’s folder, and a file in the user’s own data with one note for each project. Whoever may write in the folder can’t write that file.
 */
export interface NotedProject {
  readonly folder: string;
  readonly project: string;
  readonly file: string;
}

/** `at`: epoch milliseconds. */
interface Note {
  readonly at: number;
}

/** The project’s note; null if there is none, or if the file is damaged. Throws if the project’s folder is gone. */
export const noteOf = <T extends Note>(one: NotedProject, schema: z.ZodType<T>): T | null =>
  notes(one.file, schema)[keyOf(one)] ?? null;

/**
 * Replaces the project’s note. A note that can’t be written (user data that is read-only, a folder that is gone) is left out: whoever asks
 * later is told that there is none.
 */
export function setNote<T extends Note>(one: NotedProject, schema: z.ZodType<T>, make: () => T): void {
  const beside = `${one.file}.${process.pid}`;
  try {
    const key = keyOf(one);
    const others = Object.entries(notes(one.file, schema))
      .filter(([other]) => other !== key)
      .sort(([, a], [, b]) => b.at - a.at)
      .slice(0, KEPT - 1);
    writeFileSync(beside, `${JSON.stringify({ [key]: make(), ...Object.fromEntries(others) })}\n`, { mode: 0o600 });
    renameSync(beside, one.file);
  } catch {
    rmSync(beside, { force: true });
  }
}

function notes<T extends Note>(file: string, schema: z.ZodType<T>): Record<string, T> {
  try {
    return z.record(z.string(), schema).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}

/** Neither the folder's name nor the project is in the file. */
const keyOf = ({ folder, project }: NotedProject): string =>
  createHash('sha256')
    .update(`${realpathSync(folder)}\0${project}`)
    .digest('hex')
    .slice(0, 32);

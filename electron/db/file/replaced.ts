import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** More projects than anyone has. Those replaced longest ago are forgotten first. */
const KEPT = 1000;

const replacedFile = z.record(z.string(), z.number());

/** A project’s folder, and the file in the user’s own data that keeps when a person replaced its database. */
interface Replaceable {
  readonly folder: string;
  readonly project: string;
  readonly file: string;
}

/**
 * Notes that a person replaced the project’s database: by a backup, or by one rebuilt from its log. Not in the project: whoever puts an older
 * database in its place could write it there, too, and nothing would say that edits are missing.
 */
export function noteReplaced(one: Replaceable, now: number): void {
  const beside = `${one.file}.${process.pid}`;
  try {
    const key = keyOf(one);
    const others = Object.entries(replaced(one.file))
      .filter(([other]) => other !== key)
      .sort(([, a], [, b]) => b - a)
      .slice(0, KEPT - 1);
    writeFileSync(beside, `${JSON.stringify({ [key]: now, ...Object.fromEntries(others) })}\n`, { mode: 0o600 });
    renameSync(beside, one.file);
  } catch {
    // The user’s data can’t be written: the project counts as older than was seen, which its person can say is right.
    rmSync(beside, { force: true });
  }
}

/** Epoch milliseconds; null if nobody replaced it here. */
export const replacedAt = (one: Replaceable): number | null => replaced(one.file)[keyOf(one)] ?? null;

function replaced(file: string): z.infer<typeof replacedFile> {
  try {
    return replacedFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Absent or damaged: no database is known to have been replaced.
    return {};
  }
}

/** Neither the folder's name nor the project is in the list. */
const keyOf = ({ folder, project }: Replaceable): string =>
  createHash('sha256')
    .update(`${realpathSync(folder)}\0${project}`)
    .digest('hex')
    .slice(0, 32);

import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { KEPT_OF_CACHE, removeCache } from './local.ts';

/** More projects than anyone has. Those closed longest ago are forgotten first, and their caches made again. */
const KEPT = 1000;

const stampsFile = z.record(z.string(), z.object({ stamp: z.string(), at: z.number() }));

/** A project’s folder, and the file in the user’s own data that keeps how its cache was left. */
export interface StampedCache {
  readonly folder: string;
  readonly project: string;
  readonly file: string;
}

/**
 * Removes the cache of a project’s folder unless its files are those that this installation left when it closed the project. Who may
 * write in a known folder (a synced one) could put a search index there that hides texts from search, false copies or a false
 * model: nothing that is verified would say so. After a kill nothing was noted, and the cache is made again, too.
 */
export function dropForeignCache(cache: StampedCache): void {
  if (stamps(cache.file)[keyOf(cache)]?.stamp !== stampOf(cache.folder)) removeCache(cache.folder);
}

/** Notes how the cache is left. Called when nothing writes in it any more. What can’t be noted costs time at the next opening. */
export function noteCache(cache: StampedCache, now: number): void {
  const beside = `${cache.file}.${process.pid}`;
  try {
    const key = keyOf(cache);
    const others = Object.entries(stamps(cache.file))
      .filter(([one]) => one !== key)
      .sort(([, a], [, b]) => b.at - a.at)
      .slice(0, KEPT - 1);
    const next = { [key]: { stamp: stampOf(cache.folder), at: now }, ...Object.fromEntries(others) };
    writeFileSync(beside, `${JSON.stringify(next)}\n`, { mode: 0o600 });
    renameSync(beside, cache.file);
  } catch {
    // The user’s data can’t be written, or the project’s folder is gone: the project is closed all the same.
    rmSync(beside, { force: true });
  }
}

function stamps(file: string): z.infer<typeof stampsFile> {
  try {
    return stampsFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Absent or damaged: no cache is known, and each is made again.
    return {};
  }
}

/** Neither the folder's name nor the project is in the list. */
const keyOf = ({ folder, project }: StampedCache): string => hashOf(`${realpathSync(folder)}\0${project}`).slice(0, 32);

/**
 * Which files are in the cache, by inode, size and times: the time of the last change can’t be set by a program, so that nobody has to read
 * them, which would take longer than opening.
 */
function stampOf(folder: string): string {
  const lines: string[] = [];
  const note = (place: string, name: string): void => {
    const stat = lstatSync(join(place, name), { bigint: true, throwIfNoEntry: false });
    if (stat === undefined) return;
    if (!stat.isDirectory()) lines.push([name, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join('\0'));
    else for (const below of readdirSync(join(place, name))) note(place, join(name, below));
  };
  const cache = join(folder, 'cache');
  if (lstatSync(cache, { throwIfNoEntry: false }) !== undefined)
    for (const name of readdirSync(cache)) if (name !== KEPT_OF_CACHE) note(cache, name);
  return hashOf(lines.sort().join('\n'));
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

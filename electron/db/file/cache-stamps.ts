import { createHash } from 'node:crypto';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { KEPT_OF_CACHE, removeCache } from './local.ts';
import { noteOf, setNote, type NotedProject } from './project-notes.ts';

const cacheStamp = z.object({ stamp: z.string(), at: z.number() });

/**
 * Removes the cache of a project’s folder unless its files are exactly those that this installation left when it closed the project. Whoever
 * may write in the folder (a synced one) could put a search index there that hides texts from search, false copies or a false model, and no
 * verification would find that. After a kill nothing was noted, so the cache is made again then, too.
 */
export function dropForeignCache(cache: NotedProject): void {
  if (noteOf(cache, cacheStamp)?.stamp !== stampOf(cache.folder)) removeCache(cache.folder);
}

/**
 * Notes which files are in the cache. Call it once nothing writes there any more. If the note can’t be written, the cache is made again at the
 * next opening.
 */
export const noteCache = (cache: NotedProject, now: number): void =>
  setNote(cache, cacheStamp, () => ({ stamp: stampOf(cache.folder), at: now }));

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
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

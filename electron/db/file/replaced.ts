import { z } from 'zod';
import { noteOf, setNote, type NotedProject } from './project-notes.ts';

const replacement = z.object({ at: z.number() });

/**
 * Notes that a person replaced the project’s database by a backup, or by one rebuilt from its log. The note is not in the project: whoever
 * puts an older database in its place could write it there, too, and nothing would say that edits are missing. Without a note the project is
 * reported as older than when it was last seen, which a person can confirm.
 */
export const noteReplaced = (one: NotedProject, now: number): void => setNote(one, replacement, () => ({ at: now }));

/** Returns when a person replaced the database here, in epoch milliseconds; null if nobody did. */
export const replacedAt = (one: NotedProject): number | null => noteOf(one, replacement)?.at ?? null;

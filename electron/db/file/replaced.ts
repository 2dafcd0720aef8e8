import { z } from 'zod';
import { noteOf, setNote, type NotedProject } from './project-notes.ts';

const replacement = z.object({ at: z.number() });

/**
 * Notes that a person replaced the project’s database: by a backup, or by one rebuilt from its log. Not in the project: whoever puts an older
 * database in its place could write it there, too, and nothing would say that edits are missing. Without a note the project counts as older
 * than was seen, which its person can say is right.
 */
export const noteReplaced = (one: NotedProject, now: number): void => setNote(one, replacement, () => ({ at: now }));

/** Epoch milliseconds; null if nobody replaced it here. */
export const replacedAt = (one: NotedProject): number | null => noteOf(one, replacement)?.at ?? null;

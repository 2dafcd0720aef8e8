import { z } from 'zod';
import { importItem, importReport } from './sources.ts';

/** What the engine tells without being asked. */
export const events = {
  /** A commit was made (or taken back): which kinds of record it touched. */
  'project.changed': z.object({ entities: z.array(z.string()), label: z.string() }),
  'project.opened': z.object({ title: z.string() }),
  'project.closed': z.object({}),
  'import.progress': z.object({
    job: z.string(),
    /** Files found so far (a folder is still being walked while `walking`). */
    total: z.number().int(),
    walking: z.boolean(),
    done: z.number().int(),
    failed: z.number().int(),
    /** The files being worked on now. */
    current: z.array(
      z.object({
        path: z.string(),
        step: z.enum(['hashing', 'reading', 'storing']),
        page: z.number().int().nullable(),
        pages: z.number().int().nullable(),
      }),
    ),
    /** Items finished since the last event. */
    finished: z.array(importItem),
  }),
  'import.password': z.object({ job: z.string(), path: z.string(), wrong: z.boolean() }),
  'import.done': importReport,
  'project.verified': z.object({ at: z.number(), ok: z.boolean(), failures: z.number().int() }),
  /** The host's menu or a shortcut asks the page to do something: `import`, `undo` … */
  'app.command': z.object({ command: z.string() }),
};
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>;

import { z } from 'zod';
import { mergeProgress } from './merge.ts';
import { exportProgress } from './export.ts';
import { indexed } from './search.ts';
import { pageStylesWanted } from './page-styles.ts';
import { askedPages, importProgress, importReport } from './sources.ts';

/** What the engine tells without being asked. */
export const events = {
  /** A commit was made (or taken back): which kinds of record it touched. */
  'project.changed': z.object({ entities: z.array(z.string()), label: z.string() }),
  'project.opened': z.object({ title: z.string() }),
  'project.closed': z.object({}),
  /** `app.waitingFile` says which. */
  'app.fileWaits': z.object({}),
  /** Something failed that no call answers for. It is in the local log, and the page says so. */
  'app.failed': z.object({}),
  'import.progress': importProgress,
  'import.password': z.object({ job: z.string(), path: z.string(), wrong: z.boolean() }),
  /** An archive has several pages: `import.choose` says which to take. */
  'import.pages': askedPages,
  'import.done': importReport,
  'pageStyles.wanted': pageStylesWanted,
  'project.verified': z.object({ at: z.number(), ok: z.boolean(), failures: z.number().int() }),
  'merge.progress': mergeProgress,
  'export.progress': exportProgress,
  /** The search's index is being made, for longer than half a second; told again when it is done. */
  'search.progress': indexed,
  /** The host's menu or a shortcut asks the page to do something: `import`, `undo` … */
  'app.command': z.object({ command: z.string() }),
};
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>;

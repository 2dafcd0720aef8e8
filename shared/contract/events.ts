import { z } from 'zod';
import { mergeProgress } from './merge.ts';
import { copyProgress } from './copies.ts';
import { changeProgress } from './evidence-selection.ts';
import { exchangeProgress } from './exchange.ts';
import { exportProgress } from './export.ts';
import { indexed } from './search.ts';
import { suggestionsProgress } from './suggestions.ts';
import { pageStylesWanted } from './page-styles.ts';
import { askedPages, importProgress, importReport } from './sources.ts';

/** What the engine and the host tell the windows of a project. */
export const events = {
  /** A commit was made or undone: which kinds of record it changed. */
  'project.changed': z.object({ entities: z.array(z.string()), label: z.string() }),
  /** `showing`: see `app.state`, whose answer may arrive before the event. */
  'project.opened': z.object({ title: z.string(), showing: z.number().int() }),
  /** Without `showing` the window had no project before: why it has none may have changed. */
  'project.closed': z.object({ showing: z.number().int().exactOptional() }),
  /** Its database was found to differ from its signed history, or to be older than was seen: see `altered` and `older` of `app.state`. */
  'project.altered': z.object({}),
  /** Another program opened it, or replaced its database, while it was open here: nothing more can be written; see `holder` and `replacedWhileOpen` of `project.info`. */
  'project.taken': z.object({}),
  /** See `app.waitingFile`. */
  'app.fileWaits': z.object({}),
  /** The windows are locked: nothing of a project may be shown, until `app.unlocked`. */
  'app.locked': z.object({}),
  'app.unlocked': z.object({}),
  /** They will be in a moment, since nobody used them: what was typed is saved now. */
  'app.lockDue': z.object({}),
  /** An error outside of any call. It is in the local log, and the page shows it. */
  'app.failed': z.object({}),
  'import.progress': importProgress,
  'import.password': z.object({ job: z.string(), path: z.string(), wrong: z.boolean() }),
  /** An archive has several pages: `import.choose` answers which to import. */
  'import.pages': askedPages,
  'import.done': importReport,
  'pageStyles.wanted': pageStylesWanted,
  'project.verified': z.object({ at: z.number(), ok: z.boolean(), failures: z.number().int() }),
  /** Of `sources.compareOriginals`, in sources. */
  'verify.progress': z.object({ done: z.number().int(), total: z.number().int() }),
  'evidence.progress': changeProgress,
  /** Of an undo or redo of many records: how much of it is done, from 0 to 1. */
  'history.progress': z.object({ what: z.enum(['undo', 'redo']), share: z.number() }),
  /** Of `copies.find`, in sources: each counts when it is read and when it is compared. */
  'copies.progress': copyProgress,
  /** Of `figures.table`, in texts, while they are read. */
  'figures.progress': copyProgress,
  'merge.progress': mergeProgress,
  'export.progress': exportProgress,
  'exchange.progress': exchangeProgress,
  /** Of `app.closeEncrypted`, in bytes. */
  'closing.progress': z.object({ phase: z.enum(['encrypting', 'comparing']), done: z.number(), total: z.number() }),
  /** The search index has been updating for more than half a second; sent again when it is done. */
  'search.progress': indexed,
  'suggestions.progress': suggestionsProgress,
  /** A command from the host's menu or a shortcut: `import`, `undo` … */
  'app.command': z.object({ command: z.string() }),
};
export type EventName = keyof typeof events;
export type EventPayload<E extends EventName> = z.infer<(typeof events)[E]>;

import { z } from 'zod';
import { assignment, person, personId, projectId } from '../model/index.ts';
import { assignmentRequest } from './coding.ts';
import { call } from './define.ts';
import { mergePreview, mergeReport, sourcesToAdd } from './merge.ts';
import { knownPerson } from './people.ts';
import { exportOptions, reportFormat, selection } from './export.ts';
import { backups } from './project.ts';
import { settings } from './settings.ts';
import { recordPatch } from './sources.ts';

/** A file the person chose or dropped. Its path stays with the host: the renderer only holds this token. */
export const offer = z.object({ token: z.string().min(8).max(100), name: z.string() });
export type Offer = z.infer<typeof offer>;

export const recentProject = z.object({
  /** Stands for the folder; the host knows which. */
  key: z.string(),
  title: z.string(),
  /** The folder as a person reads it: `Documents/liuquan.sourcebook`. */
  place: z.string(),
  openedAt: z.number(),
  sources: z.number().int(),
  missing: z.boolean(),
  /** It cannot be opened as it is, but backups of it are there. */
  restorable: z.boolean(),
});

export const appState = z.object({
  host: z.enum(['electron', 'browser']),
  version: z.string(),
  platform: z.enum(['mac', 'windows', 'linux']),
  project: z.object({ id: projectId, title: z.string(), place: z.string() }).nullable(),
  /** The project this window could not open because it is damaged; its backups may be restored by `key`. */
  damaged: z.object({ key: z.string(), place: z.string(), message: z.string() }).nullable(),
  /** The project this window showed when the program ended, and why it could not be opened again. */
  refused: z.object({ place: z.string(), message: z.string() }).nullable(),
  person,
  settings,
  recents: z.array(recentProject),
  /** Native dialogs are there (Electron); otherwise the page's own file input is used and `app.newProject` names the folder. */
  nativeDialogs: z.boolean(),
  /** Where new projects go on the browser host, as a person reads it. */
  projectsPlace: z.string(),
  /** Where this installation keeps settings, keys and the list of recent projects, as a person reads it. */
  dataPlace: z.string(),
});
export type AppState = z.infer<typeof appState>;

/** Where a merge comes from: a file or folder the person chose or dropped, a recent project, or a conflict copy beside this project. */
const mergeFrom = z.object({
  from: z.union([z.object({ offer: z.string() }), z.object({ recent: z.string() }), z.object({ copy: z.string() })]),
  passphrase: z.string().exactOptional(),
});
/** A file on its way out: Electron saves where the person says; browser host: `download` is a relative URL. */
const saved = z.object({
  done: z.boolean(),
  name: z.string().nullable(),
  bytes: z.number(),
  download: z.string().nullable(),
});

/** `opened` is false when the person closed the dialog. */
const opened = z.object({ opened: z.boolean() });

export const app = {
  'app.state': call('host', z.object({}), appState),
  'app.newProject': call(
    'host',
    z.object({ title: z.string().trim().min(1).max(200), codebook: z.enum(['xinjiang-labour', 'empty']) }),
    opened,
  ),
  /**
   * Electron: a dialog for a project folder or a project file. Browser host: lists only recents, so it answers UNSUPPORTED.
   * A file encrypted with a passphrase answers PASSWORD_NEEDED, with the `offer` for `app.importProjectFile` and its `name` in the context.
   */
  'app.openProject': call('host', z.object({}), opened),
  'app.openRecent': call('host', z.object({ key: z.string() }), opened),
  'app.forgetRecent': call('host', z.object({ key: z.string() }), z.object({})),
  'app.clearRecents': call('host', z.object({}), z.object({})),
  'app.openSample': call('host', z.object({}), opened),
  /** Opens this window's project anew: whoever else had it open may have closed it. */
  'app.reopenProject': call('host', z.object({}), z.object({})),
  'app.closeProject': call('host', z.object({}), z.object({})),
  /**
   * Another window, with the same project: two sources on two screens. Browser host: `address` is where it is, which the page
   * opens in another tab; null where the host has opened it.
   */
  'app.newWindow': call('host', z.object({}), z.object({ address: z.string().nullable() })),
  /**
   * A project file somebody sent: makes a new project of it beside it (Electron asks where) and opens that. One encrypted with a
   * passphrase answers PASSWORD_NEEDED or PASSWORD_WRONG, and the offer goes on counting.
   */
  'app.importProjectFile': call(
    'host',
    z.object({ offer: z.string(), passphrase: z.string().exactOptional() }),
    opened,
  ),
  /**
   * The project file that was named outside of the page (a double click, a command line) and is encrypted with a passphrase: it
   * waits in this window until `app.importProjectFile` opens it or `app.leaveFile` lets go of it. `app.fileWaits` tells of it.
   */
  'app.waitingFile': call('host', z.object({}), z.object({ offer: offer.nullable() })),
  /** Nobody opens this project file after all: what was kept for that goes. */
  'app.leaveFile': call('host', z.object({ offer: z.string() }), z.object({})),
  /** Electron: dialogs. Browser host: UNSUPPORTED, the page offers files by upload. */
  'app.pickSources': call(
    'host',
    z.object({ what: z.enum(['files', 'folder']) }),
    z.object({ offers: z.array(offer) }),
  ),
  /** Starts an import and returns at once; `import.progress` and `import.done` tell the rest. */
  'app.importSources': call(
    'host',
    z.object({ offers: z.array(z.string()).min(1), record: recordPatch.default({}) }),
    z.object({ job: z.string() }),
  ),
  /** Electron saves where the person says. Browser host: `download` is a relative URL. */
  'app.exportProject': call(
    'host',
    exportOptions.prefault({}),
    saved.extend({
      signature: z.object({ name: z.string(), download: z.string().nullable() }).nullable(),
      /** Sentences on what the file had to go out without. */
      missing: z.array(z.string()),
    }),
  ),
  /** Shows the file that this window exported last in the system's file manager. Browser host: UNSUPPORTED. */
  'app.showExported': call('host', z.object({}), z.object({})),
  /** Ends the export or report that runs in this window's project; it answers CANCELLED, and nothing was written. */
  'app.cancelExport': call('host', z.object({}), z.object({})),
  'app.writeReport': call('host', z.object({ format: reportFormat, only: selection.prefault({}) }), saved),
  /** An assignment for a blind coder, as a project file. */
  'app.assign': call('host', assignmentRequest, saved.extend({ assignment: assignment.nullable() })),
  /** Electron: a dialog for project files and folders. Browser host: UNSUPPORTED, the page offers a file by upload. */
  'app.pickMerge': call('host', z.object({ what: z.enum(['file', 'folder']) }), z.object({ offers: z.array(offer) })),
  'app.previewMerge': call('host', mergeFrom.extend({ add: sourcesToAdd.exactOptional() }), mergePreview),
  'app.merge': call(
    'host',
    mergeFrom.extend({ restore: z.boolean().default(false), add: sourcesToAdd.exactOptional() }),
    mergeReport,
  ),
  /** Ends the preview or merge that runs in this window's project; it answers CANCELLED, and nothing has changed. */
  'app.cancelMerge': call('host', z.object({}), z.object({})),
  /** Copies a syncing program made beside this project because two machines wrote to it. */
  'app.conflictCopies': call(
    'host',
    z.object({}),
    z.object({ copies: z.array(z.object({ key: z.string(), name: z.string(), at: z.number() })) }),
  ),
  /** The project's people with what this installation knows of their keys. */
  'app.people': call('host', z.object({}), z.object({ people: z.array(knownPerson) })),
  /** The fingerprint was compared: BAD_INPUT where it is not this person's. */
  'app.trustPerson': call('host', z.object({ id: personId, fingerprint: z.string() }), z.object({})),
  /** The backups of a project that need not be open, nor can be: `key` is that of a recent project or of a damaged one. */
  'app.backupsOf': call('host', z.object({ key: z.string() }), z.object({ backups })),
  /** Restores a backup of the project in this window or, with `key`, of one that is not open, and opens that. */
  'app.restoreBackup': call('host', z.object({ name: z.string(), key: z.string().optional() }), opened),
  'app.settings': call('host', settings.partial(), settings),
  /** What “Copy diagnostics” shows and copies: versions, and the last entries of the local log. Nothing of any project. */
  'app.diagnostics': call('host', z.object({}), z.object({ text: z.string() })),
  /**
   * An error in the page that nothing caught, for the local log: its name and the lines of its stack. Never its message, and of
   * the lines only places in the program's own files are written.
   */
  'app.reportError': call(
    'host',
    z.object({ name: z.string().max(100), stack: z.array(z.string().max(500)).max(40) }),
    z.object({}),
  ),
};

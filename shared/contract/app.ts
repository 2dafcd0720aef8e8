import { z } from 'zod';
import { assignment, dossierFormat, draftId, draftReportFormat, person, personId, projectId } from '../model/index.ts';
import { assignmentRequest } from './coding.ts';
import { draft, draftDetails } from './drafts.ts';
import { dossierAsked } from './dossier.ts';
import { passwords } from './dossier-out.ts';
import { dossierReport } from './dossier-check.ts';
import { call } from './define.ts';
import { mergePreview, mergeReport, sourcesToAdd } from './merge.ts';
import { knownPerson } from './people.ts';
import { evidenceTable, tableFormat } from './evidence.ts';
import { exchangeFormat, exchangeLedger, notCarried, offeredExchange, signedPdf } from './exchange.ts';
import { exportOptions, reportFormat, selection } from './export.ts';
import { figureFile } from './figures.ts';
import { backups } from './project.ts';
import { settings } from './settings.ts';
import { recordPatch } from './sources.ts';
import { stamped } from './timestamps.ts';

/** A file the person chose or dropped. The renderer only gets this token; the path stays in the host. */
export const offer = z.object({ token: z.string().min(8).max(100), name: z.string() });
export type Offer = z.infer<typeof offer>;

export const recentProject = z.object({
  /** A token for the folder; only the host knows its path. */
  key: z.string(),
  title: z.string(),
  /** The folder as shown to people: `Documents/liuquan.sourcebook`. */
  place: z.string(),
  openedAt: z.number(),
  sources: z.number().int(),
  missing: z.boolean(),
  /** It was closed and encrypted: there is its file instead of its folder. */
  encrypted: z.boolean(),
  /** It is damaged, but has backups. */
  restorable: z.boolean(),
});

/** What another copy of a project had, and this one lacks. */
const lacking = z.object({
  /** When a copy with some of them was last seen, epoch ms. */
  at: z.number(),
  edits: z.number().int(),
  /** Whose they are, as far as this copy has their earlier edits, with how many of each. */
  by: z.array(z.object({ person: z.string(), edits: z.number().int() })),
  /** Whether this copy has nothing that the others lack. */
  isOlder: z.boolean(),
});

export const appState = z.object({
  host: z.enum(['electron', 'browser']),
  version: z.string(),
  platform: z.enum(['mac', 'windows', 'linux']),
  project: z.object({ id: projectId, title: z.string(), place: z.string() }).nullable(),
  /** Grows each time a project opens in this window or leaves it. `project.opened` and `project.closed` carry the same number. */
  showing: z.number().int(),
  /** The project this window could not open because it is damaged; its backups may be restored by `key`. */
  damaged: z
    .object({
      key: z.string(),
      place: z.string(),
      message: z.string(),
      /** Its tables or triggers aren't Sourcebook's: rebuilding it from its signed history helps. */
      rebuildable: z.boolean(),
    })
    .nullable(),
  /** The project this window showed when the program last ended, and why it could not be reopened. */
  refused: z.object({ place: z.string(), message: z.string() }).nullable(),
  person,
  /** They have not entered a name: nothing can be signed. */
  needsName: z.boolean(),
  /** How the acting person's signing key is stored, and whether the system has a key store that Sourcebook can use. */
  key: z.object({ protection: z.enum(['plain', 'system', 'passphrase']), hasStore: z.boolean() }),
  /** The project has fewer edits than this installation has seen in this folder, or in another one: since when (epoch ms), and how many are missing. */
  older: z.object({ at: z.number(), edits: z.number().int(), elsewhere: z.boolean() }).nullable(),
  /**
   * The project's database differs from its signed history, as was found in the background after opening one that this
   * installation had not left like this: in how many places.
   */
  altered: z.number().int().nullable(),
  /** The windows are locked: the key's passphrase is needed, and no project is shown. */
  locked: z.boolean(),
  settings,
  recents: z.array(recentProject),
  /**
   * Whether there are native dialogs (Electron); otherwise the page uses a file input, and `app.newProject` names the folder.
   */
  nativeDialogs: z.boolean(),
  /** Where the browser host creates new projects, as shown to people. */
  projectsPlace: z.string(),
  /** Where this installation keeps settings, keys and the list of recent projects, as shown to people. */
  dataPlace: z.string(),
});
export type AppState = z.infer<typeof appState>;

/** Where a merge comes from: a file or folder the person chose or dropped, a recent project, or a conflict copy beside this project. */
const mergeFrom = z.object({
  from: z.union([z.object({ offer: z.string() }), z.object({ recent: z.string() }), z.object({ copy: z.string() })]),
  passphrase: z.string().exactOptional(),
});
/** A saved export. In Electron the person chooses where; in the browser host `download` is its relative URL. */
export const saved = z.object({
  done: z.boolean(),
  name: z.string().nullable(),
  bytes: z.number(),
  download: z.string().nullable(),
  /** Milliseconds that writing took, without what people took in dialogs; only where the window shows them. */
  ms: z.number().exactOptional(),
});

/** `opened` is false if the person cancelled the dialog. */
const opened = z.object({ opened: z.boolean() });

export const app = {
  'app.state': call('host', z.object({}), appState),
  'app.newProject': call(
    'host',
    z.object({ title: z.string().trim().min(1).max(200), codebook: z.enum(['xinjiang-labour', 'empty']) }),
    opened,
  ),
  /**
   * Electron: a dialog for a project folder or a project file. Browser host: UNSUPPORTED, since it only lists recent
   * projects. For a file encrypted with a passphrase, PASSWORD_NEEDED, with the `offer` for `app.importProjectFile` and its
   * `name` in the context.
   */
  'app.openProject': call('host', z.object({}), opened),
  'app.openRecent': call('host', z.object({ key: z.string() }), opened),
  'app.forgetRecent': call('host', z.object({ key: z.string() }), z.object({})),
  'app.clearRecents': call('host', z.object({}), z.object({})),
  'app.openSample': call('host', z.object({}), opened),
  /** Opens this window's project again, for writing if no one else has it open any more. */
  'app.reopenProject': call('host', z.object({}), z.object({})),
  'app.closeProject': call('host', z.object({}), z.object({})),
  /**
   * Makes one encrypted file of this window's project, beside its folder, and removes the folder; every window that shows it has no
   * project then. `place`: the file as shown to people. BAD_INPUT for a short passphrase.
   */
  'app.closeEncrypted': call('host', z.object({ passphrase: z.string() }), z.object({ place: z.string() })),
  /** Cancels it until the folder is removed: it returns CANCELLED, and the project is open again as it was. */
  'app.cancelCloseEncrypted': call('host', z.object({}), z.object({})),
  /**
   * Another window on the same project, to show two sources on two screens. Browser host: the page opens `address` in another
   * tab; null where the host has opened the window.
   */
  'app.newWindow': call('host', z.object({}), z.object({ address: z.string().nullable() })),
  /**
   * Creates a project from a project file, beside that file (Electron asks where), and opens it. PASSWORD_NEEDED or
   * PASSWORD_WRONG for a file encrypted with a passphrase; the offer stays valid.
   */
  'app.importProjectFile': call(
    'host',
    z.object({ offer: z.string(), passphrase: z.string().exactOptional() }),
    opened,
  ),
  /**
   * The encrypted project file this window was asked to open from outside the page (a double click, a command line). It waits
   * until `app.importProjectFile` opens it or `app.leaveFile` dismisses it. `app.fileWaits` reports it.
   */
  'app.waitingFile': call('host', z.object({}), z.object({ offer: offer.nullable() })),
  /** The person does not want to open this project file: forgets it. */
  'app.leaveFile': call('host', z.object({ offer: z.string() }), z.object({})),
  /** Electron: dialogs. Browser host: UNSUPPORTED, the page offers files by upload. */
  'app.pickSources': call(
    'host',
    z.object({ what: z.enum(['files', 'folder', 'exchange', 'draft']) }),
    z.object({ offers: z.array(offer) }),
  ),
  /** Starts an import and returns at once; `import.progress` and `import.done` report on it. */
  'app.importSources': call(
    'host',
    z.object({ offers: z.array(z.string()).min(1), record: recordPatch.default({}) }),
    z.object({ job: z.string() }),
  ),
  /** In Electron the person chooses where to save. Browser host: `download` is a relative URL. */
  'app.exportProject': call(
    'host',
    exportOptions.prefault({}),
    saved.extend({
      signature: z.object({ name: z.string(), download: z.string().nullable() }).nullable(),
      /** Sentences about what is missing from the file. */
      missing: z.array(z.string()),
    }),
  ),
  /** Shows the last file this window exported in the system's file manager. Browser host: UNSUPPORTED. */
  'app.showExported': call('host', z.object({}), z.object({})),
  /** Cancels the export or report that is running in this window's project: it returns CANCELLED and writes nothing. */
  'app.cancelExport': call('host', z.object({}), z.object({})),
  /** Stops this call in this window’s project: it answers CANCELLED, and nothing is changed. Too late, nothing happens. */
  'app.stopChange': call(
    'host',
    z.object({ what: z.enum(['evidence.change', 'history.undo', 'history.redo']).default('evidence.change') }),
    z.object({}),
  ),
  /** Writes a table’s rows where the person says. With faults in the query nothing is written. */
  'app.writeEvidence': call(
    'host',
    evidenceTable.extend({ format: tableFormat.default('csv') }),
    saved.extend({ rows: z.number().int() }),
  ),
  /** Writes a figure where the person says. */
  'app.writeChart': call('host', figureFile, saved),
  /** Records that a time stamp is asked for, and writes the request where the person says. Faults as of `timestamps.ask`. */
  'app.writeStampRequest': call('host', stamped, saved),
  /** Writes the project in a format of other programs where the person says; `export.progress` reports on it. */
  'app.exportExchange': call(
    'host',
    z.object({ format: exchangeFormat, only: selection.prefault({}), pseudonyms: z.boolean().default(false) }),
    saved.extend({ notCarried: z.array(notCarried), signed: z.array(signedPdf) }),
  ),
  /** What would become of a file of another program; the offer stays valid. `exchange.progress` reports on it. */
  'app.previewExchange': call('host', offeredExchange, exchangeLedger),
  /** Brings the file in. The offers are used up unless that fails. */
  'app.importExchange': call('host', offeredExchange, exchangeLedger),
  /**
   * Checks the folder of a dossier that was chosen or dropped: one folder, or its files. The offers are used up. `again`: a token for the same folder, to
   * give a password of a protected PDF in it; null where none is locked. Faults as of `dossier.verify`.
   */
  'app.checkDossier': call(
    'host',
    z.object({
      offers: z.array(z.string()).min(1).max(100_000),
      passwords: z.array(z.string()).max(1000).default([]),
    }),
    dossierReport.extend({ again: z.string().nullable() }),
  ),
  /** Cancels the check of a dossier, and the preview or import of such a file in this window’s project: it returns CANCELLED and changes nothing. */
  'app.cancelExchange': call('host', z.object({}), z.object({})),
  'app.writeReport': call('host', z.object({ format: reportFormat, only: selection.prefault({}) }), saved),
  /** Opens a file as a draft in this window’s project. The offer is used up unless that fails. Faults as of `drafts.open`. */
  'app.openDraft': call('host', draftDetails.extend({ offer: z.string() }), draft),
  /** The report on a draft, where the person says. Faults as of `drafts.exportReport`. */
  'app.writeDraftReport': call('host', z.object({ id: draftId, format: draftReportFormat }), saved),
  /** A dossier, with how far the acting person trusts each signer. Browser host: a folder as a zip. Faults as of `dossier.export`. */
  'app.writeDossier': call('host', dossierAsked.extend({ format: dossierFormat.exclude(['zip']), passwords }), saved),
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
  /** Cancels the preview or merge that is running in this window's project: it returns CANCELLED and changes nothing. */
  'app.cancelMerge': call('host', z.object({}), z.object({})),
  /** Copies of this project's database made by a syncing program after two machines wrote to it. */
  'app.conflictCopies': call(
    'host',
    z.object({}),
    z.object({ copies: z.array(z.object({ key: z.string(), name: z.string(), at: z.number() })) }),
  ),
  /** The project's people with what this installation knows of their keys. */
  'app.people': call('host', z.object({}), z.object({ people: z.array(knownPerson) })),
  /** Records that the fingerprint was compared. BAD_INPUT if it is not this person's. */
  'app.trustPerson': call('host', z.object({ id: personId, fingerprint: z.string() }), z.object({})),
  /** The backups of a project that is not open, or cannot be opened; `key` is that of a recent or a damaged project. */
  'app.backupsOf': call('host', z.object({ key: z.string() }), z.object({ backups })),
  /** Restores a backup of this window's project or, with `key`, of one that is not open, and opens the result. */
  'app.restoreBackup': call('host', z.object({ name: z.string(), key: z.string().optional() }), opened),
  /**
   * Makes this window's project or, with `key`, the one that it could not open, again from its signed history, keeps the former
   * database, and opens it.
   */
  'app.rebuildProject': call('host', z.object({ key: z.string().optional() }), opened),
  /** The older state of this window's project is right: it is not warned of again. */
  'app.acceptOlder': call('host', z.object({}), z.object({})),
  /** What this installation has seen in other copies of this window's project, and this copy lacks; null if nothing. */
  'app.lacking': call('host', z.object({}), z.object({ lacking: lacking.nullable() })),
  'app.settings': call('host', settings.partial(), settings),
  /** Encrypts the acting person's signing key with a passphrase. `current`: the one it has. BAD_INPUT, PASSWORD_WRONG. */
  'app.setKeyPassphrase': call(
    'host',
    z.object({ passphrase: z.string(), current: z.string().exactOptional() }),
    z.object({}),
  ),
  'app.removeKeyPassphrase': call('host', z.object({ current: z.string() }), z.object({})),
  /** Locks all windows. NOT_ALLOWED if the key has no passphrase. */
  'app.lock': call('host', z.object({}), z.object({})),
  /** PASSWORD_WRONG. */
  'app.unlock': call('host', z.object({ passphrase: z.string() }), z.object({})),
  /** Somebody used this window; sent at most every few seconds. */
  'app.active': call('host', z.object({}), z.object({})),
  /** What “Copy diagnostics” shows and copies: versions and the last entries of the local log. Nothing from any project. */
  'app.diagnostics': call('host', z.object({}), z.object({ text: z.string() })),
  /**
   * An uncaught error in the page, for the local log: its name and stack. Of the stack only places in the program's own files
   * are logged; the message never is.
   */
  'app.reportError': call(
    'host',
    z.object({ name: z.string().max(100), stack: z.array(z.string().max(500)).max(40) }),
    z.object({}),
  ),
};

import { z } from 'zod';
import { errorData } from '../errors.ts';
import { commitHash, person, personId, projectId, recordId } from '../model/index.ts';
import { call } from './define.ts';

/**
 * What verifying can find damaged. `head`: the project lacks edits that a backup has. `author`: an edit in the name of someone who
 * did not sign it. In project files only:
 * `manifest`, `annotations`, and `unlisted`, a file that belongs to nothing in the log.
 */
const verifyKind = z.enum([
  'original',
  'part',
  'content',
  'layer',
  'frozen',
  'resource',
  'commit',
  'index',
  'projection',
  'anchor',
  'database',
  'head',
  'backup',
  'author',
  'manifest',
  'unlisted',
  'annotations',
  'crate',
  'timestamp',
]);
/**
 * The key of the view state that lists the sources which a window is showing and which have not come to rest. It is about that
 * window alone: another window of the project begins without it, as long as that one is there.
 */
export const SHOWING_KEY = 'showing';
/** The key of the view state that keeps texts that are not saved yet, by the id of what they belong to. */
export const DRAFTS_KEY = 'memos.drafts';
/** Those that came with a folder from another installation, until the person here takes or discards them: nobody signed them. */
export const FOREIGN_DRAFTS_KEY = 'memos.drafts elsewhere';

export const verifyFailure = z.object({
  kind: verifyKind,
  /** What is damaged: a record's id, a hash, a file's path inside the project. */
  id: z.string(),
  message: z.string(),
});
export type VerifyFailure = z.infer<typeof verifyFailure>;
export const verifyReport = z.object({
  ok: z.boolean(),
  checked: z.object({
    originals: z.number(),
    layers: z.number(),
    commits: z.number(),
    changes: z.number(),
    passages: z.number(),
  }),
  failures: z.array(verifyFailure),
  /**
   * Not damage, but worth knowing: a commit wrote in the name of someone who did not sign it, and the log says how: it was added
   * from another project, resolved a conflict, or what would explain it was left out of a project file. Or it restored what its person
   * had removed: `id` is the commit’s hash, `kind` the kind of record. Or a passage, figure or draft that was removed has no place,
   * words or hash that fit; `id` is the record’s. Or edits are here without all of their content: `id` is the newest’s hash. Or a time stamp holds, but no root that this installation
   * trusts vouches for its authority: `id` is the record’s.
   */
  remarks: z.array(verifyFailure.extend({ kind: z.string() })),
});
export type VerifyReport = z.infer<typeof verifyReport>;

export const projectInfo = z.object({
  id: projectId,
  title: z.string(),
  /** The acting person in this window or command. */
  person,
  people: z.array(person),
  sources: z.number().int(),
  passages: z.number().int(),
  bytes: z.number(),
  head: commitHash.nullable(),
  /** Epoch ms and outcome of the last complete verification in this session. */
  verified: z.object({ at: z.number(), ok: z.boolean(), failures: z.number() }).nullable(),
  codebook: z.object({ title: z.string(), version: z.string() }),
  /** The syncing program (OneDrive, Dropbox, iCloud, Syncthing) that copies this folder, or null. */
  syncedBy: z.string().nullable(),
  /** Why the daily backup could not be made; null if it was. */
  backupProblem: errorData.nullable(),
  readOnly: z.boolean(),
  /** Whether it is read-only because the disk had no room when it was opened. */
  diskFull: z.boolean(),
  /**
   * Who has the project open elsewhere, so that it is read-only here, and since when (epoch ms). The name is empty if
   * unknown. `tookOver`: it was open here for writing, until they opened it.
   */
  holder: z.object({ name: z.string(), since: z.number(), tookOver: z.boolean() }).nullable(),
  /** Another program replaced its database while it was open here, so that it is read-only. `kept`: the backup of what it had, null if none could be made. */
  replacedWhileOpen: z.object({ kept: z.string().nullable() }).nullable(),
});
export type ProjectInfo = z.infer<typeof projectInfo>;

export const commitSummary = z.object({
  id: commitHash,
  time: z.number(),
  person: z.string(),
  personId: personId.nullable(),
  label: z.string(),
  changes: z.number().int(),
});

/** A change that an undo, a removal or a restore left alone, and why. */
export const leftBehind = z.object({ entity: z.string(), id: recordId, field: z.string(), why: z.string() });
const undone = z.object({ label: z.string(), left: z.array(leftBehind) });

/** Copies of the project's database, newest first; `at` is in epoch ms. */
export const backups = z.array(z.object({ name: z.string(), at: z.number(), bytes: z.number(), reason: z.string() }));

export const project = {
  'project.info': call('read', z.object({}), projectInfo),
  'project.rename': call('write', z.object({ title: z.string().trim().min(1).max(400) }), z.object({})),
  'project.verify': call('read', z.object({}), verifyReport),
  'project.backups': call('read', z.object({}), z.object({ backups })),
  /** A backup now, besides the daily one. */
  'project.backUp': call('write', z.object({}), z.object({})),
  /** Whether the log has a commit (false for null), and what is newest in it. `replacedAt`: when a backup was restored, or the database rebuilt. `heldSince`: since when another process has it open. */
  'project.logHas': call(
    'program',
    z.object({ commit: commitHash.nullable() }),
    z.object({
      has: z.boolean(),
      project: projectId,
      head: commitHash.nullable(),
      commits: z.number().int(),
      replacedAt: z.number().nullable(),
      heldSince: z.number().nullable(),
    }),
  ),
  /** The edits of each person in each folder, up to the newest: `first` and `tip`, with how many. `lacking`: those of `tips` that aren’t in the log. */
  'project.chains': call(
    'program',
    z.object({ tips: z.array(commitHash) }),
    z.object({
      project: projectId,
      chains: z.array(z.object({ first: commitHash, tip: commitHash, edits: z.number().int(), person: z.string() })),
      lacking: z.array(commitHash),
    }),
  ),
  /** What of `project.verify` needs no file but the database, in a thread of its own; null if the project was closed meanwhile. */
  'project.verifyDatabase': call('program', z.object({}), z.object({ failures: z.array(verifyFailure).nullable() })),
  /** Rebuilds the entity tables from the log; returns whether anything differed. */
  'project.rebuild': call('write', z.object({}), z.object({ differed: z.number().int() })),
  'history.state': call('read', z.object({}), z.object({ undo: z.string().nullable(), redo: z.string().nullable() })),
  /** `history.progress` reports on one of many records; stopped by `app.stopChange` it throws CANCELLED, and nothing is changed. */
  'history.undo': call('write', z.object({}), undone),
  'history.redo': call('write', z.object({}), undone),
  /** Newest first. `before` is the last id of the previous page. */
  'history.list': call(
    'read',
    z.object({ limit: z.number().int().min(1).max(10_000).default(200), before: commitHash.optional() }),
    z.object({ commits: z.array(commitSummary) }),
  ),
  /** View state of this installation, in the project's folder but not in its log: reading positions, pins, panes. */
  'view.get': call('read', z.object({ key: z.string().max(200) }), z.object({ value: z.json().nullable() })),
  'view.set': call('read', z.object({ key: z.string().max(200), value: z.json() }), z.object({})),
};

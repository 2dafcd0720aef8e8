import type { CallArgs } from '../../shared/contract/index.ts';
import type { Backup } from '../db/index.ts';
import type { ActingPerson } from '../db/types.ts';
import type { EngineClient } from '../engine/client.ts';
import type { WatchTask } from '../engine/tasks.ts';
import type { Secrets } from '../project/export/encryption.ts';

export type { EngineEvent } from '../engine/protocol.ts';
export type Engine = EngineClient;

/** The person who opens a project, and the installation. */
export interface Actor {
  readonly person: ActingPerson;
  readonly installation: string;
  /** See EngineOptions. */
  readonly trustedRoots?: string;
  /** See OpenOptions. */
  readonly cacheStamps?: string;
  readonly replacements?: string;
}

/** What hosts do with whole projects. Each throws a Fault that says what a person can do. */
export interface Projects {
  /** Opens a project folder, read-only if it is open elsewhere. NOT_A_PROJECT, PROJECT_NEWER, DAMAGED … */
  open(folder: string, actor: Actor): Promise<Engine>;
  /** Makes a new project in a folder that doesn't exist yet, and closes it. */
  create(folder: string, actor: Actor, about: CallArgs<'app.newProject'>): Promise<void>;
  /** Makes a new project of a project file, in a folder that doesn't exist yet. */
  importFile(folder: string, actor: Actor, file: string, secrets: Secrets): Promise<void>;
  /** The backups of a project's database, newest first, even if the project can't be opened. */
  backupsOf(folder: string): Promise<Backup[]>;
  /** Replaces a project's database, which must not be open, with a backup. The replaced database becomes a backup itself. */
  restoreBackup(folder: string, actor: Actor, name: string): Promise<void>;
  /** Makes the database of a closed project again from its log; the former one is kept in its backups. */
  rebuild(folder: string, actor: Actor): Promise<void>;
  /** Makes one encrypted file of a closed project and removes its folder. Returns the file's path. CANCELLED by the signal. */
  encrypt(folder: string, actor: Actor, passphrase: string, watch: WatchTask): Promise<string>;
  /** Makes the folder of an encrypted project, which doesn’t exist yet. */
  decrypt(folder: string, actor: Actor, file: string, passphrase: string): Promise<void>;
  /** Removes what making, encrypting and removing projects left in these folders when the program was killed. */
  sweep(folders: readonly string[], installation: string): Promise<void>;
  /** Makes the sample project in a folder that doesn't exist yet. */
  makeSample(folder: string, actor: Actor): Promise<void>;
}

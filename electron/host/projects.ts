import type { CallArgs } from '../../shared/contract/index.ts';
import type { Backup } from '../db/index.ts';
import type { Person } from '../db/types.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Secrets } from '../project/export/encryption.ts';

export type { EngineEvent } from '../engine/protocol.ts';
export type Engine = EngineClient;

/** Who opens a project, and on which installation. */
export interface Actor {
  readonly person: Person;
  readonly installation: string;
}

/** What hosts do with whole projects. Each throws a Fault a person can act on. */
export interface Projects {
  /** Opens a project folder, for reading where somebody else has it open; NOT_A_PROJECT, PROJECT_NEWER, DAMAGED … */
  open(folder: string, actor: Actor): Promise<Engine>;
  /** Makes a new project in a folder that is not there yet, and closes it again. */
  create(folder: string, actor: Actor, about: CallArgs<'app.newProject'>): Promise<void>;
  /** Makes a new project of a project file, in a folder that is not there yet. */
  importFile(folder: string, actor: Actor, file: string, secrets: Secrets): Promise<void>;
  /** The copies of a project's database, newest first, whether or not it can be opened. */
  backupsOf(folder: string): Promise<Backup[]>;
  /** Puts a backup in the place of a project's database, which must not be open; what was there becomes a backup itself. */
  restoreBackup(folder: string, actor: Actor, name: string): Promise<void>;
  /** Removes from these folders what killed imports of project files left there. */
  sweep(folders: readonly string[], installation: string): Promise<void>;
  /** Makes the sample project in a folder that is not there yet. */
  makeSample(folder: string, actor: Actor): Promise<void>;
}

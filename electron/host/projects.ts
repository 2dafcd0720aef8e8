import type {
  CallArgs,
  CallInput,
  CallOutput,
  EngineCallName,
  EventName,
  EventPayload,
} from '../../shared/contract/index.ts';
import type { Person } from '../db/types.ts';

/** One event of an engine, as its client hands it on. */
export type EngineEvent = { [E in EventName]: { readonly event: E; readonly payload: EventPayload<E> } }[EventName];

/** A project that is open, seen from the host: calls that throw a Fault or answer, and events. */
export interface Engine {
  call<N extends EngineCallName>(name: N, input: CallInput<N> | CallArgs<N>): Promise<CallOutput<N>>;
  /** Hears everything the engine tells; returns what ends it. */
  onEvent(listener: (event: EngineEvent) => void): () => void;
  close(): Promise<void>;
}

/** Who opens a project, and on which installation. */
export interface Actor {
  readonly person: Person;
  readonly installation: string;
}

/** What hosts do with whole projects. Each throws a Fault a person can act on. */
export interface Projects {
  /** Opens a project folder; PROJECT_LOCKED, NOT_A_PROJECT, PROJECT_NEWER, DAMAGED … */
  open(folder: string, actor: Actor): Promise<Engine>;
  /** Makes a new project in a folder that is not there yet, and closes it again. */
  create(folder: string, actor: Actor, about: CallArgs<'app.newProject'>): Promise<void>;
  /** Makes a new project of a project file, in a folder that is not there yet. */
  importFile(folder: string, actor: Actor, file: string): Promise<void>;
  /** Puts a backup in the place of a project's database, which must not be open; what was there becomes a backup itself. */
  restoreBackup(folder: string, actor: Actor, name: string): Promise<void>;
  /** Makes the sample project in a folder that is not there yet. */
  makeSample(folder: string, actor: Actor): Promise<void>;
}

import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Actor, Engine, EngineEvent, Projects } from './projects.ts';
import type { WindowId } from './shell.ts';

/** A project some windows have open. */
export interface OpenProject {
  readonly folder: string;
  readonly engine: Engine;
}

interface Shared {
  readonly folder: string;
  readonly engine: Promise<Engine>;
  readonly windows: Set<WindowId>;
}

/** One engine a project folder, shared by the windows that show it, closed with the last of them. */
export interface Engines {
  /** Gives the window that project, instead of the one it had. What it had stays open when this one cannot be opened. */
  enter(window: WindowId, folder: string, actor: () => Actor): Promise<OpenProject>;
  leave(window: WindowId): Promise<void>;
  of(window: WindowId): Promise<OpenProject | null>;
  /** Closes the engine under its windows, does the work, and opens it again for them, whatever came of the work. */
  reopen(folder: string, actor: () => Actor, work: () => Promise<void>): Promise<void>;
  folders(): string[];
  /** The windows that show a project. */
  windows(): WindowId[];
}

export function createEngines(
  projects: Pick<Projects, 'open'>,
  tell: (windows: readonly WindowId[], event: EngineEvent) => void,
): Engines {
  const byFolder = new Map<string, Shared>();
  const sharedOf = (window: WindowId): Shared | undefined =>
    [...byFolder.values()].find((one) => one.windows.has(window));

  const open = (folder: string, actor: Actor, windows: readonly WindowId[]): Shared => {
    const engine = projects.open(folder, actor);
    const shared: Shared = { folder, engine, windows: new Set(windows) };
    byFolder.set(folder, shared);
    engine.then(
      (opened) => opened.onEvent((event) => tell([...shared.windows], event)),
      () => byFolder.get(folder) === shared && byFolder.delete(folder),
    );
    return shared;
  };

  const closeUnused = async (shared: Shared): Promise<void> => {
    if (shared.windows.size > 0 || byFolder.get(shared.folder) !== shared) return;
    byFolder.delete(shared.folder);
    await (await shared.engine).close();
  };

  const engines: Engines = {
    async enter(window, folder, actor) {
      const real = existsSync(folder) ? realpathSync(folder) : resolve(folder);
      const before = sharedOf(window);
      const shared = byFolder.get(real) ?? open(real, actor(), []);
      const engine = await shared.engine;
      if (before !== undefined && before !== shared) before.windows.delete(window);
      shared.windows.add(window);
      if (before !== undefined && before !== shared) await closeUnused(before);
      return { folder: real, engine };
    },
    async leave(window) {
      const shared = sharedOf(window);
      if (shared === undefined) return;
      shared.windows.delete(window);
      await closeUnused(shared);
    },
    async of(window) {
      const shared = sharedOf(window);
      return shared === undefined ? null : { folder: shared.folder, engine: await shared.engine };
    },
    async reopen(folder, actor, work) {
      const shared = byFolder.get(folder);
      if (shared === undefined) return;
      await (await shared.engine).close();
      try {
        await work();
      } finally {
        await open(folder, actor(), [...shared.windows]).engine;
      }
    },
    folders: () => [...byFolder.keys()],
    windows: () => [...byFolder.values()].flatMap((shared) => [...shared.windows]),
  };
  return engines;
}

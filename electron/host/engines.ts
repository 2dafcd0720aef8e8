import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Actor, Engine, EngineEvent, Projects } from './projects.ts';
import type { WindowId } from './shell.ts';

/** A project that is open in one or more windows. */
export interface OpenProject {
  readonly folder: string;
  readonly engine: Engine;
}

interface Shared {
  readonly folder: string;
  readonly engine: Promise<Engine>;
  readonly windows: Set<WindowId>;
  /** How many windows are about to show it: they keep it open. */
  entering: number;
}

/** One engine for each project folder, shared by the windows that show it and closed with the last of them. */
export interface Engines {
  /** Opens the project in the window, in place of the one it had, which stays open if this one can't be opened. */
  enter(window: WindowId, folder: string, actor: () => Actor): Promise<OpenProject>;
  leave(window: WindowId): Promise<void>;
  /** The window's project, or null. Waits for an opening or closing that is under way in the window. */
  of(window: WindowId): Promise<OpenProject | null>;
  /** The same, with the {@link showing} in which the window has it. */
  shownIn(window: WindowId): Promise<{ readonly open: OpenProject | null; readonly showing: number }>;
  /** Grows each time a project opens in the window or leaves it: two answers with the same number are of the same opening. */
  showing(window: WindowId): number;
  /** Closes the engine, does the work and opens it again for the same windows, even if the work fails. */
  reopen(folder: string, actor: () => Actor, work: () => Promise<void>): Promise<void>;
  /**
   * Closes the engine, does the work and returns the windows that showed the project, which now have none. If the work fails, the
   * project is opened again for them.
   */
  end(folder: string, actor: () => Actor, work: () => Promise<void>): Promise<readonly WindowId[]>;
  folders(): string[];
  /** The folder of the window's project; null if it has none. Doesn't wait. */
  folderOf(window: WindowId): string | null;
  /** The window that opened this folder last, or null. */
  windowOf(folder: string): WindowId | null;
  /** The windows that show a project, or are about to. */
  windows(): WindowId[];
}

/** What the workspace is told of open projects. */
export interface EngineHooks {
  readonly onEvent: (open: OpenProject, windows: readonly WindowId[], event: EngineEvent) => void;
  /** Awaited before a project is closed, for whatever reason. Never rejects. */
  readonly beforeClose: (engine: Engine) => Promise<void>;
}

/** Keeps the project in `byFolder` unless it can't be opened, and sends its events to its windows. */
function watch(shared: Shared, byFolder: Map<string, Shared>, { onEvent }: EngineHooks): void {
  const { folder, engine, windows } = shared;
  byFolder.set(folder, shared);
  engine.then(
    (opened) => opened.onEvent((event) => onEvent({ folder, engine: opened }, [...windows], event)),
    () => byFolder.get(folder) === shared && byFolder.delete(folder),
  );
}

export function createEngines(projects: Pick<Projects, 'open'>, hooks: EngineHooks): Engines {
  const byFolder = new Map<string, Shared>();
  const closing = createClosing();
  const turns = createTurns();
  const showings = countShowings();
  const sharedOf = (window: WindowId): Shared | undefined =>
    [...byFolder.values()].find((one) => one.windows.has(window));

  const open = (folder: string, actor: Actor, windows: readonly WindowId[]): Shared => {
    const shared: Shared = { folder, engine: projects.open(folder, actor), windows: new Set(windows), entering: 0 };
    watch(shared, byFolder, hooks);
    return shared;
  };

  const close = closingWith(hooks);
  const closeUnused = async (shared: Shared): Promise<void> => {
    if (shared.windows.size > 0 || shared.entering > 0 || byFolder.get(shared.folder) !== shared) return;
    byFolder.delete(shared.folder);
    await closing.during(shared.folder, async () => close(await shared.engine));
  };

  const enter = async (window: WindowId, folder: string, actor: () => Actor): Promise<OpenProject> => {
    const real = realOf(folder);
    while (closing.has(real)) await closing.over(real);
    const shared = byFolder.get(real) ?? open(real, actor(), []);
    // Keeps it open if another window closes it while this one waits.
    shared.entering += 1;
    try {
      await shared.engine;
      const before = sharedOf(window);
      shared.windows.add(window);
      showings.grow(window);
      if (before !== undefined && before !== shared) {
        before.windows.delete(window);
        await closeUnused(before);
      }
    } finally {
      shared.entering -= 1;
    }
    // It may have been reopened while this waited: for a new name of the person, or with a backup.
    while (closing.has(real)) await closing.over(real);
    return { folder: real, engine: await (byFolder.get(real) ?? shared).engine };
  };

  const shownIn = readingWhatIsShown(sharedOf, { turns, closing, showings });
  return {
    enter: (window, folder, actor) => turns.take(window, () => enter(window, folder, actor)),
    leave: (window) =>
      turns.take(window, async () => {
        const folder = sharedOf(window)?.folder ?? '';
        while (closing.has(folder)) await closing.over(folder);
        const shared = sharedOf(window);
        if (shared === undefined) return;
        shared.windows.delete(window);
        showings.grow(window);
        await closeUnused(shared);
      }),
    of: async (window) => (await shownIn(window)).open,
    shownIn,
    showing: showings.of,
    async reopen(folder, actor, work) {
      await whileClosed({ byFolder, closing, close }, folder, async ({ windows }) => {
        try {
          await work();
        } finally {
          await open(folder, actor(), [...windows]).engine;
        }
      });
    },
    end: (folder, actor, work) =>
      whileClosed({ byFolder, closing, close }, folder, async ({ windows }) => {
        try {
          await work();
          byFolder.delete(folder);
          windows.forEach(showings.grow);
        } catch (thrown) {
          await open(folder, actor(), [...windows]).engine;
          throw thrown;
        }
      }),
    folders: () => [...byFolder.keys()],
    folderOf: (window) => sharedOf(window)?.folder ?? null,
    windowOf: (folder) => [...(byFolder.get(realOf(folder))?.windows ?? [])].at(-1) ?? null,
    windows: () => [...new Set([...[...byFolder.values()].flatMap(({ windows }) => [...windows]), ...turns.windows()])],
  };
}

function readingWhatIsShown(
  sharedOf: (window: WindowId) => Shared | undefined,
  given: { readonly turns: Turns; readonly closing: Closing; readonly showings: Showings },
): Engines['shownIn'] {
  const { turns, closing, showings } = given;
  return async (window) => {
    await turns.over(window);
    const folder = sharedOf(window)?.folder ?? '';
    while (closing.has(folder)) await closing.over(folder);
    const shared = sharedOf(window);
    // Read before anything is awaited, or it could be of a later opening.
    const showing = showings.of(window);
    return { open: shared === undefined ? null : { folder: shared.folder, engine: await shared.engine }, showing };
  };
}

type Showings = ReturnType<typeof countShowings>;
function countShowings() {
  const showings = new Map<WindowId, number>();
  const of = (window: WindowId): number => showings.get(window) ?? 0;
  return { of, grow: (window: WindowId): void => void showings.set(window, of(window) + 1) };
}

function closingWith({ beforeClose }: EngineHooks): (engine: Engine) => Promise<void> {
  return async (engine) => {
    await beforeClose(engine);
    await engine.close();
  };
}

/** Closes the project's engine and does the work; returns the windows that showed it. */
async function whileClosed(
  given: {
    readonly byFolder: ReadonlyMap<string, Shared>;
    readonly closing: Closing;
    readonly close: (engine: Engine) => Promise<void>;
  },
  folder: string,
  work: (shared: Shared) => Promise<void>,
): Promise<WindowId[]> {
  const { byFolder, closing, close } = given;
  while (closing.has(folder)) await closing.over(folder);
  const shared = byFolder.get(folder);
  if (shared === undefined) return [];
  await closing.during(folder, async () => {
    await close(await shared.engine);
    await work(shared);
  });
  return [...shared.windows];
}

const realOf = (folder: string): string => (existsSync(folder) ? realpathSync(folder) : resolve(folder));

/** Folders whose engine is closing. Until it has closed, nobody may open the folder or use the engine. */
function createClosing() {
  const closing = new Map<string, Promise<void>>();
  return {
    /** Ask again after each `over`: another closing may have begun before the waiting code continues. */
    has: (folder: string): boolean => closing.has(folder),
    over: (folder: string): Promise<unknown> => Promise.allSettled([closing.get(folder)]),
    async during(folder: string, work: () => Promise<void>): Promise<void> {
      const ends = work().finally(() => closing.delete(folder));
      closing.set(folder, ends);
      await ends;
    },
  };
}

type Closing = ReturnType<typeof createClosing>;
type Turns = ReturnType<typeof createTurns>;

/** Runs what each window does one after the other: a window closed while its project opens closes it afterwards. */
function createTurns() {
  const turns = new Map<WindowId, Promise<unknown>>();
  return {
    take<T>(window: WindowId, work: () => Promise<T>): Promise<T> {
      const turn = Promise.allSettled([turns.get(window)]).then(work);
      turns.set(window, turn);
      const over = (): void => void (turns.get(window) === turn && turns.delete(window));
      turn.then(over, over);
      return turn;
    },
    over: (window: WindowId): Promise<unknown> => Promise.allSettled([turns.get(window)]),
    windows: (): WindowId[] => [...turns.keys()],
  };
}

import type { CallArgs, CallOutput } from '../../shared/contract/index.ts';
import { SHOWING_KEY } from '../../shared/contract/project.ts';
import type { OpenProject } from './engines.ts';
import type { WindowId } from './shell.ts';

type Json = CallArgs<'view.set'>['value'];
/** The view state of one window by key, the latest last. */
export type ViewValues = Readonly<Record<string, Json>>;

/** More keys than a window uses in a day. The oldest are dropped here first; the project's folder still has them. */
const KEYS_KEPT = 200;

/**
 * The view state (tabs, positions, panes) of each window. Two windows of one project would overwrite each other's in the
 * project's folder. So each window reads what it wrote itself, and the window closed last writes its own there.
 */
export interface ViewStates {
  read(window: WindowId, open: OpenProject, key: string): Promise<CallOutput<'view.get'>>;
  write(window: WindowId, open: OpenProject, input: CallArgs<'view.set'>): Promise<CallOutput<'view.set'>>;
  of(window: WindowId, folder: string): ViewValues;
  /** Sets what a window had when the program last ended. */
  set(window: WindowId, folder: string, values: ViewValues): void;
  /** The window closes the project: keys that another window has written since are written again with this window's values. */
  leave(window: WindowId, open: OpenProject): Promise<void>;
  forget(window: WindowId): void;
}

export function createViewStates(): ViewStates {
  const byWindow = new Map<WindowId, { readonly folder: string; readonly values: Map<string, Json> }>();
  /** The window that wrote a key of a project last. */
  const writers = new Map<string, WindowId>();
  const keyOf = (folder: string, key: string): string => `${folder}\0${key}`;

  const valuesOf = (window: WindowId, folder: string): Map<string, Json> => {
    const state = byWindow.get(window);
    if (state?.folder === folder) return state.values;
    const values = new Map<string, Json>();
    byWindow.set(window, { folder, values });
    return values;
  };

  return {
    async read(window, { folder, engine }, key) {
      const own = valuesOf(window, folder).get(key);
      if (own !== undefined) return { value: own };
      // What another window is showing right now is no sign that a window hung.
      if (key === SHOWING_KEY && byWindow.has(writers.get(keyOf(folder, key)) ?? '')) return { value: null };
      return engine.call('view.get', { key });
    },
    async write(window, { folder, engine }, { key, value }) {
      const values = valuesOf(window, folder);
      values.delete(key);
      values.set(key, value);
      for (const oldest of [...values.keys()].slice(0, -KEYS_KEPT)) values.delete(oldest);
      writers.set(keyOf(folder, key), window);
      return engine.call('view.set', { key, value });
    },
    of: (window, folder) => Object.fromEntries(valuesOf(window, folder)),
    set(window, folder, values) {
      byWindow.set(window, { folder, values: new Map(Object.entries(values)) });
    },
    async leave(window, { folder, engine }) {
      const values = valuesOf(window, folder);
      byWindow.delete(window);
      for (const [key, value] of values) {
        const writer = writers.get(keyOf(folder, key));
        if (writer === undefined || writer === window) continue;
        writers.set(keyOf(folder, key), window);
        await engine.call('view.set', { key, value });
      }
    },
    forget: (window) => void byWindow.delete(window),
  };
}

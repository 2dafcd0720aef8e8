import { create } from 'zustand';

/** What was begun in dialogs of one kind and neither done nor given up. */
export interface DialogDrafts<T> {
  /** What was begun under this name, or null. A hook. */
  readonly use: (name: string) => T | null;
  /** Whether anything was begun. A hook. */
  readonly useAny: () => boolean;
  readonly keep: (name: string, work: T) => void;
  /** It is done, or was given up. */
  readonly drop: (name: string) => void;
}

/**
 * Keeps what is begun in a dialog for as long as the window is there: Escape is pressed by mistake too, and who opens the
 * dialog again goes on where one was. Names are ids of records, so that projects do not meet here.
 */
export function createDialogDrafts<T>(): DialogDrafts<T> {
  const useKept = create<{ readonly kept: ReadonlyMap<string, T> }>()(() => ({ kept: new Map() }));
  return {
    use: (name) => useKept(({ kept }) => kept.get(name) ?? null),
    useAny: () => useKept(({ kept }) => kept.size > 0),
    keep: (name, work) => useKept.setState(({ kept }) => ({ kept: new Map(kept).set(name, work) })),
    drop: (name) => useKept.setState(({ kept }) => ({ kept: new Map([...kept].filter(([other]) => other !== name)) })),
  };
}

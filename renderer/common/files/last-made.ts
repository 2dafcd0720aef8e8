import { create } from 'zustand';

/** Size of a written file, and how long that took. `ms`: without the time in dialogs. */
interface Made {
  readonly bytes: number;
  readonly ms: number;
}

const EMPTY: ReadonlyMap<string, Made> = new Map();
const useStore = create<{ readonly made: ReadonlyMap<string, Made> }>()(() => ({ made: EMPTY }));

/** Called when another project opens. */
export const resetMade = (): void => useStore.setState({ made: EMPTY });

/** Keeps size and duration of a written file: shown instead of an estimate the next time that a file with the same choices is requested. */
export const noteMade = (asked: unknown, { bytes, ms }: { readonly bytes: number; readonly ms?: number }): void => {
  if (ms === undefined) return;
  useStore.setState(({ made }) => ({ made: new Map([...made, [JSON.stringify(asked), { bytes, ms }]]) }));
};

/** The last file written with these choices since the project was opened; null if none was. */
export const useLastMade = (asked: unknown): Made | null =>
  useStore(({ made }) => made.get(JSON.stringify(asked)) ?? null);

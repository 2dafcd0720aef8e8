import { create } from 'zustand';

/** What writing a file came to. `ms`: without the time in dialogs. */
interface Made {
  readonly bytes: number;
  readonly ms: number;
}

const EMPTY: ReadonlyMap<string, Made> = new Map();
const useStore = create<{ readonly made: ReadonlyMap<string, Made> }>()(() => ({ made: EMPTY }));

/** Called when another project opens. */
export const resetMade = (): void => useStore.setState({ made: EMPTY });

/** Keeps how large a file became and how long it took: said of the next one that is asked for in the same way, instead of a guess. */
export const noteMade = (asked: unknown, { bytes, ms }: { readonly bytes: number; readonly ms?: number }): void => {
  if (ms === undefined) return;
  useStore.setState(({ made }) => ({ made: new Map([...made, [JSON.stringify(asked), { bytes, ms }]]) }));
};

/** Of the last file that was asked for in this way since the project was opened; null if none was made. */
export const useLastMade = (asked: unknown): Made | null =>
  useStore(({ made }) => made.get(JSON.stringify(asked)) ?? null);

import type { WindowId } from '../shell.ts';

/** The windows of the browser host: `/<room>/` is the first, `/<room>/w2/` the second. Nobody else is let in by an address. */
export interface Tabs {
  /** A window nobody had yet, and the path its page lies at, below the room. */
  open(): { readonly window: WindowId; readonly path: string };
  /** Which window a path below the room belongs to, and the rest of it; null where that window was never opened. */
  of(path: string): { readonly window: WindowId; readonly path: string } | null;
}

const FIRST: WindowId = 'main-1';
const OTHER = /^w([1-9]\d{0,5})\/(.*)$/s;

export function createTabs(): Tabs {
  let count = 1;
  return {
    open() {
      count += 1;
      return { window: `main-${count}`, path: `w${count}/` };
    },
    of(path) {
      const [, number, rest = ''] = OTHER.exec(path) ?? [];
      if (number === undefined) return { window: FIRST, path };
      return Number(number) >= 2 && Number(number) <= count ? { window: `main-${number}`, path: rest } : null;
    },
  };
}

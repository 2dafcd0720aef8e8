import { create } from 'zustand';
import { contract } from '../../../shared/contract/index.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { Api } from '../../api/index.ts';

/** Something to be told that has no place of its own on the screen: what was undone, what a shortcut could not do. */
export interface Notice {
  readonly id: number;
  readonly tone: 'plain' | 'warn' | 'bad';
  readonly text: string;
  /** What was left, and why. */
  readonly details: readonly string[];
  /** Where to go now, in a tab of its own. */
  readonly link: { readonly href: string; readonly label: string } | null;
  /** What can be done about it here. */
  readonly act?: { readonly label: string; readonly run: () => void };
  /** The label of what was done: while it is the last that was, it can be undone from here. */
  readonly undoes: string | null;
}

/** One notice at a time: a newer one replaces it. What failed stays until it is closed. */
export const useNotice = create<{ notice: Notice | null }>()(() => ({ notice: null }));

let last = 0;

export function notify(
  tone: Notice['tone'],
  text: string,
  details: readonly string[] = [],
  { link = null, act }: { readonly link?: Notice['link']; readonly act?: Notice['act'] } = {},
): void {
  show({ tone, text, details, link, undoes: null, ...(act === undefined ? {} : { act }) });
}

/** A notice with a button. */
export const notifyWith = (text: string, act: NonNullable<Notice['act']>): void => notify('plain', text, [], { act });

/** Tells what was done, and offers to undo it. `label` is what undo calls it. */
export const notifyDone = (text: string, label: string): void =>
  show({ tone: 'plain', text, details: [], link: null, undoes: label });

function show(notice: Omit<Notice, 'id'>): void {
  last += 1;
  useNotice.setState({ notice: { id: last, ...notice } });
}

export const notifyError = (error: ErrorData): void => notify('bad', error.message);
export const dismissNotice = (): void => useNotice.setState({ notice: null });

/** Somebody goes on working: what was only told is old news, what failed is not. */
export const dismissNews = (): void =>
  useNotice.setState(({ notice }) => ({ notice: notice?.tone === 'plain' ? null : notice }));

/** The api of somebody who works: whatever act they begin, what was told of the one before is old news. */
export function withNewsPassing(api: Api): Api {
  return {
    ...api,
    call: (name, input) => {
      // Edges move in many steps; the code that moves them dismisses notices itself.
      if (contract[name].kind === 'write' && name !== 'passages.reshape') dismissNews();
      return api.call(name, input);
    },
  };
}

/** Words for a screen reader only: what sighted people see happen. */
export const useAnnouncement = create<{ text: string; count: number }>()(() => ({ text: '', count: 0 }));

export const announce = (text: string): void => useAnnouncement.setState(({ count }) => ({ text, count: count + 1 }));

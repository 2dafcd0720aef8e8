import { create } from 'zustand';
import { contract } from '../../../shared/contract/index.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { Api } from '../../api/index.ts';

/** A message that has no place of its own on the screen: what was undone, what a shortcut could not do. */
export interface Notice {
  readonly id: number;
  readonly tone: 'plain' | 'warn' | 'bad';
  readonly text: string;
  /** What was left unchanged, and why. */
  readonly details: readonly string[];
  /** A link, which opens a tab. */
  readonly link: { readonly href: string; readonly label: string } | null;
  /** A button with an action. */
  readonly act?: { readonly label: string; readonly run: () => void };
  /** The label of the edit: while it is the last one, the notice offers to undo it. */
  readonly undoes: string | null;
}

/** One notice at a time: a newer one replaces it. Errors stay until they are closed. */
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

/** Reports an edit and offers to undo it. `label` is its undo label. */
export const notifyDone = (text: string, label: string): void =>
  show({ tone: 'plain', text, details: [], link: null, undoes: label });

function show(notice: Omit<Notice, 'id'>): void {
  last += 1;
  useNotice.setState({ notice: { id: last, ...notice } });
}

export const notifyError = (error: ErrorData): void => notify('bad', error.message);
export const dismissNotice = (): void => useNotice.setState({ notice: null });

/** Dismisses the notice when work goes on, unless it is an error. */
export const dismissNews = (): void =>
  useNotice.setState(({ notice }) => ({ notice: notice?.tone === 'plain' ? null : notice }));

/** The api for components: the next write dismisses the notice of the one before. */
export function withNewsPassing(api: Api): Api {
  return {
    ...api,
    call: (name, input) => {
      // Moving an edge makes many writes; that code dismisses notices itself.
      if (contract[name].kind === 'write' && name !== 'passages.reshape') dismissNews();
      return api.call(name, input);
    },
  };
}

interface Announcement {
  readonly id: number;
  readonly text: string;
}
/** The most announcements kept: one action may make two, and both must be read out. */
const MOST_ANNOUNCED = 3;

/** What screen readers read out. */
export const useAnnouncements = create<{ readonly latest: readonly Announcement[] }>()(() => ({ latest: [] }));

/** Announces to screen readers what others see. */
export const announce = (text: string): void =>
  useAnnouncements.setState(({ latest }) => ({
    latest: [...latest, { id: (latest.at(-1)?.id ?? 0) + 1, text }].slice(-MOST_ANNOUNCED),
  }));

/** Removes announcements when the windows lock: they may quote what was open. */
export const forgetAnnouncements = (): void => useAnnouncements.setState({ latest: [] });

/** Announces the current row, unless a list has the focus: then screen readers read the row themselves. */
export function announceRow(text: string): void {
  if (document.activeElement?.hasAttribute('aria-activedescendant') !== true) announce(text);
}

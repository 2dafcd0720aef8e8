import { create } from 'zustand';
import type { EventPayload } from '../../../shared/contract/index.ts';
import type { AskedPages, ImportItem, ImportReport, RunningImport } from '../../../shared/contract/sources.ts';

type ProgressEvent = EventPayload<'import.progress'>;
type PasswordEvent = EventPayload<'import.password'>;
type DoneEvent = EventPayload<'import.done'>;

/** An import that is running, or has ended and was not dismissed. */
export interface Import {
  readonly job: string;
  /** Epoch ms of its first event. */
  readonly startedAt: number;
  readonly total: number;
  readonly walking: boolean;
  readonly done: number;
  readonly failed: number;
  readonly current: ProgressEvent['current'];
  readonly items: readonly ImportItem[];
  readonly ended: boolean;
  readonly cancelled: boolean;
}

export interface ImportState {
  readonly running: Import | null;
  /** Files that wait for a password, in the order they asked. */
  readonly passwords: readonly PasswordEvent[];
  /** Archives whose pages are to be chosen, in the order they asked. */
  readonly archives: readonly AskedPages[];
  readonly reportOpen: boolean;
}

export const IDLE: ImportState = { running: null, passwords: [], archives: [], reportOpen: false };

export const useImport = create<ImportState>()(() => IDLE);

const begun = (job: string, now: number): Import => ({
  job,
  startedAt: now,
  total: 0,
  walking: true,
  done: 0,
  failed: 0,
  current: [],
  items: [],
  ended: false,
  cancelled: false,
});

/** The state after an event of the engine. */
export function afterProgress(state: ImportState, event: ProgressEvent, now: number): ImportState {
  const same = state.running?.job === event.job ? state.running : begun(event.job, now);
  if (same.ended) return state;
  const { total, walking, done, failed, current } = event;
  return {
    ...state,
    running: { ...same, total, walking, done, failed, current, items: withNew(same.items, event.finished) },
  };
}

/** Identifies an item of the report: each page of an archive, and each capture of an address, has a line of its own. */
const lineOf = ({ path, page, source }: ImportItem): string => JSON.stringify([path, page, source]);

/** Adds finished files, each once: a page that loads during an import gets some in the list and in an event. */
function withNew(items: readonly ImportItem[], finished: readonly ImportItem[]): readonly ImportItem[] {
  const known = new Set(items.map(lineOf));
  return [...items, ...finished.filter((item) => !known.has(lineOf(item)))];
}

/**
 * The state with the import that was running when the page loaded. What events have reported since takes precedence.
 */
export function afterReload(state: ImportState, jobs: readonly RunningImport[]): ImportState {
  const last = jobs.at(-1);
  if (last === undefined) return state;
  const { job, startedAt, progress, waiting, asked } = last;
  const known = state.running?.job === job ? state.running : null;
  if (known?.ended === true) return state;
  const before = afterProgress({ ...state, running: null }, progress, startedAt);
  const running =
    known === null || before.running === null || known.done < progress.done
      ? before.running
      : { ...known, startedAt, items: withNew(before.running.items, known.items) };
  return {
    ...state,
    running,
    passwords: withAsked(
      state.passwords,
      waiting.map((one) => ({ job, ...one })),
    ),
    archives: withAsked(state.archives, asked),
  };
}

/** The state with the report of an import that ended before the page loaded. Another import takes precedence. */
export const afterMissedEnd = (state: ImportState, report: ImportReport | null, now: number): ImportState =>
  report === null || state.running !== null ? state : afterDone(state, report, now);

/** A question about one file of one import. */
interface Question {
  readonly job: string;
  readonly path: string;
}
const isAbout = (question: Question, { job, path }: Question): boolean =>
  question.job === job && question.path === path;

/** Adds questions that are not known yet; events may have brought them already. */
const withAsked = <Q extends Question>(before: readonly Q[], asked: readonly Q[]): readonly Q[] => [
  ...before,
  ...asked.filter((question) => !before.some((one) => isAbout(one, question))),
];

/** The state after a file has asked for a password. */
export function afterPassword(state: ImportState, event: PasswordEvent): ImportState {
  const others = state.passwords.filter((asked) => !isAbout(asked, event));
  return { ...state, passwords: [...others, event] };
}

/** The state after an archive has asked for its pages. */
export const afterPages = (state: ImportState, event: AskedPages): ImportState => ({
  ...state,
  archives: withAsked(state.archives, [event]),
});

/**
 * The state after the end of an import. The report is complete even if events were missed, so it replaces the collected
 * items; it opens if something failed.
 */
export function afterDone(state: ImportState, event: DoneEvent, now: number): ImportState {
  const same = state.running?.job === event.job ? state.running : begun(event.job, now);
  const failed = event.items.filter(({ status }) => status === 'failed').length;
  const running: Import = {
    ...same,
    total: event.items.length,
    walking: false,
    done: event.items.length,
    failed,
    current: [],
    items: event.items,
    ended: true,
    cancelled: event.cancelled,
  };
  return {
    running,
    passwords: state.passwords.filter(({ job }) => job !== event.job),
    archives: state.archives.filter(({ job }) => job !== event.job),
    reportOpen: state.reportOpen || failed > 0,
  };
}

/** Before this time and this number of files there is no estimate. */
const LEAST_MS = 2000;
const LEAST_DONE = 3;

/** Seconds left, estimated from the files done so far; null while there are too few. */
export function secondsLeft({ startedAt, total, walking, done, ended }: Import, now: number): number | null {
  const spent = now - startedAt;
  if (ended || walking || spent < LEAST_MS || done < LEAST_DONE) return null;
  return Math.ceil(((spent / done) * (total - done)) / 1000);
}

/** How many items have each status. */
export function countItems(items: readonly ImportItem[]): Record<ImportItem['status'], number> {
  const counts = { added: 0, duplicate: 0, skipped: 0, failed: 0 };
  for (const { status } of items) counts[status] += 1;
  return counts;
}

export const answerPassword = (job: string, path: string): void =>
  useImport.setState(({ passwords }) => ({
    passwords: passwords.filter((asked) => !isAbout(asked, { job, path })),
  }));
export const answerPages = (job: string, path: string): void =>
  useImport.setState(({ archives }) => ({
    archives: archives.filter((asked) => !isAbout(asked, { job, path })),
  }));
/** Shows no import any more. The host keeps its report until it is told that the person has closed it. */
export const forgetImport = (): void => useImport.setState(IDLE);
export const setReportOpen = (reportOpen: boolean): void => useImport.setState({ reportOpen });

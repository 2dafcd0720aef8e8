import { basename } from 'node:path';
import type {
  AskedPages,
  RunningImport,
  ImportItem,
  ImportProgress,
  ImportReport,
} from '../../../../shared/contract/sources.ts';
import { Fault, toErrorData } from '../../../../shared/errors.ts';
import type { ProjectDb } from '../../../db/types.ts';
import { perProject } from '../../../project/context.ts';
import type { JobProgress } from '../../../workers/pool.ts';

/** A running import. */
export interface Running {
  readonly signal: AbortSignal;
  readonly cancel: () => void;
  /** Waits for the password of a file; null if the person skips it or the import is cancelled. `wrong`: the last one was wrong. */
  askPassword(path: string, wrong: boolean): Promise<string | null>;
  /** Passes on the person's answer. Throws NOT_FOUND if the password is not asked for. */
  answerPassword(path: string, password: string | null): void;
  /** Waits for the keys of the pages to take from an archive; null if the person wants none or the import is cancelled. */
  askPages(asked: AskedPages): Promise<readonly string[] | null>;
  /** Passes on the person's choice. Throws NOT_FOUND if it is not asked for, BAD_INPUT for a key that was not offered. */
  answerPages(path: string, pages: readonly string[] | null): void;
  /** The present state, for a window that has missed its events. */
  state(): RunningImport;
}

/** By job. */
const importsOf = perProject(() => new Map<string, Running>());

/** The report of the import that ended last, until a person closes it. */
const lastReportOf = perProject((): { report: ImportReport | null } => ({ report: null }));

export const lastReport = (project: ProjectDb): ImportReport | null => lastReportOf({ project }).report;
export function keepReport(project: ProjectDb, report: ImportReport): void {
  lastReportOf({ project }).report = report;
}
/** The report of another import stays: it may have ended since. */
export function closeReport(project: ProjectDb, job: string): void {
  const last = lastReportOf({ project });
  if (last.report?.job === job) last.report = null;
}

interface ImportStart {
  readonly job: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly progress: Progress;
}

/** Runs `work` as an import of this project. Throws EXISTS if one with that name is running. */
export async function whileRunning<T>(
  project: ProjectDb,
  begun: ImportStart,
  work: (running: Running) => Promise<T>,
): Promise<T> {
  const { job } = begun;
  const jobs = importsOf({ project });
  if (jobs.has(job)) throw new Fault('EXISTS', 'An import with this name is already running.', { job });
  const running = start(begun);
  jobs.set(job, running);
  try {
    return await work(running);
  } finally {
    jobs.delete(job);
  }
}

/** Runs `work` as an import that is a part of something else: no window is told of it. `signal` cancels it. */
export async function whileUnlisted<T>(
  begun: ImportStart,
  signal: AbortSignal,
  work: (running: Running) => Promise<T>,
): Promise<T> {
  const running = start(begun);
  signal.addEventListener('abort', running.cancel);
  try {
    if (signal.aborted) running.cancel();
    return await work(running);
  } finally {
    signal.removeEventListener('abort', running.cancel);
  }
}

/** Throws NOT_FOUND if no such import is running. */
export function runningImport(project: ProjectDb, job: string): Running {
  const running = importsOf({ project }).get(job);
  if (running === undefined) throw new Fault('NOT_FOUND', 'This import isn’t running any more.', { job });
  return running;
}

/** The running imports of this project, oldest first. */
export const runningImports = (project: ProjectDb): Running[] => [...importsOf({ project }).values()];

function start({ job, startedAt, progress }: ImportStart): Running {
  const controller = new AbortController();
  const waiting = new Map<string, { readonly wrong: boolean; readonly resolve: (password: string | null) => void }>();
  const choosing = new Map<
    string,
    { readonly asked: AskedPages; readonly resolve: (pages: readonly string[] | null) => void }
  >();
  return {
    signal: controller.signal,
    cancel: () => {
      controller.abort();
      for (const { resolve } of [...waiting.values(), ...choosing.values()]) resolve(null);
      waiting.clear();
      choosing.clear();
    },
    askPassword: (path, wrong) => {
      if (controller.signal.aborted) return Promise.resolve(null);
      return new Promise((resolve) => waiting.set(path, { wrong, resolve }));
    },
    answerPassword: (path, password) => {
      const asked = waiting.get(path);
      if (asked === undefined)
        throw new Fault('NOT_FOUND', 'This password is no longer needed. Nothing to do; the import has moved on.', {
          path,
        });
      waiting.delete(path);
      asked.resolve(password);
    },
    askPages: (asked) => {
      if (controller.signal.aborted) return Promise.resolve(null);
      return new Promise((resolve) => choosing.set(asked.path, { asked, resolve }));
    },
    answerPages: (path, pages) => {
      const open = choosing.get(path);
      if (open === undefined)
        throw new Fault(
          'NOT_FOUND',
          'This page selection is no longer needed. Nothing to do; the import has moved on.',
          { path },
        );
      const offered = new Set(open.asked.pages.map((page) => page.key));
      if (pages?.some((key) => !offered.has(key)) === true)
        throw new Fault('BAD_INPUT', 'This archive doesn’t contain a selected page.', { path });
      choosing.delete(path);
      open.resolve(pages);
    },
    state: () => ({
      job,
      startedAt,
      progress: progress.state(),
      asked: [...choosing.values()].map(({ asked }) => asked),
      waiting: [...waiting].map(([path, { wrong }]) => ({ path, wrong })),
    }),
  };
}

type Step = ImportProgress['current'][number]['step'];

/** Ten events a second look smooth and cost the engine little. */
const EVERY_MS = 100;

/** Reports an import's progress, at most ten times a second; what happens in between is in the next event. */
export interface Progress {
  found(): void;
  walked(): void;
  step(path: string, step: Step, at?: JobProgress): void;
  /** The file waits for a person's answer. */
  waits(path: string): void;
  finished(item: ImportItem): void;
  /** Reports what has not been reported yet. */
  end(): void;
  /** The present state, with everything that is finished. */
  state(): ImportProgress;
}

export function createProgress(job: string, tell: (event: ImportProgress) => void): Progress {
  const current = new Map<string, { step: Step; page: number | null; pages: number | null }>();
  const all: ImportItem[] = [];
  let unreported = 0;
  let total = 0;
  let walking = true;
  let failed = 0;
  let timer: NodeJS.Timeout | null = null;
  let reportedAt = -Infinity;

  const state = (from: number): ImportProgress => ({
    job,
    total,
    walking,
    done: all.length,
    failed,
    current: [...current].map(([path, at]) => ({ path, ...at })),
    finished: all.slice(from),
  });
  const now = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    reportedAt = performance.now();
    const from = unreported;
    unreported = all.length;
    tell(state(from));
  };
  const soon = (): void => {
    if (timer !== null) return;
    const wait = reportedAt + EVERY_MS - performance.now();
    if (wait <= 0) now();
    else timer = setTimeout(now, wait);
  };

  return {
    found: () => {
      total++;
      soon();
    },
    walked: () => {
      walking = false;
      soon();
    },
    step: (path, step, at = { done: null, total: null }) => {
      current.set(path, { step, page: at.done, pages: at.total });
      soon();
    },
    waits: (path) => {
      current.delete(path);
      soon();
    },
    finished: (item) => {
      current.delete(item.path);
      all.push(item);
      if (item.status === 'failed') failed++;
      soon();
    },
    end: now,
    state: () => state(0),
  };
}

/** The report of an import that couldn't start: each file failed for the same reason. */
export function failedReport(job: string, paths: readonly string[], thrown: unknown): ImportReport {
  const error = toErrorData(thrown);
  const items = paths.map((path) => ({
    path: basename(path),
    page: null,
    status: 'failed' as const,
    source: null,
    error,
    notes: [],
  }));
  return { job, items, cancelled: error.code === 'CANCELLED' };
}

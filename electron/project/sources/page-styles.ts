import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault, toErrorData } from '../../../shared/errors.ts';
import type { ProjectDb } from '../../db/types.ts';
import type { Extracted, Extraction } from '../../formats/extracted.ts';
import { pictureLayer } from '../../formats/page/picture.ts';
import { perProject, type ReadContext } from '../context.ts';
import type { Jobs } from '../../workers/jobs.ts';
import { storePendingPage, sweepPendingPages, type PendingPage } from './pending-pages.ts';

export interface PageWithStyles {
  readonly extracted: Extracted;
  /** The page's screenshot as a layer of its own (engine `picture`), whose one resource is the PNG; null if there is none. */
  readonly picture: Extracted | null;
  /** Remarks for the import report: why the page is without styles, or has no screenshot. */
  readonly remarks: readonly string[];
}

/** Milliseconds for a window to take a page, and then to answer; `afterNone`: to take a page if none took the last one. */
const TIMES = { take: 20_000, done: 25_000, afterNone: 2_000 };
type Context = Pick<ReadContext, 'project' | 'pool' | 'emit'>;

type Answer = CallArgs<'pageStyles.done'>;

/** A page that waits for its styles. */
interface Waiting {
  readonly page: PendingPage;
  isTaken: boolean;
  take(): void;
  answer(answer: Answer): void;
}

/** The pages of one project that wait for their styles. One is sent at a time, so that a slow window is not late for the next. */
class PendingQueue {
  waiting: Waiting | null = null;
  /** No window took the last page, so the next one waits for less time. */
  noWindow = false;
  #last: Promise<unknown> = Promise.resolve();

  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  of(token: string): Waiting {
    if (this.waiting?.page.token === token) return this.waiting;
    throw new Fault('NOT_FOUND', 'This page isn’t waiting for its styles any more.', { token });
  }
}

const queueOf = perProject(({ project }: Pick<ReadContext, 'project'>) => {
  sweepPendingPages(project.folder);
  return new PendingQueue();
});

/**
 * Asks a window what a frozen page's styles do, and writes the answer into the page (shared/contract/page-styles.ts). If no window
 * answers in time, or the answer does not fit, the page is returned unchanged, with a remark. Nothing is stored. Throws CANCELLED.
 */
export async function readPageStyles(
  context: Context,
  extracted: Extracted,
  signal: AbortSignal,
  times = TIMES,
): Promise<PageWithStyles> {
  const { frozen, layerFile } = extracted;
  if (extracted.engine !== 'frozen-page' || frozen === null) return { extracted, picture: null, remarks: [] };
  const queue = queueOf(context);
  const answer = await queue.inTurn(() => ask(context, queue, extracted, { signal, times }));
  if (typeof answer === 'string') return withoutStyles(extracted, answer);
  const { styles, browser } = answer;
  if (styles === null) return withoutStyles(extracted, 'the window couldn’t show it');
  const job = { frozen, layerFile, styles, browser };
  const outcome = await apply(context, job, signal);
  if (!outcome.ok) return withoutStyles(extracted, outcome.error.message);
  const { record, prefilled, resources } = extracted;
  const { status = null, redirects = [] } = extracted;
  const picture = answer.picture === null ? null : pictureLayer(answer.picture);
  return {
    extracted: { ...outcome.value, record, prefilled, resources, status, redirects },
    picture,
    remarks: picture === null ? ['Couldn’t take a screenshot of the page.'] : [],
  };
}

/** The job's outcome. A page for which the job takes too long or too much memory is not lost: it stays without styles. */
async function apply({ pool }: Context, job: Jobs['applyStyles']['input'], signal: AbortSignal): Promise<Extraction> {
  try {
    return await pool.run('applyStyles', job, { signal });
  } catch (thrown) {
    const error = toErrorData(thrown);
    if (signal.aborted || error.code === 'CANCELLED') throw thrown;
    return { ok: false, error };
  }
}

const withoutStyles = (extracted: Extracted, why: string): PageWithStyles => ({
  extracted,
  picture: null,
  remarks: [`Text extracted without styles: ${why.replace(/\.$/, '')}.`],
});

/** Offers the page to the windows and waits for an answer. Returns a reason if there is none. */
async function ask(
  context: Context,
  queue: PendingQueue,
  { frozen, resources }: Extracted,
  { signal, times }: { readonly signal: AbortSignal; readonly times: typeof TIMES },
): Promise<Answer | string> {
  if (signal.aborted) throw cancelled();
  if (frozen === null) return 'it isn’t a page';
  const page = storePendingPage(context.project.folder, frozen, resources);
  const given = Promise.withResolvers<Answer | string>();
  const giveUp = (why: string): void => given.resolve(why);
  let timer = setTimeout(
    () => {
      queue.noWindow = true;
      giveUp('no window was available to show it');
    },
    queue.noWindow ? times.afterNone : times.take,
  );
  const stop = (): void => given.reject(cancelled());
  signal.addEventListener('abort', stop, { once: true });
  queue.waiting = {
    page,
    isTaken: false,
    take: () => {
      queue.noWindow = false;
      clearTimeout(timer);
      timer = setTimeout(() => giveUp('the window showing it stopped responding'), times.done);
    },
    answer: given.resolve,
  };
  try {
    context.emit('pageStyles.wanted', { token: page.token });
    return await given.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    queue.waiting = null;
    page.remove();
  }
}

const cancelled = (): Fault => new Fault('CANCELLED', 'Import stopped.');

/** A window takes the page: true for the first one. */
export function takePendingPage(project: ProjectDb, token: string): boolean {
  const { waiting } = queueOf({ project });
  if (waiting?.page.token !== token || waiting.isTaken) return false;
  waiting.isTaken = true;
  waiting.take();
  return true;
}

/** The stored files of a waiting page, for a host to serve. Throws NOT_FOUND once it no longer waits. */
export function pendingPage(project: ProjectDb, token: string): CallOutput<'pageStyles.page'> {
  const { frozen, resources } = queueOf({ project }).of(token).page;
  return { frozen, resources: [...resources] };
}

/** A window's answer. Throws NOT_FOUND once the page no longer waits. */
export function answerPageStyles(project: ProjectDb, answer: Answer): void {
  queueOf({ project }).of(answer.token).answer(answer);
}

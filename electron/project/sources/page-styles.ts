import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault, toErrorData } from '../../../shared/errors.ts';
import type { ProjectDb } from '../../db/types.ts';
import type { Extracted, Extraction } from '../../formats/extracted.ts';
import { pictureLayer } from '../../formats/page/picture.ts';
import type { ReadContext } from '../context.ts';
import type { Jobs } from '../../workers/jobs.ts';
import { storePendingPage, sweepPendingPages, type PendingPage } from './pending-pages.ts';

export interface SettledPage {
  readonly extracted: Extracted;
  /** The page's picture as a layer of its own (engine `picture`), whose one resource is the PNG; null where none was made. */
  readonly picture: Extracted | null;
  /** What the import's report says: why it is not settled, or has no picture. */
  readonly remarks: readonly string[];
}

/** How long a window may take to come forward, and then to answer, ms. */
const TIMES = { take: 20_000, done: 25_000, afterNobody: 2_000 };
type Context = Pick<ReadContext, 'project' | 'pool' | 'emit'>;

type Answer = CallArgs<'settle.done'>;

/** One page that waits. */
interface Waiting {
  readonly page: PendingPage;
  isTaken: boolean;
  take(): void;
  answer(answer: Answer): void;
}

/** What waits in one project: one page at a time, so that a window that shows pages slowly is not late for the next. */
class Desk {
  waiting: Waiting | null = null;
  /** Nobody came forward for the page before: the next is not waited for as long. */
  nobody = false;
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

const desks = new WeakMap<ProjectDb, Desk>();
function deskOf(project: ProjectDb): Desk {
  const known = desks.get(project);
  if (known !== undefined) return known;
  sweepPendingPages(project.folder);
  const desk = new Desk();
  desks.set(project, desk);
  return desk;
}

/**
 * Has a window say what a frozen page's styles do, and writes that into it (shared/contract/page-styles.ts). Gives the page
 * back as it is, with a remark that says why, where no window answers in time or what it says does not fit. Nothing is
 * stored. Throws CANCELLED.
 */
export async function settlePage(
  context: Context,
  extracted: Extracted,
  signal: AbortSignal,
  times = TIMES,
): Promise<SettledPage> {
  const { frozen, layerFile } = extracted;
  if (extracted.engine !== 'frozen-page' || frozen === null) return { extracted, picture: null, remarks: [] };
  const desk = deskOf(context.project);
  const answer = await desk.inTurn(() => ask(context, desk, extracted, { signal, times }));
  if (typeof answer === 'string') return unsettled(extracted, answer);
  const { styles, browser } = answer;
  if (styles === null) return unsettled(extracted, 'the window couldn’t show it');
  const job = { frozen, layerFile, styles, browser };
  const outcome = await settledBy(context, job, signal);
  if (!outcome.ok) return unsettled(extracted, outcome.error.message);
  const { record, prefilled, resources } = extracted;
  const { status = null, redirects = [] } = extracted;
  const picture = answer.picture === null ? null : pictureLayer(answer.picture);
  return {
    extracted: { ...outcome.value, record, prefilled, resources, status, redirects },
    picture,
    remarks: picture === null ? ['Couldn’t take a screenshot of the page.'] : [],
  };
}

/** The job's outcome. A page that takes it too long, or too much memory, is not lost by that: it stays as it was. */
async function settledBy(
  { pool }: Context,
  job: Jobs['settlePage']['input'],
  signal: AbortSignal,
): Promise<Extraction> {
  try {
    return await pool.run('settlePage', job, { signal });
  } catch (thrown) {
    const error = toErrorData(thrown);
    if (signal.aborted || error.code === 'CANCELLED') throw thrown;
    return { ok: false, error };
  }
}

const unsettled = (extracted: Extracted, why: string): SettledPage => ({
  extracted,
  picture: null,
  remarks: [`Text extracted without styles: ${why.replace(/\.$/, '')}.`],
});

/** Shows the page to the windows and waits for one. A sentence where none answers. */
async function ask(
  context: Context,
  desk: Desk,
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
      desk.nobody = true;
      giveUp('no window was available to show it');
    },
    desk.nobody ? times.afterNobody : times.take,
  );
  const stop = (): void => given.reject(cancelled());
  signal.addEventListener('abort', stop, { once: true });
  desk.waiting = {
    page,
    isTaken: false,
    take: () => {
      desk.nobody = false;
      clearTimeout(timer);
      timer = setTimeout(() => giveUp('the window showing it stopped responding'), times.done);
    },
    answer: given.resolve,
  };
  try {
    context.emit('settle.wanted', { token: page.token });
    return await given.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    desk.waiting = null;
    page.remove();
  }
}

const cancelled = (): Fault => new Fault('CANCELLED', 'Import stopped.');

/** A window comes forward: true for the first. */
export function takePendingPage(project: ProjectDb, token: string): boolean {
  const { waiting } = deskOf(project);
  if (waiting?.page.token !== token || waiting.isTaken) return false;
  waiting.isTaken = true;
  waiting.take();
  return true;
}

/** What a host shows of it. Throws NOT_FOUND once nobody waits for it any more. */
export function pendingPage(project: ProjectDb, token: string): CallOutput<'settle.page'> {
  const { frozen, resources } = deskOf(project).of(token).page;
  return { frozen, resources: [...resources] };
}

/** A window's answer. Throws NOT_FOUND where nobody waits for it any more. */
export function answerPageStyles(project: ProjectDb, answer: Answer): void {
  deskOf(project).of(answer.token).answer(answer);
}

import { type IncomingFiles, openIncomingFiles } from '../../project/files/incoming-files.ts';
import type { WriteContext } from '../../project/context.ts';
import { type IncomingProject, openIncoming } from './incoming-project.ts';
import { Fault } from '../../../shared/errors.ts';
import { locked } from '../../db/index.ts';
import type { Watch } from '../../db/types.ts';

export interface From {
  readonly path: string;
  readonly passphrase?: string;
  readonly identity?: string;
}

/** A merge, or its preview, at work. */
export interface Work {
  readonly incoming: IncomingProject;
  readonly arrivals: IncomingFiles;
  readonly watch: Watch;
  /** Throws CANCELLED where somebody wants it to end. */
  readonly check: () => void;
}

const ASK_MS = 100;
const stopped = (): Fault => new Fault('CANCELLED', 'Merge stopped. Nothing has changed.');

/** Opens what is merged, does the work, and clears away whatever waits, however it ends. */
export async function withIncoming<T>(context: WriteContext, from: From, work: (at: Work) => Promise<T>): Promise<T> {
  assertWritable(context.project);
  const cancelled = (): boolean => context.interrupted();
  const check = (): void => {
    if (cancelled()) throw stopped();
  };
  // Files are copied without a step in which it could be asked.
  const ending = new AbortController();
  const asking = setInterval(() => cancelled() && ending.abort(), ASK_MS);
  const arrivals = openIncomingFiles(context.project.folder, context.files);
  try {
    context.emit('merge.progress', { phase: 'opening', done: 0, total: 0 });
    check();
    const incoming = await openIncoming({ ...from, folder: arrivals.folder, signal: ending.signal });
    try {
      return await work({ incoming, arrivals, check, watch: watching(context, cancelled) });
    } finally {
      incoming.close();
    }
  } finally {
    clearInterval(asking);
    arrivals.close();
    context.emit('merge.progress', { phase: 'done', done: 0, total: 0 });
  }
}

function assertWritable({ readOnly, holder }: WriteContext['project']): void {
  if (holder !== null) throw locked(holder.name === '' ? null : holder);
  if (readOnly) throw new Fault('PROJECT_READ_ONLY', 'This project is read-only, so nothing can be merged into it.');
}

const TELL_MS = 100;

/** Tells how far it is, but not for every few thousand steps. */
function watching(context: WriteContext, cancelled: () => boolean): Watch {
  let told = 0;
  return {
    cancelled,
    progress(phase, done, total) {
      const now = Date.now();
      if (now - told < TELL_MS && done < total) return;
      told = now;
      context.emit('merge.progress', { phase, done, total });
    },
  };
}

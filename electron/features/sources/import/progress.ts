import type { EventPayload } from '../../../../shared/contract/events.ts';
import type { ImportItem } from '../../../../shared/contract/sources.ts';
import type { JobProgress } from '../../../workers/pool.ts';

type Step = EventPayload<'import.progress'>['current'][number]['step'];

/** Ten times a second: more than an eye follows, and little for an engine that has other things to do. */
const EVERY_MS = 100;

/** Tells how an import goes, at most ten times a second; what happened in between is in the next event. */
export interface Progress {
  found(): void;
  walked(): void;
  step(path: string, step: Step, at?: JobProgress): void;
  /** Nothing can be done with it before somebody answers. */
  waits(path: string): void;
  finished(item: ImportItem): void;
  /** Tells what has not been told yet. */
  end(): void;
}

export function createProgress(job: string, tell: (event: EventPayload<'import.progress'>) => void): Progress {
  const current = new Map<string, { step: Step; page: number | null; pages: number | null }>();
  let untold: ImportItem[] = [];
  let total = 0;
  let walking = true;
  let done = 0;
  let failed = 0;
  let timer: NodeJS.Timeout | null = null;
  let toldAt = -Infinity;

  const now = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    toldAt = performance.now();
    const finished = untold;
    untold = [];
    tell({ job, total, walking, done, failed, current: [...current].map(([path, at]) => ({ path, ...at })), finished });
  };
  const soon = (): void => {
    if (timer !== null) return;
    const wait = toldAt + EVERY_MS - performance.now();
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
    step: (path, step, at = { page: null, pages: null }) => {
      current.set(path, { step, page: at.page, pages: at.pages });
      soon();
    },
    waits: (path) => {
      current.delete(path);
      soon();
    },
    finished: (item) => {
      current.delete(item.path);
      untold.push(item);
      done++;
      if (item.status === 'failed') failed++;
      soon();
    },
    end: now,
  };
}

import type { ImportItem, ImportProgress } from '../../../../shared/contract/sources.ts';
import type { JobProgress } from '../../../workers/pool.ts';

type Step = ImportProgress['current'][number]['step'];

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
  /** As it stands now, with all that is finished. */
  state(): ImportProgress;
}

export function createProgress(job: string, tell: (event: ImportProgress) => void): Progress {
  const current = new Map<string, { step: Step; page: number | null; pages: number | null }>();
  const all: ImportItem[] = [];
  let untold = 0;
  let total = 0;
  let walking = true;
  let failed = 0;
  let timer: NodeJS.Timeout | null = null;
  let toldAt = -Infinity;

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
    toldAt = performance.now();
    const from = untold;
    untold = all.length;
    tell(state(from));
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
      all.push(item);
      if (item.status === 'failed') failed++;
      soon();
    },
    end: now,
    state: () => state(0),
  };
}

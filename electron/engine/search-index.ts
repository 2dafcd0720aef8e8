import type { Engine } from './engine.ts';

/** Kinds of record whose commits give the search something new to index. */
const INDEXED: ReadonlySet<string> = new Set(['source', 'layer', 'passage', 'memo']);
/**
 * An import makes many commits; they are taken together, every so many ms. After opening it lets the window read first: a
 * thread begins for it.
 */
const PAUSE = 500;

/**
 * Indexes for the search what is not indexed yet, when the project is opened and after each commit that adds something. For
 * who keeps a project open; the command line indexes when it searches.
 */
export function keepIndexed(engine: Engine): void {
  // A failure comes up again with the first search, before somebody who can act on it.
  const prepare = (): void => void engine.call('search.prepare', {}).catch(() => undefined);
  let timer: NodeJS.Timeout | null = null;
  const soon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      prepare();
    }, PAUSE).unref();
  };
  engine.onEvent(({ event, payload }) => {
    if (event === 'project.changed' && payload.entities.some((entity) => INDEXED.has(entity))) soon();
  });
  soon();
}

import type { QueryClient } from '@tanstack/react-query';
import {
  type CallInput,
  type CallOutput,
  type EventPayload,
  type RendererCallName,
  contract,
} from '../../shared/contract/index.ts';
import type { Api } from './client.ts';
import { isStale } from './dependencies.ts';
import type { Passage } from '../../shared/model/index.ts';

/** How long nobody must write before what few look at is read again, ms. */
const QUIET = 400;
/** So long after a write's answer what it changed is painted, ms. A frame would never come in a window that is hidden. */
const PAINTED = 100;
/** What a person looks at while writing: which act Undo would take back. It costs the engine nothing. */
const AT_ONCE: readonly string[] = ['history.state'];

/** Keeps what was read true while the project changes. */
export interface Freshness {
  /** The api as everything on the page uses it: what a write answers is shown before anything is read again. */
  readonly api: Api;
  /** A commit was heard of, whoever made it. */
  readonly changed: (payload: EventPayload<'project.changed'>) => void;
  /** Another project, or none: nothing of this one is waited for. */
  readonly forget: () => void;
}

/**
 * From a key to the painted tag there are 20 ms, and reading anew what a tag makes stale takes 200 in a project of
 * 100,000 passages. So what a write answers goes into the reads that show it, and only when it is painted and nobody
 * writes on are they asked again. Counts over all passages are the slowest, and always wait for the quiet.
 */
export function keepFresh(api: Api, client: QueryClient): Freshness {
  const late = new Set<string>();
  let writing = 0;
  let uncounted = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const invalidate = (entities: readonly string[], which: (name: string) => boolean = () => true): void =>
    void client.invalidateQueries({
      predicate: ({ queryKey: [name] }) => which(String(name)) && isStale(String(name), entities),
    });
  const catchUp = (): void => {
    if (writing > 0) return wait();
    const entities = [...late];
    late.clear();
    if (entities.length > 0) invalidate(entities);
    if (uncounted) countAnew();
  };
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(catchUp, QUIET);
  };

  const KEY = ['codebook.get', {}];
  let counting = false;
  /**
   * Puts new counts into the codebook, whose words stay as they are. One count at a time: what comes meanwhile is counted
   * when nobody writes again, or three counts at once would hold up the next tag.
   */
  const countAnew = (): void => {
    if (client.getQueryData(KEY) === undefined) return;
    if (counting) return wait();
    counting = true;
    uncounted = false;
    const own = timer;
    api
      .read('codebook.counts', {})
      .finally(() => (counting = false))
      .then(
        ({ counts }) => {
          const byId = new Map(counts.map((count) => [count.id, count]));
          client.setQueryData<CallOutput<'codebook.get'>>(KEY, (book) =>
            book === undefined || own !== timer
              ? book
              : { ...book, categories: book.categories.map((one) => ({ ...one, ...byId.get(one.id) })) },
          );
        },
        // Where it cannot be counted, the codebook itself says why.
        () => client.invalidateQueries({ queryKey: KEY }),
      );
  };

  return {
    api: {
      ...api,
      call: async <N extends RendererCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> => {
        if (!isAnswered(name)) return api.call(name, input);
        writing += 1;
        try {
          const answer = await api.call(name, input);
          showAnswer(client, name, answer);
          return answer;
        } finally {
          setTimeout(() => (writing -= 1), PAINTED);
        }
      },
    },
    changed: ({ entities }) => {
      uncounted ||= isStale('codebook.counts', entities);
      if (writing > 0) {
        for (const entity of entities) late.add(entity);
        invalidate(entities, (name) => AT_ONCE.includes(name));
      } else invalidate(entities);
      if (late.size > 0 || uncounted) wait();
    },
    forget: () => {
      clearTimeout(timer);
      timer = undefined;
      late.clear();
      uncounted = false;
    },
  };
}

/** Passages a write answers as they are now, by the write. */
const ANSWERED: { readonly [N in RendererCallName]?: (answer: CallOutput<N>) => readonly Passage[] } = {
  'tags.change': ({ passages }) => passages,
  'settings.set': (passage) => [passage],
  'passages.create': (passage) => [passage],
  'passages.reshape': (passage) => [passage],
};

/** Whether what a write answers is what the reads would say, and can be shown before they are asked again. */
export const isAnswered = (name: RendererCallName): boolean => ANSWERED[name] !== undefined;

/**
 * Shows what a write answered: the passage one is on at once, lists only when that is painted. With a list come the
 * codebook's counts and the page's drawing, three times the work, and they may follow a frame later.
 */
export function showAnswer<N extends RendererCallName>(client: QueryClient, name: N, answer: CallOutput<N>): void {
  const passages = ANSWERED[name]?.(answer) ?? [];
  for (const passage of passages) client.setQueryData(['passages.get', { id: passage.id }], passage);
  afterPaint(() => showInLists(client, passages));
}

/** A window that is hidden paints nothing and gets no frame. */
const LONGEST_FRAME = 50;

function afterPaint(then: () => void): void {
  const timer = setTimeout(then, LONGEST_FRAME);
  requestAnimationFrame(() =>
    setTimeout(() => {
      clearTimeout(timer);
      then();
    }),
  );
}

/** Passages as they are now, in every list that has them, and a new one in its source's. Lists by category are asked again. */
function showInLists(client: QueryClient, passages: readonly Passage[]): void {
  const now = new Map(passages.map((passage) => [passage.id, passage]));
  for (const [key, list] of client.getQueriesData<CallOutput<'passages.list'>>({ queryKey: ['passages.list'] })) {
    const asked = contract['passages.list'].input.safeParse(key[1]);
    if (list === undefined || !asked.success) continue;
    const { source, category, deleted, after } = asked.data;
    const isWhole = source !== undefined && category === undefined && !deleted && after === undefined;
    const there = new Set(list.passages.map(({ id }) => id));
    const added = isWhole ? passages.filter((one) => one.source === source && !there.has(one.id)) : [];
    if (added.length === 0 && !passages.some(({ id }) => there.has(id))) continue;
    client.setQueryData<CallOutput<'passages.list'>>(key, {
      passages: [...list.passages.map((one) => now.get(one.id) ?? one), ...added],
      total: list.total + added.length,
    });
  }
}

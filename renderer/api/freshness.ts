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

/** Less visible data is read again once nothing was written for this time, ms. */
const IDLE = 400;
/** A write counts as painted this time after its answer, ms. A timer, since a hidden window gets no frame. */
const PAINTED = 100;
/** Read again at once: the next undo, which is visible all the time and cheap to read. */
const IMMEDIATE: readonly string[] = ['history.state'];

/** Keeps cached answers up to date while the project changes. */
export interface Freshness {
  /** The api that components use: a write's answer is shown before anything is read again. */
  readonly api: Api;
  /** Called after every commit, from this window or another. */
  readonly changed: (payload: EventPayload<'project.changed'>) => void;
  /** Called when the project is closed or another is opened: stops waiting reads. */
  readonly forget: () => void;
}

/**
 * A tag is to be painted 20 ms after its key, but reading again what a tag makes stale takes 200 ms in a project of
 * 100,000 passages. So a write's answer is put into the cached reads, and they are repeated only once it is painted and
 * nothing more is written. Counts over all passages are the slowest, and always wait until then.
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
    if (uncounted) updateCounts();
  };
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(catchUp, IDLE);
  };

  let counting = false;
  /**
   * Puts new counts into the cached codebook and changes nothing else in it. One count at a time: later changes are counted
   * when writing stops again, or three counts at once would delay the next tag.
   */
  const updateCounts = (): void => {
    if (client.getQueryData(CODEBOOK) === undefined) return;
    if (counting) return wait();
    counting = true;
    uncounted = false;
    const own = timer;
    api
      .read('codebook.counts', {})
      .finally(() => (counting = false))
      .then(
        ({ counts }) =>
          client.setQueryData<Codebook>(CODEBOOK, (book) =>
            book === undefined || own !== timer ? book : withCounts(book, counts),
          ),
        // If counting fails, reading the codebook reports why.
        () => client.invalidateQueries({ queryKey: CODEBOOK }),
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
        invalidate(entities, (name) => IMMEDIATE.includes(name));
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

const CODEBOOK = ['codebook.get', {}];
type Codebook = CallOutput<'codebook.get'>;

function withCounts(book: Codebook, counts: CallOutput<'codebook.counts'>['counts']): Codebook {
  const byId = new Map(counts.map((count) => [count.id, count]));
  return { ...book, categories: book.categories.map((one) => ({ ...one, ...byId.get(one.id) })) };
}

/** The passages in the answer of each write, as they are after it. */
const ANSWERED: { readonly [N in RendererCallName]?: (answer: CallOutput<N>) => readonly Passage[] } = {
  'tags.change': ({ passages }) => passages,
  'settings.set': (passage) => [passage],
  'passages.create': (passage) => [passage],
  'passages.reshape': (passage) => [passage],
};

/** Whether a write's answer equals what the reads would return, so that it can be shown before they are repeated. */
export const isAnswered = (name: RendererCallName): boolean => ANSWERED[name] !== undefined;

/**
 * Shows a write's answer: the current passage at once, lists after it is painted. A list also updates the codebook's counts
 * and the page's highlights, three times the work, and may follow a frame later.
 */
export function showAnswer<N extends RendererCallName>(client: QueryClient, name: N, answer: CallOutput<N>): void {
  const passages = ANSWERED[name]?.(answer) ?? [];
  for (const passage of passages) client.setQueryData(['passages.get', { id: passage.id }], passage);
  afterPaint(() => showInLists(client, passages));
}

/** The longest wait for a frame, ms: a hidden window gets none. */
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

/**
 * Updates passages in every cached list that has them, and adds a new one to its source’s list. Lists by category are
 * read again.
 */
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

import type { QueryClient } from '@tanstack/react-query';
import { contract, type CallOutput, type RendererCallName } from '../../shared/contract/index.ts';
import type { Passage } from '../../shared/model/index.ts';

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

import type { QueryClient } from '@tanstack/react-query';
import { contract, type CallOutput, type RendererCallName } from '../../shared/contract/index.ts';
import type { Passage } from '../../shared/model/index.ts';

type Takers = { readonly [N in RendererCallName]?: (client: QueryClient, answer: CallOutput<N>) => void };

/** Writes whose answer is what the reads would say: it is put there, so that it is seen before they are asked again. */
const TAKERS: Takers = {
  'tags.change': (client, { passages }) => showPassages(client, passages),
  'settings.set': (client, passage) => showPassages(client, [passage]),
  'passages.create': (client, passage) => showPassages(client, [passage]),
  'passages.reshape': (client, passage) => showPassages(client, [passage]),
};

export const isTaken = (name: RendererCallName): boolean => TAKERS[name] !== undefined;

export function takeAnswer<N extends RendererCallName>(client: QueryClient, name: N, answer: CallOutput<N>): void {
  TAKERS[name]?.(client, answer);
}

/** Passages as they are now, in every list that has them, and a new one in its source's. Lists by category are asked again. */
function showPassages(client: QueryClient, passages: readonly Passage[]): void {
  const now = new Map(passages.map((passage) => [passage.id, passage]));
  for (const passage of passages) client.setQueryData(['passages.get', { id: passage.id }], passage);
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

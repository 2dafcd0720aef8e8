import { useEffect, useMemo, useRef } from 'react';
import type { SourceId, Verdict } from '../../../shared/model/index.ts';
import { errorDataOf, useApi } from '../../api/index.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { announce, dismissNews, notifyError } from '../../common/notices/notices.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useReading } from '../../common/reader/reading-state.ts';
import {
  goToItem,
  itemAt,
  itemKey,
  useSuggesting,
  useSuggestions,
  useSuggestionsShown,
  type Item,
} from '../../common/suggestions/suggestions.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';

/** The next or previous suggestion from the current place; null at the end. Suggestions on the same words are one step. */
export function besideItem(items: readonly Item[], by: 1 | -1): Item | null {
  const { selected } = useReading.getState();
  const marked = selected?.marked.kind === 'text' ? selected.marked : null;
  if (marked === null) return (by === 1 ? items[0] : items.at(-1)) ?? null;
  return by === 1
    ? (items.find(({ start }) => start > marked.start) ?? null)
    : (items.findLast(({ start }) => start < marked.start) ?? null);
}

export interface SuggestionActs {
  /** Decides about a suggestion, and goes to the next one. */
  readonly decide: (item: Item, verdict: Verdict) => Promise<void>;
  readonly go: (by: 1 | -1) => void;
}

/** Deciding and moving. Each decision is one commit; an error is shown as a notice. */
export function useSuggestionActs(items: readonly Item[]): SuggestionActs {
  const { t } = useTranslation();
  const api = useApi();
  const categories = useCategories();
  const latest = useRef(items);
  useEffect(() => {
    latest.current = items;
  });
  return useMemo(() => {
    const decide = async (item: Item, verdict: Verdict): Promise<void> => {
      const { source, layer, start, end, category, text, others } = item;
      const model = item.learned?.model ?? null;
      const key = itemKey(item);
      if (useSuggesting.getState().pending.has(key)) return;
      dismissNews();
      const next = others.length > 0 ? null : besideItem(latest.current, 1);
      useSuggesting.setState(({ pending }) => ({ pending: new Set([...pending, key]) }));
      if (next !== null) goToItem(next);
      try {
        await runPending();
        await api.call('suggestions.decide', { source, layer, start, end, category, verdict, model });
        announce(
          t(`terms.${model === null ? 'said' : 'learned.said'}.${verdict}`, {
            text,
            category: categories.get(category)?.name ?? '',
          }),
        );
      } catch (thrown) {
        notifyError(errorDataOf(thrown));
      } finally {
        useSuggesting.setState(({ pending }) => ({ pending: new Set([...pending].filter((one) => one !== key)) }));
      }
    };
    return {
      decide,
      go: (by) => {
        const next = besideItem(latest.current, by);
        if (next === null) announce(t(by === 1 ? 'terms.last' : 'terms.first'));
        else goToItem(next);
      },
    };
  }, [api, categories, t]);
}

/**
 * The keys of suggestions. Those that decide act on the suggestion whose words are selected. Without one they go to the next and decide
 * nothing: nobody decides about what they have not looked at. While there are suggestions the keys are theirs, so that `N`, which turns
 * a page otherwise, never does the one and then the other.
 */
export function useSuggestionCommands(source: SourceId | null): void {
  const { t } = useTranslation();
  const { value: isShown, set } = useSuggestionsShown();
  const { items } = useSuggestions(source);
  const acts = useSuggestionActs(items);
  const isReadOnly = useReadOnly();
  const latest = useRef({ items, isShown, isReadOnly });
  useEffect(() => {
    latest.current = { items, isShown, isReadOnly };
  });
  useCommands(
    useMemo<Command[]>(() => {
      const group = 'tagging' as const;
      const current = (): Item | null => itemAt(latest.current.items, useReading.getState().selected);
      const walk = (id: 'nextSuggestion' | 'previousSuggestion', by: 1 | -1): Command => ({
        id,
        title: t(`terms.commands.${id}`),
        group,
        keys: keysOf(id),
        repeats: true,
        when: () => latest.current.items.length > 0,
        run: () => acts.go(by),
      });
      const act = (id: 'acceptSuggestion' | 'rejectSuggestion' | 'neverSuggest', verdict: Verdict): Command => ({
        id,
        title: t(`terms.commands.${id}`),
        group,
        keys: keysOf(id),
        isFirst: true,
        when: () => latest.current.items.length > 0 && !latest.current.isReadOnly,
        run: () => {
          const item = current();
          const next = item ?? besideItem(latest.current.items, 1) ?? latest.current.items[0];
          if (item !== null) void acts.decide(item, verdict);
          else if (next !== undefined) goToItem(next);
        },
      });
      return [
        {
          id: 'showSuggestions',
          title: t('terms.commands.showSuggestions'),
          group,
          keys: keysOf('showSuggestions'),
          run: () => set(!latest.current.isShown),
        },
        walk('nextSuggestion', 1),
        walk('previousSuggestion', -1),
        act('acceptSuggestion', 'accepted'),
        act('rejectSuggestion', 'rejected'),
        act('neverSuggest', 'never'),
      ];
    }, [acts, set, t]),
  );
}

import { useMemo } from 'react';
import { z } from 'zod';
import { create } from 'zustand';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { Suggestion } from '../../../shared/contract/suggestions.ts';
import type { CategoryId, LayerId, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { familyOf, signOf } from '../../ui/FamilySign.tsx';
import type { DrawnPassage, TextRange } from '../../viewer/types.ts';
import { useCategories } from '../passages/source-passages.ts';
import { useReading } from '../reader/reading-state.ts';
import { useViewState } from '../workbench/view-state.ts';

/** One thing to decide: whether the words of a suggestion get this category. */
export interface Item extends Omit<Suggestion, 'categories'> {
  readonly source: SourceId;
  readonly layer: LayerId;
  readonly category: CategoryId;
  /** Other categories that are still suggested for the same words. */
  readonly others: readonly CategoryId[];
}

interface Suggesting {
  /** Items that are being committed, by {@link itemKey}: not offered any more. */
  readonly pending: ReadonlySet<string>;
  /** Selects a range of the active source and scrolls to it; null while its text is being loaded. */
  readonly goTo: ((range: TextRange) => void) | null;
  /** The item to go to once its source has loaded. */
  readonly wanted: Pick<Item, 'source' | 'start' | 'end'> | null;
}
export const useSuggesting = create<Suggesting>()(() => ({ pending: new Set(), goTo: null, wanted: null }));

/** Selects the words of a suggestion: at once, or when its source has loaded. */
export function goToItem(item: Pick<Item, 'source' | 'start' | 'end'>): void {
  const { goTo } = useSuggesting.getState();
  if (goTo === null) useSuggesting.setState({ wanted: item });
  else goTo(item);
}

/** Registers the function that goes to a range of the active source; returns a function that ends this. */
export function registerGoTo(source: SourceId, goTo: (range: TextRange) => void): () => void {
  const { wanted } = useSuggesting.getState();
  useSuggesting.setState({ goTo, wanted: null });
  if (wanted?.source === source) goTo(wanted);
  return () => {
    if (useSuggesting.getState().goTo === goTo) useSuggesting.setState({ goTo: null });
  };
}

export const itemKey = ({ source, start, category }: Pick<Item, 'source' | 'start' | 'category'>): string =>
  `${source} ${String(start)} ${category}`;

/** Whether suggestions are shown, stored with the project. Off by default. */
export const useSuggestionsShown = () => useViewState('reader.suggestions', z.boolean(), false);

/** Whether suggestions learned from tags are shown too. Off by default, and stored for this person, project and installation only. */
export const useLearnedShown = () => useViewState('reader.learned', z.boolean(), false);

type Listed = CallOutput<'suggestions.list'>;
interface Suggestions {
  readonly items: readonly Item[];
  readonly decided: Listed['decided'];
  /** How many terms were searched for. */
  readonly terms: number;
  readonly isBlind: boolean;
  readonly isRead: boolean;
}
const NOTHING: readonly Item[] = [];
const NO_DECISIONS: Listed['decided'] = [];

/** The suggestions in a source, in text order, without those that are being committed. Empty while suggestions are off. */
export function useSuggestions(source: SourceId | null): Suggestions {
  const { value: isShown } = useSuggestionsShown();
  const { value: learned } = useLearnedShown();
  const data = useCall('suggestions.list', source === null || !isShown ? null : { source, learned }).data;
  const pending = useSuggesting((state) => state.pending);
  const items = useMemo(() => {
    if (data === undefined || source === null) return NOTHING;
    const { layer } = data;
    if (layer === null) return NOTHING;
    return data.suggestions.flatMap(({ categories, ...one }) => {
      const open = categories.filter((category) => !pending.has(itemKey({ source, start: one.start, category })));
      return open.map((category): Item => {
        const others = open.filter((other) => other !== category);
        return { ...one, source, layer, category, others };
      });
    });
  }, [data, source, pending]);
  return {
    items,
    decided: data?.decided ?? NO_DECISIONS,
    terms: data?.terms ?? 0,
    isBlind: data?.blind ?? false,
    isRead: data !== undefined,
  };
}

const SUGGESTED = 'suggestion:';
/** The range of a drawn suggestion by its id; null for the id of a passage. */
export function suggestedRange(id: string): TextRange | null {
  if (!id.startsWith(SUGGESTED)) return null;
  const [start, end] = id.slice(SUGGESTED.length).split('-').map(Number);
  return start === undefined || end === undefined ? null : { start, end };
}

const NOT_DRAWN: readonly DrawnPassage[] = [];
/** The suggestions of a source as views draw them; each range once. */
export function useDrawnSuggestions(source: SourceId | null): readonly DrawnPassage[] {
  const { items } = useSuggestions(source);
  const categories = useCategories();
  return useMemo(() => {
    if (items.length === 0) return NOT_DRAWN;
    return [...Map.groupBy(items, ({ start, end }) => `${String(start)}-${String(end)}`).values()].flatMap(
      (alike): DrawnPassage[] => {
        const [first] = alike;
        const known = alike.flatMap(({ category }) => categories.get(category) ?? []);
        if (first === undefined) return [];
        const { start, end } = first;
        return [
          {
            id: `${SUGGESTED}${String(start)}-${String(end)}`,
            kind: 'text',
            start,
            end,
            page: 1,
            area: null,
            families: [
              ...new Set(known.map(({ code, colour }) => signOf(code, colour) ?? familyOf(code).toLowerCase())),
            ],
            codes: known.map(({ code }) => code),
            suggested: true,
            ...(alike.every(({ learned }) => learned !== null) ? { learned: true as const } : {}),
            ...(known[0] === undefined ? {} : { colour: known[0].colour }),
          },
        ];
      },
    );
  }, [items, categories]);
}

/** The suggestion whose words are selected: keys decide about it. Null if anything else is selected. */
export function useCurrentItem(items: readonly Item[]): Item | null {
  const selected = useReading((state) => state.selected);
  return itemAt(items, selected);
}

export function itemAt(
  items: readonly Item[],
  selected: ReturnType<typeof useReading.getState>['selected'],
): Item | null {
  if (selected === null || selected.marked.kind !== 'text') return null;
  const { start, end } = selected.marked;
  return items.find((one) => one.source === selected.source && one.start === start && one.end === end) ?? null;
}

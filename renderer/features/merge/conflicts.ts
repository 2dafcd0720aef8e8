import { create } from 'zustand';
import { z } from 'zod';
import type { Conflict, ConflictSide, Keep } from '../../../shared/contract/merge.ts';
import type { Category } from '../../../shared/model/index.ts';
import { type usePeek, useApi, type ApiError } from '../../api/index.ts';
import type { useTranslation } from '../../common/strings/use-translation.ts';
import { leaveFor } from '../../common/workbench/screens.ts';
import { chooseCategory, openPassage, openSource, showInSidebar } from '../../common/workbench/workbench.ts';
import { useMemo } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';

/** The current conflict, and the one for which another value is being entered. */
export const useConflictAt = create<{ readonly current: string | null; readonly writing: string | null }>()(() => ({
  current: null,
  writing: null,
}));

export const goToConflict = (current: string | null): void => useConflictAt.setState({ current, writing: null });
export const writeAnother = (writing: string | null): void =>
  useConflictAt.setState(writing === null ? { writing } : { writing, current: writing });

/** The values that conflict with mine. */
export const othersOf = ({ incoming, others }: Conflict): readonly ConflictSide[] =>
  others.length === 0 ? [incoming] : others;

/** The categories in a value: one for a tag, several for the tags of a passage, otherwise none. */
export function categoriesIn(value: unknown, known: ReadonlyMap<string, Category>): readonly Category[] {
  const texts = new Set<string>();
  const walk = (part: unknown): void => {
    if (typeof part === 'string') texts.add(part);
    else if (Array.isArray(part)) part.forEach(walk);
    else if (typeof part === 'object' && part !== null) Object.values(part).forEach(walk);
  };
  walk(value);
  return [...texts].flatMap((text) => known.get(text) ?? []);
}

const tagging = z.object({ added: z.array(z.string()), removed: z.array(z.string()) });

/** The changes of a passage's tags; null for any other value. */
export const taggingOf = ({ value }: ConflictSide): z.infer<typeof tagging> | null =>
  tagging.safeParse(value).data ?? null;

/** The text that entering another value starts from: one's own, or the incoming one if one's own is a deletion. */
export const firstDraft = ({ mine, incoming }: Conflict): string => (mine.deleted ? incoming : mine).text;

/** Where a conflict can be shown; null if nowhere. */
export function placeOf({ passage, source, category }: Conflict): 'page' | 'source' | 'category' | null {
  if (passage !== null) return 'page';
  if (category !== null) return 'category';
  return source === null ? null : 'source';
}

/** Goes to the place of a conflict, and remembers the conflict for the way back. */
export function showInPage(conflict: Conflict, peek: ReturnType<typeof usePeek>): void {
  const { id, passage, source, category } = conflict;
  const known = passage === null ? undefined : peek('passages.get', { id: passage });
  const home = known?.source ?? source;
  if (passage !== null && home !== null) openPassage({ source: home, passage });
  else if (category !== null) {
    chooseCategory(category);
    showInSidebar('codebook');
  } else if (home !== null) openSource(home);
  else return;
  leaveFor(id);
}

/** Conflicts that are loaded at a time. */
const PAGE = 60;
const NONE: readonly Conflict[] = [];

export interface Conflicts {
  /** The conflicts loaded so far. */
  readonly conflicts: readonly Conflict[];
  /** How many are open; null until that is known. */
  readonly total: number | null;
  readonly error: ApiError | null;
  /** Loads the next page, if there is one. */
  readonly more: () => void;
}

/** The open conflicts, page by page; loaded again after each commit. */
export function useConflicts(): Conflicts {
  const api = useApi();
  const found = useInfiniteQuery({
    queryKey: ['merge.conflicts', { limit: PAGE }],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) =>
      api.read('merge.conflicts', { limit: PAGE, ...(pageParam === null ? {} : { after: pageParam }) }),
    getNextPageParam: (last) => last.next,
  });
  const pages = found.data?.pages;
  const conflicts = useMemo(() => pages?.flatMap((page) => page.conflicts) ?? NONE, [pages]);
  const { fetchNextPage, isFetching, hasNextPage } = found;
  return {
    conflicts,
    total: pages?.at(-1)?.total ?? null,
    error: found.error as ApiError | null,
    more: () => {
      if (hasNextPage && !isFetching) void fetchNextPage();
    },
  };
}

/** The longest value that is said whole, in UTF-16 code units. */
const LONGEST = 100;

/** Which side of a conflict is kept, with whose value it is: for screen readers and for the notice. */
export function keptWords(t: ReturnType<typeof useTranslation>['t'], conflict: Conflict, keep: Keep): string {
  if (keep === 'both') return t('merge.conflicts.done.both');
  if (typeof keep === 'object') return t('merge.conflicts.done.value');
  const { person, text } = conflict[keep];
  const value = text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()}…` : text;
  return t(`merge.conflicts.done.${keep}`, { person, value });
}

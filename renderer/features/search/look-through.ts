import { useCallback, useMemo } from 'react';
import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { create } from 'zustand';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { SearchHit, TextHit } from '../../../shared/contract/search.ts';
import type { CategoryId } from '../../../shared/model/index.ts';
import { HIT_UNITS, type HitUnit } from '../../../shared/text/clauses.ts';
import { useApi, useCall } from '../../api/index.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useSearch } from './search-state.ts';

type Decision = 'included' | 'skipped';
/** `passage`: the hit is within a passage already, so nothing has to be decided. */
export type HitState = Decision | 'open' | 'passage';

/** The state of going through a search’s hits one by one. Its decisions stay until a person goes through another search’s hits. */
interface LookThrough {
  readonly isOpen: boolean;
  /** The search whose hits these are. */
  readonly of: string | null;
  /** The current hit, by {@link keyOfHit}. */
  readonly current: string | null;
  readonly decided: ReadonlyMap<string, Decision>;
  readonly unit: HitUnit;
  /** The categories that all new passages get. */
  readonly categories: readonly CategoryId[];
}
const EMPTY: LookThrough = {
  isOpen: false,
  of: null,
  current: null,
  decided: new Map(),
  unit: 'clause',
  categories: [],
};
export const useLookThrough = create<LookThrough>()(() => EMPTY);
const { setState: set, getState: get } = useLookThrough;

export const resetLookThrough = (): void => set(EMPTY);
export const closeLookThrough = (): void => set({ isOpen: false });
export const setCurrentHit = (current: string): void => set({ current });
export const setCategories = (categories: readonly CategoryId[]): void => set({ categories });
export const setUnit = (unit: HitUnit): void => set({ unit });

/** Everything that determines the hits of a search. */
const askedOf = ({
  query,
  contents,
  passages,
  unread,
  categories,
  people,
  sources,
}: ReturnType<typeof useSearch.getState>) => ({
  query,
  contents,
  passages,
  unread,
  categories: [...categories],
  people: [...people],
  sources: [...sources],
});

/** Begins to go through the present search’s hits. */
export function openLookThrough(): void {
  const of = JSON.stringify(askedOf(useSearch.getState()));
  set(of === get().of ? { isOpen: true } : { isOpen: true, of, current: null, decided: new Map() });
}

/** Whether a person is going through the hits of the present search. False after the search changed. */
export function useIsLooking(): boolean {
  const asked = useSearch((state) => JSON.stringify(askedOf(state)));
  return useLookThrough(({ isOpen, of }) => isOpen && of === asked);
}

export const decide = (key: string, decision: Decision): void =>
  set(({ decided }) => ({ decided: new Map(decided).set(key, decision) }));

/** Makes the marked range longer or shorter, up to its limits. Returns the new unit. */
export function stepUnit(by: 1 | -1): HitUnit {
  const unit = HIT_UNITS[HIT_UNITS.indexOf(get().unit) + by] ?? get().unit;
  set({ unit });
  return unit;
}

/**
 * Whether hits may become passages: not in a read-only project, and not in a copy for blind coding, whose passages must come from reading.
 */
export function useMayMakePassages(): boolean {
  const isReadOnly = useReadOnly();
  const blind = useCall('assignments.list', {}).data?.blind;
  return !isReadOnly && blind === null;
}

/** A hit in the text of a source. */
export interface LookHit extends SearchHit, TextHit {
  readonly source: TextHit['source'];
  readonly layer: TextHit['layer'];
}
export const keyOfHit = ({ source, layer, start, end }: TextHit): string => `${source} ${layer} ${start} ${end}`;
export const placeOf = ({ source, layer, start, end }: TextHit): TextHit => ({ source, layer, start, end });

/** The most hits that a person can go through, and make into passages, at once. */
const MOST = 10_000;
/** How many places are sent in one call, to find out which are within passages. */
const CHUNK = 1000;
/** How many hits’ surrounding words are read in one call. */
const BLOCK = 50;

export interface Look {
  readonly hits: readonly LookHit[];
  /** False until the hits are loaded, and it is known which are within passages. */
  readonly isRead: boolean;
  /** Whether there are more hits than that. */
  readonly isCut: boolean;
  readonly stateOf: (hit: LookHit) => HitState;
}

const isText = (hit: SearchHit): hit is LookHit => hit.kind === 'text' && hit.source !== null && hit.layer !== null;
const NO_HITS: readonly LookHit[] = [];

/** The hits of the present search in the texts of sources, each with its decision. */
export function useLook(): Look {
  const search = useSearch();
  const found = useCall('search.query', { ...askedOf(search), in: ['sources'], limit: MOST, whole: true }).data;
  const decided = useLookThrough((state) => state.decided);
  const hits = useMemo(() => found?.hits.filter(isText) ?? NO_HITS, [found]);
  const { passages, isRead } = useWithin(hits);
  const stateOf = useCallback(
    (hit: LookHit): HitState => {
      const key = keyOfHit(hit);
      return passages.has(key) ? 'passage' : (decided.get(key) ?? 'open');
    },
    [passages, decided],
  );
  return { hits, isRead: found !== undefined && isRead, isCut: found !== undefined && found.next !== null, stateOf };
}

interface Within {
  /** By {@link keyOfHit}. */
  readonly passages: ReadonlySet<string>;
  readonly isRead: boolean;
}

/** Which of the hits are within a passage. */
function useWithin(hits: readonly LookHit[]): Within {
  const api = useApi();
  const chunks = useMemo(
    () =>
      Array.from({ length: Math.ceil(hits.length / CHUNK) }, (_, at) =>
        hits.slice(at * CHUNK, (at + 1) * CHUNK).map(placeOf),
      ),
    [hits],
  );
  return useQueries({
    queries: chunks.map((chunk) => {
      const input = { hits: chunk, unit: 'hit' as const };
      return { queryKey: ['search.spans', input], queryFn: () => api.read('search.spans', input) };
    }),
    combine: useCallback(
      (answers: readonly UseQueryResult<CallOutput<'search.spans'>>[]) => ({
        passages: new Set(
          answers.flatMap(({ data }, at) =>
            (chunks[at] ?? []).flatMap((hit, n) => (data?.spans[n]?.passage ? [keyOfHit(hit)] : [])),
          ),
        ),
        isRead: answers.every(({ data }) => data !== undefined),
      }),
      [chunks],
    ),
  });
}

/** The passage that a hit would become, with the words around it; null if its text no longer exists, undefined until it is read. */
export function useSpan(hits: readonly LookHit[], at: number, unit: HitUnit) {
  const from = Math.max(0, at - (at % BLOCK));
  const block = useMemo(() => hits.slice(from, from + BLOCK).map(placeOf), [hits, from]);
  const spans = useCall('search.spans', block.length === 0 ? null : { hits: block, unit }).data?.spans;
  return spans?.[at - from];
}

/** The next hit that is not within a passage; the same hit at the end. */
export function nextOpen({ hits, stateOf }: Look, at: number): LookHit | undefined {
  return hits.slice(at + 1).find((hit) => stateOf(hit) !== 'passage') ?? hits[at];
}

export interface LookActs {
  readonly step: (by: 1 | -1) => void;
  /** Includes or skips the current hit, and goes to the next undecided one. */
  readonly decide: (decision: 'included' | 'skipped') => void;
}

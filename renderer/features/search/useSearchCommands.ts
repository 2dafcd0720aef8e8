import { useEffect, useMemo, useRef } from 'react';
import { resetLookThrough } from './look-through.ts';
import { useHitMarks } from './useHitMarks.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { announce, notify } from '../../common/notices/notices.ts';
import { useSearchRequest, useReading } from '../../common/reader/reading-state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showPane } from '../../common/workbench/side-panes.tsx';
import { goTo, showInSidebar, useWorkbench } from '../../common/workbench/workbench.ts';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { bare } from '../../../shared/query/print.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import {
  openResult,
  keyOfResult,
  resultAfter,
  resetSearch,
  searchFor,
  useSearch,
  focusSearchField,
  useSearchResults,
} from './search-state.ts';

/** The longest selection that becomes a query, in UTF-16 code units. */
const LONGEST = 200;

/** Commands that search from anywhere, and go from result to result in the reader. */
export function useSearchCommands(): void {
  const { t } = useTranslation();
  const results = useSearchResults();
  useHitMarks();
  const latest = useRef(results);
  useEffect(() => {
    latest.current = results;
  });
  useEffect(
    () => () => {
      resetSearch();
      resetLookThrough();
    },
    [],
  );
  useEffect(
    () =>
      useSearchRequest.subscribe(({ query }) => {
        showInSidebar('search');
        showPane('start');
        searchFor(bare(query));
      }),
    [],
  );

  const commands = useMemo<Command[]>(() => {
    const go = (hit: SearchHit): void => {
      openResult(hit);
      // The reader announces the passage itself.
      if (hit.passage !== null) return;
      const { before, match, after } = hit.snippet;
      announce(t('search.reached', { text: `${before}${match}${after}` }));
    };
    const step = (by: 1 | -1) => (): void => {
      const { hits, counts, hasMore, more, showWhole } = latest.current;
      const { current } = useSearch.getState();
      const hit = resultAfter(hits, current, by);
      // Only the first results of a source are listed; the next one may be among the unlisted ones.
      const from = hits.find((one) => keyOfResult(one) === current);
      const source = (by === 1 ? from : from && hit)?.source ?? null;
      if (source !== null && hit?.source !== from?.source) {
        const listed = hits.filter((one) => one.source === source).length;
        if ((counts.get(source)?.total ?? 0) > listed) {
          void showWhole(source).then((all) => {
            const other = by === 1 ? resultAfter(all, current, 1) : all.at(-1);
            if (other !== undefined && other !== null) go(other);
          });
          return;
        }
      }
      if (hit !== null) go(hit);
      else if (by === -1 || !hasMore) notify('plain', t(by === 1 ? 'search.noNext' : 'search.noPrevious'));
      // At the last loaded result, load the next page.
      if (hit === null || resultAfter(hits, useSearch.getState().current, by) === null) more();
    };
    const hasHits = (): boolean => latest.current.hits.length > 0;
    return [
      ...openCommands(t),
      {
        id: 'nextHit',
        title: t('search.next'),
        group: 'reading',
        keys: keysOf('nextHit'),
        inFields: true,
        repeats: true,
        when: hasHits,
        run: step(1),
      },
      {
        id: 'previousHit',
        title: t('search.previous'),
        group: 'reading',
        keys: keysOf('previousHit'),
        inFields: true,
        repeats: true,
        when: hasHits,
        run: step(-1),
      },
    ];
  }, [t]);
  useCommands(commands);
}

/** Commands that open the search: beside the reader, and on a full screen with facets and a form. */
const openCommands = (t: ReturnType<typeof useTranslation>['t']): Command[] => [
  {
    id: 'searchAll',
    title: t('search.command'),
    group: 'anywhere',
    icon: 'search',
    also: [t('search.commandAlso')],
    keys: keysOf('searchAll'),
    inFields: true,
    run: () => {
      const words = selectedWords();
      // The same key, pressed in the pane’s field, opens the full screen.
      if (document.activeElement?.closest('.search-pane') instanceof Element) goTo('search');
      if (useWorkbench.getState().place === 'search') {
        if (words !== null) searchFor(words);
        focusSearchField();
        return;
      }
      showInSidebar('search');
      if (words !== null) searchFor(words);
      focusSearchField();
    },
  },
  {
    id: 'searchPage',
    title: t('search.screen.command'),
    group: 'anywhere',
    icon: 'search',
    keys: keysOf('searchPage'),
    inFields: true,
    run: () => {
      goTo('search');
      focusSearchField();
    },
  },
];

/** The selected text as a query; null if nothing is selected, or more than a query can hold. */
function selectedWords(): string | null {
  const exact = useReading.getState().selected?.exact.replace(/\s+/gu, ' ').trim() ?? '';
  return exact === '' || exact.length > LONGEST ? null : bare(exact);
}

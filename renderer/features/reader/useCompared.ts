import { use, useEffect, useMemo } from 'react';
import type { Difference } from '../../../shared/contract/versions.ts';
import type { Source } from '../../../shared/model/index.ts';
import {
  roleOf,
  scrolledTo,
  setComparedView,
  useComparing,
  useComparison,
  type Role,
} from '../../common/reader/comparison.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { FrozenPageView } from '../../viewer/page/frozen-page-view.ts';
import { PdfView } from '../../viewer/pdf/view.ts';
import { TextView } from '../../viewer/text/view.ts';
import type { SourceView, TextRange } from '../../viewer/types.ts';
import { PaneContext, useReaderPane } from './panes.ts';

const NONE: readonly Difference[] = [];

/** The source's role in the open comparison; null if it has none. */
export function useRole({ id }: Pick<Source, 'id'>): Role | null {
  const pane = use(PaneContext);
  const pair = useComparing((state) => state.pair);
  return useWorkbench(({ panes }) => roleOf(pair, id, panes, pane));
}

/** The source with the layer that is compared, which may be an earlier one than its own. */
export function useComparedText(source: Source): Source {
  const role = useRole(source);
  const layer = useComparing(({ pair }) => (role === null ? undefined : pair?.[role].layer));
  return useMemo(
    () => (layer === undefined || layer === source.layer ? source : { ...source, layer, hasText: true }),
    [source, layer],
  );
}

/**
 * Marks the differences from the other version while nothing is searched for, and registers the view so that both
 * scroll together. Returns what to call when this view scrolls; null if it is not compared.
 */
export function useCompared(
  source: Source,
  view: SourceView | null,
  isFinding: boolean,
): ((offset: number) => void) | null {
  const { found } = useComparison();
  const role = useRole(source);
  const { openedRange, navigations } = useReaderPane();
  const differences = found?.differences ?? NONE;
  const isCompared = role !== null && found?.[role].layer === source.layer;
  const marked = useComparing((state) => (role === null ? null : state.marked[role]));
  const marks = useMemo<readonly TextRange[]>(
    () => (role === null ? [] : differences.map((one) => one[role])),
    [role, differences],
  );
  useEffect(() => {
    if (!isCompared || role === null || view === null || isFinding) return undefined;
    const drawn = marksWith(marks, marked);
    view.setMatches(drawn.ranges, drawn.current, role === 'older' ? 'gone' : 'new');
    return () => view.setMatches([]);
    // A range that was navigated to is drawn as a match, and removes these marks.
  }, [isCompared, role, view, isFinding, marks, marked, openedRange, navigations]);
  useEffect(() => {
    if (!isCompared || role === null || view === null) return undefined;
    const leads = view instanceof TextView || view instanceof FrozenPageView || view instanceof PdfView;
    setComparedView(role, {
      reveal: ({ start, end }) => view.scrollTo(start, end),
      follow: leads ? (offset) => view.goTo(offset) : null,
    });
    return () => setComparedView(role, null);
  }, [isCompared, role, view]);
  return useMemo(
    () => (isCompared && role !== null ? (offset: number) => scrolledTo(role, offset, differences) : null),
    [isCompared, role, differences],
  );
}

/** The marks with the current row’s range inserted, and its index: it is drawn stronger. */
export function marksWith(
  marks: readonly TextRange[],
  marked: TextRange | null,
): { readonly ranges: readonly TextRange[]; readonly current: number | null } {
  if (marked === null) return { ranges: marks, current: null };
  const after = marks.findIndex(({ end }) => end > marked.end);
  const at = after < 0 ? marks.length : after;
  return { ranges: marks.toSpliced(at, 0, { start: marked.start, end: marked.end }), current: at };
}

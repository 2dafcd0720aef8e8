import { use, useEffect, useMemo } from 'react';
import type { Difference } from '../../../shared/contract/versions.ts';
import type { Source } from '../../../shared/model/index.ts';
import { roleOf, scrolledTo, setComparedView, useComparing, useComparison } from '../../app/state/comparing.ts';
import { useWorkbench } from '../../app/state/workbench.ts';
import { FrozenPageView } from '../../viewer/page/frozen-page-view.ts';
import { TextView } from '../../viewer/text/view.ts';
import type { SourceView, TextRange } from '../../viewer/types.ts';
import { SideContext } from './sides.ts';

const NONE: readonly Difference[] = [];

/**
 * What of a source differs from the version it is compared with, marked as hits are while nothing is looked for; and the
 * view as the comparison leads it. Answers what a scroll of this view is to be told to.
 */
export function useCompared(
  source: Source,
  view: SourceView | null,
  isFinding: boolean,
): ((offset: number) => void) | null {
  const { pair, found } = useComparison();
  const side = use(SideContext);
  const isShownOnce = useWorkbench(({ sides }) => sides.filter((one) => one.source === source.id).length < 2);
  const role = isShownOnce || side === 'b' ? roleOf(pair, source.id) : null;
  const differences = found?.differences ?? NONE;
  const isCompared = role !== null && found?.[role].layer === source.layer;
  const marked = useComparing((state) => (role === null ? null : state.marked[role]));
  const marks = useMemo<readonly TextRange[]>(
    () => (role === null ? [] : differences.map((one) => one[role]).filter(({ start, end }) => end > start)),
    [role, differences],
  );
  useEffect(() => {
    if (!isCompared || view === null || isFinding) return undefined;
    const drawn = marksWith(marks, marked);
    view.setHits(drawn.ranges, drawn.current);
    return () => view.setHits([]);
  }, [isCompared, view, isFinding, marks, marked]);
  useEffect(() => {
    if (!isCompared || role === null || view === null) return undefined;
    const canFollow = view instanceof TextView || view instanceof FrozenPageView;
    setComparedView(role, {
      reveal: ({ start, end }) => view.scrollTo(start, end),
      follow: canFollow ? (offset) => view.goTo(offset) : null,
    });
    return () => setComparedView(role, null);
  }, [isCompared, role, view]);
  return useMemo(
    () => (isCompared && role !== null ? (offset: number) => scrolledTo(role, offset, differences) : null),
    [isCompared, role, differences],
  );
}

/** What the row one is on covers is drawn stronger: one of the differences, or else a range among them. */
function marksWith(
  marks: readonly TextRange[],
  marked: TextRange | null,
): { readonly ranges: readonly TextRange[]; readonly current: number | null } {
  if (marked === null || marked.end <= marked.start) return { ranges: marks, current: null };
  const same = marks.findIndex(({ start, end }) => start === marked.start && end === marked.end);
  if (same >= 0) return { ranges: marks, current: same };
  const apart = marks.filter(({ start, end }) => end <= marked.start || start >= marked.end);
  const at = apart.findIndex(({ start }) => start >= marked.end);
  const index = at < 0 ? apart.length : at;
  return { ranges: apart.toSpliced(index, 0, marked), current: index };
}

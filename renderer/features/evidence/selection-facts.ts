import { useMemo } from 'react';
import { useCall } from '../../api/index.ts';
import { useAsked, useEvidence } from './state.ts';

/** Facts about the selected passages, also those outside the filter: the sources, and the number with each category. Null if unknown. */
export interface SelectionFacts {
  readonly sources: number | null;
  readonly on: ReadonlyMap<string, number> | null;
}

export function useSelectionFacts(): SelectionFacts {
  const { selected, isAllSelected, leftOut } = useEvidence();
  const asked = useAsked();
  const passages = useMemo(() => [...selected], [selected]);
  const some = useCall('evidence.count', isAllSelected ? null : { passages, group: 'category' }).data;
  // If some passages are left out, the counts stay unknown: they are not worth another call.
  const isWhole = isAllSelected && leftOut.size === 0;
  const whole = useCall('evidence.rows', isWhole ? { ...asked, group: 'category', count: 0 } : null).data;
  return useMemo(() => {
    if (!isAllSelected && some !== undefined)
      return { sources: some.sources, on: new Map(some.groups.map(({ value, found }) => [value, found])) };
    if (whole !== undefined)
      return { sources: whole.sources, on: new Map(whole.groups.map(({ value, count }) => [value, count])) };
    return { sources: null, on: null };
  }, [isAllSelected, some, whole]);
}

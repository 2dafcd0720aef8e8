import { useEffect, useRef } from 'react';
import { z } from 'zod';
import { sourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useViewState } from './view-state.ts';
import { restoreWorkbench, useWorkbench } from './workbench.ts';

const schema = z.object({ place: z.enum(['library', 'read']), tabs: z.array(sourceId), source: sourceId.nullable() });
type KeptPlace = z.infer<typeof schema>;
const NOWHERE: KeptPlace = { place: 'library', tabs: [], source: null };

/** Brings back the tabs and the place that were left when the project was closed, and keeps them from then on. */
export function useKeptPlace(): void {
  const kept = useViewState('place', schema, NOWHERE);
  const sources = useCall('sources.list', { deleted: true }).data?.sources;
  const { place, tabs, source } = useWorkbench();
  const restored = useRef(false);

  useEffect(() => {
    if (restored.current || !kept.ready || sources === undefined) return;
    restored.current = true;
    const there = new Set(sources.filter(({ deleted }) => !deleted).map(({ id }) => id));
    // Who has opened something meanwhile is not taken away from it.
    if (useWorkbench.getState().tabs.length === 0)
      restoreWorkbench({ ...kept.value, tabs: kept.value.tabs.filter((id) => there.has(id)) });
  }, [kept, sources]);

  const { set } = kept;
  useEffect(() => {
    if (restored.current) set({ place, tabs: [...tabs], source });
  }, [place, tabs, source, set]);
}

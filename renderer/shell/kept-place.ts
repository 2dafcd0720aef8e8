import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { passageId, sourceId, type PassageId } from '../../shared/model/index.ts';
import { useAsk, useCall } from '../api/index.ts';
import { notify } from '../common/notices/notices.ts';
import { otherPane, type PaneId } from '../common/reader/panes.ts';
import { useTranslation } from '../common/strings/use-translation.ts';
import { useHungSources } from '../common/workbench/shown-sources.ts';
import { useViewState } from '../common/workbench/view-state.ts';
import {
  openSource,
  PLACES,
  restoreWorkbench,
  setPassage,
  SIDEBAR_TABS,
  paneOf,
  useWorkbench,
} from '../common/workbench/workbench.ts';

const open = { tabs: z.array(sourceId), source: sourceId.nullable(), passage: passageId.nullable().default(null) };
const pane = z.enum(['a', 'b']);
const schema = z.object({
  place: z.enum(PLACES),
  ...open,
  beside: z.object(open).nullable().default(null),
  first: pane.default('a'),
  active: pane.default('a'),
  shelf: z.enum(SIDEBAR_TABS).default('codebook'),
});
type KeptPlace = z.infer<typeof schema>;
const FIRST_PLACE: KeptPlace = {
  place: 'library',
  tabs: [],
  source: null,
  passage: null,
  beside: null,
  first: 'a',
  active: 'a',
  shelf: 'codebook',
};

/**
 * Restores the tabs, the split and the screen from when the project was closed, and stores them from then on. A source that hung the window
 * is not opened; a notice offers to open it. Returns false until everything is restored: until then no screen is shown, since it would read
 * its data and be replaced.
 */
export function useKeptPlace(): boolean {
  const kept = useViewState('place', schema, FIRST_PLACE);
  const hung = useHungSources();
  const { t } = useTranslation();
  const { data, isError } = useCall('sources.list', { deleted: true });
  const sources = data?.sources;
  const [isRestored, setRestored] = useState(false);
  const { place, panes, active, sidebar } = useWorkbench();
  const restored = useRef(false);
  const backOn = useBackOnPassage();

  useLayoutEffect(() => {
    if (restored.current || !kept.ready || !hung.ready || sources === undefined) return;
    restored.current = true;
    setRestored(true);
    const there = new Set(sources.filter(({ deleted }) => !deleted).map(({ id }) => id));
    // A source that was opened in the meantime stays open.
    if (useWorkbench.getState().tabs.length > 0) return;
    const { value } = kept;
    // A source that hung the window is not opened again automatically.
    const left = [value.source, value.beside?.source ?? null].filter((id) => id !== null && there.has(id));
    const without = sources.filter(({ id }) => left.includes(id) && hung.value.includes(id));
    for (const { id } of without) there.delete(id);
    const now = useWorkbench.getState();
    // A key opened another screen before this was read: that screen stays.
    const wentElsewhere = now.place !== FIRST_PLACE.place || now.sidebar !== FIRST_PLACE.shelf;
    const beside =
      value.beside === null ? null : { ...value.beside, tabs: value.beside.tabs.filter((id) => there.has(id)) };
    restoreWorkbench({
      ...value,
      sidebar: value.shelf,
      ...(wentElsewhere ? { place: now.place, sidebar: now.sidebar, wentThere: true } : {}),
      tabs: value.tabs.filter((id) => there.has(id)),
      beside,
    });
    const { first } = value;
    backOn(first, value.passage);
    if (beside !== null) backOn(otherPane(first), beside.passage);
    if (without.length === 0) return;
    const name = without.map(({ title, fileName }) => title ?? fileName).join(', ');
    notify('warn', t('restored.without', { name }), [], {
      act: { label: t('restored.open'), run: () => without.forEach(({ id }) => openSource(id)) },
    });
  }, [kept, hung, sources, backOn, t]);

  const { set } = kept;
  const leftAs = JSON.stringify(panes.map(({ id, tabs, source, passage }) => ({ id, tabs, source, passage })));
  useEffect(() => {
    if (!restored.current) return;
    const [first, second] = useWorkbench.getState().panes;
    if (first === undefined) return;
    set({
      place,
      tabs: [...first.tabs],
      source: first.source,
      passage: first.passage,
      beside: second === undefined ? null : { tabs: [...second.tabs], source: second.source, passage: second.passage },
      first: first.id,
      active,
      shelf: sidebar,
    });
    // Panes change with every page turned; only tabs and passages are stored here.
  }, [place, leftAs, active, sidebar, set]);

  // If the list of sources can’t be read, nothing is restored; the screen shows the error.
  return isRestored || isError;
}

/** Makes the earlier current passage current again, if it still exists and nothing else was opened meanwhile. */
function useBackOnPassage(): (pane: PaneId, passage: PassageId | null) => void {
  const ask = useAsk();
  return useCallback(
    (pane, passage) => {
      if (passage === null) return;
      ask('passages.get', { id: passage }).then(
        ({ id, source, deleted }) => {
          const now = paneOf(pane);
          if (!deleted && now?.source === source && now.passage === null && now.openedRange === null)
            setPassage(id, pane);
        },
        () => undefined,
      );
    },
    [ask],
  );
}

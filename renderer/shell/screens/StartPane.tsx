import { useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { CodebookPane } from '../../features/codebook/CodebookPane.tsx';
import { SourceList } from '../../features/library/SourceList.tsx';
import { SearchPane } from '../../features/search/SearchPane.tsx';
import { DifferencesPane } from '../../features/versions/DifferencesPane.tsx';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useComparing } from '../../common/reader/comparison.ts';
import { showPane } from '../../common/workbench/side-panes.tsx';
import {
  chooseCategory,
  SIDEBAR_TABS,
  showInSidebar,
  useWorkbench,
  type SidebarTab,
} from '../../common/workbench/workbench.ts';
import { keysOf } from '../../common/commands/command-keys.ts';

/** The sidebar of the reader: the codebook, the list of sources, or the search in all of them. */
export function StartPane() {
  const chosen = useWorkbench((state) => state.sidebar);
  const tabs = useSidebarTabs();
  // The tab of a comparison is not restored with the project.
  const tab = tabs.includes(chosen) ? chosen : 'codebook';
  return (
    <div className="sidebar">
      <SidebarTabs tab={tab} tabs={tabs} />
      <div role="tabpanel" id="sidebar-panel" aria-labelledby={`sidebar-${tab}`} className="sidebar-panel">
        {tab === 'codebook' ? <Codebook /> : null}
        {tab === 'sources' ? <SourceList /> : null}
        {tab === 'search' ? <SearchPane /> : null}
        {tab === 'versions' ? <DifferencesPane /> : null}
      </div>
    </div>
  );
}

/** Differences have a tab only while two versions are compared. */
function useSidebarTabs(): readonly SidebarTab[] {
  const isComparing = useComparing((state) => state.pair !== null);
  return useMemo(() => SIDEBAR_TABS.filter((name) => name !== 'versions' || isComparing), [isComparing]);
}

function SidebarTabs({ tab, tabs }: { tab: SidebarTab; tabs: readonly SidebarTab[] }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const keyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || event.nativeEvent.isComposing) return;
    const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    showInSidebar(next);
    list.current?.querySelector<HTMLElement>(`#sidebar-${next}`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={list} role="tablist" aria-label={t('sidebar.title')} className="pane-head sidebar-tabs">
      {tabs.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`sidebar-${name}`}
          aria-selected={name === tab}
          aria-controls={name === tab ? 'sidebar-panel' : undefined}
          tabIndex={name === tab ? 0 : -1}
          className="tab"
          data-selected={name === tab || undefined}
          onClick={() => showInSidebar(name)}
          onKeyDown={keyDown}
        >
          {t(`sidebar.${name}`)}
        </button>
      ))}
    </div>
  );
}

function Codebook() {
  const { source, category, tagger } = useWorkbench();
  return <CodebookPane source={source} chosen={category} onChoose={chooseCategory} onTag={tagger} />;
}

/** Focuses the sidebar's field once it is drawn, or else its list; buttons come before both. */
function focusSidebar(): void {
  const first = (what: string) => document.querySelector<HTMLElement>(`#sidebar-panel ${what}`);
  requestAnimationFrame(() =>
    requestAnimationFrame(() => (first('input') ?? first(':is([role="treegrid"], [tabindex="0"])'))?.focus()),
  );
}

/** Commands that show the codebook or the sources from anywhere in the project. */
export function useSidebarCommands(): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () =>
        (['codebook', 'sources'] as const).map((name) => ({
          id: `shelf.${name}`,
          title: t(`sidebar.commands.${name}`),
          group: 'anywhere',
          keys: keysOf(`shelf.${name}`),
          inFields: true,
          run: () => {
            showInSidebar(name);
            showPane('start');
            focusSidebar();
          },
        })),
      [t],
    ),
  );
}

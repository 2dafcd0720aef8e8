import { useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { CodebookPane } from '../../features/codebook/CodebookPane.tsx';
import { SourceList } from '../../features/library/SourceList.tsx';
import { SearchPane } from '../../features/search/SearchPane.tsx';
import { DifferencesPane } from '../../features/versions/DifferencesPane.tsx';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useComparing } from '../../common/reader/comparison.ts';
import { showPane } from '../../common/workbench/side-panes.tsx';
import { chooseCategory, SHELVES, showShelf, useWorkbench, type Shelf } from '../../common/workbench/workbench.ts';
import { keysOf } from '../../common/commands/command-keys.ts';

/** The sidebar of the reader: the codebook, the list of sources, or the search in all of them. */
export function StartPane() {
  const chosen = useWorkbench((state) => state.shelf);
  const shelves = useShelves();
  // The tab of a comparison is not restored with the project.
  const shelf = shelves.includes(chosen) ? chosen : 'codebook';
  return (
    <div className="shelf">
      <ShelfTabs shelf={shelf} shelves={shelves} />
      <div role="tabpanel" id="shelf-panel" aria-labelledby={`shelf-${shelf}`} className="shelf-panel">
        {shelf === 'codebook' ? <Codebook /> : null}
        {shelf === 'sources' ? <SourceList /> : null}
        {shelf === 'search' ? <SearchPane /> : null}
        {shelf === 'versions' ? <DifferencesPane /> : null}
      </div>
    </div>
  );
}

/** Differences have a tab only while two versions are compared. */
function useShelves(): readonly Shelf[] {
  const isComparing = useComparing((state) => state.pair !== null);
  return useMemo(() => SHELVES.filter((name) => name !== 'versions' || isComparing), [isComparing]);
}

function ShelfTabs({ shelf, shelves }: { shelf: Shelf; shelves: readonly Shelf[] }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const keyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined || event.nativeEvent.isComposing) return;
    const next = shelves[(shelves.indexOf(shelf) + step + shelves.length) % shelves.length];
    if (next === undefined) return;
    showShelf(next);
    list.current?.querySelector<HTMLElement>(`#shelf-${next}`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={list} role="tablist" aria-label={t('shelf.title')} className="pane-head shelf-tabs">
      {shelves.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`shelf-${name}`}
          aria-selected={name === shelf}
          aria-controls={name === shelf ? 'shelf-panel' : undefined}
          tabIndex={name === shelf ? 0 : -1}
          className="tab"
          data-selected={name === shelf || undefined}
          onClick={() => showShelf(name)}
          onKeyDown={keyDown}
        >
          {t(`shelf.${name}`)}
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
function focusShelf(): void {
  const first = (what: string) => document.querySelector<HTMLElement>(`#shelf-panel ${what}`);
  requestAnimationFrame(() =>
    requestAnimationFrame(() => (first('input') ?? first(':is([role="treegrid"], [tabindex="0"])'))?.focus()),
  );
}

/** Commands that show the codebook or the sources from anywhere in the project. */
export function useShelfCommands(): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(
      () =>
        (['codebook', 'sources'] as const).map((name) => ({
          id: `shelf.${name}`,
          title: t(`shelf.commands.${name}`),
          group: 'anywhere',
          keys: keysOf(`shelf.${name}`),
          inFields: true,
          run: () => {
            showShelf(name);
            showPane('start');
            focusShelf();
          },
        })),
      [t],
    ),
  );
}

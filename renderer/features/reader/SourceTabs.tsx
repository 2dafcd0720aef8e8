import { use, useEffect, useRef, type DragEvent, type KeyboardEvent, useState } from 'react';
import { create } from 'zustand';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { otherPane } from '../../common/reader/panes.ts';
import { KIND_ICONS, sourceName, useApart } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import {
  activate,
  closePane,
  closeSource,
  moveTab,
  openSource,
  paneOf,
  type PaneId,
} from '../../common/workbench/workbench.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { IconButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { PaneContext } from './panes.ts';

interface Props {
  readonly tabs: readonly SourceId[];
  readonly front: SourceId;
  readonly isSplit: boolean;
  readonly isFolded: boolean;
}

/**
 * The open sources of a pane. Arrows move the focus, Alt+Shift with an arrow moves the tab, Delete closes it, as do the
 * middle button and the cross. The cross is for the pointer only: a button inside a tab would be hidden from screen
 * readers.
 */
export function SourceTabs({ tabs, front, isSplit, isFolded }: Props) {
  const { t } = useTranslation();
  const pane = use(PaneContext);
  const sources = useCall('sources.list', { deleted: true }).data?.sources ?? [];
  const open = tabs.flatMap((id) => sources.find((source) => source.id === id) ?? []);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [front, open.length]);
  return (
    <div className="source-tabs">
      <div
        ref={list}
        role="tablist"
        aria-label={t('reader.openSources')}
        className="tabs-list"
        {...useDroppedTab(list)}
      >
        {open.map((source) => (
          <SourceTab key={source.id} source={source} isFront={source.id === front} tabs={tabs} />
        ))}
      </div>
      <span className="grow" />
      <AllTabs list={list} open={open} front={front} />
      {isFolded ? (
        <IconButton
          label={t('split.other')}
          icon="columns"
          keys={shownKeysOf('otherSide')}
          onPress={() => activate(otherPane(pane))}
        />
      ) : null}
      {isSplit ? (
        <IconButton label={t('split.close')} icon="close" size="small" onPress={() => closePane(pane)} />
      ) : null}
    </div>
  );
}

/** A menu of all tabs, where they do not fit. */
function AllTabs({ list, open, front }: AllTabsProps) {
  const { t } = useTranslation();
  const pane = use(PaneContext);
  const apart = useApart();
  const isFull = useOverflow(list, open.length);
  if (!isFull) return null;
  return (
    <Menu
      label={t('reader.openSources')}
      trigger={<IconButton label={t('reader.allTabs', { count: open.length })} icon="collapse" size="small" />}
      entries={open.map((source) => ({
        id: source.id,
        label: [sourceName(source), apart.get(source.id) ?? []].flat().join(', '),
        icon: source.id === front ? ('check' as const) : KIND_ICONS[source.kind],
        run: () => {
          activate(pane);
          openSource(source.id);
        },
      }))}
    />
  );
}

interface AllTabsProps {
  readonly list: React.RefObject<HTMLElement | null>;
  readonly open: readonly Source[];
  readonly front: SourceId;
}

/** From so many tabs on, names that are cut are a reason for the menu. */
const MANY = 4;
const hasCutTabs = (list: HTMLElement): boolean =>
  list.scrollWidth > list.clientWidth + 1 ||
  (list.children.length >= MANY &&
    [...list.querySelectorAll('bdi')].some((name) => name.scrollWidth > name.clientWidth + 1));

/** Whether the tabs do not fit: names are cut, or tabs are out of view. */
function useOverflow(list: React.RefObject<HTMLElement | null>, count: number): boolean {
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const element = list.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setFull(hasCutTabs(element)));
    observer.observe(element);
    // Titles change the width of a tab, not of the list.
    for (const tab of element.children) observer.observe(tab);
    return () => observer.disconnect();
  }, [list, count]);
  return isFull;
}

/** Listeners that accept a tab dropped among these. */
function useDroppedTab(list: React.RefObject<HTMLDivElement | null>) {
  const pane = use(PaneContext);
  return {
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes(TAB_TYPE)) event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      const { tab } = useDraggedTab.getState();
      const element = list.current;
      if (tab === null || element === null) return;
      event.preventDefault();
      const others = [...element.children].filter(({ id }) => id !== tabId(pane, tab.source));
      const boxes = others.map((child) => child.getBoundingClientRect());
      moveTab(
        tab.source,
        tab.pane,
        pane,
        dropIndex(boxes, event.clientX, getComputedStyle(element).direction === 'rtl'),
      );
      endTabDrag();
    },
  };
}

const tabId = (pane: string, source: SourceId): string => `tab-${pane}-${source}`;

function SourceTab({ source, isFront, tabs }: { source: Source; isFront: boolean; tabs: readonly SourceId[] }) {
  const pane = use(PaneContext);
  const name = sourceName(source);
  const apart = useApart().get(source.id);
  const called = apart === undefined ? name : `${name}, ${apart}`;
  const keyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const to = tabAfterKey(event, tabs.indexOf(source.id), tabs.length);
    if (event.key === 'Delete') closeFocused(event.currentTarget, () => closeSource(source.id, pane));
    else if (event.key === 'Enter' || event.key === ' ') openSource(source.id);
    else if (to === null) return;
    else if (event.altKey && event.shiftKey) moveTab(source.id, pane, pane, to);
    else goToTab(event.currentTarget, to, tabs[to]);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="tab"
      id={tabId(pane, source.id)}
      aria-selected={isFront}
      aria-controls={isFront ? `panel-${pane}` : undefined}
      aria-label={called}
      tabIndex={isFront ? 0 : -1}
      className="tab"
      data-selected={isFront || undefined}
      title={called}
      draggable
      onDragStart={(event) => startTabDrag(event.dataTransfer, { source: source.id, pane })}
      onClick={() => {
        activate(pane);
        openSource(source.id);
      }}
      onAuxClick={(event) => {
        if (event.button === 1) closeSource(source.id, pane);
      }}
      // Otherwise the middle button would start scrolling.
      onMouseDown={(event) => {
        if (event.button === 1) event.preventDefault();
      }}
      onKeyDown={keyDown}
    >
      <Icon name={KIND_ICONS[source.kind]} size="small" />
      <bdi className="cut" {...(source.language === null ? {} : { lang: source.language })}>
        {name}
      </bdi>
      {apart === undefined ? null : <bdi className="dim cut apart">{apart}</bdi>}
      <span
        className="tab-close"
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          closeSource(source.id, pane);
        }}
      >
        <Icon name="close" size="small" />
      </span>
    </div>
  );
}

/**
 * The index among `count` tabs that a key goes to; null for other keys. Left and right are directions on the screen.
 */
function tabAfterKey({ key }: { readonly key: string }, at: number, count: number): number | null {
  const rtl = document.documentElement.dir === 'rtl';
  const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return step === 0 ? null : Math.max(0, Math.min(count - 1, at + (rtl ? -step : step)));
}

function goToTab(from: HTMLElement, index: number, source: SourceId | undefined): void {
  const next = from.parentElement?.children.item(index);
  if (source === undefined || !(next instanceof HTMLElement)) return;
  openSource(source);
  next.focus();
}

/** Closes a tab, and moves its focus to the tab that comes to the front. */
function closeFocused(tab: HTMLElement, close: () => void): void {
  const list = tab.parentElement;
  close();
  requestAnimationFrame(() => list?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
}

/**
 * Where a dragged tab can be dropped: the other pane, or the end of the only one, which splits the reader. It covers
 * the source, whose frame would otherwise take the drag events.
 */
export function TabDrop({ isSplit }: { isSplit: boolean }) {
  const { t } = useTranslation();
  const pane = use(PaneContext);
  const tab = useDraggedTab((state) => state.tab);
  const [over, setOver] = useState(false);
  if (tab === null || (isSplit && tab.pane === pane)) return null;
  const drop = (): void => {
    const to = isSplit ? pane : otherPane(pane);
    // The only tab of a pane stays there, and the source is opened in the other pane as well.
    if (!isSplit && paneOf(tab.pane)?.tabs.length === 1) openSource(tab.source, 'beside');
    else moveTab(tab.source, tab.pane, to, paneOf(to)?.tabs.length ?? 0);
    endTabDrag();
  };
  return (
    <div className="tab-drop-frame" data-half={!isSplit || undefined}>
      <div
        className="tab-drop"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          event.dataTransfer.dropEffect = 'move';
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          drop();
        }}
      >
        <span className="line strong">
          <Icon name="columns" />
          {t(isSplit ? 'split.moveHere' : 'split.openBeside')}
        </span>
      </div>
    </div>
  );
}

/** A tab dragged within this window. It is kept here, not in the drag’s data, so that no id leaves the program. */
interface DraggedTab {
  readonly source: SourceId;
  readonly pane: PaneId;
}
const useDraggedTab = create<{ tab: DraggedTab | null }>()(() => ({ tab: null }));

const TAB_TYPE = 'application/x-sourcebook-tab';

function startTabDrag(transfer: DataTransfer, tab: DraggedTab): void {
  transfer.effectAllowed = 'move';
  transfer.setData(TAB_TYPE, '');
  // Only after the browser has drawn the dragged image of the tab, since the drop area covers the source.
  window.setTimeout(() => useDraggedTab.setState({ tab }), 0);
  window.addEventListener('dragend', endTabDrag, { once: true, capture: true });
}

const endTabDrag = (): void => useDraggedTab.setState({ tab: null });

/**
 * The index at which a tab is dropped: before the first tab whose middle is beyond the pointer. The boxes are in the
 * order of the tabs.
 */
function dropIndex(boxes: readonly { left: number; right: number }[], x: number, rtl: boolean): number {
  const beyond = boxes.findIndex(({ left, right }) => (rtl ? x > (left + right) / 2 : x < (left + right) / 2));
  return beyond < 0 ? boxes.length : beyond;
}

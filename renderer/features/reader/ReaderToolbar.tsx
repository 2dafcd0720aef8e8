import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Source } from '../../../shared/model/index.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { IconButton, IconToggle } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { tokenPixels } from '../../ui/token.ts';
import type { Find } from './find/useFind.ts';
import { PageField } from './PageField.tsx';
import { isOnSheet } from './shown.ts';
import { RANK, toolsOf, type Tool, type ToolId } from './tools.ts';
import type { OpenViews } from './useOpenViews.ts';
import { ZoomField } from './ZoomField.tsx';

export interface ToolbarProps {
  readonly source: Source;
  readonly views: OpenViews;
  readonly find: Find;
  readonly sidePane: { readonly isOpen: boolean; readonly set: (open: boolean) => void };
}

/** Tools of the source in front. What there is no room for goes into a menu at the end. */
export function ReaderToolbar(props: ToolbarProps) {
  const { t } = useTranslation();
  const { source, views } = props;
  const bar = useRef<HTMLDivElement>(null);
  const isSplit = useWorkbench((state) => state.sides.length > 1);
  const isPdf = views.shown.kind === 'pdf';
  const isSheet = isOnSheet(views.shown.kind);
  const tools = toolsOf(t, { ...props, isSplit });
  const room = useRoom(bar, isPdf);
  const shown = shownTools(tools, room);
  const rest = RANK.toReversed().flatMap((id) => (tools[id] === undefined || shown.has(id) ? [] : tools[id]));
  const tool = (id: ToolId) => {
    const one = tools[id];
    return one === undefined || !shown.has(id) ? null : <ToolButton tool={one} />;
  };
  return (
    <div ref={bar} className="bar reader-bar" role="toolbar" aria-label={t('reader.tools')}>
      {tool('sidePane')}
      {isPdf ? (
        <>
          {tool('previousPage')}
          <PageField
            page={views.place.page}
            pages={source.pages}
            onGo={(page) => {
              views.pdf?.goToPage(page);
              views.view?.focus();
            }}
          />
          {tool('nextPage')}
          <span className="separator" />
        </>
      ) : null}
      {tool('zoomOut')}
      <ZoomField
        zoom={isSheet ? views.place.zoom : views.scale}
        onZoom={(zoom) => {
          if (isSheet) views.pdf?.setZoom({ fit: null, zoom });
          else views.setScale(zoom);
          views.view?.focus();
        }}
      />
      {tool('zoomIn')}
      {tool('fitWidth')}
      {tool('fitPage')}
      {tool('spread')}
      {tool('rotate')}
      <span className="grow" />
      {tool('picture')}
      {tool('area')}
      {tool('find')}
      {tool('paper')}
      {tool('print')}
      {tool('split')}
      {rest.length === 0 ? null : (
        <Menu
          label={t('reader.moreTools')}
          trigger={<IconButton label={t('reader.moreTools')} icon="more" />}
          entries={rest.map(({ id, label, icon, keys, selected, isDisabled = false, run }) => ({
            id,
            label,
            icon: selected === true ? 'check' : icon,
            ...(keys === undefined ? {} : { keys }),
            isDisabled,
            run,
          }))}
        />
      )}
    </div>
  );
}

function ToolButton({ tool }: { tool: Tool }) {
  const { label, icon, keys, selected, isDisabled = false, run } = tool;
  const named = { label, icon, ...(keys === undefined ? {} : { keys }), isDisabled };
  return selected === undefined ? (
    <IconButton {...named} onPress={run} />
  ) : (
    <IconToggle {...named} selected={selected} onChange={run} />
  );
}

/** The tools there is room for, the most wanted first. With `room` tools at most; the menu for the rest takes one place. */
export function shownTools(tools: Readonly<Partial<Record<ToolId, unknown>>>, room: number): ReadonlySet<ToolId> {
  const there = RANK.filter((id) => tools[id] !== undefined);
  return new Set(there.length <= room ? there : there.slice(0, Math.max(0, room - 1)));
}

/** How many tools fit beside the fields, measured on the bar itself. */
function useRoom(bar: RefObject<HTMLElement | null>, hasPages: boolean): number {
  const [room, setRoom] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => {
    const element = bar.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      const fields = tokenPixels('--zoom-field') + (hasPages ? tokenPixels('--page-field') : 0) + tokenPixels('--s-5');
      setRoom(Math.floor((element.clientWidth - fields) / (tokenPixels('--ctl') + 2)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [bar, hasPages]);
  return room;
}

import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { isComposing } from '../../ui/keys.ts';
import { useFiguring } from '../../common/figures/mode.ts';
import { useMasking } from '../../common/masks/mode.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useSuggestionsShown } from '../../common/suggestions/suggestions.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { IconButton, IconToggle } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { tokenPixels } from '../../ui/token.ts';
import { isOnSheet } from './shown.ts';
import { RANK, toolsOf, type Tool, type ToolbarProps, type ToolId } from './tools.ts';

/** The tools of the source in front. Those that do not fit are in a menu at the end. */
export function ReaderToolbar(props: ToolbarProps) {
  const { t } = useTranslation();
  const { source, views } = props;
  const bar = useRef<HTMLDivElement>(null);
  const isSplit = useWorkbench((state) => state.panes.length > 1);
  const isPdf = views.shown.kind === 'pdf';
  const isSheet = isOnSheet(views.shown.kind);
  const isMasking = useMasking((state) => state.isOn);
  const isFiguring = useFiguring((state) => state.isOn);
  const isSuggesting = useSuggestionsShown().value;
  const isReadOnly = useReadOnly();
  const tools = toolsOf(t, { ...props, isSplit, isSuggesting, isMasking, isFiguring, isReadOnly });
  const slots = useToolSlots(bar, isPdf);
  const shown = shownTools(tools, slots);
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
      {tool('screenshot')}
      {tool('area')}
      {tool('suggestions')}
      {tool('figures')}
      {tool('masks')}
      {tool('find')}
      {tool('darkPaper')}
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

/** The tools that fit into `slots`, the most important first; if not all do, the menu takes one of the slots. */
function shownTools(tools: Readonly<Partial<Record<ToolId, unknown>>>, slots: number): ReadonlySet<ToolId> {
  const available = RANK.filter((id) => tools[id] !== undefined);
  return new Set(available.length <= slots ? available : available.slice(0, Math.max(0, slots - 1)));
}

/** How many tools fit beside the fields, measured on the toolbar itself. */
function useToolSlots(bar: RefObject<HTMLElement | null>, hasPages: boolean): number {
  const [slots, setSlots] = useState(Number.POSITIVE_INFINITY);
  useEffect(() => {
    const element = bar.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => {
      const fields = tokenPixels('--zoom-field') + (hasPages ? tokenPixels('--page-field') : 0) + tokenPixels('--s-5');
      setSlots(Math.floor((element.clientWidth - fields) / (tokenPixels('--ctl') + 2)));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [bar, hasPages]);
  return slots;
}

interface NumberFieldProps {
  readonly className: string;
  readonly label: string;
  readonly value: string;
  /** `typed` is null if nothing was typed; `shown` is the field's text. */
  readonly onEnter: (typed: string | null, shown: string) => void;
  readonly children?: ReactNode;
}

/** A short field that shows a number. Enter applies what was typed; Escape and leaving discard it. */
function NumberField({ className, label, value, onEnter, children }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label className={className}>
      <span className="unseen">{label}</span>
      <input
        value={typed ?? value}
        inputMode="numeric"
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (isComposing(event.nativeEvent)) return;
          if (event.key === 'Enter') onEnter(typed, event.currentTarget.value);
          if (event.key === 'Enter' || event.key === 'Escape') setTyped(null);
        }}
      />
      {children}
    </label>
  );
}

/** The current page; typing a number goes to it. */
function PageField({ page, pages, onGo }: { page: number; pages: number; onGo: (page: number) => void }) {
  const { t } = useTranslation();
  const go = (written: string): void => {
    const wanted = Number.parseInt(written, 10);
    if (Number.isInteger(wanted)) onGo(Math.min(pages, Math.max(1, wanted)));
  };
  return (
    // Uses the field’s value even if nothing was typed: typing the same number again causes no change event in React.
    <NumberField className="page-field" label={t('reader.page')} value={String(page)} onEnter={(_, shown) => go(shown)}>
      <span className="dim">{t('reader.ofPages', { pages })}</span>
    </NumberField>
  );
}

/** Limits of the zoom field, in percent. */
const LEAST = 10;
const MOST = 800;

/** The zoom, where 1 is 100 %; typing a percentage sets it. */
function ZoomField({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) {
  const { t } = useTranslation();
  const go = (typed: string | null): void => {
    const wanted = percentIn(typed ?? '');
    if (wanted !== null) onZoom(wanted / 100);
  };
  return (
    <NumberField
      className="zoom-field"
      label={t('reader.zoom')}
      value={t('reader.percent', { value: Math.round(zoom * 100) })}
      onEnter={go}
    />
  );
}

/** A percentage as people type it (`150`, `150 %`, `87,5`), clamped to what can be shown; null for anything else. */
function percentIn(typed: string): number | null {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*%?\s*$/.exec(typed);
  const value = match === null ? Number.NaN : Number.parseFloat((match[1] ?? '').replace(',', '.'));
  return Number.isNaN(value) ? null : Math.min(MOST, Math.max(LEAST, value));
}

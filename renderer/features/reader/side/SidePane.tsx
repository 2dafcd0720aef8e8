import { useId, useLayoutEffect, useRef, type KeyboardEvent, type RefObject, useEffect } from 'react';
import { z } from 'zod';
import type { Source } from '../../../../shared/model/index.ts';
import { isComposing } from '../../../ui/keys.ts';
import { registerCommands } from '../../../common/commands/registry.ts';
import { useTranslation } from '../../../common/strings/use-translation.ts';
import { useViewState } from '../../../common/workbench/view-state.ts';
import type { PdfView } from '../../../viewer/pdf/view.ts';
import type { DrawnPassage } from '../../../viewer/types.ts';
import { useIsActive } from '../panes.ts';
import type { Paper } from '../useOpenViews.ts';
import { OutlineTab } from './OutlineTab.tsx';
import { PagesTab } from './PagesTab.tsx';

interface SidePaneProps {
  /** Null until the PDF is open. */
  readonly pdf: PdfView | null;
  readonly source: Source;
  /** The current page, from 1. */
  readonly page: number;
  readonly passages: readonly DrawnPassage[];
  /** The paper colour, also of the thumbnails. */
  readonly paper: Paper;
}

/** The pane beside a PDF, with thumbnails and outline. Escape returns to the page. */
export function SidePane({ pdf, source, page, passages, paper }: SidePaneProps) {
  const { t } = useTranslation();
  const [tab, setTab] = useSideTab();
  const id = useId();
  const pane = useRef<HTMLElement>(null);
  useFocusBack(pane, pdf);
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return;
    pdf?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // Escape works from anything in the pane.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside ref={pane} className="side-pane" aria-label={t('reader.sidePane')} data-paper={paper} onKeyDown={keyDown}>
      <SideTabs id={id} tab={tab} onTab={setTab} />
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`} className="side-panel">
        {pdf === null ? null : tab === 'pages' ? (
          <PagesTab pdf={pdf} count={source.pages} page={page} passages={passages} />
        ) : (
          <OutlineTab pdf={pdf} />
        )}
      </div>
    </aside>
  );
}

interface TabsProps {
  readonly id: string;
  readonly tab: SideTab;
  readonly onTab: (tab: SideTab) => void;
}

function SideTabs({ id, tab, onTab }: TabsProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const keyDown = (event: KeyboardEvent): void => {
    if ((event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') || isComposing(event.nativeEvent)) return;
    const next = tab === 'pages' ? 'outline' : 'pages';
    onTab(next);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={list} role="tablist" aria-label={t('reader.sidePane')} className="pane-head sidebar-tabs">
      {SIDE_TABS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${id}-${name}`}
          aria-selected={name === tab}
          aria-controls={name === tab ? `${id}-panel` : undefined}
          tabIndex={name === tab ? 0 : -1}
          className="tab"
          data-tab={name}
          data-selected={name === tab || undefined}
          onClick={() => onTab(name)}
          onKeyDown={keyDown}
        >
          {t(`sidePane.${name}`)}
        </button>
      ))}
    </div>
  );
}

/** Returns the focus to the page if the pane closes while it has the focus. */
function useFocusBack(pane: RefObject<HTMLElement | null>, pdf: PdfView | null): void {
  const latest = useRef(pdf);
  useLayoutEffect(() => {
    latest.current = pdf;
  });
  useLayoutEffect(() => {
    const element = pane.current;
    return () => {
      if (element?.contains(document.activeElement) === true) latest.current?.focus();
    };
  }, [pane]);
}

/** Commands that open the pane at the thumbnails or at the outline. */
export function usePaneCommands(
  isPdf: boolean,
  sidePane: { readonly set: (open: boolean) => void },
  viewer: RefObject<HTMLElement | null>,
): void {
  const { t } = useTranslation();
  const isActive = useIsActive();
  const [, setTab] = useSideTab();
  const latest = useRef({ sidePane, setTab });
  useEffect(() => {
    latest.current = { sidePane, setTab };
  });
  useEffect(() => {
    if (!isPdf || !isActive) return undefined;
    return registerCommands(
      SIDE_TABS.map((tab) => ({
        id: `sidePane.${tab}`,
        title: t(`sidePane.show.${tab}`),
        group: 'reading',
        icon: 'list',
        run: () => {
          latest.current.setTab(tab);
          latest.current.sidePane.set(true);
          focusPane(viewer.current);
        },
      })),
    );
  }, [t, isPdf, isActive, viewer]);
}

/** Focuses the pane's list once it is drawn. */
function focusPane(viewer: HTMLElement | null): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() =>
      viewer?.parentElement?.querySelector<HTMLElement>('.side-panel [tabindex="0"]')?.focus({ preventScroll: true }),
    ),
  );
}

const SIDE_TABS = ['pages', 'outline'] as const;
const schema = z.enum(SIDE_TABS);
type SideTab = z.infer<typeof schema>;

/** Which tab is shown; the same for all sources. */
function useSideTab(): readonly [SideTab, (tab: SideTab) => void] {
  const kept = useViewState('reader.sideTab', schema, 'pages');
  return [kept.value, kept.set];
}

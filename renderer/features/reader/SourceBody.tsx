import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import type { Layer, Passage, Source, SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useDrawnFigures } from '../../common/figures/figures.ts';
import { useDrawnMasks } from '../../common/masks/drawn-masks.ts';
import { registerReveal } from '../../common/masks/mode.ts';
import { useDrawn, useSourcePassages } from '../../common/passages/source-passages.ts';
import { registerGoTo, useDrawnSuggestions } from '../../common/suggestions/suggestions.ts';
import { useMarkShowing } from '../../common/workbench/shown-sources.ts';
import { useViewState } from '../../common/workbench/view-state.ts';
import { InlineError } from '../../ui/Note.tsx';
import { setPassage } from '../../common/workbench/workbench.ts';
import type { DrawnPassage, TextRange, ViewEvents } from '../../viewer/types.ts';
import type { PageFacts } from '../../viewer/page/loaded-page.ts';
import { FrozenBanner, type LayoutChoice } from './FrozenBanner.tsx';
import { FigureBar, MaskBar } from './MaskBar.tsx';
import { ReaderToolbar } from './ReaderToolbar.tsx';
import { EarlierText, Remarks, type Problem } from './Remarks.tsx';
import { LinkMenu, type LinkMenuRequest, PassageMenu, type PassageMenuRequest } from './SourceMenus.tsx';
import { PdfBody, ImageBody, WrittenBody } from './SourceViews.tsx';
import { useReaderCommands } from './commands/useReaderCommands.ts';
import { FindBar, MatchMarks } from './find/FindBar.tsx';
import { useFind } from './find/useFind.ts';
import { isOn, passagesOn, presentPassages, useShown } from './shown.ts';
import { SidePane, usePaneCommands } from './side/SidePane.tsx';
import { useCompared, useComparedText } from './useCompared.ts';
import { useIsActive } from './panes.ts';
import { useOpenViews, useClearOnClose, type OpenViews } from './useOpenViews.ts';
import { useReadPages } from './useReadPages.ts';
import { useReadingPosition } from './useReadingPosition.ts';
import { useViewEvents } from './useViewEvents.ts';

/** One source with its tools, once its reading position and text layer are known. */
export function SourceBody({ source: present }: { source: Source }) {
  const source = useComparedText(present);
  const position = useReadingPosition(source.id);
  const layer = useCall('layers.get', source.layer === null ? null : { id: source.layer });
  if (layer.error !== null) return <InlineError message={layer.error.message} />;
  if (!position.ready || (source.layer !== null && layer.data === undefined)) return <div className="desk" />;
  return <OpenSource key={source.layer} source={source} layer={layer.data ?? null} position={position} />;
}

interface OpenSourceProps {
  readonly source: Source;
  readonly layer: Layer | null;
  readonly position: ReturnType<typeof useReadingPosition>;
}

function OpenSource({ source, layer, position }: OpenSourceProps) {
  const { passages: all, ready } = useSourcePassages(source.id);
  const passages = useMemo(() => presentPassages(all, source), [all, source]);
  const shown = useShown(source, position);
  const here = useMemo(() => passagesOn(passages, source, shown), [passages, source, shown]);
  const own = useDrawn(here);
  const suggested = useWithSuggestions(own, shown.kind === 'image' ? null : source.id);
  const isHere = useCallback((one: Pick<Passage, 'anchor' | 'layer'>) => isOn(one, source, shown), [source, shown]);
  const masks = useDrawnMasks(source.id, isHere);
  const figures = useDrawnFigures(source.id, shown.kind === 'image' ? null : shown.layer);
  const drawn = figures ?? masks ?? suggested;
  const elsewhere = (id: string): boolean =>
    passages.some((one) => one.id === id) && !here.some((one) => one.id === id);
  const views = useOpenViews(shown, position, drawn, ready, elsewhere);
  const sidePane = useViewState('reader.sidePane', z.boolean(), false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [initial] = useState(position.initial);
  const viewer = useRef<HTMLDivElement>(null);
  const [link, setLink] = useState<LinkMenuRequest | null>(null);
  const [menu, setMenu] = useState<PassageMenuRequest | null>(null);
  const [listeners] = useState({ onProblem: setProblem, onLink: setLink, onMenu: setMenu });
  const { events, select, firstInView } = useViewEvents(source, layer, views, passages, listeners);
  useGoToSuggestion(source.id, views, select);
  useRevealMasks(views);
  const find = useFind(source, views.view, select, firstInView);
  const follow = useCompared(source, views.view, find.isOpen);
  const rest = useReportShown(source, events, shown.kind, views);
  const synced = useSyncedScroll(rest.events, follow);
  const layout = useLayout(rest.about);
  const isPdf = shown.kind === 'pdf';
  const tools = { source, views, find, sidePane: { isOpen: sidePane.value, set: sidePane.set } };
  useReaderCommands({ ...tools, passages, viewer }, ready);
  usePaneCommands(isPdf, sidePane, viewer);
  useClearOnClose();
  useReadPages(source, layer?.length ?? 0, views);
  useFrameFocus(viewer);
  // A menu keeps the focus until it is removed.
  const closed = (close: () => void): void => {
    close();
    requestAnimationFrame(() => views.view?.focus());
  };
  const props = { source, layer, views, drawn, events: synced, initial, onProblem: setProblem };
  return (
    <>
      <ReaderToolbar {...tools} />
      <FigureBar />
      <MaskBar canDraw={shown.kind === 'page' || (views.pdf !== null && shown.layer !== null)} />
      {shown.kind === 'image' ? null : <FindBar find={find} />}
      {source.kind === 'page' ? (
        <FrozenBanner source={source} isScreenshot={shown.kind === 'image'} view={views.view} layout={layout} />
      ) : null}
      <Remarks source={source} layer={layer} shown={shown} problem={problem} />
      <EarlierText source={source} passages={all} />
      <div className="desk-row">
        {isPdf && sidePane.value ? (
          <SidePane pdf={views.pdf} source={source} page={views.place.page} passages={own} paper={views.paper} />
        ) : null}
        <div ref={viewer} className="desk" data-paper={views.paper} data-kind={shown.kind}>
          {isPdf ? (
            <PdfBody {...props} />
          ) : shown.kind === 'image' ? (
            <ImageBody {...props} />
          ) : (
            <WrittenBody {...props} layout={{ readable: layout.readable.isOn, framesInFull: layout.frames.isOn }} />
          )}
          {link === null ? null : <LinkMenu link={link} onClose={() => closed(() => setLink(null))} />}
          {menu === null ? null : <PassageMenu asked={menu} onClose={() => closed(() => setMenu(null))} />}
          {find.isOpen && shown.kind !== 'image' ? (
            <MatchMarks matches={find.matches} current={find.current} layer={layer} />
          ) : null}
        </div>
      </div>
    </>
  );
}

/** What is drawn in the source: its passages, and what is suggested there. */
function useWithSuggestions(passages: readonly DrawnPassage[], source: SourceId | null): readonly DrawnPassage[] {
  const suggested = useDrawnSuggestions(source);
  return useMemo(() => (suggested.length === 0 ? passages : [...passages, ...suggested]), [passages, suggested]);
}

/** While this source is in front, suggestions are gone to here: their words are scrolled to and selected, so that keys act on them. */
function useGoToSuggestion(source: SourceId, { view }: OpenViews, select: (range: TextRange | null) => void): void {
  const isActive = useIsActive();
  useEffect(() => {
    if (!isActive || view === null) return undefined;
    const goTo = (range: TextRange): void => {
      setPassage(null);
      view.scrollTo(range.start, range.end);
      select({ start: range.start, end: range.end });
    };
    return registerGoTo(source, goTo);
  }, [isActive, source, view, select]);
}

/** While this source is in front, masks and figures are gone to here. */
function useRevealMasks({ reveal }: OpenViews): void {
  const isActive = useIsActive();
  useEffect(() => (isActive ? registerReveal(reveal) : undefined), [isActive, reveal]);
}

/**
 * Reports to {@link useMarkShowing} that a source is displayed: a frozen page once it is loaded, others once they have
 * a view.
 */
function useReportShown(
  source: Source,
  events: ViewEvents,
  kind: Source['kind'],
  { view, pdf }: OpenViews,
): { readonly events: ViewEvents; readonly about: PageFacts } {
  const [isLoaded, setLoaded] = useState(false);
  const [about, setAbout] = useState<PageFacts>({ unstyled: false, frames: 0 });
  useMarkShowing(source.id, kind === 'page' ? isLoaded : view !== null || pdf !== null);
  const told = useMemo(
    (): ViewEvents => ({
      ...events,
      onReady: (state) => {
        events.onReady?.(state);
        setLoaded(true);
        setAbout({ unstyled: state.text && state.unstyled === true, frames: state.text ? (state.frames ?? 0) : 0 });
      },
    }),
    [events],
  );
  return { events: told, about };
}

/** How pages are laid out, as chosen in this project: without styles, readable; and with embedded pages, each of them whole. */
function useLayout({ unstyled, frames }: PageFacts): {
  readonly readable: LayoutChoice;
  readonly frames: LayoutChoice;
} {
  const readable = useViewState('reader.readable', z.boolean(), true);
  const inFull = useViewState('reader.framesInFull', z.boolean(), false);
  return {
    readable: { applies: unstyled, isOn: readable.value, set: readable.set },
    frames: { applies: frames > 0, isOn: inFull.value, set: inFull.set },
  };
}

/** Listeners that also scroll the other of two compared versions. */
function useSyncedScroll(events: ViewEvents, follow: ((offset: number) => void) | null): ViewEvents {
  return useMemo(() => {
    if (follow === null) return events;
    const onScroll = (start: number): void => {
      events.onScroll?.(start);
      follow(start);
    };
    return { ...events, onScroll };
  }, [events, follow]);
}

/** Marks the reader while a frame in it has the focus: the frame's page cannot draw the focus ring. */
function useFrameFocus(viewer: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = viewer.current;
    if (element === null) return undefined;
    const update = (): void => {
      const { activeElement } = document;
      const isIn = activeElement instanceof HTMLIFrameElement && element.contains(activeElement);
      element.toggleAttribute('data-frame-focus', isIn);
    };
    window.addEventListener('blur', update);
    window.addEventListener('focus', update);
    return () => {
      window.removeEventListener('blur', update);
      window.removeEventListener('focus', update);
    };
  }, [viewer]);
}

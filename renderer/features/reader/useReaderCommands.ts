import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Passage, PassageId, Source, SourceId } from '../../../shared/model/index.ts';
import { registerCommands, useCommands, type Command } from '../../app/commands/registry.ts';
import { usePassageActs, type PassageActs } from '../../app/passage-acts.ts';
import { openPalette, useReading, type OpenPalette, type TagTarget } from '../../app/state/reading.ts';
import { closeSource, setPassage, setTagger, useWorkbench } from '../../app/state/workbench.ts';
import type { ScreenBox, ViewKey } from '../../viewer/types.ts';
import type { OpenViews } from './useOpenViews.ts';

/** What a tag would go to now: what is selected, else the passage one is on. */
export function tagTarget(): TagTarget | null {
  const { selected } = useReading.getState();
  if (selected !== null) return { kind: 'marked', span: selected };
  const { passage } = useWorkbench.getState();
  return passage === null ? null : { kind: 'passage', passage };
}

/** Keys that only count while the source has the focus: Enter makes a passage, Escape lets go of one. */
export function sourceKey({ key }: ViewKey, acts: PassageActs): boolean {
  const { selected } = useReading.getState();
  if (key === 'Enter' && selected !== null) {
    void acts.create(selected);
    return true;
  }
  if (key === 'Escape' && selected === null && useWorkbench.getState().passage !== null) {
    setPassage(null);
    return true;
  }
  return false;
}

/** The passage after (or before) the one one is on; from none, the first that follows what is in view. */
export function passageBeside(
  passages: readonly Passage[],
  current: PassageId | null,
  page: number,
  on: boolean,
): Passage | null {
  const at = passages.findIndex(({ id }) => id === current);
  if (at >= 0) return passages[on ? at + 1 : at - 1] ?? null;
  const next = passages.findIndex(({ anchor }) => anchor.page >= page);
  if (on) return passages[next] ?? null;
  return passages[next < 0 ? passages.length - 1 : next - 1] ?? null;
}

/** Everything the reader can do, by key and from a list of commands. */
export function useReaderCommands(source: Source, views: OpenViews, passages: readonly Passage[]): void {
  const { t } = useTranslation();
  const acts = usePassageActs();
  const latest = useRef({ views, passages });
  useEffect(() => {
    latest.current = { views, passages };
  });
  const now = useCallback(() => latest.current, []);
  useTagger(acts);
  useEffect(
    () => registerCommands([...markingCommands(t, acts, now), ...movingCommands(t, now, source.id)]),
    [t, acts, now, source.id],
  );
  usePdfCommands(source.kind === 'pdf', source.layer !== null, now);
}

/** What is shown now; commands outlive many renders. */
type Now = () => { readonly views: OpenViews; readonly passages: readonly Passage[] };
type Translate = ReturnType<typeof useTranslation>['t'];

function markingCommands(t: Translate, acts: PassageActs, now: Now): Command[] {
  const palette = (mode: OpenPalette['mode']): void => {
    const target = tagTarget();
    if (target !== null) showPalette(mode, target, now().views);
  };
  const hasTarget = (): boolean => tagTarget() !== null;
  return [
    {
      id: 'highlight',
      title: t('reader.highlight'),
      group: 'selecting',
      keys: ['KeyH'],
      when: () => useReading.getState().selected !== null,
      run: () => {
        const { selected } = useReading.getState();
        if (selected !== null) void acts.create(selected);
      },
    },
    {
      id: 'tag',
      title: t('reader.tag'),
      group: 'tagging',
      keys: ['KeyT'],
      when: hasTarget,
      run: () => palette('tags'),
    },
    {
      id: 'dimensions',
      title: t('reader.setDimensions'),
      group: 'tagging',
      keys: ['Shift+KeyT'],
      when: hasTarget,
      run: () => palette('dimensions'),
    },
    {
      id: 'removePassage',
      title: t('reader.removePassage'),
      group: 'tagging',
      keys: ['Delete', 'Backspace'],
      when: () => useWorkbench.getState().passage !== null,
      run: () => {
        const { passage } = useWorkbench.getState();
        if (passage === null) return;
        setPassage(null);
        void acts.remove(passage);
      },
    },
  ];
}

function movingCommands(t: Translate, now: Now, source: SourceId): Command[] {
  const go = (on: boolean): void => {
    const { views: open, passages: all } = now();
    const next = passageBeside(all, useWorkbench.getState().passage, open.place.page, on);
    if (next === null) return;
    setPassage(next.id);
    open.reveal(next.id);
  };
  return [
    {
      id: 'nextPassage',
      title: t('reader.nextPassage'),
      group: 'reading',
      keys: ['KeyJ'],
      repeats: true,
      run: () => go(true),
    },
    {
      id: 'previousPassage',
      title: t('reader.previousPassage'),
      group: 'reading',
      keys: ['KeyK'],
      repeats: true,
      run: () => go(false),
    },
    {
      id: 'closeSource',
      title: t('reader.closeThis'),
      group: 'reading',
      keys: ['$mod+Alt+KeyW'],
      run: () => closeSource(source),
    },
  ];
}

function usePdfCommands(isPdf: boolean, takesAreas: boolean, now: Now): void {
  const { t } = useTranslation();
  useCommands(
    useMemo<Command[]>(() => {
      if (!isPdf) return [];
      const pdf = () => now().views.pdf;
      return [
        ...(takesAreas
          ? [
              {
                id: 'markArea',
                title: t('reader.markArea'),
                group: 'selecting' as const,
                keys: ['KeyA'],
                run: () => pdf()?.markArea(!now().views.areaTool),
              },
            ]
          : []),
        {
          id: 'zoomIn',
          title: t('reader.zoomIn'),
          group: 'reading',
          keys: ['$mod+Equal', '$mod+Shift+Equal', '$mod+NumpadAdd'],
          repeats: true,
          run: () => pdf()?.zoomBy(true),
        },
        {
          id: 'zoomOut',
          title: t('reader.zoomOut'),
          group: 'reading',
          keys: ['$mod+Minus', '$mod+NumpadSubtract'],
          repeats: true,
          run: () => pdf()?.zoomBy(false),
        },
        {
          id: 'fitWidth',
          title: t('reader.fitWidth'),
          group: 'reading',
          keys: ['$mod+Digit0'],
          run: () => pdf()?.setZoom({ fit: 'width' }),
        },
        {
          id: 'fitPage',
          title: t('reader.fitPage'),
          group: 'reading',
          keys: ['$mod+Digit9'],
          run: () => pdf()?.setZoom({ fit: 'page' }),
        },
        { id: 'rotate', title: t('reader.rotate'), group: 'reading', keys: ['KeyR'], run: () => pdf()?.rotate() },
        {
          id: 'paper',
          title: t('reader.darkPaper'),
          group: 'reading',
          keys: ['KeyD'],
          run: () => now().views.setPaper(now().views.paper === 'dark' ? 'light' : 'dark'),
        },
        {
          id: 'goToPage',
          title: t('reader.goToPage'),
          group: 'reading',
          keys: ['$mod+KeyG'],
          run: () => document.querySelector<HTMLInputElement>('.page-field input')?.select(),
        },
      ];
    }, [t, isPdf, takesAreas, now]),
  );
}

/** Lets the codebook and the number keys tag what is selected or current, while there is something to tag. */
function useTagger(acts: PassageActs): void {
  const hasSelection = useReading((state) => state.selected !== null);
  const hasPassage = useWorkbench((state) => state.passage !== null);
  const can = hasSelection || hasPassage;
  useEffect(() => {
    if (!can) return undefined;
    setTagger((category) => {
      const target = tagTarget();
      if (target !== null) void acts.tag(target, [category]);
    });
    return () => setTagger(null);
  }, [can, acts]);
}

/** Opens the palette below its passage, which is brought into view first if it is not. */
export function showPalette(mode: OpenPalette['mode'], target: TagTarget, views: OpenViews): void {
  const id = target.kind === 'passage' ? target.passage : null;
  const box = views.boxOf(id);
  if (box !== null) {
    openPalette({ mode, target, box });
    return;
  }
  if (id !== null) views.reveal(id);
  requestAnimationFrame(() =>
    requestAnimationFrame(() => openPalette({ mode, target, box: views.boxOf(id) ?? deskTop() })),
  );
}

function deskTop(): ScreenBox {
  const { left, top, right } = document.querySelector('.desk')?.getBoundingClientRect() ?? new DOMRect();
  return { left, top, right, bottom: top };
}

import type { Passage } from '../../../../shared/model/index.ts';
import { copyAddress } from '../../../common/captures/Address.tsx';
import type { Command } from '../../../common/commands/registry.ts';
import { notify } from '../../../common/notices/notices.ts';
import { useTeam } from '../../../common/workbench/screens.ts';
import { useWorkbench } from '../../../common/workbench/workbench.ts';
import type { ShownKind } from '../shown.ts';
import type { Now, Translate } from './target.ts';
import { keysOf } from '../../../common/commands/command-keys.ts';

/** A zoom step of texts and frozen pages. */
const STEP = 0.1;
/** The next larger or smaller zoom. */
export const scaleStep = (scale: number, larger: boolean): number =>
  Math.round((scale + (larger ? STEP : -STEP)) * 10) / 10;

/** Commands for how the source is shown. */
export function viewCommands(t: Translate, now: Now, kind: ShownKind, takesAreas: boolean): Command[] {
  const areas = takesAreas ? areaCommands(t, now) : [];
  const common = [paperCommand(t, now), screenshotCommand(t, now)];
  switch (kind) {
    case 'pdf':
      return [...zoomCommands(t, now), ...pageCommands(t, now), ...areas, ...common];
    case 'image':
      return [...zoomCommands(t, now), imageSizeCommand(t, now), ...areas, ...common];
    case 'page':
      return [...scaleCommands(t, now), drawAreaCommand(t, now), addressCommand(t, now), ...common];
    case 'text':
      return [...scaleCommands(t, now), ...common];
  }
}

const group = 'reading' as const;
const ZOOM_KEYS = { in: keysOf('zoomIn'), out: keysOf('zoomOut'), own: keysOf('fitWidth') };

function paperCommand(t: Translate, now: Now): Command {
  return {
    id: 'darkPaper',
    title: t('reader.darkPaper'),
    group,
    keys: keysOf('darkPaper'),
    run: () => now().views.setPaper(now().views.paper === 'dark' ? 'light' : 'dark'),
  };
}

/** Copies the address of the link that was last hovered or focused. */
function addressCommand(t: Translate, now: Now): Command {
  const address = (): string => now().viewer.current?.querySelector('.frozen-page-link')?.textContent ?? '';
  return {
    id: 'copyAddress',
    title: t('reader.copyLinkAddress'),
    group,
    icon: 'copy',
    when: () => address() !== '',
    run: () => copyAddress(t, address()),
  };
}

function areaCommands(t: Translate, now: Now): Command[] {
  return [
    {
      id: 'markArea',
      writes: true,
      title: t('reader.markArea'),
      group: 'selecting',
      keys: keysOf('markArea'),
      run: () => now().views.pdf?.markArea(!now().views.areaTool),
    },
    {
      id: 'editArea',
      writes: true,
      title: t('picture.editArea'),
      group: 'selecting',
      keys: keysOf('editArea'),
      when: () => isArea(now().passages.find(({ id }) => id === useWorkbench.getState().passage)),
      run: () => now().views.pdf?.editArea(),
    },
  ];
}
const isArea = (passage: Passage | undefined): boolean => passage?.anchor.kind === 'area';

/** On a page's text, switches to the screenshot, if there is one: areas are drawn on it. */
function drawAreaCommand(t: Translate, now: Now): Command {
  return {
    id: 'markArea',
    writes: true,
    title: t('reader.markArea'),
    group: 'selecting',
    keys: keysOf('markArea'),
    run: () => {
      const { shown, drawOnScreenshot } = now().views;
      if (shown.showScreenshot === null) notify('plain', t('picture.none'));
      else drawOnScreenshot();
    },
  };
}

/** Switches between a page's text and its screenshot. */
function screenshotCommand(t: Translate, now: Now): Command {
  return {
    id: 'showScreenshot',
    title: t('picture.turn'),
    group,
    icon: 'picture',
    keys: keysOf('showScreenshot'),
    when: () => now().views.shown.showScreenshot !== null,
    run: () => {
      const { kind, showScreenshot } = now().views.shown;
      showScreenshot?.(kind !== 'image');
    },
  };
}

const imageSizeCommand = (t: Translate, now: Now): Command => ({
  id: 'ownSize',
  title: t('picture.ownSize'),
  group,
  run: () => now().views.pdf?.setZoom({ fit: null, zoom: 1 }),
});

function scaleCommands(t: Translate, now: Now): Command[] {
  const by = (larger: boolean): void => now().views.setScale(scaleStep(now().views.scale, larger));
  return [
    { id: 'zoomIn', title: t('reader.zoomIn'), group, keys: ZOOM_KEYS.in, repeats: true, run: () => by(true) },
    { id: 'zoomOut', title: t('reader.zoomOut'), group, keys: ZOOM_KEYS.out, repeats: true, run: () => by(false) },
    { id: 'ownSize', title: t('reader.ownSize'), group, keys: ZOOM_KEYS.own, run: () => now().views.setScale(1) },
  ];
}

function zoomCommands(t: Translate, now: Now): Command[] {
  const pdf = () => now().views.pdf;
  return [
    {
      id: 'zoomIn',
      title: t('reader.zoomIn'),
      group,
      keys: ZOOM_KEYS.in,
      repeats: true,
      run: () => pdf()?.zoomBy(true),
    },
    {
      id: 'zoomOut',
      title: t('reader.zoomOut'),
      group,
      keys: ZOOM_KEYS.out,
      repeats: true,
      run: () => pdf()?.zoomBy(false),
    },
    {
      id: 'fitWidth',
      title: t('reader.fitWidth'),
      group,
      keys: ZOOM_KEYS.own,
      run: () => pdf()?.setZoom({ fit: 'width' }),
    },
    {
      id: 'fitPage',
      title: t('reader.fitPage'),
      group,
      keys: keysOf('fitPage'),
      run: () => pdf()?.setZoom({ fit: 'page' }),
    },
    { id: 'rotate', title: t('reader.rotate'), group, keys: keysOf('rotate'), run: () => pdf()?.rotate() },
  ];
}

function pageCommands(t: Translate, now: Now): Command[] {
  const pdf = () => now().views.pdf;
  const field = (): HTMLInputElement | null =>
    now().viewer.current?.closest('.reader')?.querySelector('.page-field input') ?? null;
  const spread = (wanted: 'two' | 'cover'): void => pdf()?.setSpread(pdf()?.spread === wanted ? 'one' : wanted);
  return [
    { id: 'spread', title: t('reader.spread'), group, keys: keysOf('spread'), run: () => spread('two') },
    { id: 'spreadCover', title: t('reader.spreadCover'), group, run: () => spread('cover') },
    {
      id: 'nextPage',
      title: t('reader.nextPage'),
      group,
      keys: keysOf('nextPage'),
      repeats: true,
      run: () => pdf()?.turnPage(true),
    },
    {
      id: 'previousPage',
      title: t('reader.previousPage'),
      group,
      keys: keysOf('previousPage'),
      repeats: true,
      run: () => pdf()?.turnPage(false),
    },
    { id: 'goToPage', title: t('reader.goToPage'), group, keys: keysOf('goToPage'), run: () => field()?.select() },
    {
      id: 'readerSidePane',
      title: t('reader.sidePane'),
      group,
      keys: keysOf('readerSidePane'),
      // While the reader shows the place of a conflict, the same key returns to the conflict.
      when: () => useTeam.getState().cameFrom === null,
      run: () => now().sidePane.set(!now().sidePane.isOpen),
    },
  ];
}

/** Commands that find in the source in front. */
export function findCommands(t: Translate, now: Now): Command[] {
  const group = 'reading' as const;
  // Images have no text to search.
  const hasText = (): boolean => now().source.hasText && now().views.shown.kind !== 'image';
  const common = { group, inFields: true, when: hasText };
  return [
    { ...common, id: 'find', title: t('find.command'), keys: keysOf('find'), run: () => now().find.open() },
    {
      ...common,
      id: 'findNext',
      title: t('find.next'),
      keys: keysOf('findNext'),
      repeats: true,
      run: () => now().find.go(1),
    },
    {
      ...common,
      id: 'findPrevious',
      title: t('find.previous'),
      keys: keysOf('findPrevious'),
      repeats: true,
      run: () => now().find.go(-1),
    },
    {
      id: 'findClose',
      title: t('find.close'),
      group,
      keys: keysOf('findClose'),
      when: () => now().find.isOpen,
      run: () => now().find.close(),
    },
  ];
}

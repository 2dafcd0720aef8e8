import type { Source } from '../../../shared/model/index.ts';
import { runCommand } from '../../common/commands/registry.ts';
import type { IconName } from '../../ui/Icon.tsx';
import type { Translate } from './commands/target.ts';
import { scaleStep } from './commands/view.ts';
import type { Find } from './find/useFind.ts';
import type { OpenViews } from './useOpenViews.ts';
import { LEAST_SCALE, MOST_SCALE } from './useReadingPosition.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';

export interface ToolbarProps {
  readonly source: Source;
  readonly views: OpenViews;
  readonly find: Find;
  readonly sidePane: { readonly isOpen: boolean; readonly set: (open: boolean) => void };
}

export interface ToolProps extends ToolbarProps {
  readonly isSplit: boolean;
  /** Whether suggested terms are shown. */
  readonly isSuggesting: boolean;
  readonly isReadOnly: boolean;
  /** Whether masks are shown in place of passages. */
  readonly isMasking: boolean;
  /** Whether figures are. */
  readonly isFiguring: boolean;
}

/** All tools, the most important first. Where not all fit, the last ones are in the menu. */
export const RANK = [
  'find',
  'split',
  'suggestions',
  'figures',
  'masks',
  'zoomOut',
  'zoomIn',
  'sidePane',
  'previousPage',
  'nextPage',
  'darkPaper',
  'area',
  'screenshot',
  'fitWidth',
  'spread',
  'print',
  'fitPage',
  'rotate',
] as const;
export type ToolId = (typeof RANK)[number];

export interface Tool {
  readonly id: ToolId;
  readonly label: string;
  readonly icon: IconName;
  readonly keys?: readonly string[];
  /** Set for tools that toggle. */
  readonly selected?: boolean;
  readonly isDisabled?: boolean;
  readonly run: () => void;
}

/** The tools that apply to the source, by id. */
export function toolsOf(t: Translate, props: ToolProps): Readonly<Partial<Record<ToolId, Tool>>> {
  const all = [...shownTools(t, props), ...screenshotTools(t, props), ...commonTools(t, props)];
  // The only tool that changes the project.
  const offered = props.isReadOnly ? all.filter(({ id }) => id !== 'area') : all;
  return Object.fromEntries(offered.map((tool) => [tool.id, tool]));
}

function shownTools(t: Translate, props: ToolbarProps): Tool[] {
  switch (props.views.shown.kind) {
    case 'pdf':
      return pdfTools(t, props);
    case 'image':
      return [...zoomTools(t, props), rotateTool(t, props), areaTool(t, props)];
    case 'page':
      return [...scaleTools(t, props), areaTool(t, props)];
    case 'text':
      return scaleTools(t, props);
  }
}

/** Switches between a page's text and its screenshot. */
function screenshotTools(t: Translate, { views: { shown } }: ToolbarProps): Tool[] {
  const { kind, showScreenshot } = shown;
  if (showScreenshot === null) return [];
  const selected = kind === 'image';
  return [
    {
      id: 'screenshot',
      label: t('picture.turn'),
      icon: 'picture',
      keys: shownKeysOf('showScreenshot'),
      selected,
      run: () => showScreenshot(!selected),
    },
  ];
}

function commonTools(
  t: Translate,
  { source, views, find, isSplit, isSuggesting, isMasking, isFiguring }: ToolProps,
): Tool[] {
  const { paper, setPaper } = views;
  return [
    // Images have no text to search.
    ...(views.shown.kind === 'image' ? [] : [findTool(t, source, find)]),
    {
      id: 'darkPaper',
      label: t('reader.darkPaper'),
      icon: 'half',
      keys: shownKeysOf('darkPaper'),
      selected: paper === 'dark',
      run: () => setPaper(paper === 'dark' ? 'light' : 'dark'),
    },
    {
      id: 'suggestions',
      label: t('terms.commands.showSuggestions'),
      icon: 'suggestion',
      keys: shownKeysOf('showSuggestions'),
      selected: isSuggesting,
      isDisabled: !source.hasText,
      run: () => void runCommand('showSuggestions'),
    },
    {
      id: 'figures',
      label: t('figureCards.title'),
      icon: 'hash',
      keys: shownKeysOf('figures'),
      selected: isFiguring,
      isDisabled: !source.hasText,
      run: () => void runCommand('figures'),
    },
    {
      id: 'masks',
      label: t('masks.title'),
      icon: 'mask',
      selected: isMasking,
      run: () => void runCommand('masks'),
    },
    { id: 'print', label: t('reader.print'), icon: 'print', run: () => void runCommand('print') },
    {
      id: 'split',
      label: t('split.toggle'),
      icon: 'columns',
      keys: shownKeysOf('split'),
      selected: isSplit,
      run: () => void runCommand('split'),
    },
  ];
}

const findTool = (t: Translate, source: Source, find: Find): Tool => ({
  id: 'find',
  label: t('find.command'),
  icon: 'search',
  keys: shownKeysOf('find'),
  selected: find.isOpen,
  isDisabled: !source.hasText,
  run: () => (find.isOpen ? find.close() : find.open()),
});

function scaleTools(t: Translate, { views: { scale, setScale } }: ToolbarProps): Tool[] {
  return [
    {
      id: 'zoomOut',
      label: t('reader.zoomOut'),
      icon: 'minus',
      keys: shownKeysOf('zoomOut'),
      isDisabled: scale <= LEAST_SCALE,
      run: () => setScale(scaleStep(scale, false)),
    },
    {
      id: 'zoomIn',
      label: t('reader.zoomIn'),
      icon: 'add',
      keys: shownKeysOf('zoomIn'),
      isDisabled: scale >= MOST_SCALE,
      run: () => setScale(scaleStep(scale, true)),
    },
  ];
}

function pdfTools(t: Translate, props: ToolbarProps): Tool[] {
  return [...pageTools(t, props), ...zoomTools(t, props), ...sheetTools(t, props)];
}

function pageTools(t: Translate, { source, views, sidePane }: ToolbarProps): Tool[] {
  const { pdf, place } = views;
  const off = pdf === null;
  return [
    {
      id: 'sidePane',
      label: t('reader.sidePane'),
      icon: 'list',
      keys: shownKeysOf('readerSidePane'),
      selected: sidePane.isOpen,
      run: () => sidePane.set(!sidePane.isOpen),
    },
    {
      id: 'previousPage',
      label: t('reader.previousPage'),
      icon: 'back',
      keys: shownKeysOf('previousPage'),
      isDisabled: off || place.page <= 1,
      run: () => pdf?.turnPage(false),
    },
    {
      id: 'nextPage',
      label: t('reader.nextPage'),
      icon: 'forward',
      keys: shownKeysOf('nextPage'),
      isDisabled: off || place.page >= source.pages,
      run: () => pdf?.turnPage(true),
    },
  ];
}

function zoomTools(t: Translate, { views: { pdf } }: ToolbarProps): Tool[] {
  const off = pdf === null;
  return [
    {
      id: 'zoomOut',
      label: t('reader.zoomOut'),
      icon: 'minus',
      keys: shownKeysOf('zoomOut'),
      isDisabled: off,
      run: () => pdf?.zoomBy(false),
    },
    {
      id: 'zoomIn',
      label: t('reader.zoomIn'),
      icon: 'add',
      keys: shownKeysOf('zoomIn'),
      isDisabled: off,
      run: () => pdf?.zoomBy(true),
    },
    {
      id: 'fitWidth',
      label: t('reader.fitWidth'),
      icon: 'fitWidth',
      keys: shownKeysOf('fitWidth'),
      isDisabled: off,
      run: () => pdf?.setZoom({ fit: 'width' }),
    },
    {
      id: 'fitPage',
      label: t('reader.fitPage'),
      icon: 'fitPage',
      keys: shownKeysOf('fitPage'),
      isDisabled: off,
      run: () => pdf?.setZoom({ fit: 'page' }),
    },
  ];
}

function sheetTools(t: Translate, props: ToolbarProps): Tool[] {
  const {
    source,
    views: { pdf, place },
  } = props;
  const off = pdf === null;
  return [
    {
      id: 'spread',
      label: t('reader.spread'),
      icon: 'spread',
      keys: shownKeysOf('spread'),
      selected: place.spread !== 'one',
      isDisabled: off || source.pages < 2,
      run: () => pdf?.setSpread(place.spread === 'one' ? 'two' : 'one'),
    },
    rotateTool(t, props),
    areaTool(t, props),
  ];
}

const rotateTool = (t: Translate, { views: { pdf } }: ToolbarProps): Tool => ({
  id: 'rotate',
  label: t('reader.rotate'),
  icon: 'rotate',
  keys: shownKeysOf('rotate'),
  isDisabled: pdf === null,
  run: () => pdf?.rotate(),
});

/** On a page's text, switches to the screenshot first: areas are drawn on it. */
const areaTool = (t: Translate, { views }: ToolbarProps): Tool => ({
  id: 'area',
  label: t('reader.markArea'),
  icon: 'area',
  keys: shownKeysOf('markArea'),
  selected: views.areaTool,
  isDisabled: views.shown.kind !== 'page' && (views.pdf === null || views.shown.layer === null),
  run: () => void runCommand('markArea'),
});

import { shownKeys } from '../../app/commands/keys.ts';
import { runCommand } from '../../app/commands/registry.ts';
import type { IconName } from '../../ui/Icon.tsx';
import { SIDE_KEYS } from './commands/sides.ts';
import type { Translate } from './commands/useReaderCommands.ts';
import { scaleStep } from './commands/viewing.ts';
import type { ToolbarProps } from './ReaderToolbar.tsx';
import { LEAST_SCALE, MOST_SCALE } from './useReadingPosition.ts';

/** Every tool, the one that is given up last first. */
export const RANK = [
  'find',
  'split',
  'zoomOut',
  'zoomIn',
  'sidePane',
  'previousPage',
  'nextPage',
  'paper',
  'area',
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
  /** For one that is on or off. */
  readonly selected?: boolean;
  readonly isDisabled?: boolean;
  readonly run: () => void;
}

/** The tools a source has, by what they do. */
export function toolsOf(
  t: Translate,
  props: ToolbarProps & { readonly isSplit: boolean },
): Readonly<Partial<Record<ToolId, Tool>>> {
  const { source } = props;
  const all = [...(source.kind === 'pdf' ? pdfTools(t, props) : scaleTools(t, props)), ...commonTools(t, props)];
  return Object.fromEntries(all.map((tool) => [tool.id, tool]));
}

function commonTools(t: Translate, { source, views, find, isSplit }: ToolbarProps & { isSplit: boolean }): Tool[] {
  const { paper, setPaper } = views;
  return [
    {
      id: 'find',
      label: t('find.command'),
      icon: 'search',
      keys: shownKeys('$mod+KeyF'),
      selected: find.isOpen,
      isDisabled: !source.hasText,
      run: () => (find.isOpen ? find.close() : find.open()),
    },
    {
      id: 'paper',
      label: t('reader.darkPaper'),
      icon: 'half',
      keys: ['D'],
      selected: paper === 'dark',
      run: () => setPaper(paper === 'dark' ? 'light' : 'dark'),
    },
    { id: 'print', label: t('reader.print'), icon: 'print', run: () => void runCommand('print') },
    {
      id: 'split',
      label: t('split.toggle'),
      icon: 'columns',
      keys: shownKeys(SIDE_KEYS.split),
      selected: isSplit,
      run: () => void runCommand('split'),
    },
  ];
}

function scaleTools(t: Translate, { views: { scale, setScale } }: ToolbarProps): Tool[] {
  return [
    {
      id: 'zoomOut',
      label: t('reader.zoomOut'),
      icon: 'minus',
      keys: shownKeys('$mod+Minus'),
      isDisabled: scale <= LEAST_SCALE,
      run: () => setScale(scaleStep(scale, false)),
    },
    {
      id: 'zoomIn',
      label: t('reader.zoomIn'),
      icon: 'add',
      keys: shownKeys('$mod+Equal'),
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
      keys: ['O'],
      selected: sidePane.isOpen,
      run: () => sidePane.set(!sidePane.isOpen),
    },
    {
      id: 'previousPage',
      label: t('reader.previousPage'),
      icon: 'back',
      keys: ['P'],
      isDisabled: off || place.page <= 1,
      run: () => pdf?.turnPage(false),
    },
    {
      id: 'nextPage',
      label: t('reader.nextPage'),
      icon: 'forward',
      keys: ['N'],
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
      keys: shownKeys('$mod+Minus'),
      isDisabled: off,
      run: () => pdf?.zoomBy(false),
    },
    {
      id: 'zoomIn',
      label: t('reader.zoomIn'),
      icon: 'add',
      keys: shownKeys('$mod+Equal'),
      isDisabled: off,
      run: () => pdf?.zoomBy(true),
    },
    {
      id: 'fitWidth',
      label: t('reader.fitWidth'),
      icon: 'fitWidth',
      keys: shownKeys('$mod+Digit0'),
      isDisabled: off,
      run: () => pdf?.setZoom({ fit: 'width' }),
    },
    {
      id: 'fitPage',
      label: t('reader.fitPage'),
      icon: 'fitPage',
      keys: shownKeys('$mod+Digit9'),
      isDisabled: off,
      run: () => pdf?.setZoom({ fit: 'page' }),
    },
  ];
}

function sheetTools(t: Translate, { source, views: { pdf, place, areaTool } }: ToolbarProps): Tool[] {
  const off = pdf === null;
  return [
    {
      id: 'spread',
      label: t('reader.spread'),
      icon: 'spread',
      keys: ['S'],
      selected: place.spread !== 'one',
      isDisabled: off || source.pages < 2,
      run: () => pdf?.setSpread(place.spread === 'one' ? 'two' : 'one'),
    },
    { id: 'rotate', label: t('reader.rotate'), icon: 'rotate', keys: ['R'], isDisabled: off, run: () => pdf?.rotate() },
    {
      id: 'area',
      label: t('reader.markArea'),
      icon: 'area',
      keys: ['A'],
      selected: areaTool,
      isDisabled: off || source.layer === null,
      run: () => pdf?.markArea(!areaTool),
    },
  ];
}

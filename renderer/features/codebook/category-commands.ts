import { useCallback, useMemo } from 'react';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { type Command, useCommands } from '../../common/commands/registry.ts';
import { PIN_COUNT, usePins } from '../../common/passages/pins.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useWorkbench, showInSidebar } from '../../common/workbench/workbench.ts';
import type { IconName } from '../../ui/Icon.tsx';
import type { MenuEntry } from '../../ui/Menu.tsx';
import type { TreeLayout } from './CategoryTree.tsx';
import { stepTo, type Direction } from './tree.ts';
import { type CodebookActs, useCodebookActs } from './useCodebookActs.ts';
import { keyOf } from '../../common/commands/command-keys.ts';

/** Opens a form or dialog for an action that needs input. */
export interface Opens {
  readonly rename: (category: CategoryId) => void;
  readonly edit: (category: CategoryId) => void;
  readonly addBelow: (parent: CategoryId | null) => void;
  readonly merge: (category: CategoryId) => void;
  readonly split: (category: CategoryId) => void;
}

/** One action on a category: in its menu, on a key, and in the command palette. */
export interface CategoryAct {
  readonly id: string;
  /** In the category's own menu. */
  readonly title: string;
  /** In the command palette, where the category is not visible: verb and object. */
  readonly command: string;
  readonly icon?: IconName;
  readonly keys?: string;
  readonly tone?: 'bad';
  /** A separator line precedes it in the menu. */
  readonly begins?: boolean;
  readonly fits: (category: Category) => boolean;
  readonly run: (category: Category) => void;
}

const isInUse = ({ archived }: Category): boolean => !archived;

type Translate = ReturnType<typeof useTranslation>['t'];

function categoryActs(t: Translate, categories: readonly Category[], acts: CodebookActs, opens: Opens): CategoryAct[] {
  return [
    {
      id: 'renameCategory',
      title: t('codebook.rename'),
      command: t('codebook.commands.renameCategory'),
      icon: 'edit',
      keys: keyOf('renameCategory'),
      fits: () => true,
      run: ({ id }) => opens.rename(id),
    },
    {
      id: 'editCategory',
      title: t('codebook.edit'),
      command: t('codebook.commands.editCategory'),
      icon: 'list',
      keys: keyOf('editCategory'),
      fits: () => true,
      run: ({ id }) => opens.edit(id),
    },
    {
      id: 'addCategoryBelow',
      title: t('codebook.addBelow'),
      command: t('codebook.commands.addCategoryBelow'),
      icon: 'add',
      fits: isInUse,
      run: ({ id }) => opens.addBelow(id),
    },
    ...moveActs(t, categories, acts),
    {
      id: 'mergeCategory',
      title: t('codebook.merge.menu'),
      command: t('codebook.commands.mergeCategory'),
      icon: 'merge',
      keys: keyOf('mergeCategory'),
      begins: true,
      fits: isInUse,
      run: ({ id }) => opens.merge(id),
    },
    {
      id: 'splitCategory',
      title: t('codebook.split.menu'),
      command: t('codebook.commands.splitCategory'),
      icon: 'split',
      keys: keyOf('splitCategory'),
      fits: isInUse,
      run: ({ id }) => opens.split(id),
    },
    ...archiveActs(t, acts),
  ];
}

const STEPS: readonly { readonly to: Direction; readonly icon: IconName }[] = [
  { to: 'up', icon: 'ascending' },
  { to: 'down', icon: 'descending' },
  { to: 'in', icon: 'moveIn' },
  { to: 'out', icon: 'moveOut' },
];

const moveActs = (t: Translate, categories: readonly Category[], acts: CodebookActs): CategoryAct[] =>
  STEPS.map(({ to, icon }) => ({
    id: `moveCategory.${to}`,
    title: t(`codebook.move.${to}`),
    command: t(`codebook.commands.move.${to}`),
    icon,
    keys: keyOf(`moveCategory.${to}`),
    begins: to === 'up',
    fits: (category) => isInUse(category) && stepTo(categories, category.id, to) !== null,
    run: ({ id }) => {
      const place = stepTo(categories, id, to);
      if (place !== null) void acts.move({ ids: [id], ...place });
    },
  }));

const archiveActs = (t: Translate, acts: CodebookActs): CategoryAct[] => [
  {
    id: 'archiveCategory',
    title: t('codebook.archive'),
    command: t('codebook.commands.archiveCategory'),
    icon: 'backup',
    keys: keyOf('archiveCategory'),
    begins: true,
    fits: isInUse,
    run: ({ id }) => void acts.archive({ ids: [id], archived: true }),
  },
  {
    id: 'bringBackCategory',
    title: t('codebook.bringBack'),
    command: t('codebook.commands.bringBackCategory'),
    icon: 'restore',
    begins: true,
    fits: ({ archived }) => archived,
    run: ({ id }) => void acts.archive({ ids: [id], archived: false }),
  },
  {
    id: 'removeCategory',
    title: t('codebook.remove'),
    command: t('codebook.commands.removeCategory'),
    icon: 'remove',
    tone: 'bad',
    fits: () => true,
    run: ({ id }) => void acts.remove({ ids: [id] }),
  },
];

/** The menu of a category: the actions that apply to it. */
export function menuOf(acts: readonly CategoryAct[], category: Category): MenuEntry[] {
  return acts
    .filter(({ fits }) => fits(category))
    .flatMap((act, at): MenuEntry[] => [
      ...(act.begins === true && at > 0 ? (['line'] as const) : []),
      {
        id: act.id,
        label: act.title,
        ...(act.icon === undefined ? {} : { icon: act.icon }),
        ...(act.keys === undefined ? {} : { keys: shownKeys(act.keys) }),
        ...(act.tone === undefined ? {} : { tone: act.tone }),
        run: () => act.run(category),
      },
    ]);
}

/** The same actions as commands on the category that `current` returns when they run. */
const commandsOf = (acts: readonly CategoryAct[], current: () => Category | null): Command[] =>
  acts.map(({ id, command, icon, keys, fits, run }) => ({
    id,
    title: command,
    group: 'codebook',
    writes: true,
    ...(icon === undefined ? {} : { icon }),
    ...(keys === undefined ? {} : { keys: [keys] }),
    ...(id.startsWith('moveCategory') ? { repeats: true } : {}),
    when: () => {
      const category = current();
      return category !== null && fits(category);
    },
    run: () => {
      const category = current();
      if (category !== null) run(category);
    },
  }));

/** The category whose row has focus, else the chosen one. */
function currentCategory(categories: readonly Category[]): Category | null {
  const row = document.activeElement?.closest('.ledger-item')?.getAttribute('data-key') ?? null;
  const id = row ?? useWorkbench.getState().category;
  return categories.find((one) => one.id === id) ?? null;
}

const NO_ACTS: readonly CategoryAct[] = [];

/** Registers every action on a category as a command, and returns them for menus: none while the project is read-only. */
export function useCategoryCommands(categories: readonly Category[], opens: Opens): readonly CategoryAct[] {
  const { t } = useTranslation();
  const codebook = useCodebookActs();
  const acts = useMemo(() => categoryActs(t, categories, codebook, opens), [t, categories, codebook, opens]);
  const current = useCallback(() => currentCategory(categories), [categories]);
  useCommands(useMemo(() => commandsOf(acts, current), [acts, current]));
  usePinCommands(current);
  return useReadOnly() ? NO_ACTS : acts;
}

/** Shift and a letter tag with the category that has it as its shortcut, while something can be tagged. */
export function useShortcutCommands(categories: readonly Category[]): void {
  const { t } = useTranslation();
  const lettered = categories.filter(({ archived, shortcut }) => !archived && shortcut !== null);
  const wanted = lettered.map(({ id, name, shortcut }) => `${shortcut ?? ''} ${id} ${name}`).join('\n');
  const commands = useMemo<Command[]>(
    () =>
      lettered.map(({ id, name, shortcut }) => ({
        id: `tagLetter${shortcut ?? ''}`,
        title: t('codebook.tagWith', { name }),
        group: 'tagging',
        writes: true,
        keys: [`Shift+Key${shortcut ?? ''}`],
        when: () => useWorkbench.getState().tagger !== null,
        run: () => useWorkbench.getState().tagger?.(id),
      })),
    // The array is new in each render; `wanted` changes only with its content.
    // oxlint-disable-next-line react/exhaustive-deps
    [t, wanted],
  );
  useCommands(commands);
}

/** Focuses a category's row once it is drawn: after a move or a rename it is a new element. */
export function focusRow(tree: HTMLElement | null, category: CategoryId): void {
  tree?.querySelector<HTMLElement>(`[data-key="${category}"]`)?.focus();
}

/** Scrolls a row into view, below the sticky head; also a row that is not drawn yet. */
export function showRow(tree: HTMLElement | null, layout: TreeLayout, category: CategoryId): void {
  const scroller = tree?.parentElement;
  const row = layout.getLayoutInfo(category)?.rect;
  if (tree === null || !scroller || row === undefined) return;
  const head = Number.parseFloat(getComputedStyle(scroller).scrollPaddingBlockStart) || 0;
  const at = tree.getBoundingClientRect().y - scroller.getBoundingClientRect().y + row.y;
  if (at < head) scroller.scrollTop += at - head;
  else if (at + row.height > scroller.clientHeight) scroller.scrollTop += at + row.height - scroller.clientHeight;
}

/** Registers commands that pin the current category to a number key, and unpin it. */
function usePinCommands(current: () => Category | null): void {
  const { t } = useTranslation();
  const { pins, pin, keyOf } = usePins();
  const taken = pins.join(' ');
  const commands = useMemo<Command[]>(() => {
    const on = (key: number): Command => ({
      id: `pinCategory${String(key)}`,
      title: t((pins[key - 1] ?? null) === null ? 'codebook.pinToFree' : 'codebook.pinToTaken', { key }),
      group: 'codebook',
      icon: 'pin',
      when: () => {
        const category = current();
        return category !== null && !category.archived && keyOf(category.id) !== key;
      },
      run: () => {
        const category = current();
        if (category !== null) pin(key, category.id);
      },
    });
    const off: Command = {
      id: 'unpinCategory',
      title: t('codebook.unpinChosen'),
      group: 'codebook',
      icon: 'unpin',
      when: () => {
        const category = current();
        return category !== null && keyOf(category.id) !== null;
      },
      run: () => {
        const category = current();
        const key = category === null ? null : keyOf(category.id);
        if (key !== null) pin(key, null);
      },
    };
    return [...Array.from({ length: PIN_COUNT }, (_, index) => on(index + 1)), off];
    // The array is new in each render; `taken` changes only with its content.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [t, current, taken]);
  useCommands(commands);
}

/** Offers to add the built-in codebook while the project has no categories, and then shows it. */
export function useInstallCommand(): void {
  const { t } = useTranslation();
  const { install } = useCodebookActs();
  const isEmpty = useCall('codebook.get', {}).data?.categories.length === 0;
  useCommands(
    useMemo<Command[]>(
      () =>
        isEmpty
          ? [
              {
                id: 'installCodebook',
                title: t('codebook.installBuiltIn'),
                group: 'codebook',
                icon: 'import',
                run: () => void install().then(() => showInSidebar('codebook')),
              },
            ]
          : [],
      [t, install, isEmpty],
    ),
  );
}

import type { useTranslation } from '../../common/strings/use-translation.ts';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import type { Command } from '../../common/commands/registry.ts';
import type { IconName } from '../../ui/Icon.tsx';
import type { MenuEntry } from '../../ui/Menu.tsx';
import { stepTo, type Direction } from './places.ts';
import type { CodebookActs } from './useCodebookActs.ts';

/** What the pane opens for an act that needs more than a press. */
export interface Opens {
  readonly rename: (category: CategoryId) => void;
  readonly edit: (category: CategoryId) => void;
  readonly addBelow: (parent: CategoryId | null) => void;
  readonly merge: (category: CategoryId) => void;
  readonly split: (category: CategoryId) => void;
}

/** One thing that can be done to one category: in its menu, by key, and from the palette of commands. */
export interface CategoryAct {
  readonly id: string;
  /** In the category's own menu. */
  readonly title: string;
  /** Where the category is not in sight: verb and object. */
  readonly command: string;
  readonly icon?: IconName;
  readonly keys?: string;
  readonly tone?: 'bad';
  /** A line stands above it in the menu. */
  readonly begins?: boolean;
  readonly fits: (category: Category) => boolean;
  readonly run: (category: Category) => void;
}

const lives = ({ archived }: Category): boolean => !archived;

type Translate = ReturnType<typeof useTranslation>['t'];

export function categoryActs(
  t: Translate,
  categories: readonly Category[],
  acts: CodebookActs,
  opens: Opens,
): CategoryAct[] {
  return [
    {
      id: 'renameCategory',
      title: t('codebook.rename'),
      command: t('codebook.commands.renameCategory'),
      icon: 'edit',
      keys: 'F2',
      fits: () => true,
      run: ({ id }) => opens.rename(id),
    },
    {
      id: 'editCategory',
      title: t('codebook.edit'),
      command: t('codebook.commands.editCategory'),
      icon: 'list',
      keys: 'Alt+Enter',
      fits: () => true,
      run: ({ id }) => opens.edit(id),
    },
    {
      id: 'addCategoryBelow',
      title: t('codebook.addBelow'),
      command: t('codebook.commands.addCategoryBelow'),
      icon: 'add',
      fits: lives,
      run: ({ id }) => opens.addBelow(id),
    },
    ...moves(t, categories, acts),
    {
      id: 'mergeCategory',
      title: t('codebook.merge.menu'),
      command: t('codebook.commands.mergeCategory'),
      icon: 'merge',
      keys: 'Alt+Shift+KeyM',
      begins: true,
      fits: lives,
      run: ({ id }) => opens.merge(id),
    },
    {
      id: 'splitCategory',
      title: t('codebook.split.menu'),
      command: t('codebook.commands.splitCategory'),
      icon: 'split',
      keys: 'Alt+Shift+KeyS',
      fits: lives,
      run: ({ id }) => opens.split(id),
    },
    ...endings(t, acts),
  ];
}

const STEPS: readonly { readonly to: Direction; readonly keys: string; readonly icon: IconName }[] = [
  { to: 'up', keys: 'Alt+Shift+ArrowUp', icon: 'ascending' },
  { to: 'down', keys: 'Alt+Shift+ArrowDown', icon: 'descending' },
  { to: 'in', keys: 'Alt+Shift+ArrowRight', icon: 'moveIn' },
  { to: 'out', keys: 'Alt+Shift+ArrowLeft', icon: 'moveOut' },
];

const moves = (t: Translate, categories: readonly Category[], acts: CodebookActs): CategoryAct[] =>
  STEPS.map(({ to, keys, icon }) => ({
    id: `moveCategory.${to}`,
    title: t(`codebook.move.${to}`),
    command: t(`codebook.commands.move.${to}`),
    icon,
    keys,
    begins: to === 'up',
    fits: (category) => lives(category) && stepTo(categories, category.id, to) !== null,
    run: ({ id }) => {
      const place = stepTo(categories, id, to);
      if (place !== null) void acts.move({ ids: [id], ...place });
    },
  }));

const endings = (t: Translate, acts: CodebookActs): CategoryAct[] => [
  {
    id: 'archiveCategory',
    title: t('codebook.archive'),
    command: t('codebook.commands.archiveCategory'),
    icon: 'backup',
    keys: 'Alt+Shift+KeyA',
    begins: true,
    fits: lives,
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

/** A category's menu: what fits it. */
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

/** The same as commands, on whatever category is meant when they are given. */
export const commandsOf = (acts: readonly CategoryAct[], meant: () => Category | null): Command[] =>
  acts.map(({ id, command, icon, keys, fits, run }) => ({
    id,
    title: command,
    group: 'codebook',
    ...(icon === undefined ? {} : { icon }),
    ...(keys === undefined ? {} : { keys: [keys] }),
    ...(id.startsWith('moveCategory') ? { repeats: true } : {}),
    when: () => {
      const category = meant();
      return category !== null && fits(category);
    },
    run: () => {
      const category = meant();
      if (category !== null) run(category);
    },
  }));

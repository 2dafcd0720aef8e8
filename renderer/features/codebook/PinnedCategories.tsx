import { useMemo } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { notify } from '../../common/notices/notices.ts';
import { usePins } from '../../common/passages/pins.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { IconButton } from '../../ui/Button.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Tip } from '../../ui/Tip.tsx';
import { useShortcutCommands } from './category-commands.ts';

interface PinnedProps {
  readonly categories: readonly Category[];
  readonly onTag: ((category: CategoryId) => void) | null;
  readonly onChoose: (category: CategoryId) => void;
}

interface KeyedCategory {
  readonly key: number;
  readonly category: Category;
  readonly isPinned: boolean;
}

/** The categories on the number keys: pinned ones, then recently used ones that still exist. */
function useKeyed(categories: readonly Category[]): KeyedCategory[] {
  const { keys } = usePins();
  return keys.flatMap(({ key, category: id, isPinned }) => {
    const category = categories.find((candidate) => candidate.id === id && !candidate.archived);
    return category === undefined ? [] : [{ key, category, isPinned }];
  });
}

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `Digit${String(digit)}`);

/**
 * Commands on the number keys that tag while something can be tagged; if no key has a category, one that explains pins.
 */
function useKeyCommands(keyed: readonly KeyedCategory[]): void {
  const { t } = useTranslation();
  const wanted = keyed.map(({ key, category }) => `${String(key)} ${category.id} ${category.name}`).join('\n');
  const commands = useMemo<Command[]>(
    () =>
      keyed.length === 0
        ? [
            {
              id: 'tagPinned',
              writes: true,
              title: t('codebook.tagPinned'),
              group: 'tagging',
              keys: DIGITS,
              when: () => useWorkbench.getState().tagger !== null,
              run: () => notify('plain', t('codebook.nothingPinned')),
            },
          ]
        : keyed.map(({ key, category }) => ({
            id: `tagPinned${String(key)}`,
            title: t('codebook.tagWith', { name: category.name }),
            group: 'tagging',
            writes: true,
            keys: [`Digit${String(key)}`],
            when: () => useWorkbench.getState().tagger !== null,
            run: () => useWorkbench.getState().tagger?.(category.id),
          })),
    // The array is new in each render; `wanted` changes only with its content.
    // oxlint-disable-next-line react/exhaustive-deps
    [t, wanted],
  );
  useCommands(commands);
}

/** The categories on the number keys, two to a line. A click or the key tags. Keys without a pin have recent ones. */
export function PinnedCategories({ categories, onTag, onChoose }: PinnedProps) {
  const { t } = useTranslation();
  const keyed = useKeyed(categories);
  const hasRecent = keyed.some(({ isPinned }) => !isPinned);
  return (
    <section className="pins" aria-labelledby="pins-title">
      <h3 id="pins-title" className="pins-title">
        {t(hasRecent ? 'codebook.pinnedAndRecent' : 'codebook.pinned')}
      </h3>
      {keyed.length === 0 ? <p className="hint pins-none">{t('codebook.noPins')}</p> : null}
      <div className="pins-list">
        {keyed.map((one) => (
          <KeyButton key={one.key} keyed={one} onPress={() => (onTag ?? onChoose)(one.category.id)} />
        ))}
      </div>
    </section>
  );
}

function KeyButton({ keyed: { key, category, isPinned }, onPress }: { keyed: KeyedCategory; onPress: () => void }) {
  const { t } = useTranslation();
  const name = `${category.code} ${category.name}`;
  return (
    <Tip text={isPinned ? name : t('codebook.recentKey', { name })}>
      <AriaButton className="pin" data-recent={!isPinned || undefined} onPress={onPress}>
        <kbd>{key}</kbd> <FamilySign code={category.code} colour={category.colour} />{' '}
        <span className="code cut">{restOf(category.code)}</span>
        <span className="unseen">{isPinned ? category.name : t('codebook.recentKey', { name: category.name })}</span>
      </AriaButton>
    </Tip>
  );
}

interface CodebookRailProps {
  readonly onTag: ((category: CategoryId) => void) | null;
  readonly onChoose: (category: CategoryId) => void;
  readonly onUnfold: () => void;
  /** What is there once it is unfolded. */
  readonly unfoldLabel: string;
}

const NO_CATEGORIES: readonly never[] = [];

/** The codebook folded to its number keys, where the window is too narrow for the pane. */
export function CodebookRail({ onTag, onChoose, onUnfold, unfoldLabel }: CodebookRailProps) {
  const { t } = useTranslation();
  const categories = useCall('codebook.get', {}).data?.categories ?? NO_CATEGORIES;
  const pinned = useKeyed(categories);
  return (
    <aside className="rail" aria-label={t('codebook.title')}>
      <IconButton label={unfoldLabel} icon="paneStart" onPress={onUnfold} />
      {pinned.map(({ key, category }) => (
        <Tip key={key} text={`${category.code} ${category.name}`}>
          <AriaButton className="rail-pin" onPress={() => (onTag ?? onChoose)(category.id)}>
            <FamilySign code={category.code} colour={category.colour} />{' '}
            <span className="code cut">{restOf(category.code)}</span>
            <span className="unseen">{category.name}</span>
          </AriaButton>
        </Tip>
      ))}
    </aside>
  );
}

const NONE: readonly Category[] = [];

/**
 * Registers the number and letter keys that tag. It is drawn with the open source, so that they work while the codebook
 * is folded.
 */
export function CategoryKeys(): null {
  const categories = useCall('codebook.get', {}).data?.categories ?? NONE;
  const active = useMemo(() => categories.filter(({ archived }) => !archived), [categories]);
  useKeyCommands(useKeyed(active));
  useShortcutCommands(categories);
  return null;
}

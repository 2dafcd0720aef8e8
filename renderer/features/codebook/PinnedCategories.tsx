import { useMemo } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Category, CategoryId } from '../../../shared/model/index.ts';
import { useCommands, type Command } from '../../app/commands/registry.ts';
import { notify } from '../../app/state/notices.ts';
import { usePins } from '../../app/state/pins.ts';
import { useWorkbench } from '../../app/state/workbench.ts';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Tip } from '../../ui/Tip.tsx';

export interface PinnedProps {
  readonly categories: readonly Category[];
  readonly onTag: ((category: CategoryId) => void) | null;
  readonly onChoose: (category: CategoryId) => void;
}

interface PinnedCategory {
  readonly key: number;
  readonly category: Category;
}

/** The pinned categories that are still there, with their keys. */
export function usePinned(categories: readonly Category[]): PinnedCategory[] {
  const { pins } = usePins();
  return pins.flatMap((id, index) => {
    const category = categories.find((candidate) => candidate.id === id);
    return category === undefined ? [] : [{ key: index + 1, category }];
  });
}

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `Digit${String(digit)}`);

/** Tags with a pinned category by its key, while there is something to tag; without a pin, the keys say how to get one. */
function usePinCommands(pinned: readonly PinnedCategory[]): void {
  const { t } = useTranslation();
  const wanted = pinned.map(({ key, category }) => `${String(key)} ${category.id} ${category.name}`).join('\n');
  const commands = useMemo<Command[]>(
    () =>
      pinned.length === 0
        ? [
            {
              id: 'tagPinned',
              title: t('codebook.tagPinned'),
              group: 'tagging',
              keys: DIGITS,
              when: () => useWorkbench.getState().tagger !== null,
              run: () => notify('plain', t('codebook.nothingPinned')),
            },
          ]
        : pinned.map(({ key, category }) => ({
            id: `tagPinned${String(key)}`,
            title: t('codebook.tagWith', { name: category.name }),
            group: 'tagging',
            keys: [`Digit${String(key)}`],
            when: () => useWorkbench.getState().tagger !== null,
            run: () => useWorkbench.getState().tagger?.(category.id),
          })),
    // The list is made anew at each drawing; what it says changes seldom.
    // oxlint-disable-next-line react/exhaustive-deps
    [t, wanted],
  );
  useCommands(commands);
}

/** The pinned categories, two to a line: by click or key they tag. */
export function PinnedCategories({ categories, onTag, onChoose }: PinnedProps) {
  const { t } = useTranslation();
  const pinned = usePinned(categories);
  usePinCommands(pinned);
  return (
    <section className="pins" aria-labelledby="pins-title">
      <h3 id="pins-title" className="pins-title">
        {t('codebook.pinned')}
      </h3>
      {pinned.length === 0 ? <p className="hint pins-none">{t('codebook.noPins')}</p> : null}
      <div className="pins-list">
        {pinned.map(({ key, category }) => (
          <PinButton key={key} pinKey={key} category={category} onPress={() => (onTag ?? onChoose)(category.id)} />
        ))}
      </div>
    </section>
  );
}

function PinButton({ pinKey, category, onPress }: { pinKey: number; category: Category; onPress: () => void }) {
  return (
    <Tip text={`${category.code} ${category.name}`}>
      <AriaButton className="pin" onPress={onPress}>
        <kbd>{pinKey}</kbd> <FamilySign code={category.code} colour={category.colour} />{' '}
        <span className="code cut">{restOf(category.code)}</span>
        <span className="unseen">{category.name}</span>
      </AriaButton>
    </Tip>
  );
}

import { useEffect, useMemo, useRef } from 'react';
import type { CategoryId } from '../../../shared/model/index.ts';
import { shownKeysFrom } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { usePins } from '../../common/passages/pins.ts';
import { useCategories } from '../../common/passages/source-passages.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';

/** The categories on the number keys, as in the reader. The key or a press tags the selected passages. */
export function NumberKeys({
  on,
  shown,
  onTag,
}: {
  /** The number of selected passages with each category; null if it is unknown. */
  on: ReadonlyMap<string, number> | null;
  /** At most this many keys are shown; the other keys work, too. */
  shown: number;
  onTag: (category: CategoryId) => void;
}) {
  const { t } = useTranslation();
  const categories = useCategories();
  const { keys } = usePins();
  const keyed = keys.flatMap(({ key, category: id }) => {
    const category = categories.get(id);
    return category === undefined || category.archived ? [] : [{ key, category }];
  });
  const latest = useRef(onTag);
  useEffect(() => {
    latest.current = onTag;
  });
  const wanted = keyed.map(({ key, category }) => `${String(key)} ${category.id} ${category.name}`).join('\n');
  useCommands(
    useMemo<Command[]>(
      () =>
        keyed.map(({ key, category }) => ({
          id: `tagSelected${String(key)}`,
          title: t('evidence.tagWith', { name: category.name }),
          group: 'tagging',
          keys: [`Digit${String(key)}`],
          run: () => latest.current(category.id),
        })),
      // The array is new in each render; `wanted` changes only with its content.
      // oxlint-disable-next-line react/exhaustive-deps
      [t, wanted],
    ),
  );
  return keyed.slice(0, shown).map(({ key, category }) => (
    <Button
      key={key}
      size="small"
      kind="quiet"
      keys={shownKeysFrom(`Digit${String(key)}`)}
      onPress={() => onTag(category.id)}
    >
      <FamilySign code={category.code} colour={category.colour} />
      <span className="code">{restOf(category.code)}</span>
      <span className="unseen">{category.name}</span>
      {on === null || !on.has(category.id) ? null : (
        <span className="dim">{t('evidence.on', { count: on.get(category.id) ?? 0 })}</span>
      )}
    </Button>
  ));
}

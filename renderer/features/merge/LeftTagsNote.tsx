import { useEffect } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { LeftTags } from '../../../shared/contract/merge.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { formatAll } from '../../common/format.ts';
import { announce } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { Button } from '../../ui/Button.tsx';
import { keepFocusSomewhere } from '../../ui/focus-memory.ts';
import { Note } from '../../ui/Note.tsx';

/** How many parts of a split category get a button. The others are in the codebook. */
const MOST = 6;

/** Tags with a category that someone else merged, split or archived while they were added, and what can be done about them. */
export function LeftTagsNote() {
  const { t } = useTranslation();
  const left = useCall('merge.leftTags', {}).data?.left ?? [];
  if (left.length === 0) return null;
  return (
    <Note tone="warn" role="status">
      <div className="stack">
        <p className="strong">{t('merge.left.title')}</p>
        {left.map((one) => (
          <LeftHere key={`${one.category.id} ${String(one.at)}`} left={one} />
        ))}
      </div>
    </Note>
  );
}

export const leftWords = (
  t: ReturnType<typeof useTranslation>['t'],
  { category, how, by, people, tags: count }: LeftTags,
): string => t(`merge.left.${how}`, { count, name: category.name, by, people: formatAll(people) });

function LeftHere({ left }: { left: LeftTags }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  // The note and its buttons go once the tags are moved or left.
  useEffect(() => keepFocusSomewhere, []);
  const carry = useWrite('merge.carryTags');
  const archive = useWrite('categories.archive');
  const { category, how, into, tags: count } = left;
  const isDisabled = isReadOnly || carry.isPending || archive.isPending;
  // This goes with its tags, maybe before the answer: callbacks of `mutate` wouldn't be called then. A failure has been reported.
  const saying = (done: Promise<unknown>, words: string): void =>
    void done.then(
      () => announce(words),
      () => undefined,
    );
  return (
    <div className="stack">
      <p>{leftWords(t, left)}</p>
      <div className="line" data-wrap>
        {into.slice(0, MOST).map(({ id, name }) => (
          <Button
            key={id}
            size="small"
            isDisabled={isDisabled}
            onPress={() =>
              saying(carry.mutateAsync({ category: category.id, into: id }), t('merge.left.moved', { count, name }))
            }
          >
            {t('merge.left.move', { count, name })}
          </Button>
        ))}
        {how === 'split' ? null : (
          <Button
            size="small"
            isDisabled={isDisabled}
            onPress={() =>
              saying(
                archive.mutateAsync({ ids: [category.id], archived: false }),
                t('merge.left.unarchived', { name: category.name }),
              )
            }
          >
            {t('merge.left.unarchive', { name: category.name })}
          </Button>
        )}
        <Button
          kind="quiet"
          size="small"
          isDisabled={isDisabled}
          onPress={() =>
            saying(
              carry.mutateAsync({ category: category.id, into: null }),
              t('merge.left.kept', { count, name: category.name }),
            )
          }
        >
          {t('merge.left.keep', { count })}
        </Button>
      </div>
    </div>
  );
}

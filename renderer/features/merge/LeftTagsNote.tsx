import { useEffect } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { LeftTags } from '../../../shared/contract/merge.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { formatAll } from '../../common/format.ts';
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
  const { mutate, isPending } = useWrite('merge.carryTags');
  const archive = useWrite('categories.archive');
  const { category, how, into, tags: count } = left;
  const isDisabled = isReadOnly || isPending || archive.isPending;
  return (
    <div className="stack">
      <p>{leftWords(t, left)}</p>
      <div className="line" data-wrap>
        {into.slice(0, MOST).map(({ id, name }) => (
          <Button
            key={id}
            size="small"
            isDisabled={isDisabled}
            onPress={() => mutate({ category: category.id, into: id })}
          >
            {t('merge.left.move', { count, name })}
          </Button>
        ))}
        {how === 'split' ? null : (
          <Button
            size="small"
            isDisabled={isDisabled}
            onPress={() => archive.mutate({ ids: [category.id], archived: false })}
          >
            {t('merge.left.unarchive', { name: category.name })}
          </Button>
        )}
        <Button
          kind="quiet"
          size="small"
          isDisabled={isDisabled}
          onPress={() => mutate({ category: category.id, into: null })}
        >
          {t('merge.left.keep', { count })}
        </Button>
      </div>
    </div>
  );
}

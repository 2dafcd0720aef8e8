import { useEffect, useId, useRef, type RefObject } from 'react';
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

/**
 * Tags with a category that someone else merged, split or archived while they were added, and what can be done about them.
 * `heading` takes the focus once nothing is left of them.
 */
export function LeftTagsNote({ heading }: { heading: RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const left = useCall('merge.leftTags', {}).data?.left ?? NONE;
  const note = useRef<HTMLDivElement>(null);
  const acted = useRef<number | null>(null);
  useEffect(() => {
    const at = acted.current;
    acted.current = null;
    if (at === null || document.activeElement !== document.body) return;
    // The pressed button disappears with its tags. The focus doesn’t move to another button, since a second Enter would press it.
    const shown = [...(note.current?.querySelectorAll<HTMLElement>('[data-left]') ?? [])];
    (shown[Math.min(at, shown.length - 1)] ?? heading.current)?.focus();
  }, [left, heading]);
  if (left.length === 0) return null;
  return (
    <Note tone="warn" role="status">
      <div className="stack" ref={note}>
        <p className="strong">{t('merge.left.title')}</p>
        {left.map((one, at) => (
          <LeftHere
            key={`${one.category.id} ${String(one.at)}`}
            left={one}
            onAct={() => {
              acted.current = at;
            }}
          />
        ))}
      </div>
    </Note>
  );
}
const NONE: readonly LeftTags[] = [];

export const leftWords = (
  t: ReturnType<typeof useTranslation>['t'],
  { category, how, by, people, tags: count }: LeftTags,
): string => t(`merge.left.${how}`, { count, name: category.name, by, people: formatAll(people) });

function LeftHere({ left, onAct }: { left: LeftTags; onAct: () => void }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const words = useId();
  const carry = useWrite('merge.carryTags');
  const archive = useWrite('categories.archive');
  const { category, how, into, tags: count } = left;
  const isDisabled = isReadOnly || carry.isPending || archive.isPending;
  // This component disappears with its tags, maybe before the answer, and `mutate` would not call its callbacks then. Failures are reported
  // elsewhere.
  const saying = (done: Promise<unknown>, said: string): void => {
    onAct();
    void done.then(() => announce(said), keepFocusSomewhere);
  };
  return (
    <div className="stack merge-left" role="group" aria-labelledby={words} tabIndex={-1} data-left>
      <p id={words}>{leftWords(t, left)}</p>
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
